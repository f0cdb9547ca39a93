/** Reads what `Format-List` prints: blocks of `Name : value`, values wrapped at the window or by a mail program. */
import { type NamedRecord, nameKey, newRecord, putValue } from './named-record.ts';

const PROPERTY = /^\s*([A-Za-z][A-Za-z0-9]{1,40})(\s*):\s*(.*)$/;
/** A longer value than this is cut; so many lines at most belong to one. */
const LONGEST_VALUE = 4000;
const MOST_LINES = 60;
/** A prompt, or another command: the value above it is over. */
const PROMPT = /^(?:\[PS\]|PS |[A-Z]:\\|\$ )/;

/**
 * The blocks that hold at least one of the `names`; only these are kept. A value goes on in the next lines when they
 * are indented, and, of a name among `long`, also when they are not. A name that comes again begins the next block.
 */
export function readBlocks(
  lines: readonly string[],
  names: ReadonlySet<string>,
  long: ReadonlySet<string>,
): NamedRecord[] {
  const found: NamedRecord[] = [];
  let block: NamedRecord | null = null;
  let open: { key: string; text: string; lines: number } | null = null;
  let blank = 0;
  const close = (): void => {
    if (block && open) putValue(block, open.key, open.text);
    open = null;
  };
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') {
      close();
      blank += 1;
      if (blank > 1) block = null;
      continue;
    }
    const [, name, gap, value = ''] = line.includes(':') ? (PROPERTY.exec(line) ?? []) : [];
    const key = name === undefined ? '' : nameKey(name);
    // Other names have a blank before the colon, as Format-List prints all of them.
    if (names.has(key) || (key !== '' && gap !== '' && !continues(open, line))) {
      close();
      if (names.has(key)) {
        if (!block || block.values.has(key)) {
          block = newRecord(index + 1);
          found.push(block);
        }
        block.end = index + 1;
        open = { key, text: value, lines: 1 };
        // So that a name without a value also begins the next block.
        block.values.set(key, '');
      }
      blank = 0;
      continue;
    }
    const held: { key: string; text: string; lines: number } | null = open;
    if (block && held && blank === 0 && goesOn(held, line, long)) {
      held.text = `${held.text} ${line.trim()}`.slice(0, LONGEST_VALUE);
      held.lines += 1;
      block.end = index + 1;
    } else {
      close();
      // One blank line stands between blocks, and between the lines of some copies.
      if (blank > 0) block = null;
    }
    blank = 0;
  }
  close();
  for (const record of found) for (const [key, value] of record.values) if (value === '') record.values.delete(key);
  return found;
}

/** A line deep within the window, as `   details : more`, belongs to the value above it. */
const continues = (open: { text: string } | null, line: string): boolean => open !== null && /^\s{12}/.test(line);

function goesOn(
  { key, text, lines }: { key: string; text: string; lines: number },
  line: string,
  long: ReadonlySet<string>,
): boolean {
  if (lines >= MOST_LINES || text.length >= LONGEST_VALUE || PROMPT.test(line)) return false;
  return /^\s{4}/.test(line) || (long.has(key) && !/^\S+@\S+$/.test(line));
}
