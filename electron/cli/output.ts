/** Where a verb writes: answers on stdout, everything said about them on stderr. */
import { plain } from './plain.ts';

type Streams = { stdout: NodeJS.WriteStream; stderr: NodeJS.WriteStream };
export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';
const CODES: Record<Style, number> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 };

export class Output {
  readonly json: boolean;
  readonly #streams: Streams;
  readonly #colours: boolean;

  constructor(streams: Streams, json: boolean) {
    this.#streams = streams;
    this.json = json;
    this.#colours = !json && streams.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
  }

  /** Columns of the terminal (a serial console says 0); pipes get lines as long as they come. */
  get width(): number | null {
    return this.#streams.stdout.isTTY ? this.#streams.stdout.columns || 80 : null;
  }

  /** The one JSON document of a verb. */
  document(value: unknown): void {
    this.#streams.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** Resolves once the reader of the answer has room for more, so that a long one never piles up in memory. */
  async ready(): Promise<void> {
    const { stdout } = this.#streams;
    if (stdout.writableNeedDrain) await new Promise((done) => stdout.once('drain', done));
  }

  /** One line (or several) of the answer. */
  line(text = ''): void {
    this.#streams.stdout.write(`${text}\n`);
  }

  /** The answer as it is, without a line end of ours. */
  raw(text: string): void {
    this.#streams.stdout.write(text);
  }

  /** Something said about the answer. */
  note(text: string): void {
    this.#streams.stderr.write(`${plain(text)}\n`);
  }

  style(style: Style, text: string): string {
    return this.#colours ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text;
  }

  /** `| head` closes the pipe: that is no fault, and nobody is there to read about it. */
  endQuietlyWhenNobodyReads(): void {
    for (const stream of [this.#streams.stdout, this.#streams.stderr]) {
      stream.on('error', (error: NodeJS.ErrnoException) => {
        process.exit(error.code === 'EPIPE' ? 0 : 3);
      });
    }
  }

  /** Resolves when everything written so far has left this process. */
  async flush(): Promise<void> {
    const { stdout, stderr } = this.#streams;
    await Promise.all([stdout, stderr].map((stream) => new Promise<void>((done) => stream.write('', () => done()))));
  }
}
