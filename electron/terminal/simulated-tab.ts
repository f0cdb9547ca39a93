import type { BinaryChannel, CommandInfo, TabInfo, TabShell } from '../contract-terminal.ts';
import { isSize } from '../contract-terminal.ts';
import type { Capture } from './capture.ts';
import { CommandLog, CommandRecord } from './command-log.ts';
import { ScreenMemory } from './screen-memory.ts';
import { Viewers } from './viewer.ts';

export interface SimulatedTabOptions {
  id: string;
  title: string;
  shell: TabShell;
  columns: number;
  rows: number;
  /** What stands before a command, such as `[PS] C:\>`. */
  prompt?: string;
  /** Host and user that the captures name. */
  host?: string;
  user?: string;
  onChange?: () => void;
}

export interface SimulateOptions {
  result?: 'ok' | 'failed';
  exit?: number | null;
}

/** A tab without a shell: a practice case writes commands and the catalogue's sample outputs into it. */
export class SimulatedTab {
  readonly id: string;
  private readonly options: SimulatedTabOptions;
  private readonly log = new CommandLog();
  private readonly screen: ScreenMemory;
  private readonly viewers: Viewers;
  private readonly prompt: string;
  private columns: number;
  private rows: number;

  constructor(options: SimulatedTabOptions) {
    this.options = options;
    this.id = options.id;
    this.columns = options.columns;
    this.rows = options.rows;
    this.prompt = options.prompt ?? '> ';
    this.screen = new ScreenMemory(options.columns, options.rows);
    this.viewers = new Viewers({
      snapshot: async () => {
        const { text, commands, columns, rows } = await this.screen.snapshot();
        const known = commands.map(({ id, line }) => ({ id, line, result: this.log.get(id)?.result ?? null }));
        return { header: { columns, rows, state: 'ready', commands: known }, text };
      },
      // Nothing listens to what is typed here.
      input: () => {},
      resize: (columns, rows) => this.resize(columns, rows),
      pause: () => {},
    });
    this.write(this.prompt);
  }

  /** Shows the command as if typed, and its output; returns it as a capture that says it is simulated. */
  simulate(text: string, output: string, { result = 'ok', exit = null }: SimulateOptions = {}): Capture {
    const { host = null, user = null, shell } = this.options;
    const place = { directory: null, host, user, shell, shellVersion: null, columns: this.columns, rows: this.rows };
    const bytes = Buffer.from(output.replace(/\r?\n/g, '\r\n').replace(/(?<!\n)$/, output === '' ? '' : '\r\n'));
    const record = new CommandRecord(this.log.nextId(), text, 'sent', place, bytes.length, true);
    this.write(`${text}\r\n`);
    this.log.add(record);
    this.screen.command(record.id);
    this.viewers.command({ id: record.id, phase: 'start', result: null });
    record.output.push(bytes);
    this.screen.push(bytes);
    this.viewers.output(bytes);
    record.finish(result, exit, 'exit');
    this.log.trim();
    this.viewers.command({ id: record.id, phase: 'end', result });
    this.write(this.prompt);
    this.options.onChange?.();
    return record.capture() as Capture;
  }

  info(): TabInfo {
    const { id, title, shell, host = null, user = null } = this.options;
    const { columns, rows } = this;
    const fixed = { directory: null, shellVersion: null, running: null, exitCode: null };
    const message = 'Simulated: nothing here runs, the outputs are samples.';
    return {
      id,
      title,
      kind: 'simulated',
      shell,
      state: 'ready',
      marked: true,
      columns,
      rows,
      host,
      user,
      message,
      ...fixed,
    };
  }

  commands(): CommandInfo[] {
    return this.log.list();
  }

  capture(id: number): Capture | null {
    return this.log.get(id)?.capture() ?? null;
  }

  attach(channel: BinaryChannel): void {
    this.viewers.attach(channel);
  }

  resize(columns: number, rows: number): void {
    if (!isSize(columns, rows) || (columns === this.columns && rows === this.rows)) return;
    this.columns = columns;
    this.rows = rows;
    this.screen.resize(columns, rows);
    this.viewers.size(columns, rows);
    this.options.onChange?.();
  }

  async close(): Promise<void> {
    this.viewers.dispose();
    this.screen.dispose();
  }

  private write(text: string): void {
    const bytes = Buffer.from(text);
    this.screen.push(bytes);
    this.viewers.output(bytes);
  }
}
