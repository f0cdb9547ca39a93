/** Finds the descriptions of events in a text by their wording. */
import { type Alignment, align, type Occurrences, type Search } from './align.ts';
import type { Header } from './event-header.ts';
import { coreAt, type EventTemplate, type Pattern, SHORTEST_ANCHOR } from './event-pattern.ts';
import { type Match, readMatch } from './read-slots.ts';
import type { Unfolded } from './unfold.ts';

/** A description: one wording, or several that fit a partial copy equally well. */
export type Described = Match & { candidates: EventTemplate[] };
/** Attempts to lay a wording over the text: a bound for text that only looks like events. */
const MOST_ATTEMPTS = 20_000;
/** A shorter first text of one wording ("Receive connector") also stands in the middle of others. */
const SHORTEST_OPENING = 20;

/**
 * The first `most` descriptions in the stream, in order. Blocks (`headers`) and beginnings of other descriptions
 * bound what belongs to one.
 */
export function findDescriptions(
  unfolded: Unfolded,
  patterns: Pattern[],
  headers: Header[],
  most: number,
): Described[] {
  const anchors = anchorsOf(patterns);
  const occurrences = new Map([...anchors.keys()].map((core) => [core, placesOf(unfolded.stream, core)]));
  const search = { unfolded, occurrences };
  const stops = stopsOf(patterns, occurrences, headers);
  const found: Described[] = [];
  let low = 0;
  let stop = 0;
  let attempts = 0;
  for (const { at, core } of inOrder(occurrences)) {
    if (at < low) continue;
    if (attempts === MOST_ATTEMPTS) break;
    attempts += 1;
    while (stop < stops.length && (stops[stop] as number) <= at) stop += 1;
    const high = stops[stop] ?? unfolded.stream.length;
    const best = bestOf(search, anchors.get(core) ?? [], at, Math.max(low, stops[stop - 1] ?? 0), high);
    if (!best) continue;
    found.push(best);
    if (found.length === most) break;
    low = best.to;
  }
  return found;
}

type Anchor = { pattern: Pattern; index: number };

function anchorsOf(patterns: Pattern[]): Map<string, Anchor[]> {
  const anchors = new Map<string, Anchor[]>();
  for (const pattern of patterns) {
    for (const [index, literal] of pattern.literals.entries()) {
      if (literal.core.length < SHORTEST_ANCHOR) continue;
      const list = anchors.get(literal.core) ?? [];
      list.push({ pattern, index });
      anchors.set(literal.core, list);
    }
  }
  return anchors;
}

function placesOf(stream: string, core: string): number[] {
  const places: number[] = [];
  for (let at = stream.indexOf(core); at >= 0; at = stream.indexOf(core, at + core.length)) places.push(at);
  return places;
}

/** All of them, as they stand; where two begin together the longer one first. */
function inOrder(occurrences: Occurrences): { at: number; core: string }[] {
  const all = [...occurrences].flatMap(([core, places]) => places.map((at) => ({ at, core })));
  return all.sort((a, b) => a.at - b.at || b.core.length - a.core.length);
}

/** Where another event begins, so that a cut one does not take the rest of its neighbour. */
function stopsOf(patterns: Pattern[], occurrences: Occurrences, headers: Header[]): number[] {
  const cores = patterns.map((pattern) => coreAt(pattern, 0));
  const openings = new Set(cores.filter((core) => core.length >= SHORTEST_OPENING));
  const begins = [...openings].flatMap((core) => occurrences.get(core) ?? []);
  return [...begins, ...headers.map((header) => header.from)].sort((a, b) => a - b);
}

function bestOf(search: Search, anchors: Anchor[], at: number, low: number, high: number): Described | null {
  let best: { alignment: Alignment; candidates: EventTemplate[] } | null = null;
  for (const { pattern, index } of anchors) {
    const alignment = align(search, pattern, index, at, low, high);
    if (!alignment) continue;
    const order = best ? compare(alignment, best.alignment) : 1;
    if (order > 0) best = { alignment, candidates: [pattern.event] };
    else if (order === 0) best?.candidates.push(pattern.event);
  }
  return best && { ...readMatch(search.unfolded, best.alignment, high), candidates: best.candidates };
}

/** More of the wording counts first, then that it is the template's own and not one seen elsewhere. */
const compare = (a: Alignment, b: Alignment): number => a.score - b.score || b.pattern.wording - a.pattern.wording;
