/** The block above an event's description: what Event Viewer prints as `Event ID: 7004`, `Source: …`, `Computer: …`. */
import { flatten, plain, skeleton, type Unfolded } from './unfold.ts';

export type Header = {
  /** Span in the stream, from the first label to the end of the last. */
  from: number;
  to: number;
  id: number | null;
  source: string | null;
  level: string | null;
  time: string | null;
  computer: string | null;
};
type Label =
  | 'level'
  | 'source'
  | 'category'
  | 'id'
  | 'log'
  | 'date'
  | 'time'
  | 'user'
  | 'computer'
  | 'other'
  | 'description';
type Hit = { label: Label; opens: boolean; from: number; to: number };

const LABELS: Record<string, Label> = {
  eventtype: 'level',
  eventsource: 'source',
  eventcategory: 'category',
  taskcategory: 'category',
  eventid: 'id',
  logname: 'log',
  source: 'source',
  date: 'date',
  time: 'time',
  level: 'level',
  type: 'level',
  keywords: 'other',
  opcode: 'other',
  user: 'user',
  computer: 'computer',
  description: 'description',
};
/** The labels with which Event Viewer begins a block (2003; 2008 and later). */
const OPENING = new Set(['eventtype', 'logname']);
const LABEL = new RegExp(Object.keys(LABELS).join('|'), 'g');
/** How far from `Event ID` the other labels stand, and how far apart, in letters and digits. */
const REACH = 500;
const GAP = 250;
const LONGEST_VALUE = 300;

/**
 * The first `most` blocks that name an event ID, in the order in which they stand. `sources` are spelt as the
 * templates spell them.
 */
export function findHeaders(unfolded: Unfolded, sources: readonly string[], most: number): Header[] {
  const spelling = new Map(sources.map((source) => [skeleton(source), source]));
  const headers: Header[] = [];
  for (const [from, to] of neighbourhoods(unfolded.stream, most)) {
    for (const block of blocksOf(labelsIn(unfolded, from, to))) {
      const header = readBlock(unfolded, block, spelling);
      if (header.id !== null) headers.push(header);
    }
  }
  return headers;
}

/** Stretches of the stream around each `Event ID`, joined where they touch. */
function neighbourhoods(stream: string, most: number): [number, number][] {
  const stretches: [number, number][] = [];
  let found = stream.indexOf('eventid');
  for (let n = 0; found >= 0 && n < most; n += 1) {
    const from = Math.max(0, found - REACH);
    const to = Math.min(stream.length, found + REACH);
    const last = stretches.at(-1);
    if (last && last[1] >= from) last[1] = to;
    else stretches.push([from, to]);
    found = stream.indexOf('eventid', found + 7);
  }
  return stretches;
}

function labelsIn(unfolded: Unfolded, from: number, to: number): Hit[] {
  const hits: Hit[] = [];
  for (const match of unfolded.stream.slice(from, to).matchAll(LABEL)) {
    const start = from + match.index;
    const end = start + match[0].length;
    if (isLabel(unfolded, start, end)) {
      hits.push({ label: LABELS[match[0]] as Label, opens: OPENING.has(match[0]), from: start, to: end });
    }
  }
  return hits;
}

/** A label begins a word and is followed by a colon; one without a colon has to begin its line or its cell of a table. */
function isLabel({ text, at }: Unfolded, start: number, end: number): boolean {
  const first = at[start] as number;
  const previous = start > 0 ? (at[start - 1] as number) : -1;
  if (start > 0 && first - previous === 1) return false;
  const after = text.slice((at[end - 1] as number) + 1, (at[end - 1] as number) + 20);
  if (/^["'*\s]*[:=]/.test(after)) return true;
  const between = text.slice(Math.max(previous + 1, first - 100), first);
  return previous < 0 || /(?:[\r\n]|<t[dh](?: [^<>]{0,60})?>)[\s>"'*•|-]*$/i.test(between);
}

/** A label that the block has already, one that opens a block, or a long way without any begins the next block. */
function blocksOf(hits: Hit[]): Hit[][] {
  const blocks: Hit[][] = [];
  let block: Hit[] = [];
  for (const hit of hits) {
    const last = block.at(-1);
    const begins = hit.opens || block.some((other) => other.label === hit.label) || (last && hit.from - last.to > GAP);
    if (last && (begins || last.label === 'description')) {
      blocks.push(block);
      block = [];
    }
    block.push(hit);
  }
  if (block.length > 0) blocks.push(block);
  return blocks;
}

function readBlock(unfolded: Unfolded, block: Hit[], spelling: ReadonlyMap<string, string>): Header {
  const values: Partial<Record<Label, string>> = {};
  let id: number | null = null;
  for (const [i, hit] of block.entries()) {
    if (hit.label === 'id') id = readId(unfolded, hit.to);
    else if (hit.label !== 'description') values[hit.label] = labelValue(unfolded, hit, block[i + 1]);
  }
  const time = [values.date, values.time].filter((part) => part).join(' ');
  return {
    from: block[0]?.from ?? 0,
    to: block.at(-1)?.to ?? 0,
    id,
    source: sourceOf(values.source, spelling),
    level: values.level || null,
    time: time || null,
    computer: values.computer?.split(' ')[0]?.replace(/[;,]$/, '') || null,
  };
}

const withoutCells = (text: string): string => text.replace(/<\/?t[dhr][^<>]*>/gi, '');

/** The number after the label. Only signs may stand between the two, and the digits stand together. */
function readId({ text, stream, at }: Unfolded, from: number): number | null {
  const before = (at[from - 1] as number) + 1;
  const offset = at[from];
  if (offset === undefined || offset - before > 60 || !/^[^\w]*$/.test(withoutCells(text.slice(before, offset)))) {
    return null;
  }
  let end = from;
  while (end < stream.length && end - from < 6 && /\d/.test(stream.charAt(end))) {
    // A line break within a word is a cut; anything else ends the number.
    if (end > from && !/^(?:\r?\n[\s>]*)?$/.test(text.slice((at[end - 1] as number) + 1, at[end]))) break;
    end += 1;
  }
  const digits = stream.slice(from, end);
  return /^\d{1,5}$/.test(digits) ? Number(digits) : null;
}

/** What stands between a label and the next, or to the end of the line behind the last one. */
function labelValue(unfolded: Unfolded, hit: Hit, next: Hit | undefined): string {
  const { text, at } = unfolded;
  const from = (at[hit.to - 1] as number) + 1;
  const limit = next ? (at[next.from] as number) : from + LONGEST_VALUE;
  const colon = /^["'*\s]*[:=]?[\s>"'*|-]*/.exec(text.slice(from, limit))?.[0].length ?? 0;
  const rest = text.slice(from + colon, Math.min(limit, from + colon + LONGEST_VALUE));
  if (/[\r\n]/.test(text.slice(from, from + colon)) && next && rest.trim() === '') return '';
  // With another label behind it the value may be wrapped; an empty line always ends it.
  const end = rest.search(next ? /\r?\n[ \t>]*\r?\n/ : /[\r\n]/);
  const to = from + colon + (end < 0 ? rest.length : end);
  return plain(flatten(unfolded, from + colon, to, null)).replace(/["'>|*\s]+$/, '');
}

function sourceOf(value: string | undefined, spelling: ReadonlyMap<string, string>): string | null {
  if (!value) return null;
  const bare = skeleton(value);
  for (const [known, source] of spelling)
    if (bare === known || (bare.startsWith(known) && / /.test(value))) return source;
  return value;
}
