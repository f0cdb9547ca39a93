/** The parts of all files, found again by the session that they belong to. */
import { grown } from './grown.ts';
import { PART, PARTS, type PartBlock, TOKEN } from './session-parts.ts';

/** A part as one looks at it: its records are views. */
export type SessionPart = {
  file: number;
  high: number;
  low: number;
  remote: number;
  connector: number;
  offset: number;
  line: number;
  /** For each record its number in the session, its token and its word. */
  tokens: Int32Array;
  /** For each record its time. */
  times: Float64Array;
};
/** Records of a session that stand in one of several files. */
export type SessionPlace = { file: number; records: number };

const WHERE = 3;

export class PartIndex {
  /** Sessions that were read as a whole elsewhere: their parts here only repeat records. By the log's own id. */
  repeated: ReadonlySet<string> = new Set();
  #count = 0;
  #whole = new Int32Array(PARTS * 256);
  /** For each part the number of its block, its number in it, and the number of its first record there. */
  #where = new Int32Array(WHERE * 256);
  readonly #blocks: PartBlock[] = [];
  /** Numbers of the parts, those of a session beside one another; null once more were added. */
  #order: Uint32Array | null = null;

  add(block: PartBlock): void {
    if (block.count === 0) return;
    while ((this.#count + block.count) * PARTS > this.#whole.length) {
      this.#whole = grown(this.#whole);
      this.#where = grown(this.#where);
    }
    this.#whole.set(block.whole, this.#count * PARTS);
    for (let i = 0, record = 0; i < block.count; i += 1) {
      this.#where.set([this.#blocks.length, i, record], (this.#count + i) * WHERE);
      record += block.whole[i * PARTS + PART.records] as number;
    }
    this.#blocks.push(block);
    this.#count += block.count;
    this.#order = null;
  }

  /** The parts of one session after the other. Only until `forgetRecords`. */
  *sessions(): Generator<SessionPart[]> {
    const order = this.#sorted();
    for (let from = 0; from < order.length; ) {
      const to = this.#endOfSession(order, from);
      yield Array.from(order.subarray(from, to), (part) => this.#partAt(part));
      from = to;
    }
  }

  /** Where the records of a session stand that has several parts; null for any other. */
  placesOf(high: number, low: number): SessionPlace[] | null {
    if (this.repeated.has(`${high} ${low}`)) return null;
    const order = this.#sorted();
    let from = 0;
    for (let to = order.length; from < to; ) {
      const middle = (from + to) >> 1;
      if (this.#compare(order[middle] as number, high, low) < 0) from = middle + 1;
      else to = middle;
    }
    if (from === order.length || this.#compare(order[from] as number, high, low) !== 0) return null;
    const parts = order.subarray(from, this.#endOfSession(order, from));
    if (parts.length === 1) return null;
    return Array.from(parts, (part) => ({
      file: this.#cell(part, PART.file),
      records: this.#cell(part, PART.records),
    }));
  }

  /** The sessions were joined: where their records stand stays known, what they say is let go. */
  forgetRecords(): void {
    this.#blocks.length = 0;
  }

  #cell(part: number, column: number): number {
    return this.#whole[part * PARTS + column] as number;
  }

  #compare(part: number, high: number, low: number): number {
    return this.#cell(part, PART.high) - high || this.#cell(part, PART.low) - low;
  }

  #sorted(): Uint32Array {
    this.#order ??= Uint32Array.from({ length: this.#count }, (_, part) => part).sort(
      (a, b) =>
        this.#compare(a, this.#cell(b, PART.high), this.#cell(b, PART.low)) ||
        this.#cell(a, PART.file) - this.#cell(b, PART.file) ||
        a - b,
    );
    return this.#order;
  }

  #endOfSession(order: Uint32Array, from: number): number {
    const part = order[from] as number;
    let to = from + 1;
    while (
      to < order.length &&
      this.#compare(order[to] as number, this.#cell(part, PART.high), this.#cell(part, PART.low)) === 0
    )
      to += 1;
    return to;
  }

  #partAt(part: number): SessionPart {
    const [number, inBlock, first] = this.#where.subarray(part * WHERE) as unknown as [number, number, number];
    const block = this.#blocks[number] as PartBlock;
    const end = first + this.#cell(part, PART.records);
    return {
      file: this.#cell(part, PART.file),
      high: this.#cell(part, PART.high),
      low: this.#cell(part, PART.low),
      remote: this.#cell(part, PART.remote),
      connector: this.#cell(part, PART.connector),
      offset: block.offsets[inBlock] as number,
      line: this.#cell(part, PART.line),
      tokens: block.tokens.subarray(first * TOKEN, end * TOKEN),
      times: block.times.subarray(first, end),
    };
  }
}
