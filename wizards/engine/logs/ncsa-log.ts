/**
 * The NCSA common log of IIS's SMTP service (facts 4.3), in local time with its offset:
 * `192.0.2.9 - mail.fabrikam.com [11/Oct/2006:13:16:40 -0600] "HELO -?+mail.fabrikam.com SMTP" 250 46`.
 */
import { emptyRecord, type IisRecord, isEmpty, roleOf, type Span } from './iis-record.ts';
import { IisSessions } from './iis-sessions.ts';
import { describeIis } from './iis-words.ts';
import { midnightOf, timeOfDay } from './log-clock.ts';
import type { DescribedLine, LineSink } from './log-dialect.ts';
import type { LogWords } from './log-words.ts';
import type { OpenSessions } from './open-sessions.ts';
import { asciiAt } from './tokens.ts';

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const BLANK = 32;
const QUOTE = 34;
/** ` SMTP"` */
const PROTOCOL = ' SMTP';

export class NcsaLog implements LineSink {
  readonly times = 'offset';
  readonly #words: LogWords;
  readonly #sessions: IisSessions;
  readonly #record: IisRecord = emptyRecord();

  constructor(open: OpenSessions, words: LogWords) {
    this.#words = words;
    this.#sessions = new IisSessions(open, words);
  }

  beginFile(): void {
    this.#sessions.beginFile();
  }

  endFile(): void {
    this.#sessions.endFile();
  }

  describe(): DescribedLine {
    return describeIis(this.#record, this.times);
  }

  /** This log has no header; what looks like one means nothing. */
  setFields(): boolean {
    return true;
  }

  header(): void {}

  line(bytes: Uint8Array, from: number, to: number, offset: number, number: number): string | null {
    const remoteEnd = next(bytes, from, to, BLANK);
    const userStart = next(bytes, remoteEnd + 1, to, BLANK) + 1;
    const userEnd = next(bytes, userStart, to, BLANK);
    const time = readTime(bytes, userEnd + 1, to);
    if (Number.isNaN(time)) return 'its time is none';
    const quote = userEnd + 1 + TIME_LENGTH + 1;
    if (bytes[quote] !== QUOTE) return 'it has no command';
    // Quotes within the command are not marked, so that the last one is the end.
    let end = to - 1;
    while (end > quote && bytes[end] !== QUOTE) end -= 1;
    if (end === quote) return 'its command does not end';
    const record = this.#record;
    const { status } = record;
    status.from = end + 2;
    status.to = next(bytes, status.from, to, BLANK);
    if (bytes[end + 1] !== BLANK || status.to <= status.from || status.to >= to) return 'fields are missing';
    const remote = { from, to: remoteEnd };
    record.bytes = bytes;
    record.role = roleOf(bytes, { from: userStart, to: userEnd });
    record.remote = isEmpty(bytes, remote) ? -1 : this.#words.remote(bytes, from, remoteEnd);
    record.peer = remote;
    record.time = time;
    readCommand(bytes, quote + 1, end, record);
    record.offset = offset;
    record.line = number;
    return this.#sessions.take(record);
  }
}

/** `MAIL -?+FROM:<a@b> SMTP`: the verb, and behind the question mark what was said with it. */
function readCommand(bytes: Uint8Array, from: number, to: number, { method, query }: IisRecord): void {
  const hasProtocol = to - from >= PROTOCOL.length && asciiAt(bytes, to - PROTOCOL.length, PROTOCOL);
  const end = hasProtocol ? to - PROTOCOL.length : to;
  method.from = from;
  method.to = next(bytes, from, end, BLANK);
  const mark = next(bytes, method.to, end, 63);
  set(query, Math.min(mark + 1, end), end);
}

function set(span: Span, from: number, to: number): void {
  span.from = from;
  span.to = to;
}

/** Where the byte stands next, or `to`. */
function next(bytes: Uint8Array, from: number, to: number, byte: number): number {
  let at = from;
  while (at < to && bytes[at] !== byte) at += 1;
  return at;
}

/** `[11/Oct/2006:13:16:40 -0600]` */
const TIME_LENGTH = 28;

/** Milliseconds since 1970 (UTC), or NaN. */
function readTime(bytes: Uint8Array, at: number, to: number): number {
  if (to - at < TIME_LENGTH || bytes[at] !== 91 || bytes[at + 27] !== 93) return Number.NaN;
  const month = MONTHS.findIndex((name) => asciiAt(bytes, at + 4, name));
  const midnight = midnightOf(number(bytes, at + 8, 4), month + 1, number(bytes, at + 1, 2));
  const sign = bytes[at + 22];
  if (sign !== 43 && sign !== 45) return Number.NaN;
  const offset = (number(bytes, at + 23, 2) * 60 + number(bytes, at + 25, 2)) * 60_000;
  // Behind UTC: the clock there shows less than UTC's.
  return midnight + timeOfDay(bytes, at + 13, at + 21) + (sign === 45 ? offset : -offset);
}

/** So many digits as a number, or NaN. */
function number(bytes: Uint8Array, from: number, length: number): number {
  let value = 0;
  for (let at = from; at < from + length; at += 1) {
    const digit = (bytes[at] as number) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}
