import { homedir } from 'node:os';
import {
  type BinaryChannel,
  type CommandInfo,
  type CommandResult,
  isSize,
  type TabInfo,
  type TabShell,
  type TabState,
} from '../contract-terminal.ts';
import { type Capture, DEFAULT_CAPTURE_LIMIT } from './capture.ts';
import { CommandLog, type CommandPlace, CommandRecord } from './command-log.ts';
import { checkCommandText } from './command-text.ts';
import type { Mark } from './mark-parser.ts';
import { orAborted } from './or-aborted.ts';
import { Prompt } from './prompt.ts';
import { ScreenMemory } from './screen-memory.ts';
import { ShellProcess } from './shell-process.ts';
import { TerminalError } from './terminal-error.ts';
import { type Snapshot, Viewers } from './viewer.ts';

export interface TabOptions {
  id: string;
  title: string;
  shell: TabShell;
  /** Full path of the shell. */
  path: string;
  /** Folder with the shells' scripts. */
  integrationDirectory: string;
  columns: number;
  rows: number;
  /** Where the shell starts; default the home folder. */
  directory?: string;
  /** Bytes kept of one command's output. */
  captureLimit?: number;
  environment?: Record<string, string | undefined>;
  onChange?: () => void;
}

export interface RunOptions {
  /** After this the command gets Ctrl+C; default 120,000 ms. */
  timeoutMs?: number;
  /** Aborted before the line is sent, `run` rejects with the reason; after that, the command gets Ctrl+C. */
  signal?: AbortSignal;
}

const DEFAULT_TIMEOUT_MS = 120_000;
/** A command has this long to end after Ctrl+C; then the capture is closed without its end. */
const GRACE_MS = 3000;
const CTRL_C = Uint8Array.of(3);
/** Leaves the alternate screen, bracketed paste and other modes that a dead program may have left on. */
const AFTER_DEATH = Buffer.from('\x1b[?1049l\x1b[!p\x1b[?2004l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[0m\r\n');

const NO_MARKS =
  'This shell sends no marks (its start-up files may start another program): copy the output and paste it.';
const NEVER_MARKS = 'This shell does not say where an output ends: copy the output and paste it.';

interface PendingRun {
  text: string;
  record: CommandRecord | null;
  timedOut: boolean;
  timer: NodeJS.Timeout;
  settle(capture: Capture): void;
}

/** One long-lived shell in a pty. It lives without viewers, and any number of them may watch and type. */
export class Tab {
  readonly id: string;
  private readonly options: TabOptions;
  private readonly log = new CommandLog();
  private readonly screen: ScreenMemory;
  private readonly viewers: Viewers;
  private readonly prompt: Prompt;
  private process: ShellProcess | null = null;
  private state: TabState = 'starting';
  private marked = false;
  private columns: number;
  private rows: number;
  private directory: string | null = null;
  private host: string | null = null;
  private user: string | null = null;
  private version: string | null = null;
  private exitCode: number | null = null;
  private message: string | null = null;
  private current: CommandRecord | null = null;
  private pending: PendingRun | null = null;
  /** A command is about to be sent. */
  private sending = false;
  private closing = false;

  constructor(options: TabOptions) {
    this.options = options;
    this.id = options.id;
    this.columns = options.columns;
    this.rows = options.rows;
    this.screen = new ScreenMemory(options.columns, options.rows);
    // Always from here, never from a page: one answer however many look on, and one also when nobody does.
    this.screen.onAnswer = (bytes) => this.process?.write(bytes);
    this.prompt = new Prompt(this.screen);
    this.viewers = new Viewers({
      snapshot: () => this.snapshot(),
      input: (bytes) => this.type(bytes),
      resize: (columns, rows) => this.resize(columns, rows),
      pause: (paused) => this.process?.pause(paused),
    });
  }

  /** Starts the shell. Throws TerminalError `no-pty` or `start-failed`; the tab is dead then. */
  async start(): Promise<void> {
    const { shell, path, integrationDirectory, environment, directory = homedir() } = this.options;
    const { columns, rows } = this;
    this.marked = false;
    this.exitCode = null;
    this.setState('starting', null);
    try {
      this.process = await ShellProcess.start(
        { shell, path, integrationDirectory, environment, directory, columns, rows },
        {
          output: (bytes) => this.output(bytes),
          mark: (mark) => this.mark(mark),
          noMarks: () => this.setState('ready', NO_MARKS),
          died: (code) => this.died(code),
        },
      );
    } catch (error) {
      this.setState('dead', (error as Error).message);
      throw error;
    }
    if (!this.process.sendsMarks) this.setState('ready', NEVER_MARKS);
  }

  info(): TabInfo {
    return {
      id: this.id,
      title: this.options.title,
      kind: 'shell',
      shell: this.options.shell,
      state: this.state,
      marked: this.marked,
      columns: this.columns,
      rows: this.rows,
      directory: this.directory,
      host: this.host,
      user: this.user,
      shellVersion: this.version,
      running: this.current?.id ?? null,
      exitCode: this.exitCode,
      message: this.message,
    };
  }

  commands(): CommandInfo[] {
    return this.log.list();
  }

  /** A command of this tab with its output; null while it runs or when it is no longer kept. */
  capture(id: number): Capture | null {
    return this.log.get(id)?.capture() ?? null;
  }

  attach(channel: BinaryChannel): void {
    this.viewers.attach(channel);
  }

  /**
   * Sends one line to the empty prompt and waits for its end. Never rejects once the line is sent: a shell
   * that dies, or a command that does not end, is a capture that says so. Throws TerminalError before.
   */
  async run(text: string, options: RunOptions = {}): Promise<Capture> {
    checkCommandText(text);
    if (this.sending) this.refuseBusy();
    this.sending = true;
    try {
      await orAborted(this.refuseUnlessEmptyPrompt(), options.signal);
      return this.send(text, options);
    } finally {
      this.sending = false;
    }
  }

  private send(text: string, options: RunOptions): Promise<Capture> {
    return new Promise((done) => {
      const timeout = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
      const cancel = (): void => this.interrupt();
      const pending: PendingRun = {
        text,
        record: null,
        timedOut: false,
        timer: setTimeout(() => this.timedOut(pending), timeout),
        settle: (capture) => {
          clearTimeout(pending.timer);
          options.signal?.removeEventListener('abort', cancel);
          this.pending = null;
          done(capture);
        },
      };
      this.pending = pending;
      options.signal?.addEventListener('abort', cancel, { once: true });
      this.prompt.sending();
      this.setState('busy', null);
      this.process?.write(Buffer.from(`${text}\r`));
    });
  }

  /** Ctrl+C. */
  interrupt(): void {
    this.type(CTRL_C);
  }

  resize(columns: number, rows: number): void {
    if (!isSize(columns, rows)) {
      throw new TerminalError(
        'bad-size',
        `A terminal cannot have ${columns} columns and ${rows} rows.`,
        'Give whole numbers, at least 1.',
      );
    }
    if (columns === this.columns && rows === this.rows) return;
    this.columns = columns;
    this.rows = rows;
    this.process?.resize(columns, rows);
    this.screen.resize(columns, rows);
    this.viewers.size(columns, rows);
    this.changed();
  }

  /** Starts the shell again in the same tab after it died; screen and commands are kept. */
  async restart(): Promise<void> {
    if (this.state !== 'dead') {
      throw new TerminalError(
        'not-dead',
        'The shell of this tab is still running.',
        'End it first, or open another tab.',
      );
    }
    this.output(AFTER_DEATH);
    await this.start();
  }

  /** Ends the shell and everything that runs in it. */
  async close(): Promise<void> {
    this.closing = true;
    await this.process?.close();
    this.viewers.dispose();
    this.screen.dispose();
  }

  // ------------------------------------------------------------------------------- from the shell

  private output(bytes: Uint8Array): void {
    this.current?.output.push(bytes);
    this.prompt.output(bytes);
    this.screen.push(bytes);
    this.viewers.output(bytes);
  }

  private mark({ kind, fields }: Mark): void {
    this.marked = true;
    const [first = '', second = ''] = fields;
    if (kind === 'P') this.property(first, second);
    else if (kind === 'A') this.directory = first;
    else if (kind === 'B') this.promptEnds();
    else if (kind === 'C') this.commandStarts(first === '' ? null : first);
    else if (kind === 'D') this.commandEnds(first, second);
  }

  private property(name: string, value: string): void {
    if (name === 'host') this.host = value;
    else if (name === 'user') this.user = value;
    else if (name === 'version') this.version = value;
  }

  private promptEnds(): void {
    this.prompt.shown();
    // A line that the shell has neither started nor refused was dropped by its line editor.
    const dropped = this.unstarted();
    if (dropped) this.finish(dropped, 'unknown', null);
    this.setState('ready', null);
    this.prompt.settled();
  }

  private commandStarts(received: string | null): void {
    const { pending } = this;
    const echo = this.prompt.takeEcho();
    const record = new CommandRecord(
      this.log.nextId(),
      pending ? pending.text : received,
      pending ? 'sent' : 'typed',
      this.place(),
      this.options.captureLimit ?? DEFAULT_CAPTURE_LIMIT,
    );
    record.received = received;
    if (pending) pending.record = record;
    else if (received === null && echo) void this.readEcho(record, echo);
    this.begin(record);
  }

  private begin(record: CommandRecord): void {
    this.current = record;
    this.log.add(record);
    this.screen.command(record.id);
    this.viewers.command({ id: record.id, phase: 'start', result: null });
    this.setState('busy', null);
  }

  private commandEnds(result: string, code: string): void {
    const exit = /^-?\d+$/.test(code) ? Number(code) : null;
    this.prompt.expect();
    const { current, pending } = this;
    if (current) {
      this.finish(current, asResult(result, exit), exit);
      return;
    }
    const echo = pending && this.prompt.takeEcho();
    if (!pending || !echo) return;
    // No start: the shell could not parse the line (or found nothing in it to run). What it said follows the echo.
    const record = new CommandRecord(this.log.nextId(), pending.text, 'sent', this.place(), echo.length);
    record.output.push(echo.subarray(echo.indexOf(10) + 1));
    pending.record = record;
    this.begin(record);
    const interrupted = exit === 130 || pending.timedOut;
    this.finish(record, exit === 0 ? 'ok' : interrupted ? 'failed' : 'parse-error', exit);
  }

  private finish(record: CommandRecord, result: CommandResult, exit: number | null): void {
    const { pending } = this;
    const timedOut = pending?.record === record && pending.timedOut;
    record.finish(result, exit, timedOut ? 'timeout' : 'exit');
    this.current = null;
    this.ended(record);
  }

  private ended(record: CommandRecord): void {
    this.log.trim();
    this.viewers.command({ id: record.id, phase: 'end', result: record.result });
    const capture = record.capture();
    if (capture && this.pending?.record === record) this.pending.settle(capture);
    this.changed();
  }

  /** A typed line that the shell keeps out of its history: read it as the line editor showed it. */
  private async readEcho(record: CommandRecord, echo: Uint8Array): Promise<void> {
    record.text = await this.prompt.readLine(echo, record.place.columns, record.place.rows);
    this.changed();
  }

  private died(code: number | null): void {
    this.process = null;
    this.prompt.takeEcho();
    this.exitCode = code;
    const record = this.current ?? this.unstarted();
    this.current = null;
    if (record) {
      record.finish('unknown', null, 'shell-died');
      this.ended(record);
    }
    const how = code === null ? 'was ended' : `ended with code ${code}`;
    this.prompt.settled();
    this.setState('dead', `The shell ${how}. Start it again to go on in this tab.`);
  }

  /** A line that was sent and whose start was never seen. */
  private unstarted(): CommandRecord | null {
    const { pending } = this;
    if (!pending || pending.record) return null;
    const record = new CommandRecord(this.log.nextId(), pending.text, 'sent', this.place(), 0);
    pending.record = record;
    this.log.add(record);
    return record;
  }

  // ---------------------------------------------------------------------------------- to the shell

  private type(bytes: Uint8Array): void {
    this.prompt.typed(bytes, this.state === 'ready');
    this.process?.write(bytes);
  }

  private async refuseUnlessEmptyPrompt(): Promise<void> {
    if (!this.pending) await this.prompt.comes();
    this.refuseUnlessReady();
    const empty = await this.prompt.isEmpty();
    this.refuseUnlessReady();
    if (!empty) {
      throw new TerminalError(
        'prompt-not-empty',
        'Something is typed at the prompt.',
        'Press Enter or Ctrl+C in the terminal, then send the command again.',
      );
    }
  }

  private refuseBusy(): never {
    throw new TerminalError(
      'not-at-prompt',
      'A command is running in this tab.',
      'Wait for the prompt, or press Ctrl+C, or use another tab.',
    );
  }

  private refuseUnlessReady(): void {
    if (this.state === 'dead') {
      throw new TerminalError('dead', 'The shell of this tab has ended.', 'Start it again, or use another tab.');
    }
    if (!this.marked && this.state === 'ready') {
      throw new TerminalError(
        'no-marks',
        this.message ?? 'This shell sends no marks.',
        'Copy the command, run it, and paste its output.',
      );
    }
    if (this.state === 'starting') {
      throw new TerminalError('not-at-prompt', 'The shell is still starting.', 'Wait for the prompt.');
    }
    if (this.state !== 'ready') this.refuseBusy();
  }

  private timedOut(pending: PendingRun): void {
    if (this.pending !== pending) return;
    pending.timedOut = true;
    this.process?.write(CTRL_C);
    pending.timer = setTimeout(() => {
      if (this.pending !== pending) return;
      const record = this.current ?? this.unstarted();
      if (!record) return;
      // The command goes on in the tab; its capture ends here.
      this.current = null;
      record.finish('unknown', null, 'timeout');
      this.ended(record);
    }, GRACE_MS);
  }

  // ------------------------------------------------------------------------------------- the rest

  private place(): CommandPlace {
    const { directory, host, user, version: shellVersion, columns, rows } = this;
    return { directory, host, user, shell: this.options.shell, shellVersion, columns, rows };
  }

  private async snapshot(): Promise<Snapshot> {
    const { text, commands, columns, rows } = await this.screen.snapshot();
    const known = commands.flatMap(({ id, line }) => {
      const record = this.log.get(id);
      return record ? [{ id, line, result: record.result }] : [];
    });
    return { header: { columns, rows, state: this.state, commands: known }, text };
  }

  private setState(state: TabState, message: string | null): void {
    if (state === this.state && message === this.message) return;
    this.state = state;
    this.message = message;
    this.viewers.state({ state, message });
    this.changed();
  }

  private changed(): void {
    if (!this.closing) this.options.onChange?.();
  }
}

/** bash and zsh send the status alone; PowerShell says the result itself. */
function asResult(result: string, exit: number | null): CommandResult {
  if (result === 'ok' || result === 'failed' || result === 'parse-error') return result;
  if (exit === null) return 'unknown';
  return exit === 0 ? 'ok' : 'failed';
}
