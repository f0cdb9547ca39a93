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
import { ByteCollector, type Capture, DEFAULT_CAPTURE_LIMIT } from './capture.ts';
import { CommandLog, CommandRecord } from './command-log.ts';
import { interpret } from './interpret.ts';
import { type Mark, MarkParser } from './mark-parser.ts';
import { PromptInput } from './prompt-input.ts';
import { openPty, type Pty } from './pty.ts';
import { type CursorPosition, ScreenMemory } from './screen-memory.ts';
import { type Launch, prepareLaunch } from './shell-launch.ts';
import { TerminalError } from './terminal-error.ts';
import { Viewers } from './viewer.ts';

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
  /** Aborting sends Ctrl+C. */
  signal?: AbortSignal;
}

const DEFAULT_TIMEOUT_MS = 120_000;
/** A command has this long to end after Ctrl+C; then the capture is closed without its end. */
const GRACE_MS = 3000;
/** A shell that has sent no mark by then (a start-up file that starts another program) will send none. */
const MARKS_WITHIN_MS = 20_000;
/** Time for keys typed ahead to show up at the prompt. */
const SETTLE_MS = 60;
/** A prompt that looks things up (a repository's state) may take so long after the command before it. */
const PROMPT_WITHIN_MS = 10_000;
const KILL_AFTER_MS = 1500;
const MAX_ECHO = 64 * 1024;
const MAX_TEXT = 32 * 1024;
const CTRL_C = Uint8Array.of(3);
/** Leaves the alternate screen, bracketed paste and other modes that a dead program may have left on. */
const AFTER_DEATH = Buffer.from('\x1b[?1049l\x1b[!p\x1b[?2004l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[0m\r\n');

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
  private readonly input = new PromptInput();
  private pty: Pty | null = null;
  private parser: MarkParser | null = null;
  private launch: Launch | null = null;
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
  /** What the line editor shows between the end of a prompt and the start of a command. */
  private echo: ByteCollector | null = null;
  private promptCursor: Promise<CursorPosition> | null = null;
  private typedAhead = false;
  private marksTimer: NodeJS.Timeout | null = null;
  /** A command has ended and its prompt is not there yet. */
  private promptComing = false;
  private whenPrompt: (() => void)[] = [];
  /** A command is about to be sent. */
  private sending = false;
  private closing = false;
  private whenDead: (() => void)[] = [];

  constructor(options: TabOptions) {
    this.options = options;
    this.id = options.id;
    this.columns = options.columns;
    this.rows = options.rows;
    this.screen = new ScreenMemory(options.columns, options.rows);
    this.screen.onAnswer = (bytes) => {
      if (this.viewers.count === 0) this.pty?.write(bytes);
    };
    this.viewers = new Viewers({
      snapshot: () => this.snapshot(),
      input: (bytes) => this.type(bytes),
      resize: (columns, rows) => this.resize(columns, rows),
      pause: (paused) => (paused ? this.pty?.pause() : this.pty?.resume()),
    });
  }

  /** Starts the shell. Throws TerminalError `no-pty` or `start-failed`; the tab is dead then. */
  async start(): Promise<void> {
    const { shell, path, integrationDirectory, environment, directory } = this.options;
    this.launch = prepareLaunch(shell, integrationDirectory, environment);
    const { secret } = this.launch;
    this.parser = secret
      ? new MarkParser(secret, { plain: (bytes) => this.output(bytes), mark: (mark) => this.mark(mark) })
      : null;
    this.marked = false;
    this.exitCode = null;
    this.setState('starting', null);
    try {
      this.pty = await openPty(
        {
          file: path,
          args: this.launch.args,
          environment: this.launch.environment,
          directory: directory ?? homedir(),
          columns: this.columns,
          rows: this.rows,
        },
        { data: (bytes) => this.read(bytes), exit: (code) => this.died(code) },
      );
    } catch (error) {
      this.launch.cleanUp();
      this.setState('dead', (error as Error).message);
      throw error;
    }
    if (secret) this.marksTimer = setTimeout(() => this.noMarks(), MARKS_WITHIN_MS).unref();
    else this.setState('ready', 'This shell does not say where an output ends: copy the output and paste it.');
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
    checkText(text);
    if (this.sending) this.refuseBusy();
    this.sending = true;
    try {
      await this.refuseUnlessEmptyPrompt();
      options.signal?.throwIfAborted();
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
      this.typedAhead = false;
      this.promptComing = false;
      this.echo = new ByteCollector(MAX_ECHO);
      this.setState('busy', null);
      this.pty?.write(Buffer.from(`${text}\r`));
    });
  }

  /** Ctrl+C. */
  interrupt(): void {
    this.type(CTRL_C);
  }

  resize(columns: number, rows: number): void {
    if (!isSize(columns, rows)) {
      throw new TerminalError('bad-size', `A terminal cannot have ${columns} columns and ${rows} rows.`, 'Give whole numbers, at least 1.');
    }
    if (columns === this.columns && rows === this.rows) return;
    this.columns = columns;
    this.rows = rows;
    this.pty?.resize(columns, rows);
    this.screen.resize(columns, rows);
    this.viewers.size(columns, rows);
    this.changed();
  }

  /** Starts the shell again in the same tab after it died; screen and commands are kept. */
  async restart(): Promise<void> {
    if (this.state !== 'dead') {
      throw new TerminalError('not-dead', 'The shell of this tab is still running.', 'End it first, or open another tab.');
    }
    this.output(AFTER_DEATH);
    await this.start();
  }

  /** Ends the shell and everything that runs in it. */
  async close(): Promise<void> {
    this.closing = true;
    if (this.pty) {
      const dead = new Promise<void>((done) => this.whenDead.push(done));
      this.pty.resume();
      this.pty.kill('SIGHUP');
      const force = setTimeout(() => this.pty?.kill('SIGKILL'), KILL_AFTER_MS);
      await dead;
      clearTimeout(force);
    }
    this.viewers.dispose();
    this.screen.dispose();
  }

  // ------------------------------------------------------------------------------- from the shell

  private read(bytes: Uint8Array): void {
    if (this.parser) this.parser.push(bytes);
    else this.output(bytes);
  }

  private output(bytes: Uint8Array): void {
    this.current?.output.push(bytes);
    this.echo?.push(bytes);
    this.screen.push(bytes);
    this.viewers.output(bytes);
  }

  private mark({ kind, fields }: Mark): void {
    if (!this.marked) this.firstMark();
    const [first = '', second = ''] = fields;
    if (kind === 'P') this.property(first, second);
    else if (kind === 'A') this.directory = first;
    else if (kind === 'B') this.promptEnds();
    else if (kind === 'C') this.commandStarts(first === '' ? null : first);
    else if (kind === 'D') this.commandEnds(first, second);
  }

  private firstMark(): void {
    this.marked = true;
    this.launch?.cleanUp();
    if (this.marksTimer) clearTimeout(this.marksTimer);
    this.message = null;
  }

  private property(name: string, value: string): void {
    if (name === 'host') this.host = value;
    else if (name === 'user') this.user = value;
    else if (name === 'version') this.version = value;
  }

  private promptEnds(): void {
    this.echo = new ByteCollector(MAX_ECHO);
    this.promptCursor = this.screen.cursor();
    this.input.reset(this.typedAhead);
    this.typedAhead = false;
    const dropped = this.pending && !this.pending.record ? this.unstarted() : null;
    if (dropped) this.finish(dropped, 'unknown', null);
    this.setState('ready', null);
    this.promptSettled();
  }

  private promptSettled(): void {
    this.promptComing = false;
    for (const done of this.whenPrompt.splice(0)) done();
  }

  private commandStarts(received: string | null): void {
    const { pending, promptCursor, echo } = this;
    const record = new CommandRecord(
      this.log.nextId(),
      pending ? pending.text : received,
      pending ? 'sent' : 'typed',
      this.place(),
      this.options.captureLimit ?? DEFAULT_CAPTURE_LIMIT,
    );
    record.received = received;
    if (pending) pending.record = record;
    else if (received === null && echo && promptCursor) void this.readEcho(record, echo.bytes(), promptCursor);
    this.echo = null;
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
    this.promptComing = true;
    const { current, pending } = this;
    if (current) {
      this.finish(current, asResult(result, exit), exit);
      return;
    }
    if (!pending || !this.echo) return;
    // No start: the shell could not parse the line (or found nothing in it to run). What it said follows the echo.
    const echo = this.echo.bytes();
    this.echo = null;
    const record = new CommandRecord(this.log.nextId(), pending.text, 'sent', this.place(), MAX_ECHO);
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
  private async readEcho(record: CommandRecord, echo: Uint8Array, cursor: Promise<CursorPosition>): Promise<void> {
    const { column } = await cursor;
    const { columns, rows } = record.place;
    const { lines } = await interpret(echo, { columns, rows, startColumn: column });
    record.text = lines.map((line, index) => (index === 0 ? line.slice(column) : line)).join('\n').trim() || null;
    this.changed();
  }

  private died(code: number | null): void {
    this.parser?.end();
    this.launch?.cleanUp();
    if (this.marksTimer) clearTimeout(this.marksTimer);
    this.pty = null;
    this.echo = null;
    this.exitCode = code;
    const record = this.current ?? this.unstarted();
    this.current = null;
    if (record) {
      record.finish('unknown', null, 'shell-died');
      this.ended(record);
    }
    const how = code === null ? 'was ended' : `ended with code ${code}`;
    this.promptSettled();
    this.setState('dead', `The shell ${how}. Start it again to go on in this tab.`);
    for (const done of this.whenDead.splice(0)) done();
  }

  /** A line that was sent and whose start was never seen. */
  private unstarted(): CommandRecord | null {
    const { pending } = this;
    if (!pending) return null;
    const record = new CommandRecord(this.log.nextId(), pending.text, 'sent', this.place(), 0);
    pending.record = record;
    this.log.add(record);
    return record;
  }

  private noMarks(): void {
    this.launch?.cleanUp();
    this.setState('ready', 'This shell sends no marks (its start-up files may start another program): copy the output and paste it.');
  }

  // ---------------------------------------------------------------------------------- to the shell

  private type(bytes: Uint8Array): void {
    if (this.state === 'ready') this.input.typed(bytes);
    else this.typedAhead = true;
    this.pty?.write(bytes);
  }

  private async refuseUnlessEmptyPrompt(): Promise<void> {
    if (this.promptComing && !this.pending) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((done) => (timer = setTimeout(done, PROMPT_WITHIN_MS)));
      await Promise.race([late, new Promise<void>((done) => this.whenPrompt.push(done))]);
      clearTimeout(timer);
    }
    this.refuseUnlessReady();
    if (this.input.state === 'unknown') {
      await new Promise((done) => setTimeout(done, SETTLE_MS));
      const [before, now] = await Promise.all([this.promptCursor, this.screen.cursor(), this.screen.apply()]);
      const same = before !== null && before.column === now.column && now.blankAfter;
      if (same) this.input.reset(false);
      this.refuseUnlessReady();
    }
    if (this.input.state !== 'empty') {
      throw new TerminalError('prompt-not-empty', 'Something is typed at the prompt.', 'Press Enter or Ctrl+C in the terminal, then send the command again.');
    }
  }

  private refuseBusy(): never {
    throw new TerminalError('not-at-prompt', 'A command is running in this tab.', 'Wait for the prompt, or press Ctrl+C, or use another tab.');
  }

  private refuseUnlessReady(): void {
    if (this.state === 'dead') {
      throw new TerminalError('dead', 'The shell of this tab has ended.', 'Start it again, or use another tab.');
    }
    if (!this.marked && this.state === 'ready') {
      throw new TerminalError('no-marks', this.message ?? 'This shell sends no marks.', 'Copy the command, run it, and paste its output.');
    }
    if (this.state === 'starting') {
      throw new TerminalError('not-at-prompt', 'The shell is still starting.', 'Wait for the prompt.');
    }
    if (this.state !== 'ready') this.refuseBusy();
  }

  private timedOut(pending: PendingRun): void {
    if (this.pending !== pending) return;
    pending.timedOut = true;
    this.pty?.write(CTRL_C);
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

  private place() {
    const { directory, host, user, version: shellVersion, columns, rows } = this;
    return { directory, host, user, shell: this.options.shell, shellVersion, columns, rows };
  }

  private async snapshot() {
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

function checkText(text: string): void {
  const at = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.exec(text)?.index;
  if (at !== undefined) {
    throw new TerminalError('bad-text', `The command has a control character or line break at position ${at + 1}.`, 'A command is sent as one line of text.');
  }
  if (text.trim() === '') throw new TerminalError('bad-text', 'The command is empty.', 'Give a command.');
  if (Buffer.byteLength(text) > MAX_TEXT) {
    throw new TerminalError('bad-text', `The command is longer than ${MAX_TEXT} bytes.`, 'Shorten it, or put it into a script.');
  }
}

/** bash and zsh send the status alone; PowerShell says the result itself. */
function asResult(result: string, exit: number | null): CommandResult {
  if (result === 'ok' || result === 'failed' || result === 'parse-error') return result;
  if (exit === null) return 'unknown';
  return exit === 0 ? 'ok' : 'failed';
}
