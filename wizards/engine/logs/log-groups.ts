/** Counts sessions by stage, remote, reply, connector and hour while their rows come in. */
import { FLAG } from './session-fold.ts';
import { COLUMN, COLUMNS, type RowBlock, WIDE, WIDES } from './session-rows.ts';
import { NONE } from './stages.ts';

export type PeerCount = { sessions: number; failed: number };
/** Where and when a group was first seen, and by whom. */
export type ReplyGroup = {
  reply: number;
  stage: number;
  count: number;
  /** Sessions among them in which verbs or banner were overwritten on the way. */
  overwritten: number;
  /** Of the earliest session: its time, file and line. */
  first: number;
  file: number;
  line: number;
  last: number;
  /** The only remote, -2 when there are several. */
  remote: number;
  /** The only connector, -2 when there are several. */
  connector: number;
};
export type RowFilter = (whole: Int32Array, wide: Float64Array, row: number) => boolean;

const HOUR = 3_600_000;
const SEVERAL = -2;

export class LogGroups {
  sessions = 0;
  delivered = 0;
  first = Number.POSITIVE_INFINITY;
  last = Number.NEGATIVE_INFINITY;
  readonly stages = new Array<number>(NONE + 1).fill(0);
  /** By number of the word; the last place (index 0) is for sessions that name none. */
  readonly remotes: PeerCount[] = [];
  readonly connectors: PeerCount[] = [];
  /** By hours since 1970: sessions of each stage. */
  readonly hours = new Map<number, number[]>();
  readonly replies = new Map<number, ReplyGroup>();
  readonly #accepts: RowFilter | null;

  constructor(accepts: RowFilter | null = null) {
    this.#accepts = accepts;
  }

  add({ count, whole, wide }: RowBlock): void {
    for (let row = 0; row < count; row += 1) {
      if (this.#accepts === null || this.#accepts(whole, wide, row)) this.#addRow(whole, wide, row);
    }
  }

  #addRow(whole: Int32Array, wide: Float64Array, row: number): void {
    const at = row * COLUMNS;
    const stage = (whole[at + COLUMN.state] as number) & 0xff;
    const start = wide[row * WIDES + WIDE.start] as number;
    const remote = whole[at + COLUMN.remote] as number;
    const connector = whole[at + COLUMN.connector] as number;
    this.sessions += 1;
    this.delivered += whole[at + COLUMN.delivered] as number;
    this.stages[stage] = (this.stages[stage] as number) + 1;
    if (start < this.first) this.first = start;
    const end = wide[row * WIDES + WIDE.end] as number;
    if (end > this.last) this.last = end;
    count(this.remotes, remote, stage);
    count(this.connectors, connector, stage);
    const hour = Math.floor(start / HOUR);
    let byStage = this.hours.get(hour);
    if (!byStage) {
      byStage = new Array<number>(NONE + 1).fill(0);
      this.hours.set(hour, byStage);
    }
    byStage[stage] = (byStage[stage] as number) + 1;
    if (stage !== NONE) this.#addReply(whole, at, stage, start, remote, connector);
  }

  #addReply(whole: Int32Array, at: number, stage: number, start: number, remote: number, connector: number): void {
    const reply = whole[at + COLUMN.reply] as number;
    const key = (reply + 1) * 16 + stage;
    const file = whole[at + COLUMN.file] as number;
    const line = whole[at + COLUMN.line] as number;
    const overwritten = ((whole[at + COLUMN.state] as number) >> 8) & FLAG.mailguard ? 1 : 0;
    const group = this.replies.get(key);
    if (!group) {
      const first = { count: 1, overwritten, first: start, last: start, file, line };
      this.replies.set(key, { reply, stage, ...first, remote, connector });
      return;
    }
    group.count += 1;
    group.overwritten += overwritten;
    if (start > group.last) group.last = start;
    if (start < group.first) {
      group.first = start;
      group.file = file;
      group.line = line;
    }
    if (group.remote !== remote) group.remote = SEVERAL;
    if (group.connector !== connector) group.connector = SEVERAL;
  }
}

function count(list: PeerCount[], id: number, stage: number): void {
  const index = id + 1;
  const known = list[index];
  if (known) {
    known.sessions += 1;
    if (stage !== NONE) known.failed += 1;
    return;
  }
  while (list.length < index) list.push({ sessions: 0, failed: 0 });
  list[index] = { sessions: 1, failed: stage === NONE ? 0 : 1 };
}
