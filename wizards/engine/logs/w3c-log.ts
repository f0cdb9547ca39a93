/**
 * The W3C extended log of IIS's SMTP service, as Exchange 2000 and 2003 have it (facts 4.3): fields between blanks,
 * named by `#Fields` in any choice and order, times in UTC.
 */
import { emptyRecord, type IisRecord, isEmpty, ROLE, roleOf, type Span } from './iis-record.ts';
import { IisSessions } from './iis-sessions.ts';
import { describeIis } from './iis-words.ts';
import { LogClock, timeOfDay } from './log-clock.ts';
import type { DescribedLine, LineSink } from './log-dialect.ts';
import type { LogWords } from './log-words.ts';
import type { OpenSessions } from './open-sessions.ts';
import { asciiAt } from './tokens.ts';

const MOST_FIELDS = 64;
const DAY = 86_400_000;
const WANTED = {
  date: 'date',
  time: 'time',
  remote: 'c-ip',
  user: 'cs-username',
  site: 's-sitename',
  method: 'cs-method',
  query: 'cs-uri-query',
  status: 'sc-status',
} as const;
type Field = keyof typeof WANTED;

export class W3cLog implements LineSink {
  readonly times = 'utc';
  readonly #words: LogWords;
  readonly #sessions: IisSessions;
  readonly #clock = new LogClock();
  readonly #record: IisRecord = emptyRecord();
  readonly #spans: Span[] = Array.from({ length: MOST_FIELDS }, () => ({ from: 0, to: 0 }));
  readonly #none: Span = { from: 0, to: 0 };
  readonly #column: Record<Field, number> = {
    date: -1,
    time: -1,
    remote: -1,
    user: -1,
    site: -1,
    method: -1,
    query: -1,
    status: -1,
  };
  /** How many fields a record has; 0 while no `#Fields` says so. */
  #count = 0;
  /** Of the `#Date` line, for records without a date or without any time. */
  #midnight = Number.NaN;
  #started = Number.NaN;
  /** Time of day of the last record without a date. */
  #clockBefore = 0;

  constructor(open: OpenSessions, words: LogWords) {
    this.#words = words;
    this.#sessions = new IisSessions(open, words);
  }

  beginFile(): void {
    this.#sessions.beginFile();
    this.#count = 0;
    this.#midnight = Number.NaN;
    this.#started = Number.NaN;
    this.#clockBefore = 0;
  }

  endFile(): void {
    this.#sessions.endFile();
  }

  describe(): DescribedLine {
    return describeIis(this.#record, this.times);
  }

  setFields(names: readonly string[]): boolean {
    const lower = names.map((name) => name.trim().toLowerCase());
    for (const field of Object.keys(WANTED) as Field[]) this.#column[field] = lower.indexOf(WANTED[field]);
    const isUsable = this.#column.method >= 0 && names.length <= MOST_FIELDS;
    this.#count = isUsable ? names.length : 0;
    return isUsable;
  }

  /** `#Date: 2006-10-09 05:00:15` is written whenever the service begins to log. */
  header(name: string, value: string): void {
    if (name !== 'date') return;
    const bytes = new TextEncoder().encode(value);
    const midnight = this.#clock.midnight(bytes, 0, 10);
    if (Number.isNaN(midnight)) return;
    const time = this.#clock.read(bytes, 0, bytes.length);
    this.#midnight = midnight;
    this.#started = Number.isNaN(time) ? midnight : time;
    this.#clockBefore = 0;
  }

  line(bytes: Uint8Array, from: number, to: number, offset: number, number: number): string | null {
    if (this.#count === 0) return 'no #Fields line says what it holds';
    const count = this.#split(bytes, from, to);
    if (count < this.#count) return 'fields are missing';
    if (count > this.#count) return 'it has more fields than #Fields names';
    const time = this.#timeOf(bytes);
    if (Number.isNaN(time)) return 'nothing says its time';
    const site = this.#span('site');
    const named = !isEmpty(bytes, site);
    if (named && !(site.to - site.from >= 7 && asciiAt(bytes, site.from, 'SMTPSVC')))
      return 'it is of another service than SMTP';
    const remote = this.#span('remote');
    const record = this.#record;
    record.bytes = bytes;
    record.role = roleOf(bytes, this.#span('user'));
    if (record.role === ROLE.served && this.#column.status < 0)
      return 'without sc-status nothing says what it was answered';
    record.remote = isEmpty(bytes, remote) ? -1 : this.#words.remote(bytes, remote.from, remote.to);
    record.site = named ? this.#words.connector(bytes, site.from, site.to) : -1;
    record.time = time;
    record.peer = remote;
    record.method = this.#span('method');
    record.query = this.#span('query');
    record.status = this.#span('status');
    record.offset = offset;
    record.line = number;
    return this.#sessions.take(record);
  }

  #span(field: Field): Span {
    return this.#spans[this.#column[field]] ?? this.#none;
  }

  /** Notes where the fields stand and returns how many there are, one more than wanted at the most. */
  #split(bytes: Uint8Array, from: number, to: number): number {
    let count = 0;
    let at = from;
    for (;;) {
      while (at < to && isBlank(bytes[at] as number)) at += 1;
      if (at >= to) return count;
      if (count === this.#count) return count + 1;
      const span = this.#spans[count] as Span;
      span.from = at;
      while (at < to && !isBlank(bytes[at] as number)) at += 1;
      span.to = at;
      count += 1;
    }
  }

  /** Of the record's own fields; what they lack comes from the `#Date` line above. */
  #timeOf(bytes: Uint8Array): number {
    const date = this.#span('date');
    const time = this.#span('time');
    if (this.#column.time < 0)
      return this.#column.date < 0 ? this.#started : this.#clock.midnight(bytes, date.from, date.to);
    const clock = timeOfDay(bytes, time.from, time.to);
    if (this.#column.date >= 0) return this.#clock.midnight(bytes, date.from, date.to) + clock;
    // Logs that are not begun anew each day run over midnight.
    if (this.#clockBefore - clock > DAY / 2) this.#midnight += DAY;
    if (!Number.isNaN(clock)) this.#clockBefore = clock;
    return this.#midnight + clock;
  }
}

const isBlank = (byte: number): boolean => byte === 32 || byte === 9;
