import type { SerializeAddon } from '@xterm/addon-serialize';
import type { SnapshotHeader } from '../contract-terminal.ts';
import { type HeadlessTerminal, loadHeadless } from './headless.ts';

/** Lines above the screen that a new viewer gets. */
export const SNAPSHOT_SCROLLBACK = 2000;
/** Output that may wait to be applied; a flood loses its older part here, never in a capture. */
const MAX_BACKLOG = 1024 * 1024;
/** Longer than a page takes to read what the pty waits for: else a flood would be applied after all. */
const IDLE_MS = 1000;
/** What a program may ask the terminal: cursor position, status, kind of terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what this looks for
const QUERY = /\x1b\[(?:[56]n|\??6n|[>=]?0?c)/;
const QUERY_READ = 4096;
const QUERY_LENGTH = 8;

type Step =
  | { kind: 'bytes'; bytes: Uint8Array }
  | { kind: 'size'; columns: number; rows: number }
  | { kind: 'command'; id: number }
  | { kind: 'cursor'; done: (at: CursorPosition) => void };

/** Where the cursor stands. */
export interface CursorPosition {
  /** From 0, in the screen. */
  row: number;
  column: number;
  /** Nothing but blanks from the cursor to the end of its line. */
  blankAfter: boolean;
}

/**
 * What a tab's screen shows, known without any viewer: a terminal in memory. Bytes are only put in a queue
 * when they come and applied when the tab is quiet or someone asks, so that a flood costs next to nothing.
 */
export class ScreenMemory {
  /** Answers to a program's questions (PowerShell asks for the cursor at each prompt); to be sent to the program. */
  onAnswer: (bytes: Uint8Array) => void = () => {};
  private steps: Step[] = [];
  private backlog = 0;
  private tail = '';
  private size: { columns: number; rows: number };
  private terminal: HeadlessTerminal | null = null;
  private serializer: SerializeAddon | null = null;
  private commands: { id: number; marker: { line: number; isDisposed: boolean } }[] = [];
  private timer: NodeJS.Timeout | null = null;
  private applying: Promise<void> = Promise.resolve();
  private disposed = false;

  constructor(columns: number, rows: number) {
    this.size = { columns, rows };
  }

  push(bytes: Uint8Array): void {
    this.steps.push({ kind: 'bytes', bytes });
    this.backlog += bytes.length;
    if (this.backlog > MAX_BACKLOG) this.dropOldest();
    if (this.asks(bytes)) void this.apply();
    else this.schedule();
  }

  /** A program waits for an answer; its question may come in two reads. */
  private asks(bytes: Uint8Array): boolean {
    const { tail } = this;
    this.tail = '';
    if (bytes.length > QUERY_READ || (tail === '' && !bytes.includes(0x1b))) return false;
    const text = tail + Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    if (QUERY.test(text)) return true;
    const start = text.lastIndexOf('\x1b');
    if (start >= text.length - QUERY_LENGTH) this.tail = text.slice(start);
    return false;
  }

  resize(columns: number, rows: number): void {
    this.steps.push({ kind: 'size', columns, rows });
    this.schedule();
  }

  /** A command begins at this place of the stream. */
  command(id: number): void {
    this.steps.push({ kind: 'command', id });
    this.schedule();
  }

  /** The cursor at this very place of the stream; resolves once that is known. */
  cursor(): Promise<CursorPosition> {
    return new Promise((done) => {
      this.steps.push({ kind: 'cursor', done });
      this.schedule();
    });
  }

  /** Applies everything that came so far. */
  apply(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.applying = this.applying.then(() => this.applySteps());
    return this.applying;
  }

  /** Text that, written into an empty terminal of that size, shows what this one shows. */
  async snapshot(): Promise<
    Pick<SnapshotHeader, 'columns' | 'rows'> & { commands: { id: number; line: number }[]; text: string }
  > {
    await this.apply();
    const { terminal, serializer } = this;
    if (!terminal || !serializer) return { ...this.size, commands: [], text: '' };
    const skipped = Math.max(0, terminal.buffer.normal.baseY - SNAPSHOT_SCROLLBACK);
    const commands = this.commands
      .filter(({ marker }) => !marker.isDisposed && marker.line >= skipped)
      .map(({ id, marker }) => ({ id, line: marker.line - skipped }));
    const text = serializer.serialize({ scrollback: SNAPSHOT_SCROLLBACK });
    return { columns: terminal.cols, rows: terminal.rows, commands, text };
  }

  dispose(): void {
    this.disposed = true;
    if (this.timer) clearTimeout(this.timer);
    this.terminal?.dispose();
    this.steps = [];
  }

  private schedule(): void {
    if (this.disposed) return;
    if (this.timer) this.timer.refresh();
    else {
      this.timer = setTimeout(() => void this.apply(), IDLE_MS);
      this.timer.unref();
    }
  }

  /** Keeps the newest half of the waiting output, from the beginning of a line on. */
  private dropOldest(): void {
    let excess = this.backlog - MAX_BACKLOG / 2;
    const kept: Step[] = [];
    const modes: Uint8Array[] = [];
    for (const step of this.steps) {
      if (step.kind !== 'bytes' || excess <= 0) {
        kept.push(step);
        continue;
      }
      excess -= step.bytes.length;
      const feed = excess <= 0 ? step.bytes.lastIndexOf(10) : step.bytes.length - 1;
      modes.push(modeSwitches(step.bytes.subarray(0, feed + 1)));
      if (feed + 1 < step.bytes.length) kept.push({ kind: 'bytes', bytes: step.bytes.subarray(feed + 1) });
    }
    const first = Buffer.concat([...modes, Buffer.from('\x1b[0m')]);
    this.steps = [{ kind: 'bytes', bytes: first }, ...kept];
    this.backlog = this.steps.reduce((sum, step) => sum + (step.kind === 'bytes' ? step.bytes.length : 0), 0);
  }

  private async applySteps(): Promise<void> {
    const { steps } = this;
    this.steps = [];
    this.backlog = 0;
    if (this.disposed || steps.length === 0) return;
    const terminal = this.terminal ?? (await this.create());
    for (const step of steps) {
      if (this.disposed) return;
      if (step.kind === 'bytes') terminal.write(step.bytes);
      else await new Promise<void>((done) => terminal.write('', () => done(this.applyStep(terminal, step))));
    }
    await new Promise<void>((done) => terminal.write('', done));
  }

  private applyStep(terminal: HeadlessTerminal, step: Exclude<Step, { kind: 'bytes' }>): void {
    const { active } = terminal.buffer;
    if (step.kind === 'size') terminal.resize(step.columns, step.rows);
    else if (step.kind === 'cursor') step.done(this.cursorPosition(terminal));
    else if (active.type === 'normal') {
      const marker = terminal.registerMarker(0);
      if (marker) this.commands.push({ id: step.id, marker });
      this.commands = this.commands.filter((command) => !command.marker.isDisposed);
    }
  }

  private cursorPosition(terminal: HeadlessTerminal): CursorPosition {
    const { active } = terminal.buffer;
    const rest = active.getLine(active.baseY + active.cursorY)?.translateToString(true, active.cursorX) ?? '';
    return { row: active.cursorY, column: active.cursorX, blankAfter: rest.trim() === '' };
  }

  private async create(): Promise<HeadlessTerminal> {
    const [{ Terminal }, addon] = await Promise.all([loadHeadless(), import('@xterm/addon-serialize')]);
    const terminal = new Terminal({
      cols: this.size.columns,
      rows: this.size.rows,
      scrollback: SNAPSHOT_SCROLLBACK,
      allowProposedApi: true,
      logLevel: 'off',
    });
    this.serializer = new addon.SerializeAddon();
    // The addon is typed for the terminal with a screen; it only reads the buffer, which is the same.
    terminal.loadAddon(this.serializer as unknown as Parameters<HeadlessTerminal['loadAddon']>[0]);
    // Nothing but these plain answers: others can be made to repeat text of the program's choice as input.
    terminal.onData((text) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what this looks for
      if (/^\x1b\[(?:\?|>)?[\d;]*[Rcn]$/.test(text)) this.onAnswer(Buffer.from(text));
    });
    this.terminal = terminal;
    if (this.disposed) terminal.dispose();
    return terminal;
  }
}

/** The lasting switches in output that is not applied: alternate screen, cursor, mouse, paste modes, reset. */
function modeSwitches(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(0x1b)) return new Uint8Array(0);
  const found =
    Buffer.from(bytes)
      .toString('latin1')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what this looks for
      .match(/\x1b(?:\[\?[\d;]*[hl]|c|\[!p)/g) ?? [];
  // Only the last word on each counts, and programs that redraw repeat the same few.
  return Buffer.from([...new Set(found.reverse())].reverse().join(''), 'latin1');
}
