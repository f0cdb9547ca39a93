/** The wording of an event with its slots, prepared so that copies of it are found however they were mangled. */
import type { EventFile } from '../schema.ts';
import { flatten, isWordCode, lineLength, lineOf, skeleton, type Unfolded } from './unfold.ts';

export type EventTemplate = EventFile['events'][number];
export type Pattern = {
  source: string;
  event: EventTemplate;
  /** 0 is the template's own text, the others stand in `also`. */
  wording: number;
  /** The fixed texts around the slots: always one more than there are slots. */
  literals: Literal[];
  slots: string[];
};
type Literal = {
  /** Its letters and digits. May be empty between two slots that only punctuation parts. */
  core: string;
  /** Positions in the core at which no word begins. */
  inner: boolean[];
  /** Punctuation in front of and behind the core, blanks left out. */
  head: string;
  tail: string;
};
export type Match = {
  pattern: Pattern;
  /** Span in the stream. */
  from: number;
  to: number;
  /** Letters and digits of the wording that were found. */
  score: number;
  fields: Record<string, string>;
  /** Slots that the copy does not hold whole. */
  missing: string[];
};

/** No value of an event is longer, counted in letters and digits. */
const LONGEST_SLOT = 1500;
/** Fixed texts of this length are worth looking for on their own. */
export const SHORTEST_ANCHOR = 12;
/** Slots whose values have no blanks: one that a wrap brought in is taken out. */
const ONE_WORD = new Set([
  'remote_host',
  'remote_ip',
  'local_server',
  'virtual_server',
  'connection',
  'command',
  'recipient',
  'sender',
]);

export function compileTemplates(files: readonly EventFile[]): Pattern[] {
  return files.flatMap((file) =>
    file.events.flatMap((event) =>
      [event.text, ...(event.also ?? [])].map((text, wording) => ({
        source: file.source,
        event,
        wording,
        ...splitTemplate(text),
      })),
    ),
  );
}

export function splitTemplate(text: string): { literals: Literal[]; slots: string[] } {
  const parts = text.split(/<([a-z][a-z0-9_]*)>/);
  return {
    literals: parts.filter((_, index) => index % 2 === 0).map(literalOf),
    slots: parts.filter((_, index) => index % 2 === 1),
  };
}

function literalOf(text: string): Literal {
  const inner: boolean[] = [];
  let first = -1;
  let last = -1;
  for (let i = 0; i < text.length; i += 1) {
    if (!isWordCode(text.charCodeAt(i))) continue;
    inner.push(last >= 0 && last === i - 1);
    if (first < 0) first = i;
    last = i;
  }
  const head = first < 0 ? text : text.slice(0, first);
  const tail = first < 0 ? '' : text.slice(last + 1);
  return { core: skeleton(text), inner, head: head.replace(/\s/g, ''), tail: tail.replace(/\s/g, '') };
}

/** Where each long fixed text stands in the stream, in order. */
export type Occurrences = ReadonlyMap<string, readonly number[]>;
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
  search: { unfolded: Unfolded; occurrences: Occurrences },
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

/** The values in the slots of an alignment. */
export function readMatch(unfolded: Unfolded, { pattern, places, from, to, score }: Alignment, high: number): Match {
  const values = readSlots(unfolded, pattern, places, high);
  return { pattern, from, to: Math.max(to, values.to), score, fields: values.fields, missing: values.missing };
}

const coreAt = (pattern: Pattern, index: number): string => pattern.literals[index]?.core ?? '';

type Search = Parameters<typeof align>[0];

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

type Values = { fields: Record<string, string>; missing: string[]; to: number };

function readSlots(unfolded: Unfolded, pattern: Pattern, places: number[], high: number): Values {
  const fields: Record<string, string> = {};
  const missing: string[] = [];
  const width = cutWidth(unfolded, pattern, places);
  let end = 0;
  for (let i = 0; i < pattern.slots.length; ) {
    // Slots that are parted by punctuation alone are cut out together.
    let last = i;
    while (last + 1 < pattern.slots.length && coreAt(pattern, last + 1) === '') last += 1;
    const before = places[i] as number;
    const after = places[last + 1] as number;
    const names = pattern.slots.slice(i, last + 1);
    const punctuation = pattern.literals.slice(i, last + 2);
    i = last + 1;
    if (before < 0 && punctuation[0]?.core !== '') {
      missing.push(...names);
      continue;
    }
    const from = before < 0 ? 0 : before + (punctuation[0]?.core.length ?? 0);
    const span = textSpan(unfolded, from, after, high);
    const raw = flatten(unfolded, span.from, span.to, width);
    const whole = after >= 0 ? raw : closedQuote(raw, punctuation[0]?.tail ?? '');
    if (whole === null || before < 0) {
      missing.push(...names);
      const start = names[0] === 'reply' ? /^["']?(\d{3}[ -].*)/.exec(raw) : null;
      if (start?.[1]) fields.reply = oneLine(start[1]);
      continue;
    }
    if (after < 0) end = Math.max(end, from);
    for (const [name, value] of splitValues(whole, names, punctuation)) {
      const clean =
        ONE_WORD.has(name) && /[\r\n]/.test(unfolded.text.slice(span.from, span.to)) ? value.replace(/ /g, '') : value;
      if (clean !== '') fields[name] = clean;
    }
  }
  return { fields, missing, to: end };
}

/** Offsets of the text between the end of a literal and the beginning of the next (or the furthest it may reach). */
function textSpan({ text, at }: Unfolded, from: number, after: number, high: number): { from: number; to: number } {
  const start = from === 0 ? 0 : (at[from - 1] as number) + 1;
  const until = after >= 0 ? after : Math.min(high, from + LONGEST_SLOT);
  const offset = at[until];
  return { from: start, to: offset ?? text.length };
}

/** A value whose end was cut off is whole when its closing quote is still there; else null. */
function closedQuote(raw: string, tail: string): string | null {
  const opening = /["']$/.test(tail) ? /^["']/.exec(raw.replace(/^[^"']{0,3}(?=["'])/, ''))?.[0] : undefined;
  if (!opening) return null;
  const start = raw.indexOf(opening);
  const end = raw.indexOf(opening, start + 1);
  return end < 0 ? null : raw.slice(start, end + 1);
}

/** In a cut copy the rest of the text may follow a value that has no end: its first line is enough to see what it was. */
const oneLine = (text: string): string => (text.split('"')[0] as string).slice(0, 300).trim();

function splitValues(raw: string, names: string[], literals: Literal[]): [string, string][] {
  const values: [string, string][] = [];
  let rest = raw;
  for (let i = 0; i < names.length; i += 1) {
    const name = names[i] as string;
    const between = literals[i + 1] as Literal;
    const isLast = i === names.length - 1;
    const cut = isLast || between.head === '' ? -1 : rest.indexOf(between.head);
    const value = cut < 0 ? rest : rest.slice(0, cut);
    const lead = i === 0 ? (literals[0] as Literal).tail : '';
    values.push([name, trimPunctuation(value, lead, isLast ? between.head : '')]);
    rest = cut < 0 ? '' : rest.slice(cut + between.head.length);
  }
  return values;
}

/** Takes away the punctuation that the wording puts around a value, whole, in part or with other quotes. */
function trimPunctuation(raw: string, lead: string, trail: string): string {
  let value = raw.trim();
  const quoted = /["']$/.test(lead);
  const open = quoted ? value.search(/["']/) : -1;
  if (open >= 0 && open <= 3) {
    const quote = value.charAt(open);
    const close = value.lastIndexOf(quote);
    if (close > open) return value.slice(open + 1, close).trim();
    value = value.slice(open + 1);
  }
  for (const sign of lead) if (value.startsWith(sign)) value = value.slice(1).trimStart();
  for (const sign of [...trail].reverse()) if (value.endsWith(sign)) value = value.slice(0, -1).trimEnd();
  return value.trim();
}

/** The length at which the lines of this copy were cut, known from a fixed word that a line break splits; null when none is. */
function cutWidth(unfolded: Unfolded, pattern: Pattern, places: number[]): number | null {
  const { at } = unfolded;
  let width: number | null = null;
  for (const [i, place] of places.entries()) {
    if (place < 0) continue;
    const { inner } = pattern.literals[i] as Literal;
    for (let k = 1; k < inner.length; k += 1) {
      const from = at[place + k - 1] as number;
      if (!inner[k] || (at[place + k] as number) === from + 1) continue;
      const line = lineOf(unfolded, from);
      if (line === lineOf(unfolded, at[place + k] as number)) continue;
      width = Math.max(width ?? 0, lineLength(unfolded, line));
    }
  }
  return width;
}
