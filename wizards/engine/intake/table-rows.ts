/** Reads tables with a header: as the console prints them, copied from a list window, or exported as CSV. */
import { columnsOf, splitRow } from '../output-structure.ts';
import { readRows } from './delimited.ts';
import { type NamedRecord, nameKey, newRecord, putValue } from './named-record.ts';

const DASHES = /^\s*-{2,}(?:\s+-+)+\s*$/;
/** A header has this many columns at least whose names are known. */
const LEAST_COLUMNS = 3;

/**
 * The rows of tables of the console: a header, a line of dashes, rows up to a blank line. Where the blanks between
 * the columns were lost, each word is a column and the rest belongs to the last.
 */
export function readConsoleTables(
  lines: readonly string[],
  names: ReadonlySet<string>,
  fits: (record: NamedRecord, keys: readonly string[]) => boolean,
): NamedRecord[] {
  const found: NamedRecord[] = [];
  for (let i = 1; i < lines.length; i += 1) {
    const dashes = lines[i] as string;
    if (!dashes.includes('--') || !DASHES.test(dashes)) continue;
    const columns = columnsOf(lines[i - 1] as string, dashes);
    const keys = headerKeys(
      columns.map(({ name }) => name),
      (lines[i - 1] as string).trim().split(/\s+/),
      names,
    );
    if (!keys) continue;
    for (i += 1; i < lines.length && (lines[i] as string).trim() !== ''; i += 1) {
      const line = lines[i] as string;
      const byPlace = recordOf(i + 1, keys, splitRow(line, columns));
      const record = fits(byPlace, keys) ? byPlace : recordOf(i + 1, keys, byWords(line, keys.length));
      if (record === byPlace || fits(record, keys)) found.push(record);
    }
  }
  return found;
}

/** The names by the places of the dashes, or by words where the places were lost; null for another table. */
function headerKeys(byPlace: string[], byWord: string[], names: ReadonlySet<string>): string[] | null {
  for (const header of [byPlace, byWord.length === byPlace.length ? byWord : []]) {
    const keys = header.map(nameKey);
    if (keys.filter((key) => names.has(key)).length >= LEAST_COLUMNS) return keys;
  }
  return null;
}

function byWords(line: string, count: number): string[] {
  const words = line.trim().split(/\s+/);
  return [...words.slice(0, count - 1), words.slice(count - 1).join(' ')];
}

/** So many rows of another form end a table of separated text. */
const MOST_ODD_ROWS = 3;
/** Tables in one text that are separated by another sign than the one before. */
const MOST_CHANGES = 20;

type HeaderRow = { separator: '\t' | ',' | ';'; keys: string[] };

/**
 * The rows of separated text below a header in which `LEAST_COLUMNS` of the names stand; tab, comma and semicolon
 * separate. A header may come again. Each line is read once.
 */
export function readSeparated(lines: readonly string[], names: ReadonlySet<string>): NamedRecord[] {
  const found: NamedRecord[] = [];
  let at = nextHeader(lines, 0, names);
  for (let change = 0; at < lines.length && change < MOST_CHANGES; change += 1) {
    at = nextHeader(lines, readTable(lines, at, names, found), names);
  }
  return found;
}

function nextHeader(lines: readonly string[], from: number, names: ReadonlySet<string>): number {
  let at = from;
  while (at < lines.length && !headerOf(lines[at] as string, names)) at += 1;
  return at;
}

/** Reads on from a header; gives the index of the line where another separator begins, else the number of lines. */
function readTable(lines: readonly string[], at: number, names: ReadonlySet<string>, found: NamedRecord[]): number {
  let header = headerOf(lines[at] as string, names);
  if (!header) return at + 1;
  const { separator } = header;
  let odd = 0;
  for (const { line, end, fields } of readRows(lines.slice(at + 1).join('\n'), separator)) {
    const again = headerOf(lines[at + line] as string, names);
    if (again && again.separator !== separator) return at + line;
    if (again) {
      header = again;
      odd = 0;
      continue;
    }
    if (odd > MOST_ODD_ROWS) continue;
    if (fields.length < Math.min(header.keys.length, 3) || fields.length > header.keys.length + 1) {
      odd += 1;
      continue;
    }
    odd = 0;
    const record = recordOf(at + 1 + line, header.keys, fields);
    record.end = at + 1 + end;
    found.push(record);
  }
  return lines.length;
}

function headerOf(line: string, names: ReadonlySet<string>): HeaderRow | null {
  // A header has names only: letters, and no number or address.
  if (line.length > 2000 || /\d{2}|[\\@:=]/.test(line)) return null;
  for (const separator of ['\t', ',', ';'] as const) {
    if (!line.includes(separator)) continue;
    const keys = line.split(separator).map(nameKey);
    if (keys.filter((key) => names.has(key)).length >= LEAST_COLUMNS) return { separator, keys };
  }
  return null;
}

function recordOf(line: number, keys: readonly string[], values: readonly string[]): NamedRecord {
  const record = newRecord(line);
  for (const [index, key] of keys.entries()) putValue(record, key, values[index] ?? '');
  return record;
}
