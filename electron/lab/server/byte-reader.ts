/** What a client sends, pulled piece by piece: nothing is read that nobody asked for, so a flood waits in the network. */
import type { Duplex } from 'node:stream';

const LINE_FEED = 0x0a;
const NOTHING = Buffer.alloc(0);

export type Line = { text: string; tooLong: boolean };

export class ByteReader {
  #stream: Duplex;
  #held: Buffer = NOTHING;
  #ended = false;
  #wake: () => void = () => {};
  readonly #onReadable = (): void => this.#wake();
  readonly #onEnd = (): void => this.end();

  constructor(stream: Duplex) {
    this.#stream = stream;
    this.#listen();
  }

  /** Goes on with another stream, once TLS lies on the first. What is held stays unless it is dropped. */
  continueWith(stream: Duplex): void {
    const old = this.#stream;
    old.off('readable', this.#onReadable).off('end', this.#onEnd).off('close', this.#onEnd);
    this.#stream = stream;
    this.#listen();
  }

  #listen(): void {
    this.#stream.on('readable', this.#onReadable).on('end', this.#onEnd).on('close', this.#onEnd);
  }

  /** Whoever waits gets null from now on. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** Forgets what has arrived and was not asked for yet. */
  drop(): void {
    this.#held = NOTHING;
    while (this.#stream.read() !== null);
  }

  /** Takes in what has arrived, so that it is there after TLS. */
  keep(): void {
    const more = this.#stream.read() as Buffer | null;
    if (more) this.#held = Buffer.concat([this.#held, more]);
  }

  /** What is there next; null at the end. */
  async chunk(): Promise<Buffer | null> {
    if (this.#held.length > 0) {
      const held = this.#held;
      this.#held = NOTHING;
      return held;
    }
    for (;;) {
      const chunk = this.#stream.read() as Buffer | null;
      if (chunk !== null) return chunk;
      if (this.#ended) return null;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = () => {};
    }
  }

  /** One line without its end, decoded byte by byte. Of a longer one than `most` bytes the rest is thrown away. */
  async line(most: number): Promise<Line | null> {
    let kept: Buffer = NOTHING;
    let tooLong = false;
    for (;;) {
      const chunk = await this.chunk();
      if (chunk === null) return null;
      const end = chunk.indexOf(LINE_FEED);
      const part = end < 0 ? chunk : chunk.subarray(0, end);
      const room = most - kept.length;
      if (part.length > room) tooLong = true;
      if (room > 0) kept = Buffer.concat([kept, part.subarray(0, room)]);
      if (end < 0) continue;
      this.#held = chunk.subarray(end + 1);
      return { text: kept.toString('latin1').replace(/\r$/, ''), tooLong };
    }
  }

  /** Throws exactly so many bytes away. Gives how many came before the end. */
  async skip(count: number): Promise<number> {
    let left = count;
    while (left > 0) {
      const chunk = await this.chunk();
      if (chunk === null) break;
      if (chunk.length > left) this.#held = chunk.subarray(left);
      left -= Math.min(left, chunk.length);
    }
    return count - left;
  }

  /** Throws a message away, up to the line with the single dot. Gives its bytes, or null where the end came first. */
  async body(): Promise<number | null> {
    // The line before the first is taken as ended, so that a message may be empty.
    let tail = '\r\n';
    let bytes = 0;
    for (;;) {
      const chunk = await this.chunk();
      if (chunk === null) return null;
      const text = tail + chunk.toString('latin1');
      const dot = text.indexOf('\r\n.\r\n');
      if (dot < 0) {
        bytes += chunk.length;
        tail = text.slice(-4);
        continue;
      }
      const taken = dot + 5 - tail.length;
      this.#held = chunk.subarray(taken);
      return Math.max(0, bytes + taken - 3);
    }
  }
}
