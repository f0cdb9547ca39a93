/** The sentences that a person wrote in a pasted text. Logs, tables, commands and headers have none. */
import type { Unfolded } from './unfold.ts';

export type Sentence = { text: string; line: number; end: number };

/** So much prose is read, in characters. Who describes a fault needs less; a manual or an archive has more. */
export const MOST_PROSE = 400_000;
const LONGEST_LINE = 4000;
/** A line that was wrapped is about as long as it could be; a shorter one ended where the person wanted. */
const SHORTEST_WRAPPED = 45;
const LONGEST_SENTENCE = 600;

/** In their order. `taken` says of a line that it belongs to something else. Linear in the text. */
export function sentencesIn({ text, starts }: Unfolded, taken: (line: number) => boolean): Sentence[] {
  const found: Sentence[] = [];
  let open: Sentence | null = null;
  let last = 0;
  let prose = 0;
  const close = (): void => {
    if (open !== null && open.text.trim() !== '') found.push({ ...open, text: open.text.trim() });
    open = null;
  };
  for (let line = 1; line <= starts.length && prose < MOST_PROSE; line += 1) {
    const start = starts[line - 1] as number;
    const end = starts[line] ?? text.length;
    // The longest lines are data; to look at their beginning would already be too much.
    const whole = end - start > LONGEST_LINE || taken(line) ? '' : text.slice(start, end);
    const written = whole.replace(/^(?:[ \t]*>)+/, '').trim();
    if (!isProse(written)) {
      close();
      continue;
    }
    prose += written.length;
    const item = /^(?:[-*•–]|\d{1,2}[.)])\s+/.exec(written);
    if (item || (last < SHORTEST_WRAPPED && !/^[a-z]/.test(written))) close();
    last = written.length;
    for (const piece of piecesOf(item ? written.slice(item[0].length) : written)) {
      if (open === null) open = { text: '', line, end: line };
      const sentence: Sentence = open;
      sentence.text += `${sentence.text === '' ? '' : ' '}${piece}`;
      sentence.end = line;
      if (/[.!?]["')\]]*$/.test(piece) || sentence.text.length > LONGEST_SENTENCE) close();
    }
  }
  close();
  return found;
}

/** A line cut behind the points that end a sentence: those before a blank. */
const piecesOf = (line: string): string[] => line.split(/(?<=[.!?]["')\]]{0,2})\s+/).filter((piece) => piece !== '');

/** How lines of programs begin or what only they hold: marks of code, a shell's prompt, names with values, a time. */
const NO_PROSE =
  /^(?:[#<{}[|$;@]|\/[/*]|--|PS [A-Z]:|[A-Z]:\\|at \w+\.)|^[\w ()-]{2,40}(?: +: |:\t)|\d\d:\d\d:\d\d|\t.*\t|^https?:\S*$|[;{}]$/;

/** Whether a line without its blanks at both ends may be a part of a sentence. Cheap: most lines are none. */
function isProse(line: string): boolean {
  if (line.length < 3) return false;
  const seen = Math.min(line.length, 300);
  let letters = 0;
  let odd = 0;
  let blank = 0;
  for (let i = 0; i < seen; i += 1) {
    const code = line.charCodeAt(i) | 32;
    if ((code >= 97 && code <= 122) || code > 191) letters += 1;
    else if (line.charCodeAt(i) === 32) blank += 1;
    else if (isOdd(line.charCodeAt(i))) odd += 1;
  }
  return letters * 10 >= (seen - blank) * 6 && odd * 14 <= seen && !NO_PROSE.test(line);
}

/** Characters that code, paths and addresses are full of. */
function isOdd(code: number): boolean {
  return '=<>{}[]|\\_;%^&*+~@$#/'.includes(String.fromCharCode(code));
}
