/** The bars of the picture over time, ready to be drawn. */
import { type SessionStage, STAGES } from '../../wizards/engine/logs/stages.ts';
import type { Timeline } from '../../wizards/engine/logs/timeline.ts';
import { plural, utc } from './format.ts';

export interface Bar {
  /** Milliseconds since 1970 (UTC): the first moment of it, and the first after it. */
  from: number;
  until: number;
  sessions: number;
  failed: number;
  /** From the bottom up, each as a part of the highest bar. */
  parts: { stage: SessionStage; part: number }[];
  words: string;
}

const ORDER: readonly SessionStage[] = ['none', ...STAGES];

/** Fewer would be as broad as slabs, so a short time is drawn with some emptiness behind it. */
const FEWEST = 12;

/** One for each stretch of time, also where nothing was. */
export function barsOf({ from, step, count, bars }: Timeline): Bar[] {
  const byTime = new Map(bars.map((bar) => [bar.at, bar.by_stage]));
  const sums = bars.map(({ by_stage }) => sum(Object.values(by_stage)));
  const highest = Math.max(1, ...sums);
  return Array.from({ length: count === 0 ? 0 : Math.max(count, FEWEST) }, (_, index) => {
    const at = from + index * step;
    const stages = byTime.get(at) ?? {};
    const sessions = sum(Object.values(stages));
    const failed = sessions - (stages.none ?? 0);
    return {
      from: at,
      until: at + step,
      sessions,
      failed,
      parts: ORDER.flatMap((stage) => (stages[stage] ? [{ stage, part: (stages[stage] ?? 0) / highest }] : [])),
      words: `${utc(at)} to ${utc(at + step).slice(11)}: ${plural(sessions, 'session')}, ${failed} failed`,
    };
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** `1 hour`, `15 minutes`: how long a bar is. */
export function stepWords(step: number): string {
  const units: [number, string][] = [
    [86_400_000, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
    [1000, 'second'],
  ];
  const [size, word] = units.find(([unit]) => step % unit === 0) ?? [1000, 'second'];
  return plural(step / size, word);
}

/** The bars between two of them, whichever was pressed first. */
export function stretch(bars: readonly Bar[], a: number, b: number): { since: number; until: number } | null {
  const first = bars[Math.min(a, b)];
  const last = bars[Math.max(a, b)];
  return first && last ? { since: first.from, until: last.until } : null;
}
