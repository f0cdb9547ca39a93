/** The quick way through the protocol log: whole stretches of lines in the layout that Exchange writes. */
import { LogClock } from './log-clock.ts';
import type { LogWords } from './log-words.ts';
import type { OpenSessions } from './open-sessions.ts';
import type { ProtocolRecord } from './protocol-record.ts';
import { SessionKey } from './session-key.ts';

/** A longer line is left to who knows what to do with it. */
const LONGEST = 1024 * 1024;

/** What a guess of where fields end has passed over: its commas, or -1 where a line ends or a quote stands. */
function commasIn(bytes: Uint8Array, from: number, to: number): number {
  let commas = 0;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at];
    if (byte === 44) commas += 1;
    else if (byte === 10 || byte === 34) return -1;
  }
  return commas;
}

const isEvent = (byte: number): boolean => byte === 60 || byte === 62 || byte === 42 || byte === 43 || byte === 45;

export class ProtocolScan {
  /** Lines that the last scan took. */
  taken = 0;
  readonly #open: OpenSessions;
  readonly #words: LogWords;
  readonly #record: ProtocolRecord;
  readonly #clock = new LogClock();
  readonly #key = new SessionKey();
  #connectorLength = 0;

  constructor(open: OpenSessions, words: LogWords, record: ProtocolRecord) {
    this.#open = open;
    this.#words = words;
    this.#record = record;
  }

  /**
   * Takes whole lines one after the other for as long as they are records in Exchange's own layout, with as little
   * looking around as that allows: the time has 24 signs, the ID 16, the connector is mostly as long as before, and
   * the endpoints of a session do not change. What is otherwise is left to `line`. Returns where it stopped; `taken`
   * is how many lines that were.
   */
  scan(bytes: Uint8Array, start: number, base: number, firstLine: number): number {
    this.taken = 0;
    const key = this.#key;
    const open = this.#open;
    const record = this.#record;
    const words = this.#words;
    const limit = bytes.length;
    let from = start;
    while (from + 60 < limit) {
      if (bytes[from + 24] !== 44 || bytes[from + 23] !== 90 || bytes[from + 10] !== 84 || bytes[from + 7] !== 45)
        return from;
      if (bytes[from + 16] !== 58 || bytes[from + 19] !== 46) return from;
      let comma = from + 25 + this.#connectorLength;
      if (bytes[comma] !== 44 || bytes[comma + 17] !== 44 || commasIn(bytes, from + 25, comma) !== 0) {
        comma = from + 25;
        if (bytes[comma] === 34) return from;
        while (comma < limit && bytes[comma] !== 44 && bytes[comma] !== 10) comma += 1;
        if (bytes[comma] !== 44 || bytes[comma + 17] !== 44) return from;
        this.#connectorLength = comma - from - 25;
      }
      if (!key.readHex(bytes, comma + 1)) return from;
      let at = comma + 18;
      let sequence = 0;
      for (;;) {
        const digit = (bytes[at] as number) - 48;
        if (!(digit >= 0 && digit <= 9)) break;
        sequence = sequence * 10 + digit;
        at += 1;
      }
      if (bytes[at] !== 44 || at === comma + 18 || at > comma + 26) return from;
      at += 1;
      let slot = open.find(key.high, key.low);
      const skip = slot < 0 ? 0 : open.skipOf(slot);
      let event = at + skip;
      let remote = -1;
      const known =
        skip > 0 &&
        bytes[event - 1] === 44 &&
        bytes[event + 1] === 44 &&
        isEvent(bytes[event] as number) &&
        commasIn(bytes, at, event) === 2;
      if (!known) {
        remote = at;
        while (remote < limit && bytes[remote] !== 44 && bytes[remote] !== 10 && bytes[remote] !== 34) remote += 1;
        if (bytes[remote] !== 44) return from;
        remote += 1;
        event = remote;
        while (event < limit && bytes[event] !== 44 && bytes[event] !== 10 && bytes[event] !== 34) event += 1;
        event += 1;
        if (bytes[event - 1] !== 44 || bytes[event + 1] !== 44 || !isEvent(bytes[event] as number)) return from;
      }
      const data = event + 2;
      let end = data;
      const near = Math.min(limit, data + 80);
      while (end < near && bytes[end] !== 10) end += 1;
      if (end === near) {
        end = bytes.indexOf(10, near);
        if (end < 0 || end - from > LONGEST) return from;
      }
      const time = this.#clock.read(bytes, from, from + 24);
      if (Number.isNaN(time)) return from;
      const token = record.tokenOf(bytes[event] as number, bytes, data, bytes[end - 1] === 13 ? end - 1 : end);
      if (slot < 0) {
        slot = open.open(
          key.high,
          key.low,
          words.remote(bytes, remote, event - 1),
          words.connector(bytes, from + 25, comma),
          base + from - start,
          firstLine + this.taken,
        );
      } else if (remote >= 0 && open.remoteOf(slot) < 0) open.setRemote(slot, words.remote(bytes, remote, event - 1));
      if (remote >= 0) open.setSkip(slot, event - at);
      open.add(slot, sequence, time, token, record.word);
      this.taken += 1;
      from = end + 1;
    }
    return from;
  }
}
