/**
 * What may still come from a place of the walk, in numbers: how many more questions and checks at least and at most,
 * and which verdicts. Calls and returns are followed as the walk follows them. A way ends at its verdict, or where it
 * is handed over to another wizard, which counts for itself: wizards hand over to each other in circles, and
 * everything that may come after several of them tells nobody anything. At a fix only what follows a failed proof is
 * counted.
 */

import { type Component, componentsOf } from './components.ts';
import { type Library, wizardByHash } from './library.ts';
import type { Target } from './model.ts';
import { nextsOf, RouteError, routeFrom, stepAt } from './route.ts';

/**
 * `most` takes no place twice, so a circle counts once. `verdicts` are ids in alphabetical order; `elsewhere`: a way may
 * also lead on in another wizard.
 */
export type Ahead = { least: number; most: number; verdicts: string[]; elsewhere?: true };

/** A place of the walk, with the places and the verdicts that its outcomes lead to, and whether one hands over. */
type Place = { key: string; next: string[]; verdicts: string[]; elsewhere: boolean };
type Known = { places: Map<string, Place>; found: Map<string, Ahead | null> };

/** A graph larger than this is not counted. A long way between would delay the step it stands beside. */
const MOST_PLACES = 5000;
/** A knot of circles is counted exactly up to this many steps of the search, then as all its places once. */
const MOST_TRIES = 2000;

const memory = new WeakMap<Library, Known>();

/** Null where nothing can come: at a verdict, or where the kept wizard leads nowhere. */
export function aheadOf(library: Library, target: Target): Ahead | null {
  const known = memory.get(library) ?? { places: new Map(), found: new Map() };
  memory.set(library, known);
  const key = keyOf(target);
  const before = known.found.get(key);
  if (before !== undefined) return before;
  const ahead = count(library, known, target, key);
  known.found.set(key, ahead);
  return ahead;
}

function count(library: Library, known: Known, target: Target, start: string): Ahead | null {
  if (!explore(library, known.places, target)) return null;
  const totals = new Map<string, Ahead>();
  // Components come with those that they lead to before them.
  for (const component of componentsOf(start, (key) => known.places.get(key)?.next ?? [])) {
    for (const key of component.keys) totals.set(key, total(known.places, totals, component, key));
  }
  const ahead = totals.get(start);
  return ahead && ends(ahead) ? ahead : null;
}

const ends = ({ verdicts, elsewhere }: Ahead): boolean => verdicts.length > 0 || elsewhere === true;
/** The wizard that all calls of this place go back to in the end. */
const baseOf = ({ stack, hash }: Target): string => stack[0]?.hash ?? hash;

/** Puts every place that can be reached into `places`; false when there are too many. */
function explore(library: Library, places: Map<string, Place>, start: Target): boolean {
  const queue = [start];
  while (queue.length > 0) {
    const target = queue.pop() as Target;
    const key = keyOf(target);
    if (places.has(key)) continue;
    if (places.size >= MOST_PLACES) return false;
    const place: Place = { key, next: [], verdicts: [], elsewhere: false };
    places.set(key, place);
    for (const to of waysOn(library, target)) {
      const step = to.kind === 'verdict' ? stepAt(library, to) : null;
      if (step?.kind === 'verdict') place.verdicts.push(step.verdict);
      else if (baseOf(to) !== baseOf(target)) place.elsewhere = true;
      else if (to.kind !== 'verdict') {
        place.next.push(keyOf(to));
        queue.push(to);
      }
    }
  }
  return true;
}

/** Where the walk stands after each outcome. */
function waysOn(library: Library, target: Target): Target[] {
  const wizard = wizardByHash(library, target.hash);
  const step = wizard?.steps.find(({ id }) => id === target.step);
  if (!step || step.kind === 'verdict' || step.kind === 'return') return [];
  return nextsOf(step).flatMap((next) => {
    try {
      return routeFrom(library, target, next).to.slice(0, 1);
    } catch (error) {
      if (error instanceof RouteError) return [];
      throw error;
    }
  });
}

function total(places: Map<string, Place>, totals: Map<string, Ahead>, component: Component, start: string): Ahead {
  const inside = component.keys;
  const verdicts = new Set<string>();
  let elsewhere = false;
  for (const key of inside) {
    const place = places.get(key);
    for (const id of place?.verdicts ?? []) verdicts.add(id);
    elsewhere ||= place?.elsewhere === true;
    for (const next of place?.next ?? []) {
      const way = totals.get(next);
      for (const id of way?.verdicts ?? []) verdicts.add(id);
      elsewhere ||= way?.elsewhere === true;
    }
  }
  const steps = { places, totals, inside };
  const ahead: Ahead = { least: least(steps, start), most: most(steps, start), verdicts: [...verdicts].sort() };
  return elsewhere ? { ...ahead, elsewhere } : ahead;
}

type Inside = { places: Map<string, Place>; totals: Map<string, Ahead>; inside: ReadonlySet<string> };

/** The shortest or the longest of the ways that leave the component at this place, or null where none does. */
function leaving({ places, totals, inside }: Inside, key: string, which: 'least' | 'most'): number | null {
  const place = places.get(key);
  const ways = (place?.next ?? []).filter((next) => !inside.has(next)).flatMap((next) => totals.get(next) ?? []);
  const lengths = ways.filter(ends).map((way) => 1 + way[which]);
  if (place && (place.verdicts.length > 0 || place.elsewhere)) lengths.push(0);
  if (lengths.length === 0) return null;
  return which === 'least' ? Math.min(...lengths) : Math.max(...lengths);
}

/** Breadth first within the component; a way out may be longer than a detour inside. */
function least(on: Inside, start: string): number {
  let shortest = Number.POSITIVE_INFINITY;
  const seen = new Set([start]);
  let ring = [start];
  for (let walked = 0; ring.length > 0 && walked < shortest; walked += 1) {
    for (const key of ring) shortest = Math.min(shortest, walked + (leaving(on, key, 'least') ?? Infinity));
    ring = ring.flatMap((key) =>
      (on.places.get(key)?.next ?? []).filter((next) => on.inside.has(next) && !seen.has(next) && seen.add(next)),
    );
  }
  return Number.isFinite(shortest) ? shortest : 0;
}

function most(on: Inside, start: string): number {
  let longest = 0;
  let tries = 0;
  const walked = new Set<string>();
  const go = (key: string): void => {
    tries += 1;
    if (tries > MOST_TRIES) return;
    longest = Math.max(longest, walked.size + (leaving(on, key, 'most') ?? -walked.size));
    walked.add(key);
    for (const next of on.places.get(key)?.next ?? []) if (on.inside.has(next) && !walked.has(next)) go(next);
    walked.delete(key);
  };
  go(start);
  if (tries <= MOST_TRIES) return longest;
  const out = [...on.inside].map((key) => leaving(on, key, 'most') ?? 0);
  return on.inside.size - 1 + out.reduce((a, b) => Math.max(a, b), 0);
}

const frames = new WeakMap<object, string>();
function keyOf({ hash, step, stack }: Target): string {
  let key = frames.get(stack);
  if (key === undefined) {
    key = stack.length === 0 ? '' : JSON.stringify(stack);
    frames.set(stack, key);
  }
  return `${hash} ${step} ${key}`;
}
