/** How sessions lie in time: bars of equal width, fine enough to show something and few enough to be drawn. */
import type { RowFilter } from './log-groups.ts';
import type { StageCounts } from './log-summary.ts';
import { COLUMN, COLUMNS, type RowBlock, WIDE, WIDES } from './session-rows.ts';
import { stageName } from './stages.ts';

export type TimelineBar = { at: number; by_stage: StageCounts };
export type Timeline = {
  /** Milliseconds since 1970 (UTC) at which the first bar begins, and how wide each is. */
  from: number;
  step: number;
  /** How many bars there are from the first to the last. */
  count: number;
  /** Those in which sessions began, in the order of time. */
  bars: TimelineBar[];
};

/** More would be thinner than a pointer can hit. */
export const MOST_BARS = 72;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Widths that people think in. */
const STEPS = [
  ...[1, 5, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 7, 28].map((n) => n * DAY),
];

/** The finest width at which so long a time has no more than MOST_BARS bars. */
export function stepFor(ms: number): number {
  // One bar more than the time is long, for it need not begin where a bar does.
  const fits = STEPS.find((step) => ms / step <= MOST_BARS - 1);
  if (fits !== undefined) return fits;
  const widest = STEPS.at(-1) as number;
  return widest * Math.ceil(ms / widest / (MOST_BARS - 1));
}

/** Counts the accepted sessions by the time at which they begin. `blocks` gives all rows each time that it is called. */
export function timelineOf(blocks: () => Iterable<RowBlock>, accepts: RowFilter | null): Timeline {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  const visit = (take: (start: number, stage: number) => void): void => {
    for (const { count, whole, wide } of blocks()) {
      for (let row = 0; row < count; row += 1) {
        if (accepts && !accepts(whole, wide, row)) continue;
        take(wide[row * WIDES + WIDE.start] as number, (whole[row * COLUMNS + COLUMN.state] as number) & 0xff);
      }
    }
  };
  visit((start) => {
    if (start < first) first = start;
    if (start > last) last = start;
  });
  if (!(last >= first)) return { from: 0, step: STEPS[0] as number, count: 0, bars: [] };
  const step = stepFor(last - first);
  const from = Math.floor(first / step) * step;
  const counts = new Map<number, number[]>();
  visit((start, stage) => {
    if (!Number.isFinite(start)) return;
    const bar = Math.floor((start - from) / step);
    let stages = counts.get(bar);
    if (!stages) {
      stages = [];
      counts.set(bar, stages);
    }
    stages[stage] = (stages[stage] ?? 0) + 1;
  });
  const bars = [...counts]
    .sort(([a], [b]) => a - b)
    .map(([bar, stages]): TimelineBar => {
      const by_stage: StageCounts = {};
      stages.forEach((sessions, stage) => {
        by_stage[stageName(stage)] = sessions;
      });
      return { at: from + bar * step, by_stage };
    });
  return { from, step, count: Math.floor((last - from) / step) + 1, bars };
}
