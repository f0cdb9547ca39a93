/** What is kept of each session: a row of fixed size in typed arrays, so that a million of them are cheap to hold. */
import { grown } from './grown.ts';

/** Whole numbers of a row. Words are numbers of a word list, -1 where there is none. */
export const COLUMN = {
  file: 0,
  /** The log's own id of the session, as two halves. */
  high: 1,
  low: 2,
  remote: 3,
  connector: 4,
  reply: 5,
  /** Stage in the low byte, flags above it. */
  state: 6,
  delivered: 7,
  /** Records that belong to it in the file of its beginning. */
  records: 8,
  /** Line of the first record. */
  line: 9,
} as const;
export const COLUMNS = 10;
/** Numbers of a row that need more room: milliseconds since 1970 (UTC), and the byte at which the first record begins. */
export const WIDE = { start: 0, end: 1, offset: 2 } as const;
export const WIDES = 3;

export type RowBlock = { count: number; whole: Int32Array; wide: Float64Array };

/** Rows that grow at the end. */
export class SessionRows {
  count = 0;
  whole = new Int32Array(COLUMNS * 256);
  wide = new Float64Array(WIDES * 256);

  /** Room for one more row; returns its number. */
  add(): number {
    const row = this.count;
    if ((row + 1) * COLUMNS > this.whole.length) {
      this.whole = grown(this.whole);
      this.wide = grown(this.wide);
    }
    this.count = row + 1;
    return row;
  }

  /** The rows so far, in arrays of their own; the rows here begin anew. */
  take(): RowBlock {
    const { count } = this;
    const block = { count, whole: this.whole.slice(0, count * COLUMNS), wide: this.wide.slice(0, count * WIDES) };
    this.count = 0;
    return block;
  }
}
