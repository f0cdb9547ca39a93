/** Rows of comma or tab separated text (RFC 4180), as Event Viewer, Export-Csv and Exchange's logs write them. */

export type Row = {
  /** Its first and its last line, counted from 1. */
  line: number;
  end: number;
  fields: string[];
};

/** A quoted field that has not ended within so many characters began with a stray quote. */
const LONGEST_FIELD = 100_000;

/**
 * Row by row; empty lines are left out. Fields in quotes may hold separators, line breaks and doubled quotes. A
 * quote that never closes is a sign like any other: the field then ends at the next separator of its line.
 */
export function* readRows(text: string, separator: ',' | ';' | '\t' = ','): Generator<Row> {
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const first = line;
    const fields: string[] = [];
    for (;;) {
      const quoted = text[at] === '"' ? quotedField(text, at, separator) : null;
      if (quoted) {
        fields.push(quoted.value);
        line += quoted.breaks;
        at = quoted.end;
      } else {
        let end = at;
        while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1;
        fields.push(text.slice(at, end));
        at = end;
      }
      if (text[at] !== separator) break;
      at += 1;
    }
    const last = line;
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    line += 1;
    if (fields.length > 1 || fields[0] !== '') yield { line: first, end: last, fields };
  }
}

function quotedField(
  text: string,
  start: number,
  separator: string,
): { value: string; end: number; breaks: number } | null {
  const limit = Math.min(text.length, start + LONGEST_FIELD);
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0 || quote >= limit) return null;
    if (text[quote + 1] === '"') {
      at = quote + 2;
      continue;
    }
    const next = text[quote + 1];
    if (next !== undefined && next !== separator && next !== '\n' && next !== '\r') return null;
    const raw = text.slice(start + 1, quote);
    return { value: raw.replaceAll('""', '"'), end: quote + 1, breaks: raw.split(/\r\n|\n|\r/).length - 1 };
  }
}
