/** The words of a reader: what its rows and parts name by number. */
import { ByteWords } from './byte-words.ts';

/** Longer replies are kept up to here, in bytes. */
export const LONGEST_REPLY = 300;

export class LogWords {
  readonly remotes = new ByteWords();
  readonly connectors = new ByteWords();
  readonly replies = new ByteWords();
  #scratch = new Uint8Array(LONGEST_REPLY);

  /** The address of an endpoint such as `192.0.2.1:25` or `[2001:db8::1]:25`, without its port; -1 for none. */
  remote(bytes: Uint8Array, from: number, to: number): number {
    let start = from;
    let end = to;
    if (bytes[start] === 91) {
      start += 1;
      let close = start;
      while (close < end && bytes[close] !== 93) close += 1;
      end = close;
    } else {
      let colon = end - 1;
      while (colon > start && bytes[colon] !== 58) colon -= 1;
      // A bare IPv6 address has more than one, and no port.
      if (colon > start && !hasColon(bytes, start, colon)) end = colon;
    }
    return end > start ? this.remotes.idOf(bytes, start, end) : -1;
  }

  connector(bytes: Uint8Array, from: number, to: number): number {
    return to > from ? this.connectors.idOf(bytes, from, to) : -1;
  }

  /** The words of a reply; `quoted` when quotes in it are doubled. */
  reply(bytes: Uint8Array, from: number, to: number, quoted: boolean): number {
    let end = Math.min(to, from + LONGEST_REPLY);
    // Not within a character of UTF-8.
    if (end < to) while (end > from && ((bytes[end] as number) & 0xc0) === 0x80) end -= 1;
    while (end > from && isBlank(bytes[end - 1] as number)) end -= 1;
    if (!quoted) return this.replies.idOf(bytes, from, end);
    const scratch = this.#scratch;
    let length = 0;
    for (let i = from; i < end; i += 1) {
      const byte = bytes[i] as number;
      scratch[length] = byte;
      length += 1;
      if (byte === 34 && bytes[i + 1] === 34) i += 1;
    }
    return this.replies.idOf(scratch, 0, length);
  }
}

const isBlank = (byte: number): boolean => byte === 32 || byte === 9 || byte === 13;

function hasColon(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i += 1) if (bytes[i] === 58) return true;
  return false;
}
