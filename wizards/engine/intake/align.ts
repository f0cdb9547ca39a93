/** Lays the wording of an event over a text. */
import { coreAt, LONGEST_SLOT, type Pattern } from './event-pattern.ts';
import type { Unfolded } from './unfold.ts';

/** Where each long fixed text stands in the stream, in order. */
export type Occurrences = ReadonlyMap<string, readonly number[]>;
export type Search = { unfolded: Unfolded; occurrences: Occurrences };
export type Alignment = {
  pattern: Pattern;
  /** Where each literal stands, -1 where it does not. */
  places: number[];
  from: number;
  to: number;
  score: number;
};

/**
 * Lays a pattern over the stream so that its literal `index` stands at `position`, and looks for the other
 * literals on both sides within `low` and `high`. Null when too little of the wording is there. Each literal is
 * looked for once, near the one before it.
 */
export function align(
  search: Search,
  pattern: Pattern,
  index: number,
  position: number,
  low: number,
  high: number,
): Alignment | null {
  const { literals } = pattern;
  const places = literals.map(() => -1);
  places[index] = position;
  let to = position + coreAt(pattern, index).length;
  for (let i = index + 1; i < literals.length; i += 1) {
    const core = coreAt(pattern, i);
    const place = findForward(search, core, to, Math.min(high, to + LONGEST_SLOT + core.length));
    places[i] = place;
    if (place >= 0) to = place + core.length;
  }
  let from = position;
  for (let i = index - 1; i >= 0; i -= 1) {
    const core = coreAt(pattern, i);
    const place = findBackward(search, core, from, Math.max(low, from - LONGEST_SLOT - core.length));
    places[i] = place;
    if (place >= 0) from = place;
  }
  const found = places.filter((place) => place >= 0).length;
  const score = places.reduce((sum, place, i) => (place >= 0 ? sum + coreAt(pattern, i).length : sum), 0);
  return score < 30 || (found < 2 && index !== 0) ? null : { pattern, places, from, to, score };
}

function findForward({ unfolded, occurrences }: Search, core: string, from: number, until: number): number {
  if (core === '') return -1;
  const known = occurrences.get(core);
  if (known) {
    const place = known[firstFrom(known, from)];
    return place !== undefined && place + core.length <= until ? place : -1;
  }
  // A short text could also be a part of a word in a value: it has to begin a word.
  const window = unfolded.stream.slice(from, until);
  let found = window.indexOf(core);
  while (found >= 0 && !beginsWord(unfolded.at, from + found)) found = window.indexOf(core, found + 1);
  return found < 0 ? -1 : from + found;
}

function findBackward({ unfolded, occurrences }: Search, core: string, to: number, from: number): number {
  if (core === '') return -1;
  const known = occurrences.get(core);
  if (known) {
    const place = known[firstFrom(known, to - core.length + 1) - 1];
    return place !== undefined && place >= from ? place : -1;
  }
  const window = unfolded.stream.slice(from, to);
  let found = window.lastIndexOf(core);
  while (found > 0 && !beginsWord(unfolded.at, from + found)) found = window.lastIndexOf(core, found - 1);
  return found >= 0 && beginsWord(unfolded.at, from + found) ? from + found : -1;
}

/** Index of the first number that is not below `least`. */
function firstFrom(sorted: readonly number[], least: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function beginsWord(at: Uint32Array, index: number): boolean {
  return index === 0 || (at[index] as number) - (at[index - 1] as number) > 1;
}
