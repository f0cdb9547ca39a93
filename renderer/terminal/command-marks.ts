import type { IDecoration, IMarker, Terminal } from '@xterm/xterm';
import type { CommandNotice, CommandResult } from '../../electron/contract-terminal.ts';
import { findLines, logicalLines } from './logical-lines.ts';

interface Mark {
  id: number;
  /** First row of the output. */
  output: IMarker;
  dot: IDecoration | undefined;
  result: CommandResult | null;
}

/** The dots where captured commands begin, and the evidence lines of the last one. */
export class CommandMarks {
  readonly #terminal: Terminal;
  #marks: Mark[] = [];
  #evidence: IDecoration[] = [];

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** To be called when everything before the notice has been parsed. */
  notice({ id, phase, result }: CommandNotice): void {
    if (phase === 'start') this.#add(id, 0, result);
    else {
      const mark = this.#marks.find((one) => one.id === id);
      if (mark) this.#setResult(mark, result);
    }
  }

  /** A command of a snapshot whose output begins at this row of the buffer. */
  atRow(id: number, row: number, result: CommandResult | null): void {
    const { active } = this.#terminal.buffer;
    this.#add(id, row - active.baseY - active.cursorY, result);
  }

  /** Highlights these lines of the last command's output; returns how many were found. */
  markEvidence(lines: string[], color: string): number {
    this.clearEvidence();
    const last = this.#marks.findLast((mark) => !mark.output.isDisposed);
    const { buffer, cols } = this.#terminal;
    const found = findLines(logicalLines(buffer.normal, last?.output.line ?? 0), lines);
    const cursor = buffer.normal.baseY + buffer.normal.cursorY;
    for (const { row, rows } of found) {
      for (let at = row; at < row + rows; at++) {
        const marker = this.#terminal.registerMarker(at - cursor);
        const decoration =
          marker &&
          this.#terminal.registerDecoration({
            marker,
            width: cols,
            backgroundColor: color,
            layer: 'bottom',
            overviewRulerOptions: { color, position: 'full' },
          });
        if (!decoration) continue;
        decoration.onRender((element) => element.classList.add('terminal-evidence'));
        this.#evidence.push(decoration);
      }
    }
    const first = found[0];
    if (first) this.#reveal(first.row);
    return found.length;
  }

  clearEvidence(): void {
    for (const decoration of this.#evidence.splice(0)) {
      decoration.marker.dispose();
      decoration.dispose();
    }
  }

  /** The next command before or after the row at the top of the view; null when there is none. */
  neighbour(row: number, direction: -1 | 1): number | null {
    const rows = this.#marks.filter((mark) => !mark.output.isDisposed).map((mark) => Math.max(0, mark.output.line - 1));
    const next = direction < 0 ? rows.findLast((one) => one < row) : rows.find((one) => one > row);
    return next ?? null;
  }

  clear(): void {
    this.clearEvidence();
    for (const { output, dot } of this.#marks.splice(0)) {
      dot?.dispose();
      output.dispose();
    }
  }

  #add(id: number, offset: number, result: CommandResult | null): void {
    const output = this.#terminal.registerMarker(offset);
    if (!output) return;
    // The dot stands beside the command itself, the row above its output.
    const line = output.line > 0 ? this.#terminal.registerMarker(offset - 1) : output;
    const dot = line && this.#terminal.registerDecoration({ marker: line, x: 0, width: 1, layer: 'top' });
    const mark: Mark = { id, output, dot, result };
    dot?.onRender((element) => {
      element.classList.add('terminal-command-dot');
      element.dataset.result = mark.result ?? 'running';
    });
    this.#marks = [...this.#marks.filter((one) => one.id !== id && !one.output.isDisposed), mark];
  }

  #setResult(mark: Mark, result: CommandResult | null): void {
    mark.result = result;
    if (mark.dot?.element) mark.dot.element.dataset.result = result ?? 'running';
  }

  #reveal(row: number): void {
    const { viewportY } = this.#terminal.buffer.active;
    if (row < viewportY || row >= viewportY + this.#terminal.rows) this.#terminal.scrollToLine(Math.max(0, row - 2));
  }
}
