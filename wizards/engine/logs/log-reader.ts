/** Reads the bytes of one log after the other and hands its lines to the dialect that the log is written in. */
import { BadLines } from './bad-lines.ts';
import { dialectOf } from './dialects.ts';
import type { LogTimes } from './log-clock.ts';
import type { DescribedLine, LineSink } from './log-dialect.ts';
import { fieldNames, formatOfHeader, formatOfRecord, type LogFormat, readHeader } from './log-format.ts';
import { LogWords } from './log-words.ts';
import { type AddedToken, OpenSessions } from './open-sessions.ts';
import type { RowFolds } from './row-log.ts';

/** A longer line is no record of any log. */
export const LONGEST_LINE = 1024 * 1024;
/** Lines without a record at the beginning of a file after which it is no log. */
const PATIENCE = 200;
/** Header lines that are kept until a record shows what log they belong to. */
const MOST_HEADERS = 50;
const OF_ROWS: readonly (LogFormat | null)[] = ['connectivity', 'tracking'];
const OF_EXCHANGE: readonly (LogFormat | null)[] = ['receive', 'send', 'protocol', ...OF_ROWS];

export type FileCounts = {
  format: LogFormat | null;
  /** What its times are; those with an offset are taken to UTC, local ones as they stand. */
  times: LogTimes | null;
  bytes: number;
  lines: number;
  headers: number;
  records: number;
  bad: BadLines;
};

/** A line of a session as it stands in its log. */
export type SeenRecord = {
  high: number;
  low: number;
  /** Number of the first of its tokens in the session. */
  number: number;
  line: number;
  text: string;
  tokens: number[];
  described: DescribedLine;
};
export type Observer = {
  /** Whether the session is wanted: the others are not described. */
  wants(high: number, low: number): boolean;
  take(record: SeenRecord): void;
};

export class LogReader {
  /** Is told of each record: for reading sessions in full. */
  observer: Observer | null = null;
  /** Where the rows of message tracking and connectivity logs go. */
  folds: RowFolds | null = null;
  readonly words = new LogWords();
  readonly sessions = new OpenSessions();
  counts: FileCounts = emptyCounts();
  readonly #dialects = new Map<LogFormat, LineSink>();
  /** Dialects that lines of this file were handed to. */
  readonly #begun = new Set<LineSink>();
  #sink: LineSink | null = null;
  #headers: string[] = [];
  /** A line that began in an earlier piece. */
  #rest = new Uint8Array(64 * 1024);
  #restLength = 0;
  /** Within a line that is too long. */
  #skipping = false;
  #offset = 0;
  #file = 0;
  #wantsRows = false;

  /** Everything that follows is of this file. */
  beginFile(file: number): void {
    this.counts = emptyCounts();
    this.#file = file;
    this.#wantsRows = false;
    this.sessions.begin(file);
    this.#begun.clear();
    this.#sink = null;
    this.#headers = [];
    this.#restLength = 0;
    this.#skipping = false;
    this.#offset = 0;
  }

  /** In it stands a log whose rows belong together with those of other files, and there are no folds to put them into. */
  get wantsRows(): boolean {
    return this.#wantsRows;
  }

  /** False once it is clear that this file is no log: then there is no use in reading on. */
  get hopeless(): boolean {
    const { format, lines } = this.counts;
    return format === null && lines > PATIENCE;
  }

  /** The next bytes of the file, UTF-8 or Latin-1. They may end anywhere. */
  push(bytes: Uint8Array): void {
    let from = 0;
    this.counts.bytes += bytes.length;
    if (this.#restLength > 0 || this.#skipping) {
      const end = bytes.indexOf(10, from);
      if (end < 0) {
        this.#keep(bytes, from, bytes.length);
        return;
      }
      this.#keep(bytes, from, end);
      this.#endKept();
      from = end + 1;
    }
    for (;;) {
      from = this.#scan(bytes, from);
      const end = bytes.indexOf(10, from);
      if (end < 0) break;
      this.#line(bytes, from, end, this.#offset);
      this.#offset += end - from + 1;
      from = end + 1;
    }
    if (from < bytes.length) this.#keep(bytes, from, bytes.length);
  }

  /** The lines that the dialect can take at once; who looks on wants to hear of each. */
  #scan(bytes: Uint8Array, from: number): number {
    const sink = this.#sink;
    if (!sink?.scan || this.observer) return from;
    const to = sink.scan(bytes, from, this.#offset, this.counts.lines + 1);
    const taken = sink.taken ?? 0;
    this.counts.lines += taken;
    this.counts.records += taken;
    this.#offset += to - from;
    return to;
  }

  /** The file is over: a last line without its line feed counts as well. */
  endFile(): FileCounts {
    if (this.#restLength > 0 || this.#skipping) this.#endKept();
    for (const sink of this.#begun) sink.endFile();
    this.sessions.endFile();
    return this.counts;
  }

  #keep(bytes: Uint8Array, from: number, to: number): void {
    if (this.#skipping) {
      this.#restLength += to - from;
      return;
    }
    const length = this.#restLength + to - from;
    if (length > LONGEST_LINE) {
      this.#skipping = true;
      this.#restLength = length;
      return;
    }
    if (length > this.#rest.length) {
      const rest = new Uint8Array(Math.max(length, this.#rest.length * 2));
      rest.set(this.#rest.subarray(0, this.#restLength));
      this.#rest = rest;
    }
    this.#rest.set(bytes.subarray(from, to), this.#restLength);
    this.#restLength = length;
  }

  #endKept(): void {
    const length = this.#restLength;
    if (this.#skipping) this.#tooLong();
    else this.#line(this.#rest, 0, length, this.#offset);
    this.#skipping = false;
    this.#restLength = 0;
    this.#offset += length + 1;
  }

  #tooLong(): void {
    this.counts.lines += 1;
    this.counts.bad.add('it is longer than a megabyte', this.counts.lines);
  }

  #line(bytes: Uint8Array, start: number, lineEnd: number, offset: number): void {
    if (lineEnd - start > LONGEST_LINE) {
      this.#tooLong();
      return;
    }
    const { counts } = this;
    counts.lines += 1;
    const mark = hasMark(bytes, start, lineEnd) ? 3 : 0;
    const from = start + mark;
    const to = lineEnd > from && bytes[lineEnd - 1] === 13 ? lineEnd - 1 : lineEnd;
    if (bytes[from] === 35 && to > from) {
      this.#header(textOf(bytes, from, Math.min(to, from + 8000)));
      return;
    }
    if (to === from) {
      counts.headers += 1;
      return;
    }
    if (this.#sink === null) this.#chooseByRecord(textOf(bytes, from, Math.min(to, from + 2000)));
    const added = this.observer ? this.#watch() : null;
    const fault =
      this.#sink === null
        ? 'nothing says what log it belongs to'
        : this.#sink.line(bytes, from, to, offset + mark, counts.lines);
    if (fault === null) {
      counts.records += 1;
      if (added && this.#sink) this.#tell(added, utf8Of(bytes, from, to), this.#sink);
    } else counts.bad.add(fault, counts.lines);
  }

  /** What the next line adds to sessions is noted. */
  #watch(): AddedToken[] {
    const { sessions } = this;
    if (sessions.added) sessions.added.length = 0;
    else sessions.added = [];
    return sessions.added;
  }

  #tell(added: readonly AddedToken[], text: string, sink: LineSink): void {
    const told = new Set<number>();
    for (const { high, low, number } of added) {
      if (told.has(low) || !sink.describe || !this.observer?.wants(high, low)) continue;
      told.add(low);
      const tokens = added.filter((one) => one.high === high && one.low === low).map(({ token }) => token);
      const described = sink.describe(text);
      this.observer.take({ high, low, number, line: this.counts.lines, text, tokens, described });
    }
  }

  #header(text: string): void {
    const { counts } = this;
    counts.headers += 1;
    const format = formatOfHeader(text);
    if (format === 'w3c') {
      // IIS's web server has the same fields: the first record says which service it is.
      if (counts.format !== 'w3c') this.#sink = null;
    } else if (format && (this.#sink === null || format !== 'protocol' || !OF_EXCHANGE.includes(counts.format)))
      // `#Log-type` says more than the `#Fields` below it.
      this.#choose(format);
    if (this.#sink === null) {
      if (this.#headers.length === MOST_HEADERS) this.#headers.shift();
      this.#headers.push(text);
    } else if (!this.#handOver(this.#sink, text)) {
      counts.headers -= 1;
      counts.bad.add('its #Fields lack what is needed', counts.lines);
    }
  }

  #handOver(sink: LineSink, text: string): boolean {
    const header = readHeader(text);
    if (header?.name === 'fields') return sink.setFields(fieldNames(text));
    if (header) sink.header(header.name, header.value);
    return true;
  }

  #chooseByRecord(text: string): void {
    const fields = this.#headers.findLast((header) => formatOfHeader(header) === 'w3c');
    this.#choose(formatOfRecord(text, fields === undefined ? null : fieldNames(fields)));
    if (this.#sink === null) return;
    for (const header of this.#headers) this.#handOver(this.#sink, header);
    this.#headers = [];
  }

  #choose(format: LogFormat | null): void {
    if (format === null) return;
    this.counts.format = format;
    if (this.folds === null && OF_ROWS.includes(format)) {
      this.#wantsRows = true;
      return;
    }
    let dialect = this.#dialects.get(format);
    if (!dialect) {
      dialect = this.folds?.sinkOf(format) ?? dialectOf(format, this.sessions, this.words);
      this.#dialects.set(format, dialect);
    }
    if (!this.#begun.has(dialect)) {
      dialect.beginFile(this.#file);
      this.#begun.add(dialect);
    }
    this.counts.times = dialect.times;
    this.#sink = dialect;
  }
}

/** The mark of UTF-8 before the first line of a file, or of one that was put behind another. */
const hasMark = (bytes: Uint8Array, from: number, to: number): boolean =>
  to - from >= 3 && bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf;

function emptyCounts(): FileCounts {
  return { format: null, times: null, bytes: 0, lines: 0, headers: 0, records: 0, bad: new BadLines() };
}

const decoder = new TextDecoder('windows-1252');
const textOf = (bytes: Uint8Array, from: number, to: number): string => decoder.decode(bytes.subarray(from, to));
const utf8 = new TextDecoder('utf-8');
const utf8Of = (bytes: Uint8Array, from: number, to: number): string => utf8.decode(bytes.subarray(from, to));
