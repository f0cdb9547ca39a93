/** Bounded pieces of stored texts: the lines that prove something first, then what stands around them. */
import { normaliseOutput } from '../output-text.ts';
import type { Excerpt, ExcerptLine } from './model.ts';

/** An output up to this many lines is kept whole. */
export const MOST_LINES = 200;
const LONGEST_LINE = 2000;
const CONTEXT = 5;

export type Texts = {
  outputOf: (sha256: string) => string | undefined;
  lines: (sha256: string) => string[] | undefined;
};

/** The stored text as lines, as a person saw it; undefined when its bytes are missing. */
export function linesOf(texts: Texts, sha256: string): string[] | undefined {
  const lines = texts.lines(sha256);
  if (lines) return lines;
  const text = texts.outputOf(sha256);
  return text === undefined ? undefined : normaliseOutput(text);
}

/** `evidence` holds line numbers, counted from 1. `window` narrows to a range of lines, both ends included. */
export function excerptOf(
  texts: Texts,
  stored: { sha256: string; bytes: number },
  evidence: readonly number[],
  window?: { from: number; to: number },
): Excerpt {
  const { sha256, bytes } = stored;
  const all = linesOf(texts, sha256);
  if (!all) return { sha256, bytes, totalLines: 0, lines: [], complete: false, missing: true };
  let end = all.length;
  while (end > 0 && (all[end - 1] ?? '').trim() === '') end -= 1;
  const from = Math.max(1, window?.from ?? 1);
  const to = Math.min(end, window?.to ?? end);
  const marked = new Set(evidence);
  const lines = pick(from, to, marked).map((n) => lineAt(all, n, marked.has(n)));
  const complete = lines.length === end && lines.every(({ n }) => (all[n - 1] ?? '').length <= LONGEST_LINE);
  return { sha256, bytes, totalLines: end, lines, complete, missing: false };
}

/** The evidence lines with `context` lines around each; without evidence the first `head` lines. */
export function closeUp(lines: readonly ExcerptLine[], context: number, head: number): ExcerptLine[] {
  const marked = lines.filter((line) => line.evidence);
  if (lines.length <= head || marked.length === 0) return lines.slice(0, head);
  return lines.filter((line) => marked.some((other) => Math.abs(other.n - line.n) <= context));
}

function lineAt(all: readonly string[], n: number, evidence: boolean): ExcerptLine {
  const text = all[n - 1] ?? '';
  const rest = text.length - LONGEST_LINE;
  const shown = rest > 0 ? `${text.slice(0, LONGEST_LINE).toWellFormed()} … (${rest} more characters)` : text;
  return { n, text: shown, evidence };
}

function pick(from: number, to: number, marked: ReadonlySet<number>): number[] {
  const size = to - from + 1;
  if (size <= MOST_LINES) return Array.from({ length: Math.max(0, size) }, (_, index) => from + index);
  const chosen = new Set<number>();
  const add = (n: number) => {
    if (n >= from && n <= to && chosen.size < MOST_LINES) chosen.add(n);
  };
  for (const n of marked) add(n);
  for (const n of marked) for (let near = n - CONTEXT; near <= n + CONTEXT; near += 1) add(near);
  for (let n = from; n <= to && chosen.size < MOST_LINES; n += 1) add(n);
  return [...chosen].sort((a, b) => a - b);
}
