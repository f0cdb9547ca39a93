/** Blocks of message headers in a text, unfolded (RFC 5322, 2.2.3) even where a mail program has wrapped or quoted them. */
import { lineAt, lineCount } from './lines.ts';
import { lineOf, type Unfolded } from './unfold.ts';

export type Header = { name: string; value: string; line: number };
export type HeaderBlock = { headers: Header[]; line: number; end: number };

const NAME = /^([A-Za-z][A-Za-z0-9-]{1,70})\s?:(?:\s+(.*))?$/;
const MOST_ABOVE = 80;
/** Lines of a block, lines of one header, characters of one value. */
const LONGEST_BLOCK = 3000;
const LONGEST_HEADER = 60;
const LONGEST_VALUE = 20_000;
const MOST_BLANKS = 2;
/** Headers behind which a block surely goes on, although an empty line stands before them. */
const SURE = /^(?:Received|X-[\w-]+|ARC-[\w-]+|DKIM-Signature|Authentication-Results|Return-Path|Message-ID)\s?:/i;
/** So far below an unindented line the next header has to stand for that line to be a wrapped one. */
const LOOK_AHEAD = 8;

/** The blocks that hold at least one line `Received:`, in order; `most` at the most. */
export function findHeaderBlocks(unfolded: Unfolded, most: number): HeaderBlock[] {
  if (!unfolded.stream.includes('received')) return [];
  const blocks: HeaderBlock[] = [];
  let done = 0;
  for (const match of unfolded.text.matchAll(/^(?:[ \t]|>|&gt;)*Received[ \t]?:/gim)) {
    if (blocks.length === most) break;
    const line = lineOf(unfolded, match.index);
    if (line <= done) continue;
    const block = blockFrom(unfolded, firstLine(unfolded, line, done));
    done = Math.max(line, block.end);
    if (block.headers.some(({ name }) => name === 'received')) blocks.push(block);
  }
  return blocks;
}

/** The line of the first header of the block that a line belongs to. */
function firstLine(unfolded: Unfolded, line: number, after: number): number {
  let first = line;
  for (let number = line - 1; number > after && line - number <= MOST_ABOVE; number -= 1) {
    const { text, indented } = lineAt(unfolded, number);
    if (text === '' || (!indented && !NAME.test(text))) break;
    if (!indented) first = number;
  }
  return first;
}

function blockFrom(unfolded: Unfolded, first: number): HeaderBlock {
  const headers: Header[] = [];
  let end = first;
  let blanks = 0;
  let next = 0;
  const last = Math.min(lineCount(unfolded), first + LONGEST_BLOCK);
  for (let number = first; number <= last; number += 1) {
    const { text, indented } = lineAt(unfolded, number);
    if (text === '') {
      blanks += 1;
      if (blanks > MOST_BLANKS) break;
      continue;
    }
    const [, name, value = ''] = NAME.exec(text) ?? [];
    const open = headers.at(-1);
    const continues = open !== undefined && blanks === 0 && number - open.line < LONGEST_HEADER;
    if (name !== undefined && !(indented && continues)) {
      if (blanks > 0 && !SURE.test(text)) break;
      headers.push({ name: name.toLowerCase(), value, line: number });
    } else if (continues) {
      // A wrapped line has lost the blank before it: then a header follows soon.
      if (!indented && next <= number) next = nextHeader(unfolded, number);
      if (!indented && next === 0) {
        if (!needsMore(open)) break;
      }
      if (open.value.length < LONGEST_VALUE) open.value = `${open.value} ${text}`.trim();
    } else break;
    end = number;
    blanks = 0;
  }
  return { headers, line: first, end };
}

/** The next line that begins like a header, before an empty one; 0 where there is none near. */
function nextHeader(unfolded: Unfolded, line: number): number {
  for (let number = line + 1; number <= line + LOOK_AHEAD; number += 1) {
    const { text } = lineAt(unfolded, number);
    if (text === '') return 0;
    if (NAME.test(text)) return number;
  }
  return 0;
}

/** A line `Received:` ends with its date. */
const needsMore = ({ name, value }: Header): boolean => name === 'received' && !/;.*\d{1,2}:\d{2}/.test(value);
