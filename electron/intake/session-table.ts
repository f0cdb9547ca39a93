/** The sessions of a run as a list that can be filtered, paged through, and opened. */
import { topOf } from '../../wizards/engine/logs/log-summary.ts';
import { FLAG } from '../../wizards/engine/logs/session-fold.ts';
import { COLUMN, COLUMNS, type RowBlock, WIDE, WIDES } from '../../wizards/engine/logs/session-rows.ts';
import { stageName } from '../../wizards/engine/logs/stages.ts';
import { timelineOf } from '../../wizards/engine/logs/timeline.ts';
import {
  MOST_ROWS,
  type SessionFilter,
  type SessionPage,
  type SessionRowView,
  type SessionsSummary,
} from '../contract-intake.ts';
import { Fault } from '../fault.ts';
import type { LogRun } from './log-run.ts';
import { filterOf } from './session-filter.ts';
import { type FoundSession, readSessions } from './session-stream.ts';

export class SessionTable {
  readonly #run: LogRun;
  /** Numbers of the rows that the last filter let through, by their time. */
  #last: { key: string; rows: Uint32Array } | null = null;

  constructor(run: LogRun) {
    this.#run = run;
  }

  summary(filter: SessionFilter): SessionsSummary {
    const accepts = filterOf(filter, this.#run.texts);
    const summary = topOf(this.#run.summary(accepts));
    return { ...summary, timeline: timelineOf(() => this.#run.index.blocks(), accepts) };
  }

  page(filter: SessionFilter, from: number, count: number): SessionPage {
    const rows = this.#rowsOf(filter);
    const wanted = rows.subarray(from, from + Math.min(count, MOST_ROWS));
    const views = new Map<number, SessionRowView>();
    this.#visit(new Set(wanted), (block, at, row) => views.set(row, this.#viewOf(block, at, row)));
    return { total: rows.length, from, rows: [...wanted].flatMap((row) => views.get(row) ?? []) };
  }

  /** The session of a row with its lines. Throws a Fault when there is no such row, or its log is gone. */
  async open(row: number): Promise<FoundSession> {
    let place: { high: number; low: number; name: string } | null = null;
    this.#visit(new Set([row]), ({ whole }, at) => {
      const file = whole[at * COLUMNS + COLUMN.file] as number;
      place = {
        high: whole[at * COLUMNS + COLUMN.high] as number,
        low: whole[at * COLUMNS + COLUMN.low] as number,
        name: this.#run.sources[file]?.name ?? '',
      };
    });
    if (!place) throw new Fault('no-such-session', 'There is no such session.', 'Choose one from the list.');
    const { high, low, name } = place as { high: number; low: number; name: string };
    const only = (whole: Int32Array, _: Float64Array, at: number): boolean =>
      whole[at * COLUMNS + COLUMN.high] === high && whole[at * COLUMNS + COLUMN.low] === low;
    for await (const session of readSessions(this.#run, only)) return session;
    throw new Fault('log-gone', `The lines of this session are no longer in ${name}.`, 'Bring the log once more.');
  }

  #rowsOf(filter: SessionFilter): Uint32Array {
    const key = `${this.#run.index.count} ${JSON.stringify(filter)}`;
    if (this.#last?.key === key) return this.#last.rows;
    const accepts = filterOf(filter, this.#run.texts);
    const found: number[] = [];
    const times: number[] = [];
    let base = 0;
    for (const { count, whole, wide } of this.#run.index.blocks()) {
      for (let row = 0; row < count; row += 1) {
        if (accepts && !accepts(whole, wide, row)) continue;
        found.push(base + row);
        times.push(wide[row * WIDES + WIDE.start] as number);
      }
      base += count;
    }
    const order = Uint32Array.from(found.keys()).sort((a, b) => (times[a] as number) - (times[b] as number) || a - b);
    const rows = order.map((index) => found[index] as number);
    this.#last = { key, rows };
    return rows;
  }

  /** Calls back with each of the wanted rows: its block, its place there, and its number. */
  #visit(wanted: ReadonlySet<number>, visit: (block: RowBlock, at: number, row: number) => void): void {
    let base = 0;
    const sorted = [...wanted].sort((a, b) => a - b);
    let next = 0;
    for (const block of this.#run.index.blocks()) {
      while (next < sorted.length && (sorted[next] as number) < base + block.count) {
        visit(block, (sorted[next] as number) - base, sorted[next] as number);
        next += 1;
      }
      base += block.count;
      if (next === sorted.length) return;
    }
  }

  #viewOf({ whole, wide }: RowBlock, index: number, row: number): SessionRowView {
    const at = index * COLUMNS;
    const { remotes, connectors, replies } = this.#run.texts;
    const state = whole[at + COLUMN.state] as number;
    const start = wide[index * WIDES + WIDE.start] as number;
    return {
      row,
      start,
      ms: (wide[index * WIDES + WIDE.end] as number) - start,
      stage: stageName(state & 0xff),
      remote: remotes[whole[at + COLUMN.remote] as number] ?? '',
      connector: connectors[whole[at + COLUMN.connector] as number] ?? '',
      reply: replies[whole[at + COLUMN.reply] as number] ?? '',
      delivered: whole[at + COLUMN.delivered] as number,
      mailguard: ((state >> 8) & FLAG.mailguard) !== 0,
      tls: ((state >> 8) & FLAG.tls) !== 0,
      file: this.#run.sources[whole[at + COLUMN.file] as number]?.name ?? '',
      line: whole[at + COLUMN.line] as number,
    };
  }
}
