/** Reads the bytes of one log after the other and hands its lines to the dialect that the log is written in. */
import { BadLines } from './bad-lines.ts';
import { dialectOf } from './dialects.ts';
import type { LineSink } from './log-dialect.ts';
import { fieldNames, formatOfHeader, formatOfRecord, type LogFormat } from './log-format.ts';
import { LogWords } from './log-words.ts';
import { OpenSessions } from './open-sessions.ts';

/** A longer line is no record of any log. */
export const LONGEST_LINE = 1024 * 1024;
/** Lines without a record at the beginning of a file after which it is no log. */
const PATIENCE = 200;

export type FileCounts = {
  format: LogFormat | null;
  bytes: number;
  lines: number;
  headers: number;
  records: number;
  bad: BadLines;
};

/** A record as it stands in its log. */
export type SeenRecord = { high: number; low: number; number: number; line: number; text: string; dialect: LineSink };

export class LogReader {
  /** Is told of each record: for reading sessions in full. */
  observer: ((record: SeenRecord) => void) | null = null;
  readonly words = new LogWords();
  readonly sessions = new OpenSessions();
  counts: FileCounts = emptyCounts();
  readonly #dialects = new Map<LogFormat, LineSink>();
  #sink: LineSink | null = null;
  /** A line that began in an earlier piece. */
  #rest = new Uint8Array(64 * 1024);
  #restLength = 0;
  /** Within a line that is too long. */
  #skipping = false;
  #offset = 0;
  #started = false;

  /** Everything that follows is of this file. */
  beginFile(file: number): void {
    this.counts = emptyCounts();
    this.sessions.begin(file);
    this.#sink = null;
    this.#restLength = 0;
    this.#skipping = false;
    this.#offset = 0;
    this.#started = false;
  }

  /** It is a log whose rows belong together with those of other files: another reader takes it. */
  get wantsRows(): boolean {
    return this.counts.format === 'tracking' || this.counts.format === 'connectivity';
  }

  /** False once it is clear that this file is no log: then there is no use in reading on. */
  get hopeless(): boolean {
    const { format, lines } = this.counts;
    return format === null && lines > PATIENCE;
  }

  /** The next bytes of the file, UTF-8 or Latin-1. They may end anywhere. */
  push(bytes: Uint8Array): void {
    let from = 0;
    if (!this.#started) {
      this.#started = true;
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) from = 3;
      this.#offset = from;
    }
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
      const end = bytes.indexOf(10, from);
      if (end < 0) break;
      this.#line(bytes, from, end, this.#offset);
      this.#offset += end - from + 1;
      from = end + 1;
    }
    if (from < bytes.length) this.#keep(bytes, from, bytes.length);
  }

  /** The file is over: a last line without its line feed counts as well. */
  endFile(): FileCounts {
    if (this.#restLength > 0 || this.#skipping) this.#endKept();
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
    if (this.#skipping) {
      this.counts.lines += 1;
      this.counts.bad.add('it is longer than a megabyte', this.counts.lines);
    } else this.#line(this.#rest, 0, length, this.#offset);
    this.#skipping = false;
    this.#restLength = 0;
    this.#offset += length + 1;
  }

  #line(bytes: Uint8Array, from: number, lineEnd: number, offset: number): void {
    const { counts } = this;
    counts.lines += 1;
    const to = lineEnd > from && bytes[lineEnd - 1] === 13 ? lineEnd - 1 : lineEnd;
    if (bytes[from] === 35 && to > from) {
      this.#header(textOf(bytes, from, Math.min(to, from + 8000)));
      return;
    }
    if (to === from) {
      counts.headers += 1;
      return;
    }
    if (this.#sink === null) this.#choose(formatOfRecord(textOf(bytes, from, Math.min(to, from + 400))));
    const fault =
      this.#sink === null
        ? 'nothing says what log it belongs to'
        : this.#sink.line(bytes, from, to, offset, counts.lines);
    if (fault === null) {
      counts.records += 1;
      if (this.observer && this.#sink) {
        const { high, low, number } = this.sessions.last;
        this.observer({ high, low, number, line: counts.lines, text: utf8Of(bytes, from, to), dialect: this.#sink });
      }
    } else counts.bad.add(fault, counts.lines);
  }

  #header(text: string): void {
    const { counts } = this;
    counts.headers += 1;
    const format = formatOfHeader(text);
    // `#Log-type` says more than the `#Fields` below it.
    if (format && (this.#sink === null || format !== 'protocol')) this.#choose(format);
    if (!/^#fields:/i.test(text) || !this.#sink || this.#sink.setFields(fieldNames(text))) return;
    counts.headers -= 1;
    counts.bad.add('its #Fields lack what is needed', counts.lines);
  }

  #choose(format: LogFormat | null): void {
    if (format === null) return;
    this.counts.format = format;
    if (this.wantsRows) return;
    let dialect = this.#dialects.get(format);
    if (!dialect) {
      dialect = dialectOf(format, this.sessions, this.words);
      this.#dialects.set(format, dialect);
    }
    this.#sink = dialect;
  }
}

function emptyCounts(): FileCounts {
  return { format: null, bytes: 0, lines: 0, headers: 0, records: 0, bad: new BadLines() };
}

const decoder = new TextDecoder('windows-1252');
const textOf = (bytes: Uint8Array, from: number, to: number): string => decoder.decode(bytes.subarray(from, to));
const utf8 = new TextDecoder('utf-8');
const utf8Of = (bytes: Uint8Array, from: number, to: number): string => utf8.decode(bytes.subarray(from, to));
