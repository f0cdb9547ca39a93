import type { TabShell } from '../contract-terminal.ts';
import { type Mark, MarkParser } from './mark-parser.ts';
import { openPty, type Pty } from './pty.ts';
import { type Launch, prepareLaunch } from './shell-launch.ts';

/** A shell that has sent no mark by then (a start-up file that starts another program) will send none. */
const MARKS_WITHIN_MS = 20_000;
const KILL_AFTER_MS = 1500;

export interface ShellProcessOptions {
  shell: TabShell;
  path: string;
  integrationDirectory: string;
  environment: Record<string, string | undefined> | undefined;
  directory: string;
  columns: number;
  rows: number;
}

export interface ShellProcessEvents {
  /** Output without marks. */
  output(bytes: Uint8Array): void;
  mark(mark: Mark): void;
  /** No mark came in time; one may still come. */
  noMarks(): void;
  /** The shell has ended; null when a signal ended it. Nothing comes after this. */
  died(code: number | null): void;
}

/** One run of a shell: its pty, its secret, its marks. */
export class ShellProcess {
  /** False for a shell that cannot send marks. */
  readonly sendsMarks: boolean;
  private readonly launch: Launch;
  private readonly events: ShellProcessEvents;
  private readonly parser: MarkParser | null;
  private pty: Pty | null = null;
  private timer: NodeJS.Timeout | null = null;
  private marked = false;
  private whenDead: (() => void)[] = [];

  private constructor(launch: Launch, events: ShellProcessEvents) {
    this.launch = launch;
    this.events = events;
    this.sendsMarks = launch.secret !== null;
    const sink = { plain: (bytes: Uint8Array) => events.output(bytes), mark: (mark: Mark) => this.mark(mark) };
    this.parser = launch.secret === null ? null : new MarkParser(launch.secret, sink);
  }

  /** Throws a Fault `no-pty` or `start-failed`. */
  static async start(options: ShellProcessOptions, events: ShellProcessEvents): Promise<ShellProcess> {
    const launch = prepareLaunch(options.shell, options.integrationDirectory, options.environment);
    const process = new ShellProcess(launch, events);
    const { path: file, directory, columns, rows } = options;
    try {
      process.pty = await openPty(
        { file, args: launch.args, environment: launch.environment, directory, columns, rows },
        { data: (bytes) => process.read(bytes), exit: (code) => process.ended(code) },
      );
    } catch (error) {
      launch.cleanUp();
      throw error;
    }
    if (process.sendsMarks) process.timer = setTimeout(() => process.noMarks(), MARKS_WITHIN_MS).unref();
    return process;
  }

  write(bytes: Uint8Array): void {
    this.pty?.write(bytes);
  }

  resize(columns: number, rows: number): void {
    this.pty?.resize(columns, rows);
  }

  pause(paused: boolean): void {
    if (paused) this.pty?.pause();
    else this.pty?.resume();
  }

  /** Hangs up, and after a while kills; resolves when the shell has ended. */
  async close(): Promise<void> {
    const { pty } = this;
    if (!pty) return;
    const dead = new Promise<void>((done) => this.whenDead.push(done));
    // A paused pty would hide its end.
    pty.resume();
    pty.kill('SIGHUP');
    const force = setTimeout(() => pty.kill('SIGKILL'), KILL_AFTER_MS);
    await dead;
    clearTimeout(force);
  }

  private read(bytes: Uint8Array): void {
    if (this.parser) this.parser.push(bytes);
    else this.events.output(bytes);
  }

  private mark(mark: Mark): void {
    if (!this.marked) this.cleanUp();
    this.marked = true;
    this.events.mark(mark);
  }

  private noMarks(): void {
    this.cleanUp();
    this.events.noMarks();
  }

  private ended(code: number | null): void {
    this.parser?.end();
    this.cleanUp();
    this.pty = null;
    this.events.died(code);
    for (const done of this.whenDead.splice(0)) done();
  }

  private cleanUp(): void {
    this.launch.cleanUp();
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }
}
