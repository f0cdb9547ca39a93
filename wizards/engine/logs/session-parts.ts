/** Records of sessions of which not all are in one file, or not in order: side by side in typed arrays. */
import { grown } from './grown.ts';

/** Whole numbers of a part. Words are numbers of a word list, -1 where there is none. */
export const PART = { file: 0, high: 1, low: 2, remote: 3, connector: 4, line: 5, records: 6 } as const;
export const PARTS = 7;
/** Whole numbers of a record: its number in the session, its token, its word. */
export const TOKEN = 3;

/** The records of a part follow those of the part before it. */
export type PartBlock = {
  count: number;
  whole: Int32Array;
  /** Byte at which the first record of each part begins. */
  offsets: Float64Array;
  tokens: Int32Array;
  times: Float64Array;
};

/** Parts that grow at the end. */
export class SessionParts {
  count = 0;
  #records = 0;
  #whole = new Int32Array(PARTS * 64);
  #offsets = new Float64Array(64);
  #tokens = new Int32Array(TOKEN * 512);
  #times = new Float64Array(512);

  /** Begins a part; its records follow. */
  add(file: number, high: number, low: number, remote: number, connector: number, line: number, offset: number): void {
    if ((this.count + 1) * PARTS > this.#whole.length) this.#whole = grown(this.#whole);
    if (this.count === this.#offsets.length) this.#offsets = grown(this.#offsets);
    this.#whole.set([file, high, low, remote, connector, line, 0], this.count * PARTS);
    this.#offsets[this.count] = offset;
    this.count += 1;
  }

  addRecord(number: number, token: number, word: number, time: number): void {
    const record = this.#records;
    if ((record + 1) * TOKEN > this.#tokens.length) this.#tokens = grown(this.#tokens);
    if (record === this.#times.length) this.#times = grown(this.#times);
    this.#tokens[record * TOKEN] = number;
    this.#tokens[record * TOKEN + 1] = token;
    this.#tokens[record * TOKEN + 2] = word;
    this.#times[record] = time;
    this.#records = record + 1;
    const at = (this.count - 1) * PARTS + PART.records;
    this.#whole[at] = (this.#whole[at] as number) + 1;
  }

  /** The parts so far, in arrays of their own; the parts here begin anew. */
  take(): PartBlock {
    const block = {
      count: this.count,
      whole: this.#whole.slice(0, this.count * PARTS),
      offsets: this.#offsets.slice(0, this.count),
      tokens: this.#tokens.slice(0, this.#records * TOKEN),
      times: this.#times.slice(0, this.#records),
    };
    this.count = 0;
    this.#records = 0;
    return block;
  }
}
