/** The part of a terminal's buffer that is read here; both the shown and the headless terminal have it. */
export interface BufferRows {
  readonly length: number;
  getLine(y: number): { readonly isWrapped: boolean; translateToString(trimRight?: boolean): string } | undefined;
}

/** A line as it was printed: wrapped rows joined, trailing blanks gone. */
export interface LogicalLine {
  text: string;
  row: number;
  rows: number;
}

/** The lines from row `from` up to, not including, row `to`. */
export function logicalLines(buffer: BufferRows, from = 0, to = buffer.length): LogicalLine[] {
  const lines: LogicalLine[] = [];
  for (let row = Math.max(0, from); row < Math.min(to, buffer.length); row++) {
    const line = buffer.getLine(row);
    if (!line) continue;
    const last = lines.at(-1);
    if (line.isWrapped && last) {
      last.text += line.translateToString(false);
      last.rows++;
    } else lines.push({ text: line.translateToString(false), row, rows: 1 });
  }
  for (const line of lines) line.text = line.text.trimEnd();
  return lines;
}

/**
 * Finds the given lines, each after the one before it where possible; a line that occurs once is found once.
 * Blank lines are no evidence. A line that has scrolled out of the buffer is left out.
 */
export function findLines(lines: LogicalLine[], wanted: string[]): LogicalLine[] {
  const found = new Set<LogicalLine>();
  let next = 0;
  for (const text of wanted.map((one) => one.trimEnd()).filter(Boolean)) {
    const matches = (line: LogicalLine): boolean => line.text === text && !found.has(line);
    const index = lines.findIndex((line, at) => at >= next && matches(line));
    const line = index >= 0 ? lines[index] : lines.find(matches);
    if (!line) continue;
    found.add(line);
    if (index >= 0) next = index + 1;
  }
  return [...found];
}
