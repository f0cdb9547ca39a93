/**
 * One connection to an SMTP server. It reads only while an answer is awaited and keeps no more of it than the reader's
 * limits: whatever the other side sends, memory stays flat and every wait ends.
 */
import type { Socket } from 'node:net';
import type { Ending, Exchange } from '../../wizards/engine/probe/observation.ts';
import { type Reply, ReplyReader } from '../../wizards/engine/probe/reply-reader.ts';
import { systemCode } from '../fault.ts';
import type { ProbeRecord } from './probe-record.ts';

/** Bytes behind a reply that nobody asked for yet; more is thrown away. */
const MOST_EARLY = 64 * 1024;

export class SmtpConnection {
  socket: Socket;
  readonly #record: ProbeRecord;
  readonly #timeoutMs: number;
  readonly #signal: AbortSignal;
  readonly #reader = new ReplyReader();
  /** Came together with an earlier reply. */
  #early: Uint8Array = new Uint8Array(0);
  #ended: 'closed' | 'reset' | null = null;
  #wake: () => void = () => {};
  sent = 0;
  received = 0;

  constructor(socket: Socket, record: ProbeRecord, timeoutMs: number, signal: AbortSignal) {
    this.socket = socket;
    this.#record = record;
    this.#timeoutMs = timeoutMs;
    this.#signal = signal;
    this.adopt(socket);
  }

  /** Goes on over this socket: at first that of TCP, after the handshake that of TLS. */
  adopt(socket: Socket): void {
    this.socket.removeAllListeners('data');
    this.socket = socket;
    this.#ended = null;
    this.#early = new Uint8Array(0);
    socket.pause();
    socket.on('data', (bytes: Buffer) => {
      this.received += bytes.length;
      const room = MOST_EARLY - this.#early.length;
      if (room > 0) this.#early = Buffer.concat([this.#early, bytes.subarray(0, room)]);
      socket.pause();
      this.#wake();
    });
    socket.on('end', () => this.#over('closed'));
    socket.on('close', () => this.#over('closed'));
    socket.on('error', (error) =>
      this.#over(/^(?:ECONNRESET|EPIPE)$/.test(systemCode(error) ?? '') ? 'reset' : 'closed'),
    );
  }

  /** Nothing more can be said here. */
  get isOver(): boolean {
    return this.#ended !== null || this.#reader.overflown;
  }

  /** Bytes that came without being asked for are forgotten. */
  forgetEarly(): boolean {
    const some = this.#early.length > 0;
    this.#early = new Uint8Array(0);
    return some;
  }

  /** Sends a line, which is recorded as `shown`, and waits for the answer. */
  async command(verb: string, line: string, shown = line): Promise<Exchange> {
    this.#record.step('sent', shown);
    return this.#say(verb, Buffer.from(`${line}\r\n`, 'utf8'));
  }

  /** Sends bytes as they are, and waits for the answer. */
  async bytes(verb: string, bytes: Uint8Array, shown: string): Promise<Exchange> {
    this.#record.step('sent', shown);
    return this.#say(verb, bytes);
  }

  /** Waits for what the server says unasked. */
  greeting(): Promise<Exchange> {
    return this.answer('banner');
  }

  /** Waits for the answer to what was sent before. */
  answer(verb: string): Promise<Exchange> {
    return this.#say(verb, null);
  }

  close(): void {
    this.socket.destroy();
  }

  async #say(verb: string, bytes: Uint8Array | null): Promise<Exchange> {
    if (bytes && !this.isOver) {
      this.sent += bytes.length;
      this.socket.write(bytes);
    }
    const began = performance.now();
    const { reply, ended } = await this.#answer();
    const ms = Math.round(performance.now() - began);
    const line = this.#record.lines + 1;
    for (const text of reply?.lines ?? []) this.#record.step('received', text);
    if (ended !== 'reply') this.#record.step('note', this.#endingWords(ended, reply !== null));
    const exchange: Exchange = { stage: this.#record.stage, verb, reply, ended, ms, line };
    this.#record.exchanges.push(exchange);
    return exchange;
  }

  #endingWords(ended: Ending, begun: boolean): string {
    if (ended === 'endless') return 'the answer does not end; the rest of it was not read';
    if (ended === 'reset') return 'the connection was reset';
    if (ended === 'closed') return 'the connection was closed';
    const seconds = Number((this.#timeoutMs / 1000).toFixed(1));
    return begun ? `the reply did not end within ${seconds} s` : `no answer within ${seconds} s`;
  }

  async #answer(): Promise<{ reply: Reply | null; ended: Ending }> {
    const deadline = performance.now() + this.#timeoutMs;
    for (;;) {
      this.#signal.throwIfAborted();
      if (this.#early.length > 0) {
        const { reply, taken } = this.#reader.read(this.#early);
        this.#early = this.#early.subarray(taken);
        if (reply) return { reply, ended: this.#reader.overflown ? 'endless' : 'reply' };
      } else if (this.#ended !== null) return { reply: this.#reader.rest(), ended: this.#ended };
      const left = deadline - performance.now();
      if (left <= 0) return { reply: this.#reader.rest(), ended: 'silence' };
      await this.#more(left);
    }
  }

  /** Resolves with the next bytes, the end, the time or the signal, whichever is first. */
  async #more(ms: number): Promise<void> {
    if (this.#early.length > 0 || this.#ended !== null) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      const done = (): void => {
        clearTimeout(timer);
        this.#signal.removeEventListener('abort', done);
        resolve();
      };
      this.#wake = done;
      this.#signal.addEventListener('abort', done, { once: true });
      this.socket.resume();
    });
    this.#wake = () => {};
  }

  #over(how: 'closed' | 'reset'): void {
    if (this.#ended !== 'reset') this.#ended = how;
    this.#wake();
  }
}
