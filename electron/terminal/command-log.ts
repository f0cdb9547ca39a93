import type { CommandEnd, CommandInfo, CommandResult, TabShell } from '../contract-terminal.ts';
import { ByteCollector, type Capture } from './capture.ts';

/** Commands remembered of a tab, and the output kept of all of them together. */
const MAX_COMMANDS = 200;
const MAX_BYTES = 32 * 1024 * 1024;

/** Where and in what a command ran; fixed when it starts. */
export interface CommandPlace {
  directory: string | null;
  host: string | null;
  user: string | null;
  shell: TabShell;
  shellVersion: string | null;
  columns: number;
  rows: number;
}

/** A command that runs or ran, with its output as it comes. */
export class CommandRecord {
  readonly id: number;
  readonly origin: 'sent' | 'typed';
  readonly place: CommandPlace;
  readonly simulated: boolean;
  readonly output: ByteCollector;
  readonly startedAt = new Date().toISOString();
  text: string | null;
  received: string | null = null;
  result: CommandResult | null = null;
  exit: number | null = null;
  ended: CommandEnd | null = null;
  ms: number | null = null;
  private readonly started = performance.now();

  constructor(
    id: number,
    text: string | null,
    origin: 'sent' | 'typed',
    place: CommandPlace,
    limit: number,
    simulated = false,
  ) {
    this.id = id;
    this.text = text;
    this.origin = origin;
    this.place = place;
    this.simulated = simulated;
    this.output = new ByteCollector(limit);
  }

  finish(result: CommandResult, exit: number | null, ended: CommandEnd): void {
    this.ms = Math.round(performance.now() - this.started);
    this.result = result;
    this.exit = exit;
    this.ended = ended;
  }

  info(): CommandInfo {
    const { id, text, origin, startedAt, ms, result, exit, ended, output } = this;
    const { size: bytes, truncated } = output;
    return { id, text, origin, startedAt, ms, result, exit, ended, bytes, truncated, directory: this.place.directory };
  }

  /** Null while it runs. */
  capture(): Capture | null {
    const { result, ended, ms } = this;
    if (result === null || ended === null || ms === null) return null;
    return {
      text: this.text ?? '',
      received: this.received,
      origin: this.origin,
      output: this.output.bytes(),
      totalBytes: this.output.total,
      truncated: this.output.truncated,
      result,
      exit: this.exit,
      ended,
      startedAt: this.startedAt,
      ms,
      ...this.place,
      simulated: this.simulated,
    };
  }
}

/** The last commands of a tab, bounded in number and bytes; the oldest go first. */
export class CommandLog {
  private records: CommandRecord[] = [];
  private lastId = 0;

  nextId(): number {
    return ++this.lastId;
  }

  add(record: CommandRecord): void {
    this.records.push(record);
    this.trim();
  }

  get(id: number): CommandRecord | undefined {
    return this.records.find((record) => record.id === id);
  }

  list(): CommandInfo[] {
    return this.records.map((record) => record.info());
  }

  /** To be called when a command has ended: only then its size is known. */
  trim(): void {
    let bytes = this.records.reduce((sum, record) => sum + record.output.size, 0);
    while (this.records.length > 1 && (this.records.length > MAX_COMMANDS || bytes > MAX_BYTES)) {
      bytes -= this.records.shift()?.output.size ?? 0;
    }
  }
}
