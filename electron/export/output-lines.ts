/** Numbered lines of an output or of a pasted text, for the formats that are plain text. */

import { closeUp } from '../../wizards/engine/checklist/excerpt.ts';
import type { Excerpt, ExcerptLine } from '../../wizards/engine/checklist/model.ts';
import { visible } from './visible.ts';

/** Outputs up to this size are shown whole; longer ones around their evidence. */
const HEAD = 24;
const CONTEXT = 3;

export type NumberedLine = { n: number | null; evidence: boolean; text: string };

/** What a reader sees first of an output, without the rest of it; a gap is a line without a number. */
export function shortened(excerpt: Excerpt): ExcerptLine[] {
  return closeUp(excerpt.lines, CONTEXT, HEAD);
}

/** `Output, 7 of 120 lines, evidence marked`. */
export function caption(title: string, excerpt: Excerpt, shown: readonly ExcerptLine[]): string {
  const { missing, totalLines, sha256 } = excerpt;
  const marked = shown.some((line) => line.evidence) ? ', evidence marked' : '';
  if (missing) return `${title}: the stored text ${sha256.slice(0, 12)} is missing from the case${marked}`;
  if (totalLines === 0) return `${title}: empty`;
  const count = shown.length < totalLines ? `${shown.length} of ${totalLines} lines` : lineCount(totalLines);
  return `${title}, ${count}${marked}`;
}

const lineCount = (count: number) => (count === 1 ? '1 line' : `${count} lines`);

/** Lines with a mark at each gap; hidden characters made visible. */
export function withGaps(lines: readonly ExcerptLine[]): NumberedLine[] {
  return lines.flatMap(({ n, text, evidence }, index): NumberedLine[] => {
    // A stored line holds no line feed; one that came in all the same must not start a line of its own.
    const line = { n, evidence, text: visible(text).replaceAll('\n', '␊') };
    const before = lines[index - 1];
    return before && before.n < n - 1 ? [{ n: null, evidence: false, text: '…' }, line] : [line];
  });
}

/** `> 12 | text`: the sign stands before evidence. `width` is the number of digits. */
export function numbered({ n, evidence, text }: NumberedLine, width: number): string {
  const number = n === null ? ''.padStart(width) : String(n).padStart(width);
  return `${evidence ? '>' : ' '} ${number} | ${text}`.trimEnd();
}

export const digits = (lines: readonly ExcerptLine[]): number => String(lines.at(-1)?.n ?? 0).length;
