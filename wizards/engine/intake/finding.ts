/** What the intake finds and what it suggests. */
import type { WayPoint } from '../logs/tracking.ts';
import type { FindingKind } from '../schema.ts';
import type { Hop } from './hops.ts';

export type Finding = {
  kind: FindingKind;
  id: string;
  source: string;
  title: string;
  /** Line of the pasted text, counted from 1, in which it begins. */
  line: number;
  /** The last line that belongs to it, where that is known: a reply within is a part of it, not one of its own. */
  end?: number;
  fields: Record<string, string>;
  local: string | null;
  remote: string | null;
  /** Of message headers: the way of the message, oldest hop first. */
  hops?: Hop[];
  /** Of a message in tracking: its stations in the order of time. */
  way?: WayPoint[];
};
export type Suggestion = {
  wizard: string;
  title: string;
  step: string;
  score: number;
  why: string;
  parameters: Record<string, string>;
  /** Names among the parameters whose value belongs to the other machine: shown, never set in a case unasked. */
  apart: string[];
  /** Index of the finding that it rests on. */
  finding: number;
};
export type TriageResult = {
  findings: Finding[];
  suggestions: Suggestion[];
  note: string | null;
  /** The text was taken apart before it was read, so lines do not count in it as it was pasted. */
  unpacked?: true;
};

/** The values that a case begins with. */
export function filledIn({ parameters, apart }: Pick<Suggestion, 'parameters' | 'apart'>): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !apart.includes(name)));
}

/** Whether a line belongs to one of the findings. */
export function linesOf(findings: readonly Finding[]): (line: number) => boolean {
  const spans = findings.map(({ line, end }) => [line, end ?? line] as const).sort(([a], [b]) => a - b);
  const merged: [number, number][] = [];
  for (const [from, to] of spans) {
    const last = merged.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return (line) => {
    let low = 0;
    let high = merged.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const [from, to] = merged[middle] as [number, number];
      if (line < from) high = middle - 1;
      else if (line > to) low = middle + 1;
      else return true;
    }
    return false;
  };
}
