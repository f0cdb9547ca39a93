/** One client's connection: bytes in and out, TLS laid over them, silence and the end. */
import type { Socket } from 'node:net';
import { type SecureContext, TLSSocket } from 'node:tls';
import { ByteReader } from './byte-reader.ts';
import { pause } from './pause.ts';

export type Dribble = { bytes: number; everyMs: number };
export type TlsFacts = { protocol: string; cipher: string };

/** A handshake takes this long at most, in milliseconds. */
const HANDSHAKE_MS = 30_000;
/** However busy a client is: after an hour its session is over. */
const LONGEST_SESSION_MS = 3_600_000;

export class Connection {
  readonly local: string;
  readonly remote: string;
  readonly reader: ByteReader;
  /** Set once the client has said nothing for too long. */
  idle = false;
  readonly #gone = new AbortController();
  readonly #socket: Socket;
  #stream: Socket;
  readonly #dribble: Dribble | null;

  constructor(socket: Socket, idleMs: number, dribble: Dribble | null) {
    this.#socket = socket;
    this.#stream = socket;
    this.#dribble = dribble;
    this.local = endpoint(socket.localAddress, socket.localPort);
    this.remote = endpoint(socket.remoteAddress, socket.remotePort);
    this.reader = new ByteReader(socket);
    socket.setNoDelay(true);
    socket.setTimeout(idleMs, () => {
      this.idle = true;
      this.reader.end();
      // It does not even read: there is nobody to say goodbye to.
      if (this.#stream.writableNeedDrain) this.destroy();
    });
    const lifetime = setTimeout(() => this.destroy(), LONGEST_SESSION_MS);
    // A client that breaks off is no fault of ours; its `close` ends the session.
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(lifetime);
      this.#gone.abort();
    });
  }

  get clientAddress(): string {
    return (this.#socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  }

  /** Aborted once the connection is gone. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** Resolves when it has left this process; at once where the client is gone. */
  async write(bytes: Buffer): Promise<void> {
    if (!this.#dribble) return this.#send(bytes);
    const { bytes: piece, everyMs } = this.#dribble;
    for (let at = 0; at < bytes.length && !this.gone.aborted; at += piece) {
      await this.#send(bytes.subarray(at, at + piece));
      await pause(everyMs, this.gone);
    }
  }

  async #send(bytes: Buffer): Promise<void> {
    if (this.gone.aborted || !this.#stream.writable) return;
    // A client that reads nothing gets nothing more.
    if (!this.#stream.write(bytes)) {
      await new Promise<void>((resolve) => {
        const done = (): void => {
          this.#stream.off('drain', done).off('close', done);
          resolve();
        };
        this.#stream.on('drain', done).on('close', done);
      });
    }
  }

  /** Lays TLS over the connection. Gives what was agreed, or in words why nothing was. */
  async startTls(context: SecureContext): Promise<TlsFacts | string> {
    const secure = new TLSSocket(this.#socket, { isServer: true, secureContext: context });
    this.reader.continueWith(secure);
    this.#stream = secure;
    const failure = await new Promise<string | null>((resolve) => {
      const timer = setTimeout(() => end('TimedOut'), HANDSHAKE_MS);
      const end = (result: string | null): void => {
        clearTimeout(timer);
        resolve(result);
      };
      secure.once('secure', () => end(null));
      secure.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? 'SocketError'));
      secure.on('close', () => end('RemoteDisconnected'));
    });
    if (failure !== null) {
      this.destroy();
      return failure;
    }
    return { protocol: secure.getProtocol() ?? '', cipher: secure.getCipher().name };
  }

  /** Says goodbye in order: what was written still arrives. */
  async close(): Promise<void> {
    if (this.gone.aborted) return;
    this.#stream.end();
    // What still comes is read away: unread bytes would turn the end into a reset, and that would eat our last words.
    this.#stream.resume();
    await pause(LINGER_MS, this.gone);
    this.destroy();
  }

  /** Breaks the connection off with a RST. */
  reset(): void {
    this.#socket.resetAndDestroy();
  }

  destroy(): void {
    this.#stream.destroy();
    this.#socket.destroy();
  }
}

/** A client that does not close after us is dropped then. */
const LINGER_MS = 2_000;

function endpoint(address = '', port = 0): string {
  const plain = address.replace(/^::ffff:/, '');
  return plain.includes(':') ? `[${plain}]:${port}` : `${plain}:${port}`;
}
