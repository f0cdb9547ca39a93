import { ByteCollector } from './capture.ts';
import { interpret } from './interpret.ts';
import { PromptInput } from './prompt-input.ts';
import type { CursorPosition, ScreenMemory } from './screen-memory.ts';

const MAX_ECHO = 64 * 1024;
/** Time for keys typed ahead to show up at the prompt. */
const SETTLE_MS = 60;
/** A prompt that looks things up (a repository's state) may take so long after the command before it. */
const PROMPT_WITHIN_MS = 10_000;

/** What a tab knows about its prompt: whether it is there, whether it is empty, what was typed at it. */
export class Prompt {
  private readonly screen: ScreenMemory;
  private readonly input = new PromptInput();
  /** What the line editor shows between the end of a prompt and the start of a command. */
  private echo: ByteCollector | null = null;
  private cursor: Promise<CursorPosition> | null = null;
  private typedAhead = false;
  /** A command has ended and its prompt is not there yet. */
  private coming = false;
  private waiting: (() => void)[] = [];

  constructor(screen: ScreenMemory) {
    this.screen = screen;
  }

  /** The prompt has been shown; from here on the person types. */
  shown(): void {
    this.echo = new ByteCollector(MAX_ECHO);
    this.cursor = this.screen.cursor();
    this.input.reset(this.typedAhead);
    this.typedAhead = false;
  }

  output(bytes: Uint8Array): void {
    this.echo?.push(bytes);
  }

  typed(bytes: Uint8Array, atPrompt: boolean): void {
    if (atPrompt) this.input.typed(bytes);
    else this.typedAhead = true;
  }

  /** A line is being sent: what the line editor shows from now on is its echo. */
  sending(): void {
    this.typedAhead = false;
    this.coming = false;
    this.echo = new ByteCollector(MAX_ECHO);
  }

  /** The line was accepted: its echo ends here. Null when that was seen before. */
  takeEcho(): Uint8Array | null {
    const echo = this.echo?.bytes() ?? null;
    this.echo = null;
    return echo;
  }

  /** A line typed at this prompt, corrections applied, as the line editor showed it. */
  async readLine(echo: Uint8Array, columns: number, rows: number): Promise<string | null> {
    void this.screen.apply();
    const { column } = (await this.cursor) ?? { column: 0 };
    const { lines } = await interpret(echo, { columns, rows, startColumn: column });
    const [first = '', ...rest] = lines;
    return [first.slice(column), ...rest].join('\n').trim() || null;
  }

  /** A command has ended: its prompt is about to come. */
  expect(): void {
    this.coming = true;
  }

  /** The prompt is there, or will never come. */
  settled(): void {
    this.coming = false;
    for (const done of this.waiting.splice(0)) done();
  }

  /** Waits for a prompt that is about to come. */
  async comes(): Promise<void> {
    if (!this.coming) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((done) => {
      timer = setTimeout(done, PROMPT_WITHIN_MS);
    });
    await Promise.race([late, new Promise<void>((done) => this.waiting.push(done))]);
    clearTimeout(timer);
  }

  /** Nothing is typed. Where the keys do not tell, the screen does: the cursor is where the prompt left it. */
  async isEmpty(): Promise<boolean> {
    if (this.input.state === 'unknown') {
      await new Promise((done) => setTimeout(done, SETTLE_MS));
      const [before, now] = await Promise.all([this.cursor, this.screen.cursor(), this.screen.apply()]);
      if (before !== null && before.column === now.column && now.blankAfter) this.input.reset(false);
    }
    return this.input.state === 'empty';
  }
}
