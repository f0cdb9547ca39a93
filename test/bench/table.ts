/** Prints rows as a table; the last column says whether the figure is reached. */
export type Row = { what: string; value: string; figure: string; reached: boolean | null };

export function printTable(title: string, rows: Row[]): void {
  const cells = rows.map(({ what, value, figure, reached }) => [
    what,
    value,
    figure,
    reached === null ? '' : reached ? 'reached' : 'MISSED',
  ]);
  const all = [['what', 'measured', 'figure', ''], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => (row[column] as string).length)));
  console.log(`\n${title}`);
  for (const row of all)
    console.log(
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column] as number))
        .join('  ')
        .trimEnd()}`,
    );
}

/** The value below which the given share (0 to 1) of the numbers lies. */
export function percentile(numbers: number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const median = (numbers: number[]): number => percentile(numbers, 0.5);
export const milliseconds = (value: number): string => `${value.toFixed(1)} ms`;
