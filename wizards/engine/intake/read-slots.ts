/** Takes the values out of a copy of an event, whatever became of its quotes and lines. */
import type { Alignment } from './align.ts';
import { coreAt, type Literal, LONGEST_SLOT, type Pattern } from './event-pattern.ts';
import { flatten, lineLength, lineOf, type Unfolded } from './unfold.ts';

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

/** Slots whose values may be sentences. */
const SENTENCES = new Set(['reply', 'full_command', 'directory_error', 'error_text']);

/** The values in the slots of an alignment. */
export function readMatch(unfolded: Unfolded, { pattern, places, from, to, score }: Alignment, high: number): Match {
  const values = readSlots(unfolded, pattern, places, high);
  return { pattern, from, to: Math.max(to, values.to), score, fields: values.fields, missing: values.missing };
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
    // The value that ends a wording goes to the end of its paragraph.
    const ends = last + 1 === pattern.slots.length && punctuation.at(-1)?.core === '';
    if (ends) span.to = paragraphEnd(unfolded.text, span.from, span.to);
    const flat = flatten(unfolded, span.from, span.to, width);
    const raw = ends && !SENTENCES.has(names.at(-1) as string) ? sentence(flat, punctuation.at(-1)?.head ?? '') : flat;
    const whole = after >= 0 || ends ? raw : closedQuote(raw, punctuation[0]?.tail ?? '');
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

/** An empty line, or what Event Viewer prints below a description: its bytes, its XML. */
const PARAGRAPH_END = /\r?\n[\s>]*(?:\r?\n|$|Data:[\s>]*0000|Event Xml:)/i;

/** Offset of the end of the paragraph; it ends before `to`. */
export function paragraphEnd(text: string, from: number, to: number): number {
  const part = text.slice(from, Math.min(to, from + LONGEST_SLOT));
  const end = part.search(PARAGRAPH_END);
  return from + (end < 0 ? part.trimEnd().length : end);
}

/** A description may go on behind its wording: the value ends with the punctuation (`.`, `].`) before a new sentence. */
function sentence(raw: string, head: string): string {
  const next = head.endsWith('.') ? new RegExp(`${signs(head).source}(?=\\s+[A-Z])`).exec(raw) : null;
  return next ? raw.slice(0, next.index + next[0].length) : raw;
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
    const cut = isLast || between.head === '' ? null : signs(between.head).exec(rest);
    const value = cut ? rest.slice(0, cut.index) : rest;
    const lead = i === 0 ? (literals[0] as Literal).tail : '';
    values.push([name, trimPunctuation(value, lead, isLast ? between.head : '')]);
    rest = cut ? rest.slice(cut.index + cut[0].length) : '';
  }
  return values;
}

/** Finds punctuation whatever blanks stand in it. */
const signs = (head: string): RegExp =>
  new RegExp([...head].map((sign) => sign.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&')).join('\\s*'));

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
