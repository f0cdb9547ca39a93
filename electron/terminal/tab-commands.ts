import type { CommandInfo, CommandResult } from '../contract-terminal.ts';
import { type Capture, DEFAULT_CAPTURE_LIMIT } from './capture.ts';
import { CommandLog, type CommandPlace, CommandRecord } from './command-log.ts';
import type { Prompt } from './prompt.ts';

export interface RunOptions {
  /** After this the command gets Ctrl+C; default 120,000 ms. */
  timeoutMs?: number;
  /** Aborting sends Ctrl+C. */
  signal?: AbortSignal;
}

/** What the commands of a tab need of it. */
export interface CommandHost {
  place(): CommandPlace;
  /** Ctrl+C into the shell, as nobody typed it. */
  stop(): void;
  /** Ctrl+C as a person types it. */
  interrupt(): void;
  started(record: CommandRecord): void;
  ended(record: CommandRecord): void;
  changed(): void;
}

const DEFAULT_TIMEOUT_MS = 120_000;
/** A command has this long to end after Ctrl+C; then the capture is closed without its end. */
const GRACE_MS = 3000;

interface PendingRun {
  text: string;
  record: CommandRecord | null;
  timedOut: boolean;
  timer: NodeJS.Timeout;
  settle(capture: Capture): void;
}

/** The commands of a tab: the one that runs, the one that was sent and is waited for, and those before. */
export class TabCommands {
  private readonly log = new CommandLog();
  private readonly host: CommandHost;
  private readonly prompt: Prompt;
  private readonly captureLimit: number;
  private current: CommandRecord | null = null;
  private pending: PendingRun | null = null;

  constructor(host: CommandHost, prompt: Prompt, captureLimit = DEFAULT_CAPTURE_LIMIT) {
    this.host = host;
    this.prompt = prompt;
    this.captureLimit = captureLimit;
  }

  list(): CommandInfo[] {
    return this.log.list();
  }

  get(id: number): CommandRecord | undefined {
    return this.log.get(id);
  }

  /** The command that runs, sent or typed. */
  get running(): CommandRecord | null {
    return this.current;
  }

  /** A sent line has not come to its end. */
  get isWaiting(): boolean {
    return this.pending !== null;
  }

  /** To be called just before the line is written to the shell. Resolves with its end, whatever that is. */
  send(text: string, options: RunOptions): Promise<Capture> {
    return new Promise((done) => {
      const cancel = (): void => this.host.interrupt();
      const pending: PendingRun = {
        text,
        record: null,
        timedOut: false,
        timer: setTimeout(() => this.timedOut(pending), options.timeoutMs ?? DEFAULT_TIMEOUT_MS),
        settle: (capture) => {
          clearTimeout(pending.timer);
          options.signal?.removeEventListener('abort', cancel);
          this.pending = null;
          done(capture);
        },
      };
      this.pending = pending;
      options.signal?.addEventListener('abort', cancel, { once: true });
    });
  }

  output(bytes: Uint8Array): void {
    this.current?.output.push(bytes);
  }

  /** The shell starts a line; `received` is what it says it got. */
  starts(received: string | null): void {
    const { pending } = this;
    const echo = this.prompt.takeEcho();
    const record = new CommandRecord(
      this.log.nextId(),
      pending ? pending.text : received,
      pending ? 'sent' : 'typed',
      this.host.place(),
      this.captureLimit,
    );
    record.received = received;
    if (pending) pending.record = record;
    else if (received === null && echo) void this.readEcho(record, echo);
    this.begin(record);
  }

  /** The shell has ended a line, or could not even start it. */
  ends(result: CommandResult, exit: number | null): void {
    const { current, pending } = this;
    if (current) {
      this.finish(current, result, exit);
      return;
    }
    const echo = pending && this.prompt.takeEcho();
    if (!pending || !echo) return;
    // No start: the shell could not parse the line (or found nothing in it to run). What it said follows the echo.
    const record = new CommandRecord(this.log.nextId(), pending.text, 'sent', this.host.place(), echo.length);
    record.output.push(echo.subarray(echo.indexOf(10) + 1));
    pending.record = record;
    this.begin(record);
    const interrupted = exit === 130 || pending.timedOut;
    this.finish(record, exit === 0 ? 'ok' : interrupted ? 'failed' : 'parse-error', exit);
  }

  /** A prompt: a line that the shell has neither started nor refused was dropped by its line editor. */
  atPrompt(): void {
    const dropped = this.unstarted();
    if (dropped) this.finish(dropped, 'unknown', null);
  }

  /** The shell has died in the middle of it. */
  died(): void {
    this.closeWithoutEnd('shell-died');
  }

  private begin(record: CommandRecord): void {
    this.current = record;
    this.log.add(record);
    this.host.started(record);
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
    const capture = record.capture();
    if (capture && this.pending?.record === record) this.pending.settle(capture);
    this.host.ended(record);
  }

  /** A typed line that the shell keeps out of its history: read it as the line editor showed it. */
  private async readEcho(record: CommandRecord, echo: Uint8Array): Promise<void> {
    record.text = await this.prompt.readLine(echo, record.place.columns, record.place.rows);
    this.host.changed();
  }

  /** A line that was sent and whose start was never seen. */
  private unstarted(): CommandRecord | null {
    const { pending } = this;
    if (!pending || pending.record) return null;
    const record = new CommandRecord(this.log.nextId(), pending.text, 'sent', this.host.place(), 0);
    pending.record = record;
    this.log.add(record);
    return record;
  }

  private timedOut(pending: PendingRun): void {
    if (this.pending !== pending) return;
    pending.timedOut = true;
    this.host.stop();
    pending.timer = setTimeout(() => {
      // The command goes on in the tab; its capture ends here.
      if (this.pending === pending) this.closeWithoutEnd('timeout');
    }, GRACE_MS);
  }

  private closeWithoutEnd(ended: 'timeout' | 'shell-died'): void {
    const record = this.current ?? this.unstarted();
    this.current = null;
    if (!record) return;
    record.finish('unknown', null, ended);
    this.ended(record);
  }
}
