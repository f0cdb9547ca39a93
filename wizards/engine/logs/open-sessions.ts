/**
 * Sessions of which more records may come. The records of a session are kept as tokens until its end is read; a
 * session whose numbers run from 0 to its end without a gap is folded at once and leaves a row, any other is handed
 * over as a part, to be joined with its other parts once all files are read.
 */
import { grown } from './grown.ts';
import { FLAG, SessionFold } from './session-fold.ts';
import { SessionParts, TOKEN } from './session-parts.ts';
import { COLUMN, COLUMNS, SessionRows, WIDE, WIDES } from './session-rows.ts';
import { END, kindOf } from './tokens.ts';

export type AddedToken = { high: number; low: number; number: number; token: number };
const HIGH = 0;
const LOW = 1;
const REMOTE = 2;
const CONNECTOR = 3;
const HEAD = 4;
const TAIL = 5;
/** The number that the next record must have, or -1 once one was out of order. */
const NEXT = 6;
const RECORDS = 7;
const LINE = 8;
/** What the dialect keeps of its own, 0 at first. */
const SKIP = 9;
const SLOT = 10;

export class OpenSessions {
  readonly rows = new SessionRows();
  readonly parts = new SessionParts();
  /** Where somebody looks on, what was added since it was emptied; else null. */
  added: AddedToken[] | null = null;
  readonly #fold = new SessionFold();
  /** Number of the slot for each place of the hash table, or -1. */
  #places = new Int32Array(2048).fill(-1);
  #slots = new Int32Array(1024 * SLOT);
  #wide = new Float64Array(1024 * WIDES);
  #free: number[] = [];
  #used = 0;
  #open = 0;
  #tokens = new Int32Array(8192 * (TOKEN + 1));
  #times = new Float64Array(8192);
  #freeToken = -1;
  #usedTokens = 0;
  #file = 0;
  #unnamed = 0;

  /** Records that follow are of this file. Of one that was given up before its end nothing stays. */
  begin(file: number): void {
    this.#clear();
    this.#file = file;
    this.#unnamed = 0;
  }

  /**
   * Opens a session of a log that names none. Its key is the file's number and a running one, so that it meets no
   * other of any file; Exchange's own ids begin with the higher bits of a time, which the complement never does.
   */
  openUnnamed(remote: number, connector: number, offset: number, line: number): number {
    this.#unnamed += 1;
    return this.open(~this.#file, this.#unnamed, remote, connector, offset, line);
  }

  /** The slot of a session, or -1 when it is not open. */
  find(high: number, low: number): number {
    const mask = this.#places.length - 1;
    let place = hashOf(high, low) & mask;
    for (;;) {
      const slot = this.#places[place] as number;
      if (slot < 0) return -1;
      const at = slot * SLOT;
      if (this.#slots[at + LOW] === low && this.#slots[at + HIGH] === high) return slot;
      place = (place + 1) & mask;
    }
  }

  /** Opens a session, which must not be open. `remote` and `connector` are words, -1 where unknown. */
  open(high: number, low: number, remote: number, connector: number, offset: number, line: number): number {
    if ((this.#open + 1) * 2 > this.#places.length) this.#spread();
    const slot = this.#free.pop() ?? this.#newSlot();
    const at = slot * SLOT;
    this.#slots[at + HIGH] = high;
    this.#slots[at + LOW] = low;
    this.#slots[at + REMOTE] = remote;
    this.#slots[at + CONNECTOR] = connector;
    this.#slots[at + HEAD] = -1;
    this.#slots[at + TAIL] = -1;
    this.#slots[at + NEXT] = 0;
    this.#slots[at + RECORDS] = 0;
    this.#slots[at + LINE] = line;
    this.#slots[at + SKIP] = 0;
    const wide = slot * WIDES;
    this.#wide[wide + WIDE.start] = Number.POSITIVE_INFINITY;
    this.#wide[wide + WIDE.end] = Number.NEGATIVE_INFINITY;
    this.#wide[wide + WIDE.offset] = offset;
    this.#place(slot, high, low);
    return slot;
  }

  /** The remote side of an open session, where its first records did not say it. */
  remoteOf(slot: number): number {
    return this.#slots[slot * SLOT + REMOTE] as number;
  }

  setRemote(slot: number, remote: number): void {
    this.#slots[slot * SLOT + REMOTE] = remote;
  }

  /** A number that a dialect keeps with a session. */
  skipOf(slot: number): number {
    return this.#slots[slot * SLOT + SKIP] as number;
  }

  setSkip(slot: number, skip: number): void {
    this.#slots[slot * SLOT + SKIP] = skip;
  }

  /** Adds a record; the end of a session that is whole closes it. */
  add(slot: number, number: number, time: number, token: number, word: number): void {
    const at = slot * SLOT;
    const slots = this.#slots;
    const node = this.#newToken();
    const place = node * (TOKEN + 1);
    this.#tokens[place] = number;
    this.#tokens[place + 1] = token;
    this.#tokens[place + 2] = word;
    this.#tokens[place + 3] = -1;
    this.#times[node] = time;
    const tail = slots[at + TAIL] as number;
    if (tail < 0) slots[at + HEAD] = node;
    else this.#tokens[tail * (TOKEN + 1) + 3] = node;
    slots[at + TAIL] = node;
    slots[at + RECORDS] = (slots[at + RECORDS] as number) + 1;
    const wide = slot * WIDES;
    if (time < (this.#wide[wide] as number)) this.#wide[wide] = time;
    if (time > (this.#wide[wide + 1] as number)) this.#wide[wide + 1] = time;
    if (this.added !== null)
      this.added.push({ high: slots[at + HIGH] as number, low: slots[at + LOW] as number, number, token });
    const next = slots[at + NEXT] as number;
    if (next !== number) slots[at + NEXT] = -1;
    else {
      slots[at + NEXT] = number + 1;
      if (kindOf(token) === END) this.#close(slot, FLAG.whole);
    }
  }

  /** Closes a session of which nothing more can come, though its end was not logged or its beginning is missing. */
  close(slot: number): void {
    this.#close(slot, 0);
  }

  /** What is still open becomes a part; to be called at the end of a file. */
  endFile(): void {
    if (this.#open > 0) {
      for (let place = 0; place < this.#places.length; place += 1) {
        const slot = this.#places[place] as number;
        if (slot >= 0) this.#addPart(slot);
      }
    }
    this.#clear();
  }

  #clear(): void {
    this.#places.fill(-1);
    this.#free = [];
    this.#used = 0;
    this.#open = 0;
    this.#freeToken = -1;
    this.#usedTokens = 0;
  }

  #close(slot: number, wholeFlag: number): void {
    const fold = this.#fold;
    fold.reset();
    const at = slot * SLOT;
    let node = this.#slots[at + HEAD] as number;
    let last = -1;
    while (node >= 0) {
      const place = node * (TOKEN + 1);
      fold.push(this.#tokens[place + 1] as number, this.#tokens[place + 2] as number);
      last = node;
      node = this.#tokens[place + 3] as number;
    }
    fold.finish();
    const row = this.rows.add();
    const { whole, wide } = this.rows;
    const to = row * COLUMNS;
    whole[to + COLUMN.file] = this.#file;
    whole[to + COLUMN.high] = this.#slots[at + HIGH] as number;
    whole[to + COLUMN.low] = this.#slots[at + LOW] as number;
    whole[to + COLUMN.remote] = this.#slots[at + REMOTE] as number;
    whole[to + COLUMN.connector] = this.#slots[at + CONNECTOR] as number;
    whole[to + COLUMN.reply] = fold.reply;
    whole[to + COLUMN.state] = fold.stage | ((fold.flags | wholeFlag) << 8);
    whole[to + COLUMN.delivered] = fold.delivered;
    whole[to + COLUMN.line] = this.#slots[at + LINE] as number;
    whole[to + COLUMN.records] = this.#slots[at + RECORDS] as number;
    const from = slot * WIDES;
    for (let i = 0; i < WIDES; i += 1) wide[row * WIDES + i] = this.#wide[from + i] as number;
    if (last >= 0) {
      this.#tokens[last * (TOKEN + 1) + 3] = this.#freeToken;
      this.#freeToken = this.#slots[at + HEAD] as number;
    }
    this.#remove(slot);
  }

  #addPart(slot: number): void {
    const at = slot * SLOT;
    const slots = this.#slots;
    this.parts.add(
      this.#file,
      slots[at + HIGH] as number,
      slots[at + LOW] as number,
      slots[at + REMOTE] as number,
      slots[at + CONNECTOR] as number,
      slots[at + LINE] as number,
      this.#wide[slot * WIDES + WIDE.offset] as number,
    );
    for (let node = slots[at + HEAD] as number; node >= 0; ) {
      const place = node * (TOKEN + 1);
      this.parts.addRecord(
        this.#tokens[place] as number,
        this.#tokens[place + 1] as number,
        this.#tokens[place + 2] as number,
        this.#times[node] as number,
      );
      node = this.#tokens[place + 3] as number;
    }
  }

  #newSlot(): number {
    const slot = this.#used;
    this.#used = slot + 1;
    if (this.#used * SLOT > this.#slots.length) {
      this.#slots = grown(this.#slots);
      this.#wide = grown(this.#wide);
    }
    return slot;
  }

  #newToken(): number {
    const free = this.#freeToken;
    if (free >= 0) {
      this.#freeToken = this.#tokens[free * (TOKEN + 1) + 3] as number;
      return free;
    }
    const node = this.#usedTokens;
    this.#usedTokens = node + 1;
    if (this.#usedTokens > this.#times.length) {
      this.#tokens = grown(this.#tokens);
      this.#times = grown(this.#times);
    }
    return node;
  }

  #place(slot: number, high: number, low: number): void {
    const mask = this.#places.length - 1;
    let place = hashOf(high, low) & mask;
    while ((this.#places[place] as number) >= 0) place = (place + 1) & mask;
    this.#places[place] = slot;
    this.#open += 1;
  }

  /** Takes a slot out of the table; those that it pushed aside move up. */
  #remove(slot: number): void {
    const places = this.#places;
    const mask = places.length - 1;
    const at = slot * SLOT;
    let hole = hashOf(this.#slots[at + HIGH] as number, this.#slots[at + LOW] as number) & mask;
    while (places[hole] !== slot) hole = (hole + 1) & mask;
    let place = hole;
    for (;;) {
      place = (place + 1) & mask;
      const other = places[place] as number;
      if (other < 0) break;
      const home = hashOf(this.#slots[other * SLOT + HIGH] as number, this.#slots[other * SLOT + LOW] as number) & mask;
      if (((place - home) & mask) >= ((place - hole) & mask)) {
        places[hole] = other;
        hole = place;
      }
    }
    places[hole] = -1;
    this.#free.push(slot);
    this.#open -= 1;
  }

  #spread(): void {
    const slots = this.#places.filter((slot) => slot >= 0);
    this.#places = new Int32Array(this.#places.length * 2).fill(-1);
    this.#open = 0;
    for (const slot of slots)
      this.#place(slot, this.#slots[slot * SLOT + HIGH] as number, this.#slots[slot * SLOT + LOW] as number);
  }
}

function hashOf(high: number, low: number): number {
  const mixed = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
