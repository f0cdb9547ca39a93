/**
 * The protocol log of Exchange 2007 to SE (facts 4.2): comma separated, one record a line, sessions interleaved,
 * times in UTC. The hot path of the product: it looks at each byte once and makes no strings.
 */

import { readRows } from '../intake/delimited.ts';
import { LogClock } from './log-clock.ts';
import type { DescribedLine, LineSink } from './log-dialect.ts';
import type { LogFormat } from './log-format.ts';
import type { LogWords } from './log-words.ts';
import type { OpenSessions } from './open-sessions.ts';
import {
  CONNECT,
  detailOf,
  END,
  INFO,
  infoToken,
  kindOf,
  NEWS,
  newsToken,
  REPLY,
  spokenToken,
  VERB,
} from './tokens.ts';

/** The fields that are looked at, where the header names none. */
const FIELDS =
  'date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context'.split(',');
const MOST_FIELDS = 24;
const TIME = 0;
const CONNECTOR = 1;
const SESSION = 2;
const SEQUENCE = 3;
const REMOTE = 4;
const EVENT = 5;
const DATA = 6;
const CONTEXT = 7;
const WANTED = [
  'date-time',
  'connector-id',
  'session-id',
  'sequence-number',
  'remote-endpoint',
  'event',
  'data',
  'context',
];

export class ProtocolLog implements LineSink {
  readonly times = 'utc';
  readonly #open: OpenSessions;
  readonly #words: LogWords;
  readonly #clock = new LogClock();
  /** Column of each wanted field. */
  readonly #columns = new Int32Array(WANTED.length);
  readonly #starts = new Int32Array(MOST_FIELDS);
  readonly #ends = new Int32Array(MOST_FIELDS);
  /** Where the data begins in the line at hand. */
  #at = 0;
  #high = 0;
  #low = 0;
  #word = -1;
  /** Lines that the last scan took. */
  taken = 0;
  /** The fields stand in the order in which Exchange writes them. */
  #usual = false;
  #connectorLength = 0;

  readonly #direction: 'receive' | 'send' | null;
  #localColumn = 4;

  constructor(open: OpenSessions, words: LogWords, format: LogFormat) {
    this.#direction = format === 'receive' || format === 'send' ? format : null;
    this.#open = open;
    this.#words = words;
    this.beginFile();
  }

  beginFile(): void {
    this.setFields(FIELDS);
  }

  header(): void {}

  /** Sessions may go on in the next file: those that are open are left so. */
  endFile(): void {}

  /** Takes the names of a `#Fields` line. False when one that is needed is not among them. */
  setFields(names: readonly string[]): boolean {
    const lower = names.map((name) => name.trim().toLowerCase());
    const columns = WANTED.map((name) => lower.indexOf(name));
    if (columns.some((column, field) => (column < 0 ? field !== CONTEXT : column >= MOST_FIELDS))) return false;
    // Exchange writes data and context last, in this order.
    if (Math.max(...columns.slice(0, DATA)) > (columns[DATA] as number)) return false;
    if (columns[CONTEXT] !== -1 && columns[CONTEXT] !== (columns[DATA] as number) + 1) return false;
    this.#columns.set(columns);
    this.#usual = lower.join() === FIELDS.join();
    this.#localColumn = lower.indexOf('local-endpoint');
    return true;
  }

  /** One line without its end. Null when it was a record, else why it is none. */
  line(bytes: Uint8Array, from: number, to: number, offset: number, number: number): string | null {
    const columns = this.#columns;
    if (!this.#splitHead(bytes, from, to, columns[DATA] as number)) return 'fields are missing';
    const starts = this.#starts;
    const ends = this.#ends;
    const column = (field: number): number => columns[field] as number;
    const timeAt = column(TIME);
    const time = this.#clock.read(bytes, starts[timeAt] as number, ends[timeAt] as number);
    if (Number.isNaN(time)) return 'it does not begin with a time';
    const sequenceAt = column(SEQUENCE);
    const sequence = wholeNumber(bytes, starts[sequenceAt] as number, ends[sequenceAt] as number);
    if (sequence < 0) return 'its sequence number is none';
    const sessionAt = column(SESSION);
    if (!this.#readKey(bytes, starts[sessionAt] as number, ends[sessionAt] as number)) return 'it names no session';
    const eventAt = column(EVENT);
    const event =
      (ends[eventAt] as number) > (starts[eventAt] as number) ? (bytes[starts[eventAt] as number] as number) : 0;
    const token = this.#tokenOf(event, bytes, this.#at, to);
    if (token < 0) return 'its event is none of + - < > *';
    const open = this.#open;
    let slot = open.find(this.#high, this.#low);
    const remoteAt = column(REMOTE);
    if (slot < 0) {
      const connectorAt = column(CONNECTOR);
      slot = open.open(
        this.#high,
        this.#low,
        this.#words.remote(bytes, starts[remoteAt] as number, ends[remoteAt] as number),
        this.#words.connector(bytes, starts[connectorAt] as number, ends[connectorAt] as number),
        offset,
        number,
      );
    } else if (open.remoteOf(slot) < 0 && (ends[remoteAt] as number) > (starts[remoteAt] as number)) {
      open.setRemote(slot, this.#words.remote(bytes, starts[remoteAt] as number, ends[remoteAt] as number));
    }
    open.add(slot, sequence, time, token, this.#word);
    return null;
  }

  /** What a record means, or -1. Its words, where they are kept, are in `#word`. */
  #tokenOf(event: number, bytes: Uint8Array, at: number, to: number): number {
    this.#word = -1;
    switch (event) {
      case 62: // >
      case 60: // <
        return this.#said(bytes, at, to);
      case 42: // *
        return this.#note(bytes, at, to);
      case 43: // +
        return CONNECT;
      case 45: // -
        return END;
      default:
        return -1;
    }
  }

  #said(bytes: Uint8Array, at: number, to: number): number {
    const from = at < to && bytes[at] === 34 ? at + 1 : at;
    const token = spokenToken(bytes, from, to);
    if (kindOf(token) === REPLY) {
      if (detailOf(token) >= 400) this.#word = this.#words.reply(bytes, from, fieldEnd(bytes, at, to), from > at);
      return token;
    }
    // Whether a chunk is the last one stands at its end.
    return detailOf(token) === VERB.bdat ? spokenToken(bytes, from, fieldEnd(bytes, at, to)) : token;
  }

  #note(bytes: Uint8Array, at: number, to: number): number {
    const from = at < to && bytes[at] === 34 ? at + 1 : at;
    const dataTo = fieldEnd(bytes, at, to);
    let contextFrom = dataTo + (from > at ? 2 : 1);
    let contextTo = to;
    if (contextFrom < to && bytes[contextFrom] === 34) {
      contextTo = fieldEnd(bytes, contextFrom, to);
      contextFrom += 1;
    }
    const token = contextTo > contextFrom ? newsToken(bytes, contextFrom, contextTo) : infoToken(NEWS.other);
    this.#word = this.#newsWord(token, bytes, contextFrom, contextTo);
    return detailOf(token) === NEWS.other && dataTo > from ? newsToken(bytes, from, dataTo) : token;
  }

  /**
   * Takes whole lines one after the other for as long as they are records in Exchange's own layout, with as little
   * looking around as that allows: the time has 24 signs, the ID 16, the connector is mostly as long as before, and
   * the endpoints of a session do not change. What is otherwise is left to `line`. Returns where it stopped; `taken`
   * is how many lines that were.
   */
  scan(bytes: Uint8Array, start: number, base: number, firstLine: number): number {
    this.taken = 0;
    if (!this.#usual) return start;
    const open = this.#open;
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
      if (!this.#readHex(bytes, comma + 1)) return from;
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
      let slot = open.find(this.#high, this.#low);
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
      const token = this.#tokenOf(bytes[event] as number, bytes, data, bytes[end - 1] === 13 ? end - 1 : end);
      if (slot < 0) {
        slot = open.open(
          this.#high,
          this.#low,
          this.#words.remote(bytes, remote, event - 1),
          this.#words.connector(bytes, from + 25, comma),
          base + from - start,
          firstLine + this.taken,
        );
      } else if (remote >= 0 && open.remoteOf(slot) < 0)
        open.setRemote(slot, this.#words.remote(bytes, remote, event - 1));
      if (remote >= 0) open.setSkip(slot, event - at);
      open.add(slot, sequence, time, token, this.#word);
      this.taken += 1;
      from = end + 1;
    }
    return from;
  }

  describe(line: string): DescribedLine {
    const fields = [...readRows(line)][0]?.fields ?? [];
    const field = (wanted: number): string => fields[this.#columns[wanted] as number] ?? '';
    const sign = field(EVENT);
    const event = sign === '+' ? 'open' : sign === '-' ? 'close' : sign === '*' ? 'note' : 'said';
    return {
      records: [{ time: Date.parse(field(TIME)), event, text: field(DATA), context: field(CONTEXT) }],
      ends: {
        session: field(SESSION),
        connector: field(CONNECTOR),
        local: fields[this.#localColumn] ?? '',
        remote: field(REMOTE),
        direction: this.#direction,
      },
    };
  }

  /** Notes where the first `most` fields begin and end, quotes taken off. False when there are fewer. */
  #splitHead(bytes: Uint8Array, from: number, to: number, most: number): boolean {
    const starts = this.#starts;
    const ends = this.#ends;
    let at = from;
    for (let count = 0; count < most; count += 1) {
      if (at < to && bytes[at] === 34) {
        const end = fieldEnd(bytes, at, to);
        starts[count] = at + 1;
        ends[count] = end;
        at = end + 1;
      } else {
        starts[count] = at;
        while (at < to && bytes[at] !== 44) at += 1;
        ends[count] = at;
      }
      if (at >= to) return false;
      at += 1;
    }
    this.#at = at;
    return true;
  }

  /** 16 hex digits are the two halves of the key. */
  #readHex(bytes: Uint8Array, from: number): boolean {
    let high = 0;
    let low = 0;
    let bad = 0;
    for (let i = 0; i < 8; i += 1) {
      const a = HEX[bytes[from + i] as number] as number;
      const b = HEX[bytes[from + 8 + i] as number] as number;
      bad |= a | b;
      high = (high << 4) | (a & 15);
      low = (low << 4) | (b & 15);
    }
    if (bad >= 16) return false;
    this.#high = high;
    this.#low = low;
    return true;
  }

  /** Mostly 16 hex digits; anything else (a GUID) is hashed into two halves. */
  #readKey(bytes: Uint8Array, from: number, to: number): boolean {
    const length = to - from;
    if (length === 16 && this.#readHex(bytes, from)) return true;
    if (length === 0 || length > 100) return false;
    let high = 0x811c9dc5;
    let low = 0x1000193;
    for (let i = from; i < to; i += 1) {
      const byte = bytes[i] as number;
      high = Math.imul(high ^ byte, 0x01000193);
      low = Math.imul(low ^ byte, 0x85ebca6b) ^ (low >>> 13);
    }
    this.#high = high | 0;
    this.#low = low | 0;
    return true;
  }

  #newsWord(token: number, bytes: Uint8Array, from: number, to: number): number {
    if (kindOf(token) !== INFO) return -1;
    const news = detailOf(token);
    if (news === NEWS.failedToConnect) {
      // The rest names target and message and differs from session to session.
      const { start, end } = winsockSpan(bytes, from, to);
      return this.#words.reply(bytes, start, end, false);
    }
    return news === NEWS.tlsFailed || news === NEWS.authFailed ? this.#words.reply(bytes, from, to, true) : -1;
  }
}

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

/** Where the field that begins at `at` ends: at its closing quote, or before its comma. */
function fieldEnd(bytes: Uint8Array, at: number, to: number): number {
  let end = at;
  if (at >= to || bytes[at] !== 34) {
    while (end < to && bytes[end] !== 44) end += 1;
    return end;
  }
  end += 1;
  while (end < to) {
    if (bytes[end] !== 34) end += 1;
    else if (bytes[end + 1] === 34 && end + 1 < to) end += 2;
    else break;
  }
  return end;
}

/** `Winsock error code: 10061` within the sentence, or the whole of it. */
function winsockSpan(bytes: Uint8Array, from: number, to: number): { start: number; end: number } {
  for (let at = from; at + 20 <= to; at += 1) {
    if (bytes[at] !== 87 || bytes[at + 1] !== 105 || bytes[at + 2] !== 110 || bytes[at + 3] !== 115) continue;
    let end = at;
    while (end < to && bytes[end] !== 44) end += 1;
    return { start: at, end };
  }
  return { start: from, end: to };
}

/** Digits only, else -1. */
function wholeNumber(bytes: Uint8Array, from: number, to: number): number {
  if (to === from || to - from > 9) return -1;
  let value = 0;
  for (let i = from; i < to; i += 1) {
    const digit = (bytes[i] as number) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

const HEX = new Uint8Array(256).fill(64);
for (let i = 0; i < 10; i += 1) HEX[48 + i] = i;
for (let i = 0; i < 6; i += 1) {
  HEX[65 + i] = 10 + i;
  HEX[97 + i] = 10 + i;
}
