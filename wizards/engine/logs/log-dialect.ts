/** What every dialect of a log offers to the reader of lines. */
import type { LogTimes } from './log-clock.ts';
import type { SessionEnds, SessionRecord } from './session-record.ts';

/** A line as text: a dialect that logs command and reply together makes two records of it. */
export type DescribedLine = { records: Omit<SessionRecord, 'line' | 'number'>[]; ends: SessionEnds };

export interface LineSink {
  readonly times: LogTimes;
  /** What follows is of another file: nothing that the one before said holds any more. */
  beginFile(file: number): void;
  /** Takes the names of a `#Fields` line. False when one that is needed is not among them. */
  setFields(names: readonly string[]): boolean;
  /** Takes any other header line, such as `#Date: 2006-10-09 05:00:15`; the name is in small letters. */
  header(name: string, value: string): void;
  /**
   * One line without its end, the `number`th of its file, at `offset`. Null when it was a record, else why it is
   * none.
   */
  line(bytes: Uint8Array, from: number, to: number, offset: number, number: number): string | null;
  /**
   * Where a dialect can take many lines at once: from `start`, which stands at `base` of its file and begins line
   * `firstLine`. Returns where it stopped; `taken` is how many lines that were, all of them records.
   */
  scan?(bytes: Uint8Array, start: number, base: number, firstLine: number): number;
  readonly taken?: number;
  /** The file is over. */
  endFile(): void;
  /** The line read last in words, for a session that is looked at. Only after a line that was a record of one. */
  describe?(line: string): DescribedLine;
}
