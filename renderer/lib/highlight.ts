import type { Finding } from '../../wizards/engine/triage.ts';

/** A stretch of the pasted text that the intake recognised: offsets in characters, end exclusive. */
export type Range = { from: number; to: number; field: string };

/** Above this the box shows plain text: marks would cost more than they help. */
export const LONGEST_MARKED = 20_000;

/** A value this short stands for something only behind a label such as "ID". */
const SHORT = 3;

/**
 * Where the values of the findings stand in the text, in order and without overlaps. A value may be wrapped over
 * lines and carry the `>` signs of a quoted mail, so blanks in it match any run of blanks and such signs.
 */
export function recognisedRanges(text: string, findings: readonly Finding[]): Range[] {
  if (text.length > LONGEST_MARKED) return [];
  const starts = lineStarts(text);
  const ranges: Range[] = [];
  const ordered = [...findings].sort((a, b) => a.line - b.line);
  ordered.forEach((finding, index) => {
    const from = starts[finding.line - 1] ?? 0;
    const next = ordered[index + 1];
    const to = next && next.line > finding.line ? (starts[next.line - 1] ?? text.length) : text.length;
    // A wizard's name is no part of what the person said.
    const entries: [string, string][] =
      finding.kind === 'symptom'
        ? [['sentence', finding.fields.sentence?.replace(/…$/, '') ?? '']]
        : [['event_id', finding.id], ['source', finding.source], ...Object.entries(finding.fields)];
    for (const [field, value] of entries) addRange(ranges, text.slice(from, to), from, field, value);
  });
  return ranges.sort((a, b) => a.from - b.from);
}

function addRange(ranges: Range[], part: string, offset: number, field: string, value: string): void {
  const words = value.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return;
  const body = words.map(literally).join('[\\s>]+');
  const pattern = value.trim().length < SHORT ? `(?<=(?:ID|#)[:\\s"]{0,3})${body}` : body;
  for (const match of part.matchAll(new RegExp(`(?<![\\w.])${pattern}(?![\\w])`, 'gi'))) {
    const range = { from: offset + match.index, to: offset + match.index + match[0].length, field };
    if (ranges.some((other) => other.from < range.to && range.from < other.to)) continue;
    ranges.push(range);
    return;
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  return starts;
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
