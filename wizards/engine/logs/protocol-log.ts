/**
 * The protocol log of Exchange 2007 to SE (facts 4.2): comma separated, one record a line, sessions interleaved,
 * times in UTC. The hot path of the product: it makes no strings. Lines in Exchange's own layout go the quick way
 * (`protocol-scan.ts`); here each other line is taken apart field by field.
 */
import { readRows } from '../intake/delimited.ts';
import { LogClock } from './log-clock.ts';
import type { DescribedLine, LineSink } from './log-dialect.ts';
import type { LogFormat } from './log-format.ts';
import type { LogWords } from './log-words.ts';
import type { OpenSessions } from './open-sessions.ts';
import { fieldEnd, ProtocolRecord } from './protocol-record.ts';
import { ProtocolScan } from './protocol-scan.ts';
import { SessionKey } from './session-key.ts';

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
  readonly #key = new SessionKey();
  readonly #record: ProtocolRecord;
  readonly #scan: ProtocolScan;
  /** The fields stand in the order in which Exchange writes them. */
  #usual = false;
  readonly #direction: 'receive' | 'send' | null;
  #localColumn = 4;

  constructor(open: OpenSessions, words: LogWords, format: LogFormat) {
    this.#direction = format === 'receive' || format === 'send' ? format : null;
    this.#open = open;
    this.#words = words;
    this.#record = new ProtocolRecord(words);
    this.#scan = new ProtocolScan(open, words, this.#record);
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
    const key = this.#key;
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
    if (!key.read(bytes, starts[sessionAt] as number, ends[sessionAt] as number)) return 'it names no session';
    const eventAt = column(EVENT);
    const event =
      (ends[eventAt] as number) > (starts[eventAt] as number) ? (bytes[starts[eventAt] as number] as number) : 0;
    const token = this.#record.tokenOf(event, bytes, this.#at, to);
    if (token < 0) return 'its event is none of + - < > *';
    const open = this.#open;
    let slot = open.find(key.high, key.low);
    const remoteAt = column(REMOTE);
    if (slot < 0) {
      const connectorAt = column(CONNECTOR);
      slot = open.open(
        key.high,
        key.low,
        this.#words.remote(bytes, starts[remoteAt] as number, ends[remoteAt] as number),
        this.#words.connector(bytes, starts[connectorAt] as number, ends[connectorAt] as number),
        offset,
        number,
      );
    } else if (open.remoteOf(slot) < 0 && (ends[remoteAt] as number) > (starts[remoteAt] as number)) {
      open.setRemote(slot, this.#words.remote(bytes, starts[remoteAt] as number, ends[remoteAt] as number));
    }
    open.add(slot, sequence, time, token, this.#record.word);
    return null;
  }

  get taken(): number {
    return this.#scan.taken;
  }

  /** Takes nothing where the fields stand otherwise than usual. */
  scan(bytes: Uint8Array, start: number, base: number, firstLine: number): number {
    if (this.#usual) return this.#scan.scan(bytes, start, base, firstLine);
    this.#scan.taken = 0;
    return start;
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
        clock: this.times,
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
