/** Cuts a text into blocks of `Name : value`, as Format-List and its like print them, however they were wrapped. */
import type { Dialect, Property } from './event-labels.ts';

export type Block = {
  /** First and last line, counted from 1. */
  line: number;
  end: number;
  /** Values by the name that the text gives; lines of a wrapped one are kept apart. */
  values: Map<string, string[]>;
};
type Hit = { name: string; indent: number; colon: number; value: number };
type Open = Block & {
  current: string;
  indent: number;
  colon: number;
  /** Empty lines since the last line that belongs to it. */
  empty: number;
  /** Whether an empty line stands between any two lines, as pages leave it. */
  spaced: boolean;
};

const LONGEST_LINE = 100_000;
const MOST_LINES = 400;
/** A description goes on behind an empty line where it is indented at least so far. */
const INDENTED = /^[ \t]{8}/;

/** The first `most` blocks in order, whether or not they are events. */
export function propertyBlocks(lines: readonly string[], dialect: Dialect, most: number): Block[] {
  const blocks: Block[] = [];
  const hitsIn = finder(dialect);
  const openings = dialect.opening ? placesOf(lines, dialect.opening) : [];
  let next = 0;
  let open: Open | null = null;
  for (let n = 0; n < lines.length && blocks.length < most; n += 1) {
    const text = lines[n] as string;
    if (text.length > LONGEST_LINE) continue;
    if (openings[next] === n) {
      next += 1;
      if (open) blocks.push(open);
      open = blockAt(n + 1);
      continue;
    }
    if (text.trim() === '') {
      if (open) open.empty += 1;
      continue;
    }
    let rest = 0;
    for (const hit of hitsIn(text)) {
      if (!isProperty(dialect, open, hit)) continue;
      if (open && rest < hit.indent) addTo(open, text.slice(rest, hit.indent));
      if (!open || begins(dialect, open, hit.name)) {
        if (open) blocks.push(open);
        open = dialect.opening ? null : blockAt(n + 1);
      }
      if (!open) break;
      if (open.values.size === 0) Object.assign(open, { indent: hit.indent, colon: hit.colon });
      if (open.values.size === 1 && open.empty > 0) open.spaced = true;
      open.current = hit.name;
      open.values.set(hit.name, []);
      open.end = n + 1;
      open.empty = 0;
      rest = hit.value;
    }
    if (!open) continue;
    const another = (openings[next] ?? Number.POSITIVE_INFINITY) - n < MOST_LINES;
    if (rest === 0 && (n - open.line > MOST_LINES || !goesOn(open, text, another, dialect))) {
      blocks.push(open);
      open = null;
      continue;
    }
    addTo(open, text.slice(rest));
    open.end = n + 1;
    open.empty = 0;
  }
  if (open && blocks.length < most) blocks.push(open);
  return blocks;
}

const blockAt = (line: number): Open => ({
  line,
  end: line,
  values: new Map(),
  current: '',
  indent: 0,
  colon: 0,
  empty: 0,
  spaced: false,
});

const addTo = (block: Open, piece: string): void => {
  block.values.get(block.current)?.push(piece.trim());
};

const propertyOf = (dialect: Dialect, name: string): Property => dialect.labels[name] ?? 'other';

/** Finds names of properties with a colon behind them: at the start of a line, or in it with a blank on both sides. */
function finder({ labels, blank, widest }: Dialect): (line: string) => Iterable<Hit> {
  const names = Object.keys(labels).sort((a, b) => b.length - a.length);
  const touching = widest === undefined ? '' : `|(?<=${widest}:)`;
  const label = new RegExp(`(?<![^ \\t])(?:${names.join('|')})([ \\t]{0,40}):(?=[ \\t]|$${touching})`, 'g');
  return function* (line) {
    if (!line.includes(':')) return;
    const first = line.search(/[^ \t]/);
    for (const { 0: whole, 1: gap, index } of line.matchAll(label)) {
      if (gap === '' && (blank || index > first)) continue;
      const colon = index + whole.length - 1;
      yield { name: whole.slice(0, -1).trimEnd(), indent: index, colon, value: colon + 1 };
    }
  };
}

/** What looks like a property within a description is a part of it, unless it stands where properties stand. */
function isProperty(dialect: Dialect, open: Open | null, hit: Hit): boolean {
  if (!open || open.current === '') return true;
  if (propertyOf(dialect, open.current) !== 'message') return true;
  if (dialect.opening) return false;
  return hit.indent <= open.indent + 1 || hit.colon === open.colon;
}

/** A name that the block has already begins the next, and so does one behind an empty line. */
function begins(dialect: Dialect, open: Open, name: string): boolean {
  if (open.values.has(name)) return true;
  return !dialect.opening && open.empty > 0 && !open.spaced && open.values.size > 1;
}

/** Whether a line without a name of its own belongs to the value before it. */
function goesOn(open: Open, text: string, another: boolean, dialect: Dialect): boolean {
  if (open.current === '') return false;
  if (open.empty === 0) return true;
  if (propertyOf(dialect, open.current) !== 'message') return false;
  // The description of wevtutil begins on the next line, and goes on to the next event.
  const value = open.values.get(open.current) ?? [];
  return value.every((line) => line === '') || INDENTED.test(text) || (dialect.opening !== null && another);
}

function placesOf(lines: readonly string[], opening: RegExp): number[] {
  return [...lines.keys()].filter((n) => opening.test((lines[n] as string).slice(0, 40)));
}
