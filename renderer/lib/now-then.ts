import type { CommandView } from '../../wizards/engine/view.ts';

/** One thing that a change replaces: what is there now (null: not captured) and what comes. */
export type NowThen = { name: string; now: string | null; next: string };

/**
 * What a change replaces, read off the change and its way back, which carries the captured old values: options of
 * the same name with another value. Empty when the two are not of the same shape (another command, a file).
 */
export function nowThen(change: string, wayBack: string): NowThen[] {
  const to = optionsOf(change);
  const from = optionsOf(wayBack);
  if (to.command === '' || to.command !== from.command) return [];
  const rows: NowThen[] = [];
  for (const [name, next] of to.options) {
    const now = from.options.get(name) ?? null;
    if (now !== next) rows.push({ name: name.slice(1), now, next });
  }
  return rows;
}

/** The rows of a change as the card shows it: with the captured old values where there are some. */
export function nowThenOf(change: CommandView): NowThen[] {
  if (change.text === null || !change.rollback?.text) return [];
  return nowThen(change.text, change.rollback.text);
}

const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|[^\s'"]+/g;

/** Splits `Set-X -Name value -Other 'a','b'` into its command and its options; quotes are taken off single values. */
function optionsOf(text: string): { command: string; options: Map<string, string> } {
  const [command = '', ...rest] = text.trim().split(/\s+(?=(?:[^']*'[^']*')*[^']*$)/);
  const options = new Map<string, string>();
  let name: string | null = null;
  for (const word of rest) {
    if (/^-[A-Za-z]\w*$/.test(word)) {
      name = word;
      options.set(name, '');
    } else if (name !== null) options.set(name, [options.get(name), word].filter(Boolean).join(' '));
  }
  for (const [key, value] of options) options.set(key, plain(value));
  return { command, options };
}

function plain(value: string): string {
  const parts = value.match(TOKEN) ?? [];
  if (parts.length === 0) return value;
  return parts.map((part) => (/^'.*'$/s.test(part) ? part.slice(1, -1).replaceAll("''", "'") : part)).join('');
}
