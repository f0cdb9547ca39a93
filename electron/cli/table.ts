import type { Output } from './output.ts';
import { plainLine } from './plain.ts';

const GAP = '  ';
const NARROWEST = 12;

/**
 * Writes rows below a headline, columns aligned. On a terminal the last column is cut at its edge; a pipe gets it
 * whole. Cells are made safe for a terminal here.
 */
export function printTable(out: Output, headline: string[], rows: string[][]): void {
  const cells = rows.map((row) => row.map(plainLine));
  const last = headline.length - 1;
  const widths = headline.map((title, column) =>
    Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const used = widths.slice(0, last).reduce((sum, width) => sum + width + GAP.length, 0);
  const room = out.width === null ? Number.POSITIVE_INFINITY : Math.max(NARROWEST, out.width - used);
  const write = (row: string[]): string =>
    row
      .map((cell, column) => (column < last ? cell.padEnd(widths[column] ?? 0) : cut(cell, room)))
      .join(GAP)
      .trimEnd();
  out.line(out.style('dim', write(headline)));
  for (const row of cells) out.line(write(row));
}

function cut(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
}
