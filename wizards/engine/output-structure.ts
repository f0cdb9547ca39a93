/** Finds `Name : value` properties and table columns in plain lines, with the line that each value stands in. */

/** A stretch of lines (`first` to `last`, 0-based, end exclusive; the whole when absent). */
export type Structure = {
  lines: string[];
  first?: number;
  last?: number;
  whole?: Structure;
  fields?: Fields;
  /** The text as it came, and the command as sent. */
  source?: { text: string; sent: string | undefined };
};
/** Which lines hold a property, by its name as printed and in small letters. Values are cut out when asked for. */
type Fields = { lines: Map<string, number[]>; cells: Map<string, Cell[]>; cut: ReadonlySet<number> };
export type Cell = { line: number; text: string; value: string; cut: boolean };

const NONE: Cell[] = [];
const CUT = /(?:\.\.\.|…)\}?$/;

/** The values of a property, in the order in which they stand. The name is compared without regard to case. */
export function fieldsOf(on: Structure, name: string): Cell[] {
  const whole = on.whole ?? on;
  whole.fields ??= indexFields(whole.lines);
  const { lines, cells, cut } = whole.fields;
  let found = cells.get(name);
  if (!found) {
    const at = lines.get(name) ?? lines.get(name.toLowerCase()) ?? [];
    found = at.map((index) => cellAt(whole.lines, index, cut.has(index)));
    cells.set(name, found);
  }
  return found.length === 0 ? NONE : within(on, found);
}

/** Whether the value of any property was cut: then every block is looked at, so that the person hears of it. */
export function holdsCutValues(on: Structure): boolean {
  const whole = on.whole ?? on;
  whole.fields ??= indexFields(whole.lines);
  return whole.fields.cut.size > 0;
}

function within(on: Structure, cells: Cell[]): Cell[] {
  if (on.first === undefined || on.last === undefined) return cells;
  // Cells stand in the order of their lines, which are counted from 1.
  const from = firstBehind(cells, on.first);
  let to = from;
  while (to < cells.length && (cells[to] as Cell).line <= on.last) to += 1;
  return from === to ? NONE : cells.slice(from, to);
}

/** Index of the first cell whose line is greater. */
function firstBehind(cells: Cell[], line: number): number {
  let low = 0;
  let high = cells.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cells[middle] as Cell).line > line) high = middle;
    else low = middle + 1;
  }
  return low;
}

const blocks = new WeakMap<Structure, Structure[]>();

/** The stretches between blank lines. */
export function blocksIn(on: Structure): Structure[] {
  let found = blocks.get(on);
  if (!found) {
    found = findBlocks(on);
    blocks.set(on, found);
  }
  return found;
}

/** The blocks that hold one of the cells, which stand in the order of their lines. */
export function blocksHolding(on: Structure, cells: readonly Cell[]): Structure[] {
  const found: Structure[] = [];
  const all = cells.length === 0 ? [] : blocksIn(on);
  let at = 0;
  for (const { line } of cells) {
    while (at < all.length && (all[at]?.last as number) < line) at += 1;
    const block = all[at];
    if (block && block !== found.at(-1)) found.push(block);
  }
  return found;
}

function findBlocks(on: Structure): Structure[] {
  const whole = on.whole ?? on;
  const found: Structure[] = [];
  let start: number | null = null;
  const end = on.last ?? on.lines.length;
  for (let index = on.first ?? 0; index <= end; index += 1) {
    const blank = index === end || (on.lines[index] as string).trim() === '';
    if (!blank && start === null) start = index;
    if (blank && start !== null) {
      found.push({ lines: on.lines, first: start, last: index, whole });
      start = null;
    }
  }
  return found;
}

function indexFields(lines: string[]): Fields {
  const index = new Map<string, number[]>();
  const cut = new Set<number>();
  /** By what stands in front of the colon, blanks included; null for what is no name. Most lines repeat one. */
  const byLabel = new Map<string, number[] | null>();
  for (let i = 0; i < lines.length; i += 1) {
    const text = lines[i] as string;
    const colon = text.indexOf(':');
    if (colon < 1 || colon > 80) continue;
    const label = text.slice(0, colon);
    let found = byLabel.get(label);
    if (found === undefined) {
      found = linesNamed(index, label.trim());
      byLabel.set(label, found);
    }
    if (found === null) continue;
    found.push(i);
    if (isCut(lines, i, colon)) cut.add(i);
  }
  return { lines: index, cells: new Map(), cut };
}

/** Whether the shell left out a part of the value, or wrapped it at the window's edge. */
function isCut(lines: string[], index: number, colon: number): boolean {
  const text = lines[index] as string;
  if (text.startsWith(':', colon + 1) || (text.endsWith('}') && /(?:\.\.\.|…)\}$/.test(text))) return true;
  const next = lines[index + 1] ?? '';
  // Where words were broken cannot be told. What LDIF folds stands behind one blank and is no such line.
  return next.startsWith(' ') && isContinuation(text, colon, next);
}

const isFolded = (text: string, next: string): boolean => /^ \S/.test(next) && /^\S[^:]*: /.test(text);

function cellAt(lines: string[], index: number, cut: boolean): Cell {
  const text = lines[index] as string;
  let value = text.slice(text.indexOf(':') + 1).trim();
  // LDIF folds a long value: one blank, then the rest.
  if (isFolded(text, lines[index + 1] ?? ''))
    for (let j = index + 1; /^ \S/.test(lines[j] ?? ''); j += 1) value += (lines[j] as string).slice(1);
  return { line: index + 1, text, value, cut };
}

/** The lines of a property, under its name as printed and in small letters; null where this is no name. */
function linesNamed(index: Map<string, number[]>, name: string): number[] | null {
  if (name === '' || !/^[A-Za-z][\w .()/-]*$/.test(name)) return null;
  const key = name.toLowerCase();
  const found = index.get(key) ?? [];
  index.set(key, found).set(name, found);
  return found;
}

function isContinuation(text: string, colon: number, next: string): boolean {
  const rest = text.slice(colon + 1);
  const column = colon + 1 + (rest.length - rest.trimStart().length);
  if (rest.trim() === '' || column < 4 || text.charAt(colon - 1) !== ' ') return false;
  return next.length > column && next.slice(0, column).trim() === '' && next.charAt(column) !== ' ';
}

type Column = { name: string; start: number; end: number };

/** The cells of a column in every table of the text (a header, a line of dashes, rows up to a blank line). */
export function tablesOf(on: Structure, name: string): Cell[] {
  const cells: Cell[] = [];
  const end = on.last ?? on.lines.length;
  for (let i = (on.first ?? 0) + 1; i < end; i += 1) {
    const dashes = on.lines[i] as string;
    if (!/^\s*-{2,}(?:\s+-+)*\s*$/.test(dashes)) continue;
    const columns = columnsOf(on.lines[i - 1] as string, dashes);
    const wanted = columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
    if (wanted < 0) continue;
    for (let row = i + 1; row < end && (on.lines[row] as string).trim() !== ''; row += 1) {
      const text = on.lines[row] as string;
      const value = splitRow(text, columns)[wanted] ?? '';
      cells.push({ line: row + 1, text, value, cut: CUT.test(value) });
    }
  }
  return cells;
}

export function columnsOf(header: string, dashes: string): Column[] {
  const columns: Column[] = [];
  for (const match of dashes.matchAll(/-+/g)) {
    const start = match.index;
    const end = start + match[0].length;
    columns.push({ name: header.slice(start, end).trim(), start, end });
  }
  return columns;
}

/** Words belong to the column whose dashes they touch; a word in a gap goes with its neighbour. */
export function splitRow(text: string, columns: Column[]): string[] {
  const values = columns.map(() => '');
  let previous = { end: -2, column: -1 };
  for (const word of text.matchAll(/\S+/g)) {
    const start = word.index;
    const end = start + word[0].length;
    let column = columns.findIndex((c) => start < c.end && end > c.start);
    if (column < 0) {
      const beside = start - previous.end === 1 ? previous.column : -1;
      column = beside >= 0 ? beside : nearest(columns, start, end);
    }
    values[column] = values[column] ? `${values[column]} ${word[0]}` : word[0];
    previous = { end, column };
  }
  return values;
}

function nearest(columns: Column[], start: number, end: number): number {
  let best = 0;
  let distance = Number.POSITIVE_INFINITY;
  columns.forEach((column, index) => {
    const gap = start >= column.end ? start - column.end : column.start - end;
    if (gap < distance) {
      distance = gap;
      best = index;
    }
  });
  return best;
}
