/**
 * Several values in one field. Commas part them. An item that itself holds a comma, begins with a quotation mark, has a
 * blank at an end or is empty stands in double quotes, and a double quote inside those is written twice:
 * `"CN=Smith\, Ann,OU=Staff",second`. A backslash means nothing, because names such as MBX01\Default hold one.
 */

/** One item; `at[i]` is the place (from 1) of its i-th character in the whole text. */
export type ListItem = { text: string; at: number[] };

const BLANK = /\s/;

function skipBlanks(characters: string[], from: number): number {
  let i = from;
  while (i < characters.length && BLANK.test(characters[i] as string)) i += 1;
  return i;
}

/** Reads a quoted item; null when the quote is never closed or text follows it, so that it is an ordinary character. */
function readQuoted(characters: string[], from: number): { item: ListItem; next: number } | null {
  const at: number[] = [];
  let text = '';
  for (let i = from + 1; i < characters.length; i += 1) {
    const place = i + 1;
    if (characters[i] === '"') {
      if (characters[i + 1] !== '"') {
        const next = skipBlanks(characters, i + 1);
        return next === characters.length || characters[next] === ',' ? { item: { text, at }, next } : null;
      }
      i += 1;
    }
    text += characters[i];
    at.push(place);
  }
  return null;
}

/** Like {@link splitList}, with the place of every character. Items that are nothing (`a,,b`) are left out. */
export function splitWithPlaces(value: string): ListItem[] {
  const characters = [...value];
  const items: ListItem[] = [];
  let i = 0;
  while (i < characters.length) {
    const start = skipBlanks(characters, i);
    const quoted = characters[start] === '"' ? readQuoted(characters, start) : null;
    if (quoted) {
      items.push(quoted.item);
      i = quoted.next + 1;
      continue;
    }
    let end = characters.indexOf(',', start);
    if (end < 0) end = characters.length;
    let last = end;
    while (last > start && BLANK.test(characters[last - 1] as string)) last -= 1;
    const own = characters.slice(start, last);
    if (own.length > 0) items.push({ text: own.join(''), at: own.map((_, n) => start + n + 1) });
    i = end + 1;
  }
  return items;
}

/** The items of a list value, without the blanks around them. `splitList(joinList(items))` gives the items back. */
export function splitList(value: string): string[] {
  return splitWithPlaces(value).map((item) => item.text);
}

/** One text for several items; quotes those that would not survive {@link splitList}. */
export function joinList(items: string[]): string {
  return items.map((item) => (/^$|,|^"|^\s|\s$/.test(item) ? `"${item.replaceAll('"', '""')}"` : item)).join(',');
}
