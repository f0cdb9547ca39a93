import type { CommandEnd, CommandResult, TabShell } from '../contract-terminal.ts';

/** Output kept of one command unless told otherwise. */
export const DEFAULT_CAPTURE_LIMIT = 16 * 1024 * 1024;

/** One command with what it printed: the evidence of a case. Marks are not part of the output. */
export interface Capture {
  /** The command as sent; of a typed one, as the shell got it (empty when that is not known). */
  text: string;
  /** What the shell says it got; null when it does not say. Differs where the shell expanded history. */
  received: string | null;
  origin: 'sent' | 'typed';
  /** Bytes of the pty from the command's start to its end, at most the limit. */
  output: Uint8Array;
  /** Bytes printed, kept or not. */
  totalBytes: number;
  /** True when `output` lacks the end of what was printed. */
  truncated: boolean;
  result: CommandResult;
  /** Status or `$LASTEXITCODE`; null where nothing set one. */
  exit: number | null;
  ended: CommandEnd;
  /** ISO 8601, UTC. */
  startedAt: string;
  ms: number;
  directory: string | null;
  host: string | null;
  user: string | null;
  shell: TabShell;
  shellVersion: string | null;
  /** Size of the terminal when the command began: needed to join wrapped lines. */
  columns: number;
  rows: number;
  /** True for the sample output of a practice case. */
  simulated: boolean;
}

/** Collects byte slices up to a bound. The slices are kept, not copied, until `bytes()` is asked. */
export class ByteCollector {
  readonly limit: number;
  total = 0;
  private slices: Uint8Array[] = [];
  private kept = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  push(slice: Uint8Array): void {
    this.total += slice.length;
    const room = this.limit - this.kept;
    if (room <= 0) return;
    const part = slice.length > room ? slice.subarray(0, room) : slice;
    this.slices.push(part);
    this.kept += part.length;
  }

  get size(): number {
    return this.kept;
  }

  get truncated(): boolean {
    return this.total > this.kept;
  }

  /** Everything kept, as one array. */
  bytes(): Uint8Array {
    if (this.slices.length === 1 && this.slices[0]) return this.slices[0];
    const all = new Uint8Array(this.kept);
    let at = 0;
    for (const slice of this.slices) {
      all.set(slice, at);
      at += slice.length;
    }
    this.slices = [all];
    return all;
  }
}
