/** Single lines of a pasted text, without what mail programs put around them. Read on demand, so that most are never read. */
import { plain, type Unfolded } from './unfold.ts';

export type Line = {
  /** Quote signs, tags and escapes undone, blanks reduced to one. */
  text: string;
  /** Whether it begins with a blank behind its quote signs, as a continued header does. */
  indented: boolean;
};

/** Longer lines are read to here only: no header or report has them. */
const LONGEST_LINE = 8000;
const MARKS = /^(?:[ \t]*(?:>|&gt;))+ ?/;
/** What Outlook and others write behind an address when HTML becomes text. */
const MAILTO = /[<[]mailto:[^<>[\]]{0,320}[>\]]/gi;

const BLANK = /\r?\n(?:[ \t>\u00a0]|&gt;|&nbsp;|<\/?(?:br|p|div|span)(?: [^<>\n]{0,200})?\/?>)*(?:\r?\n|$)/;

/** How many lines the text has. */
export const lineCount = ({ starts }: Unfolded): number => starts.length;

/** Line `number`, counted from 1; an empty one where there is none. */
export function lineAt({ text, starts }: Unfolded, number: number): Line {
  const from = starts[number - 1];
  if (from === undefined) return { text: '', indented: false };
  const end = Math.min(starts[number] ?? text.length, from + LONGEST_LINE);
  const raw = text.slice(from, end).replace(MARKS, '');
  return { text: plain(raw.replace(MAILTO, '')), indented: /^[ \t]/.test(raw) };
}

/** Offset of the first blank line at or after `from` (quote signs alone count as blank), at most `until`. */
export function paragraphEnd({ text }: Unfolded, from: number, until: number): number {
  const window = text.slice(from, until);
  const blank = BLANK.exec(window);
  return from + (blank?.index ?? window.length);
}
