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
import type { Capture } from './capture.ts';
import type { CommandPlace } from './command-log.ts';
import { checkCommandText } from './command-text.ts';
import type { Mark } from './mark-parser.ts';
import { orAborted } from './or-aborted.ts';
import { Prompt } from './prompt.ts';
import { ScreenMemory } from './screen-memory.ts';
import { ShellProcess } from './shell-process.ts';
import { type CommandHost, type RunOptions, TabCommands } from './tab-commands.ts';
import { terminalFault } from './terminal-fault.ts';
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

const CTRL_C = Uint8Array.of(3);
/** Leaves the alternate screen, bracketed paste and other modes that a dead program may have left on. */
const AFTER_DEATH = Buffer.from('\x1b[?1049l\x1b[!p\x1b[?2004l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[0m\r\n');

const NO_MARKS =
  'This shell sends no marks (its start-up files may start another program): copy the output and paste it.';
const NEVER_MARKS = 'This shell does not say where an output ends: copy the output and paste it.';

/** One long-lived shell in a pty. It lives without viewers, and any number of them may watch and type. */
export class Tab {
  readonly id: string;
  private readonly options: TabOptions;
  private readonly screen: ScreenMemory;
  private readonly viewers: Viewers;
  private readonly prompt: Prompt;
  private readonly runs: TabCommands;
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
    this.runs = new TabCommands(this.commandHost(), this.prompt, options.captureLimit);
    this.viewers = new Viewers({
      snapshot: () => this.snapshot(),
      input: (bytes) => this.type(bytes),
      resize: (columns, rows) => this.resize(columns, rows),
      pause: (paused) => this.process?.pause(paused),
    });
  }

  /** Starts the shell. Throws a Fault `no-pty` or `start-failed`; the tab is dead then. */
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
      running: this.runs.running?.id ?? null,
      exitCode: this.exitCode,
      message: this.message,
    };
  }

  commands(): CommandInfo[] {
    return this.runs.list();
  }

  /** A command of this tab with its output; null while it runs or when it is no longer kept. */
  capture(id: number): Capture | null {
    return this.runs.get(id)?.capture() ?? null;
  }

  attach(channel: BinaryChannel): void {
    this.viewers.attach(channel);
  }

  /**
   * Sends one line to the empty prompt and waits for its end. Never rejects once the line is sent: a shell
   * that dies, or a command that does not end, is a capture that says so. Throws a Fault before.
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
    const ended = this.runs.send(text, options);
    this.prompt.sending();
    this.setState('busy', null);
    this.process?.write(Buffer.from(`${text}\r`));
    return ended;
  }

  /** Ctrl+C. */
  interrupt(): void {
    this.type(CTRL_C);
  }

  resize(columns: number, rows: number): void {
    if (!isSize(columns, rows)) {
      throw terminalFault(
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
      throw terminalFault('not-dead', 'The shell of this tab is still running.', 'End it first, or open another tab.');
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
    this.runs.output(bytes);
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
    else if (kind === 'C') this.runs.starts(first === '' ? null : first);
    else if (kind === 'D') this.commandEnds(first, second);
  }

  private property(name: string, value: string): void {
    if (name === 'host') this.host = value;
    else if (name === 'user') this.user = value;
    else if (name === 'version') this.version = value;
  }

  private promptEnds(): void {
    this.prompt.shown();
    this.runs.atPrompt();
    this.setState('ready', null);
    this.prompt.settled();
  }

  private commandEnds(result: string, code: string): void {
    const exit = /^-?\d+$/.test(code) ? Number(code) : null;
    this.prompt.expect();
    this.runs.ends(asResult(result, exit), exit);
  }

  private died(code: number | null): void {
    this.process = null;
    this.prompt.takeEcho();
    this.exitCode = code;
    this.runs.died();
    const how = code === null ? 'was ended' : `ended with code ${code}`;
    this.prompt.settled();
    this.setState('dead', `The shell ${how}. Start it again to go on in this tab.`);
  }

  // ---------------------------------------------------------------------------------- to the shell

  private type(bytes: Uint8Array): void {
    this.prompt.typed(bytes, this.state === 'ready');
    this.process?.write(bytes);
  }

  private async refuseUnlessEmptyPrompt(): Promise<void> {
    if (!this.runs.isWaiting) await this.prompt.comes();
    this.refuseUnlessReady();
    const empty = await this.prompt.isEmpty();
    this.refuseUnlessReady();
    if (!empty) {
      throw terminalFault(
        'prompt-not-empty',
        'Something is typed at the prompt.',
        'Press Enter or Ctrl+C in the terminal, then send the command again.',
      );
    }
  }

  private refuseBusy(): never {
    throw terminalFault(
      'not-at-prompt',
      'A command is running in this tab.',
      'Wait for the prompt, or press Ctrl+C, or use another tab.',
    );
  }

  private refuseUnlessReady(): void {
    if (this.state === 'dead') {
      throw terminalFault('dead', 'The shell of this tab has ended.', 'Start it again, or use another tab.');
    }
    if (!this.marked && this.state === 'ready') {
      throw terminalFault(
        'no-marks',
        this.message ?? 'This shell sends no marks.',
        'Copy the command, run it, and paste its output.',
      );
    }
    if (this.state === 'starting') {
      throw terminalFault('not-at-prompt', 'The shell is still starting.', 'Wait for the prompt.');
    }
    if (this.state !== 'ready') this.refuseBusy();
  }

  // ------------------------------------------------------------------------------------- the rest

  private commandHost(): CommandHost {
    return {
      place: () => this.place(),
      stop: () => this.process?.write(CTRL_C),
      interrupt: () => this.interrupt(),
      started: ({ id }) => {
        this.screen.command(id);
        this.viewers.command({ id, phase: 'start', result: null });
        this.setState('busy', null);
      },
      ended: ({ id, result }) => {
        this.viewers.command({ id, phase: 'end', result });
        this.changed();
      },
      changed: () => this.changed(),
    };
  }

  private place(): CommandPlace {
    const { directory, host, user, version: shellVersion, columns, rows } = this;
    return { directory, host, user, shell: this.options.shell, shellVersion, columns, rows };
  }

  private async snapshot(): Promise<Snapshot> {
    const { text, commands, columns, rows } = await this.screen.snapshot();
    const known = commands.flatMap(({ id, line }) => {
      const record = this.runs.get(id);
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
