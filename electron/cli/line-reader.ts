/** Lines from a person at a terminal, or from a pipe. */
import { createInterface, type Interface } from 'node:readline';
import { linesOf } from './lines.ts';

const LONGEST_LINE = 1024 * 1024;

export interface LineReader {
  /** The next line, or null at the end of the input (Ctrl+D at a terminal, which ends only the present question). */
  ask(prompt: string): Promise<string | null>;
  /** True when nothing more can come. */
  readonly ended: boolean;
  /** Ctrl+C, for as long as the reader is open. */
  onInterrupt: () => void;
  close(): void;
}

export function lineReader(input: NodeJS.ReadStream, output: NodeJS.WriteStream): LineReader {
  return input.isTTY ? new TerminalLines(input, output) : new PipedLines(input);
}

class TerminalLines implements LineReader {
  onInterrupt: () => void = () => {};
  readonly #input: NodeJS.ReadStream;
  readonly #output: NodeJS.WriteStream;
  /** What came while nobody waited, such as the rest of a paste; null is a Ctrl+D between its lines. */
  #lines: (string | null)[] = [];
  #waiting: ((line: string | null) => void) | null = null;
  #interface: Interface | null = null;
  #closing = false;

  constructor(input: NodeJS.ReadStream, output: NodeJS.WriteStream) {
    this.#input = input;
    this.#output = output;
  }

  get ended(): boolean {
    return this.#closing || this.#input.readableEnded || this.#input.destroyed;
  }

  ask(prompt: string): Promise<string | null> {
    if (this.ended) return Promise.resolve(null);
    const reading = this.#open();
    const next = this.#lines.shift();
    if (next !== undefined) return Promise.resolve(next);
    reading.setPrompt(prompt);
    reading.prompt();
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  /** Ctrl+D closes readline's interface; the terminal goes on, so the next question opens another. */
  #open(): Interface {
    if (this.#interface) return this.#interface;
    const reading = createInterface({ input: this.#input, output: this.#output, terminal: true });
    reading.on('line', (line) => this.#deliver(line));
    reading.on('SIGINT', () => this.onInterrupt());
    reading.on('close', () => {
      this.#interface = null;
      this.#output.write('\n');
      this.#deliver(null);
    });
    this.#interface = reading;
    return reading;
  }

  #deliver(line: string | null): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting) waiting(line);
    else this.#lines.push(line);
  }

  close(): void {
    this.#closing = true;
    this.#interface?.close();
  }
}

class PipedLines implements LineReader {
  onInterrupt: () => void = () => {};
  ended = false;
  readonly #lines: ReturnType<typeof linesOf>;

  constructor(input: AsyncIterable<Uint8Array | string>) {
    this.#lines = linesOf(input, LONGEST_LINE);
  }

  async ask(): Promise<string | null> {
    const { value, done } = await this.#lines.next();
    if (done || value === undefined) {
      this.ended = true;
      return null;
    }
    return 'text' in value ? value.text : '';
  }

  close(): void {
    this.ended = true;
  }
}
