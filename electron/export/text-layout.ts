/** Words on lines of 80 columns. */

export const COLUMNS = 80;

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const PLAIN = /^[\u0020-\u007e]*$/;
/** A letter with its accents, or several pictures joined into one. (Intl.Segmenter takes seconds for long words.) */
const SIGN = /\P{M}(?:\p{M}|\u200d\P{M})*|\p{M}+/gu;
const signsOf = (text: string): string[] => (PLAIN.test(text) ? text.split('') : (text.match(SIGN) ?? []));
const columnsOf = (sign: string): number => (WIDE.test(sign) ? 2 : 1);

/** Columns that a text takes: letters of East Asia and pictures take two. */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  return signsOf(text).reduce((width, sign) => width + columnsOf(sign), 0);
}

/**
 * Breaks at blanks, and within a word that is longer than a line. `first` stands before the first line, `rest`
 * before the others; neither may reach the last column.
 */
export function wrap(text: string, first = '', rest = first, columns = COLUMNS): string[] {
  const lines: string[] = [];
  let line = first;
  let width = widthOf(first);
  let empty = true;
  const end = () => {
    lines.push(line.trimEnd());
    line = rest;
    width = widthOf(rest);
    empty = true;
  };
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const size = widthOf(word);
    if (!empty && width + 1 + size > columns) end();
    if (!empty) {
      line += ' ';
      width += 1;
    }
    if (width + size <= columns) {
      line += word;
      width += size;
      empty = false;
      continue;
    }
    for (const sign of signsOf(word)) {
      const step = columnsOf(sign);
      if (width + step > columns) end();
      line += sign;
      width += step;
      empty = false;
    }
  }
  lines.push(line.trimEnd());
  return lines;
}

/** The same for text whose blanks count: cut at the last column only. */
export function cut(text: string, first: string, rest: string, columns = COLUMNS): string[] {
  if (widthOf(first) + widthOf(text) <= columns) return [`${first}${text}`.trimEnd()];
  const lines: string[] = [];
  let line = first;
  let width = widthOf(first);
  for (const sign of signsOf(text)) {
    const step = columnsOf(sign);
    if (width + step > columns) {
      lines.push(line.trimEnd());
      line = rest;
      width = widthOf(rest);
    }
    line += sign;
    width += step;
  }
  return [...lines, line.trimEnd()];
}
