/** The sentences that a person wrote in a pasted text. Logs, tables, commands and headers have none. */
import type { Unfolded } from './unfold.ts';

export type Sentence = { text: string; line: number; end: number };

/** So much prose is read, in characters. Who describes a fault needs less; a manual or an archive has more. */
export const MOST_PROSE = 250_000;
/** The longest lines are data. */
const LONGEST_LINE = 4000;
const SHORTEST_LINE = 3;
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
    const readable = looksWritten(text, start, end) && !taken(line);
    const written = readable
      ? text
          .slice(start, end)
          .replace(/^(?:[ \t]*>)+/, '')
          .trim()
      : '';
    if (written.length < SHORTEST_LINE || NO_PROSE.test(written)) {
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

/** Whether the beginning of a line has the letters of prose. Cheap, and most lines of other texts fail it. */
function looksWritten(text: string, start: number, end: number): boolean {
  if (end - start < SHORTEST_LINE || end - start > LONGEST_LINE) return false;
  let letters = 0;
  let odd = 0;
  let blank = 0;
  const seen = Math.min(end, start + SEEN);
  for (let i = start; i < seen; i += 1) {
    const code = text.charCodeAt(i);
    if (code <= 32) blank += 1;
    else if ((code | 32) >= 97 && (code | 32) <= 122) letters += 1;
    else if (code > 191) letters += 1;
    else if (code < 128 && ODD[code] === 1 && !(code === 62 && letters === 0)) odd += 1;
  }
  return letters * 10 >= (seen - start - blank) * 6 && odd * 14 <= seen - start;
}

const SEEN = 200;

/** Characters that code, paths and addresses are full of. A quote sign at the beginning is none. */
const ODD = Uint8Array.from({ length: 128 }, (_, code) =>
  '=<>{}[]|\\_;%^&*+~@$#/'.includes(String.fromCharCode(code)) ? 1 : 0,
);
