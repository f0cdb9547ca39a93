/**
 * Replies of an SMTP server from its bytes (RFC 5321, section 4.2), whatever these are: no input makes it fail, and
 * no input makes it keep more than the limits.
 */

/** What is wrong with how a reply is written. */
export type ReplyFlaw = 'malformed' | 'bare-lf' | 'nul-bytes' | 'too-long';
export type Reply = {
  /** 0 where the first line has none. */
  code: number;
  /** The lines as they came, without their ends; control characters as pictures (U+2400 and following). */
  lines: string[];
  flaws: ReplyFlaw[];
};

/** RFC 5321, section 4.5.3.1.5 allows 512 bytes. */
const LONGEST_LINE = 2048;
const MOST_LINES = 500;
/** A reply, however it is cut into lines. */
const MOST_BYTES = 256 * 1024;

export class ReplyReader {
  readonly #line = new Uint8Array(LONGEST_LINE);
  #lineBytes = 0;
  #bytes = 0;
  #lines: string[] = [];
  #flaws = new Set<ReplyFlaw>();
  /** It sent more than a reply may be: nothing that follows is read. */
  overflown = false;

  /** Bytes of a reply that has not ended yet. */
  get pending(): boolean {
    return this.#bytes > 0;
  }

  /** The lines of the reply under way, so far. */
  get linesSoFar(): readonly string[] {
    return this.#lines;
  }

  /** Takes bytes up to the end of one reply. Returns it, and how many bytes were taken; null while it goes on. */
  read(bytes: Uint8Array, from = 0): { reply: Reply | null; taken: number } {
    for (let at = from; at < bytes.length; at += 1) {
      const byte = bytes[at] as number;
      this.#bytes += 1;
      if (this.#bytes > MOST_BYTES || this.#lines.length >= MOST_LINES) {
        if (this.#lineBytes > 0) this.#addLine();
        this.#flaws.add('too-long');
        this.overflown = true;
        return { reply: this.#take(), taken: at + 1 - from };
      }
      if (byte !== 10) {
        if (this.#lineBytes < LONGEST_LINE) this.#line[this.#lineBytes] = byte;
        this.#lineBytes += 1;
        continue;
      }
      if (this.#endLine()) return { reply: this.#take(), taken: at + 1 - from };
    }
    return { reply: null, taken: bytes.length - from };
  }

  /** What came of a reply that never ended; null where nothing came. */
  rest(): Reply | null {
    if (!this.pending) return null;
    if (this.#lineBytes > 0) this.#addLine();
    this.#flaws.add('malformed');
    return this.#take();
  }

  /** True when the reply ends with this line. */
  #endLine(): boolean {
    if (this.#lineBytes <= LONGEST_LINE) {
      if (this.#line[this.#lineBytes - 1] === 13) this.#lineBytes -= 1;
      else this.#flaws.add('bare-lf');
    }
    const text = this.#addLine();
    const [, code, sign] = /^(\d{3})([ -]?)/.exec(text) ?? [];
    if (code === undefined) {
      this.#flaws.add('malformed');
      // Prose has no end that could be waited for.
      return !/^\d{3}-/.test(this.#lines[0] ?? '');
    }
    if (code !== (this.#lines[0] as string).slice(0, 3)) this.#flaws.add('malformed');
    return sign !== '-';
  }

  #addLine(): string {
    const line = this.#line.subarray(0, this.#lineBytes);
    if (line.includes(0)) this.#flaws.add('nul-bytes');
    if (this.#lineBytes > LONGEST_LINE) this.#flaws.add('too-long');
    const text = readable(line);
    this.#lines.push(text);
    this.#lineBytes = 0;
    return text;
  }

  #take(): Reply {
    const lines = this.#lines;
    const reply = { code: Number(/^\d{3}/.exec(lines[0] ?? '')?.[0] ?? 0), lines, flaws: [...this.#flaws] };
    this.#lines = [];
    this.#lineBytes = 0;
    this.#bytes = 0;
    this.#flaws = new Set();
    return reply;
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function readable(bytes: Uint8Array): string {
  let text: string;
  try {
    text = UTF8.decode(bytes);
  } catch {
    text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  }
  // Control characters must reach neither a terminal nor a page.
  return text.replace(/\p{Cc}/gu, (c) => String.fromCharCode(c < ' ' ? 0x2400 + c.charCodeAt(0) : 0x2421));
}

/** `5.7.1` of `550 5.7.1 Unable to relay`; null where there is none. */
export const enhancedOf = ({ lines }: Pick<Reply, 'lines'>): string | null =>
  /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(lines.at(-1) ?? '')?.[1] ?? null;
