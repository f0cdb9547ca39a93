import { type HeadlessTerminal, loadHeadless } from './headless.ts';

/** Size of the terminal that the bytes were written for. */
export interface InterpretOptions {
  columns: number;
  rows: number;
  /** Most lines returned; default 200,000. */
  maxLines?: number;
  /** Column (from 0) at which the first byte is written; default 0. */
  startColumn?: number;
}

export interface Interpreted {
  /** Lines as a person saw them: wrapped rows joined, redraws applied, no colours, no trailing blanks. */
  lines: string[];
  /** True when there were more lines than `maxLines`. */
  truncated: boolean;
}

const MAX_LINES = 200_000;
const TAB = 8;
/** Bytes given to the terminal between two harvests, and most line feeds in them. */
const PIECE = 64 * 1024;
const PIECE_LINES = 2000;

/** Printable ASCII, tabs, and line ends (LF, or CRs before it): nothing that moves the cursor otherwise. */
const PLAIN = /^[\t\n\r\x20-\x7e]*$/;

/**
 * Reads the bytes of a pty, or pasted text. Line feeds without carriage return count as line ends where the
 * text has no CRLF at all (pasted, or from a pipe); otherwise they only move down, as in a terminal.
 */
export async function interpret(bytes: Uint8Array, options: InterpretOptions): Promise<Interpreted> {
  const maxLines = options.maxLines ?? MAX_LINES;
  const plain = plainLines(bytes, options.columns, options.startColumn ?? 0, maxLines);
  return plain ?? (await terminalLines(bytes, options, maxLines));
}

/** The same result without a terminal, or null when the bytes need one. */
export function plainLines(
  bytes: Uint8Array,
  columns: number,
  startColumn: number,
  maxLines: number,
): Interpreted | null {
  if (startColumn > 0) return null;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (!PLAIN.test(text) || /\r(?![\r\n])/.test(text)) return null;
  if (/\r\n/.test(text) && /(?<!\r)\n/.test(text)) return null;
  const lines: string[] = [];
  let from = 0;
  while (from < text.length && lines.length <= maxLines) {
    const feed = text.indexOf('\n', from);
    const raw = feed < 0 ? text.slice(from) : text.slice(from, feed);
    const line = raw.includes('\t') ? expandTabs(raw, columns) : raw;
    if (line === null) return null;
    lines.push(line.trimEnd());
    if (feed < 0) break;
    from = feed + 1;
  }
  return bounded(lines, maxLines);
}

/** Null where the line reaches the edge: what a tab does there is the terminal's business. */
function expandTabs(line: string, columns: number): string | null {
  let expanded = '';
  for (const char of line) {
    if (char === '\t') expanded += ' '.repeat(TAB - (expanded.length % TAB));
    else if (char !== '\r') expanded += char;
  }
  return expanded.length < columns ? expanded : null;
}

/** The same by a terminal, in pieces between which the event loop goes on. */
export async function terminalLines(
  bytes: Uint8Array,
  options: InterpretOptions,
  maxLines: number,
): Promise<Interpreted> {
  const { Terminal } = await loadHeadless();
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const terminal = new Terminal({
    cols: Math.max(1, options.columns),
    rows: Math.max(1, options.rows),
    // Holds every row that a piece can scroll off: one for each line feed, and one for each wrap.
    scrollback: PIECE_LINES + Math.ceil(pieceSize(options.columns) / Math.max(1, options.columns)) + options.rows,
    allowProposedApi: true,
    convertEol: !buffer.includes('\r\n'),
    logLevel: 'off',
  });
  try {
    const harvest = new Harvest(terminal);
    if (options.startColumn) await write(terminal, Buffer.from(`\x1b[${options.startColumn + 1}G`));
    for (let at = 0; at < buffer.length && harvest.lines.length <= maxLines; ) {
      const end = pieceEnd(buffer, at, options.columns);
      await write(terminal, buffer.subarray(at, end));
      harvest.scrolledOff();
      at = end;
    }
    harvest.rest();
    return bounded(harvest.lines, maxLines);
  } finally {
    terminal.dispose();
  }
}

const write = (terminal: HeadlessTerminal, bytes: Uint8Array): Promise<void> =>
  new Promise((done) => terminal.write(bytes, done));

/** Narrow terminals wrap often: smaller pieces keep the rows between two harvests few. */
const pieceSize = (columns: number): number => (columns < 20 ? PIECE / 8 : PIECE);

function pieceEnd(buffer: Buffer, from: number, columns: number): number {
  const limit = Math.min(buffer.length, from + pieceSize(columns));
  let feeds = 0;
  for (let at = buffer.indexOf(10, from); at >= 0 && at < limit; at = buffer.indexOf(10, at + 1)) {
    if (++feeds === PIECE_LINES) return at + 1;
  }
  return limit;
}

/** Takes rows out of the terminal once they have scrolled off its screen, where nothing changes them any more. */
class Harvest {
  readonly lines: string[] = [];
  private readonly terminal: HeadlessTerminal;
  private open: string | null = null;
  private next: { line: number; dispose(): void } | undefined;

  constructor(terminal: HeadlessTerminal) {
    this.terminal = terminal;
    this.next = terminal.registerMarker(0);
  }

  scrolledOff(): void {
    const { normal, active } = this.terminal.buffer;
    this.take(Math.max(0, this.next?.line ?? 0), normal.baseY);
    // A marker cannot be set while the alternate screen is shown; nothing scrolls off then either.
    if (active.type !== 'normal') return;
    this.next?.dispose();
    this.next = this.terminal.registerMarker(-normal.cursorY);
  }

  rest(): void {
    const { normal } = this.terminal.buffer;
    this.take(Math.max(0, this.next?.line ?? 0), normal.length);
    if (this.open !== null) this.lines.push(this.open.trimEnd());
    this.open = null;
  }

  private take(from: number, to: number): void {
    const { normal } = this.terminal.buffer;
    for (let y = from; y < to; y++) {
      const row = normal.getLine(y);
      if (!row) continue;
      if (!row.isWrapped && this.open !== null) {
        this.lines.push(this.open.trimEnd());
        this.open = null;
      }
      const nextRow = normal.getLine(y + 1);
      this.open = (this.open ?? '') + rowText(row, nextRow);
    }
  }
}

type Row = NonNullable<ReturnType<HeadlessTerminal['buffer']['normal']['getLine']>>;

function rowText(row: Row, next: Row | undefined): string {
  if (!next?.isWrapped) return row.translateToString(true);
  // A wide character that did not fit leaves its cell at the edge empty: that is no blank.
  const last = row.getCell(row.length - 1);
  const gap =
    last !== undefined && last.getChars() === '' && last.getWidth() === 1 && next.getCell(0)?.getWidth() === 2;
  return row.translateToString(false, 0, gap ? row.length - 1 : row.length);
}

function bounded(lines: string[], maxLines: number): Interpreted {
  const truncated = lines.length > maxLines;
  if (truncated) lines.length = maxLines;
  while (lines.length > 0 && lines[lines.length - 1] === '') lines.pop();
  return { lines, truncated };
}
