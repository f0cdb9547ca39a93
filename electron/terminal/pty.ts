import { writeSync } from 'node:fs';
import { terminalFault } from './terminal-fault.ts';

export interface PtyOptions {
  file: string;
  args: string[];
  environment: Record<string, string | undefined>;
  directory: string;
  columns: number;
  rows: number;
}

export interface PtyEvents {
  data(bytes: Uint8Array): void;
  /** After the last data. `code` is null when a signal ended the process. */
  exit(code: number | null): void;
}

/** One pseudo terminal with its process. */
export interface Pty {
  readonly pid: number;
  write(bytes: Uint8Array): void;
  resize(columns: number, rows: number): void;
  pause(): void;
  resume(): void;
  kill(signal?: 'SIGHUP' | 'SIGKILL'): void;
}

const RETRY_MS = 4;
/** Input that waits for a program which does not read; more is dropped, as a keyboard does. */
const MAX_WAITING = 4 * 1024 * 1024;

type NodePty = typeof import('@lydell/node-pty');

async function loadPty(): Promise<NodePty> {
  try {
    const module = (await import('@lydell/node-pty')) as NodePty & { default?: NodePty };
    return module.default ?? module;
  } catch (error) {
    throw terminalFault(
      'no-pty',
      `No terminal can be opened: the program's terminal library does not load (${(error as Error).message.split('\n')[0]}).`,
      'Copy the commands and paste their output; install Fieldguide again for this system to get the terminal.',
    );
  }
}

/** Starts a process in a new pty. Throws a Fault `no-pty` or `start-failed`. */
export async function openPty(options: PtyOptions, events: PtyEvents): Promise<Pty> {
  const { spawn } = await loadPty();
  let pty: ReturnType<NodePty['spawn']> & { fd?: number };
  try {
    pty = spawn(options.file, options.args, {
      name: 'xterm-256color',
      cols: options.columns,
      rows: options.rows,
      cwd: options.directory,
      env: options.environment,
      encoding: null,
    });
  } catch (error) {
    throw terminalFault(
      'start-failed',
      `${options.file} cannot be started: ${(error as Error).message}.`,
      'Choose another shell, or copy the commands and paste their output.',
    );
  }
  const input = new InputQueue(pty);
  // With `encoding: null` the bytes come as they are; on Windows the library always makes text of them.
  pty.onData((data: string | Uint8Array) => events.data(typeof data === 'string' ? Buffer.from(data) : data));
  pty.onExit(({ exitCode, signal }) => {
    input.close();
    events.exit(signal ? null : exitCode);
  });
  (pty as { on?(event: 'close', listener: () => void): void }).on?.('close', () => input.close());
  return {
    pid: pty.pid,
    write: (bytes) => input.write(bytes),
    resize: (columns, rows) => {
      if (!input.closed) pty.resize(columns, rows);
    },
    pause: () => pty.pause(),
    resume: () => pty.resume(),
    kill: (signal) => (process.platform === 'win32' ? pty.kill() : pty.kill(signal)),
  };
}

/**
 * Writes to the pty without ever blocking. The library's own write waits in the kernel when a program does
 * not read its input, while the program may wait for us to read its output: that would be a deadlock.
 */
class InputQueue {
  closed = false;
  private readonly pty: { fd?: number; write(text: string): void };
  private readonly decoder = new TextDecoder();
  private waiting: Uint8Array[] = [];
  private waitingBytes = 0;
  private timer: NodeJS.Timeout | null = null;

  constructor(pty: { fd?: number; write(text: string): void }) {
    this.pty = pty;
  }

  write(bytes: Uint8Array): void {
    if (this.closed || bytes.length === 0) return;
    if (process.platform === 'win32' || this.pty.fd === undefined) {
      this.pty.write(this.decoder.decode(bytes, { stream: true }));
      return;
    }
    if (this.waitingBytes + bytes.length > MAX_WAITING) return;
    this.waiting.push(bytes);
    this.waitingBytes += bytes.length;
    if (!this.timer) this.drain();
  }

  close(): void {
    this.closed = true;
    this.waiting = [];
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private drain(): void {
    this.timer = null;
    for (let first = this.waiting[0]; first && !this.closed; first = this.waiting[0]) {
      let written = 0;
      try {
        written = writeSync(this.pty.fd as number, first);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') {
          this.close();
          return;
        }
      }
      this.waitingBytes -= written;
      if (written === first.length) this.waiting.shift();
      else {
        this.waiting[0] = first.subarray(written);
        this.timer = setTimeout(() => this.drain(), RETRY_MS);
        return;
      }
    }
  }
}
