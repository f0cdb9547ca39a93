/** What every dialect of a log offers to the reader of lines. */
import type { SessionEnds, SessionRecord } from './session-record.ts';

/** A line as text: a dialect that logs command and reply together makes two records of it. */
export type DescribedLine = { records: Omit<SessionRecord, 'line' | 'number'>[]; ends: SessionEnds };

export interface LineSink {
  /** Takes the names of a `#Fields` line. False when one that is needed is not among them. */
  setFields(names: readonly string[]): boolean;
  /**
   * One line without its end, the `number`th of its file, at `offset`. Null when it was a record, else why it is
   * none.
   */
  line(bytes: Uint8Array, from: number, to: number, offset: number, number: number): string | null;
  /** The same line in words, for a session that is looked at. Only for lines that were records. */
  describe(line: string): DescribedLine;
}
