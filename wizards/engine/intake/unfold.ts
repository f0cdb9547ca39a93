/**
 * Pasted text arrives wrapped, quoted, escaped and re-typeset. What survives all of that are the letters and
 * digits in their order, so texts are searched in that skeleton, and values are cut out of the original.
 */

export type Unfolded = {
  text: string;
  /** Letters and digits of the text in lower case, nothing else. */
  stream: string;
  /** For each character of the stream its offset in the text. */
  at: Uint32Array;
  /** Offset at which each line of the text begins. */
  starts: Uint32Array;
};

/** A line break as mail programs leave it, with the quote signs of the line that follows. */
const MARKS = /(?:[ \t]*(?:>|&gt;))+ ?/y;
const ENTITY = /&(?:amp;){0,3}(?:quot|apos|nbsp|amp|lt|gt|#(\d{1,6})|#x([0-9a-f]{1,5}));?/iy;
const TAG =
  /<\/?(?:br|p|div|span|td|tr|th|table|tbody|b|i|u|em|strong|pre|code|font|li|ul|ol|a|blockquote)(?:\s[^<>]{0,300})?\/?>/iy;

/** One pass, linear in the text. */
export function unfold(text: string): Unfolded {
  const codes = new Uint16Array(text.length);
  const at = new Uint32Array(text.length);
  const starts: number[] = [0];
  let length = 0;
  for (let i = 0; i < text.length; i += 1) {
    let code = text.charCodeAt(i);
    if (code === 10 || code === 13) {
      if (code === 13 && text.charCodeAt(i + 1) === 10) i += 1;
      starts.push(i + 1);
      continue;
    }
    let last = i;
    if (code === 38) {
      const entity = matchAt(ENTITY, text, i);
      if (entity) {
        code = Number(entity[1] ?? Number.parseInt(entity[2] ?? '20', 16));
        last = i + entity[0].length - 1;
      }
    } else if (code === 60) {
      const tag = matchAt(TAG, text, i);
      if (tag) {
        i += tag[0].length - 1;
        continue;
      }
    }
    if (code >= 65 && code <= 90) code += 32;
    if (isWordCode(code)) {
      codes[length] = code;
      at[length] = i;
      length += 1;
    }
    i = last;
  }
  return {
    text,
    stream: decode(codes.subarray(0, length)),
    at: at.subarray(0, length),
    starts: Uint32Array.from(starts),
  };
}

/**
 * The same text with some of its lines emptied, so that what they hold is not read again. Lines keep their numbers.
 * The spans stand in the order of their lines.
 */
export function withoutLines(unfolded: Unfolded, spans: readonly { line: number; end?: number }[]): Unfolded {
  const { text, starts } = unfolded;
  let kept = '';
  let at = 0;
  for (const { line, end = line } of spans) {
    const from = Math.max(at, starts[line - 1] ?? text.length);
    const to = Math.max(at, starts[end] ?? text.length);
    kept += text.slice(at, from) + text.slice(from, to).replace(/[^\r\n]+/g, '');
    at = to;
  }
  return unfold(kept + text.slice(at));
}

/** The skeleton of a short text, as `unfold` makes it. */
export function skeleton(text: string): string {
  return unfold(text).stream;
}

/** Letters and digits. Above ASCII all but blanks, punctuation, marks of direction and the sign for a lost character. */
export function isWordCode(code: number): boolean {
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
  return code >= 0xc0 && !(code >= 0x2000 && code <= 0x206f) && !(code >= 0x3000 && code <= 0x303f) && code < 0xfe00;
}

/** Native and fast; half a surrogate pair becomes the sign for a lost character, of the same length. */
function decode(codes: Uint16Array): string {
  return new TextDecoder('utf-16le', { ignoreBOM: true }).decode(codes);
}

function matchAt(sticky: RegExp, text: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at;
  return sticky.exec(text);
}

/** Line of an offset, counted from 1. */
export function lineOf(unfolded: Unfolded, offset: number): number {
  const { starts } = unfolded;
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

/** Characters in a line, its quote signs counted and its line end not. */
export function lineLength(unfolded: Unfolded, line: number): number {
  const { start, end } = lineBounds(unfolded, line);
  return end - start;
}

function lineBounds({ text, starts }: Unfolded, line: number): { start: number; end: number } {
  const start = starts[line - 1] ?? text.length;
  let end = starts[line] ?? text.length;
  while (end > start && (text[end - 1] === '\n' || text[end - 1] === '\r')) end -= 1;
  return { start, end };
}

function marksAt(text: string, at: number, most = Number.POSITIVE_INFINITY): string {
  const marks = matchAt(MARKS, text, at)?.[0] ?? '';
  if (depthOf(marks) <= most) return marks;
  const kept = marks.match(new RegExp(`^(?:[ \\t]*(?:>|&gt;)){${most}} ?`));
  return kept?.[0] ?? '';
}

const depthOf = (marks: string): number => marks.match(/>|&gt;/g)?.length ?? 0;

/**
 * The text from one offset to another as one line: wraps joined, quote signs, tags and escapes undone, blanks
 * reduced to one. `width` is the length at which lines were cut in the middle of words, or null when lines were
 * wrapped at blanks: a full line of a cut text is joined without a blank.
 */
export function flatten(unfolded: Unfolded, from: number, to: number, width: number | null): string {
  const { text } = unfolded;
  let line = lineOf(unfolded, from);
  let out = '';
  let start = from;
  for (;;) {
    const bounds = lineBounds(unfolded, line);
    const piece = text.slice(start, Math.min(bounds.end, to));
    out += piece;
    const next = unfolded.starts[line];
    if (next === undefined || next >= to) break;
    const marks = marksAt(text, bounds.start);
    // A closing bracket at the start of a line is no quote sign when its opening one stands before it.
    const open = out.lastIndexOf('<') > out.lastIndexOf('>');
    const skipped = marksAt(text, next, open ? depthOf(marks) : undefined);
    start = next + skipped.length;
    line += 1;
    if (width === null || bounds.end - bounds.start !== width) {
      out = `${out.trimEnd()} `;
      while (start < to && (text[start] === ' ' || text[start] === '\t')) start += 1;
    }
    if (start >= to) break;
  }
  return plain(out);
}

const NAMED: Record<string, string> = { quot: '"', apos: "'", nbsp: ' ', amp: '&', lt: '<', gt: '>' };

/** Nothing to undo in it: most values. */
const PLAIN = /^(?:[!-%'-;=?-~]| (?! ))*$/;

/** Escapes and typographic marks undone; blanks of every kind reduced to one. */
export function plain(text: string): string {
  if (PLAIN.test(text)) return text.trim();
  return text
    .replace(new RegExp(TAG.source, 'gi'), ' ')
    .replace(/&(?:amp;){0,3}(quot|apos|nbsp|amp|lt|gt|#\d{1,6}|#x[0-9a-f]{1,5});?/gi, (_, name: string) =>
      decoded(name),
    )
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\0]/g, '')
    .replace(/[“”„‟«»″＂]/g, '"')
    .replace(/[‘’‚‛′]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
}

function decoded(name: string): string {
  const lower = name.toLowerCase();
  if (!lower.startsWith('#')) return NAMED[lower] ?? '';
  const code = lower.startsWith('#x') ? Number.parseInt(lower.slice(2), 16) : Number(lower.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
