/** The lines of pasted text as a person sees them: quote signs of mails and escapes of web pages undone. */
import type { Unfolded } from './unfold.ts';

/** What of one line is looked at. Forms that are read line by line have none that is longer. */
const LONGEST_LINE = 4000;
const MARKS = /^(?:[ \t]*(?:>|&gt;))+ ?/;

const known = new WeakMap<Unfolded, string[]>();

/**
 * All lines; index 0 is line 1. Quote signs in front, blanks behind, and no-break blanks are gone. Made once for
 * each text, so that each recogniser may ask.
 */
export function linesIn(unfolded: Unfolded): string[] {
  let lines = known.get(unfolded);
  if (!lines) {
    lines = [];
    const { text, starts } = unfolded;
    for (let i = 0; i < starts.length; i += 1) lines.push(cleaned(text, starts[i] as number, starts[i + 1]));
    known.set(unfolded, lines);
  }
  return lines;
}

function cleaned(text: string, from: number, next: number | undefined): string {
  let to = next ?? text.length;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to -= 1;
  let line = text.slice(from, Math.min(to, from + LONGEST_LINE));
  if (line.includes('>') || line.includes('&')) line = unescaped(line.replace(MARKS, ''));
  return line.includes('\u00a0') ? line.replaceAll('\u00a0', ' ') : line;
}

const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 10 || code === 13;

function unescaped(line: string): string {
  if (!line.includes('&')) return line;
  return line.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
