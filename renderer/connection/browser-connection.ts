import { createORPCClient, DynamicLink } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { BinaryChannel } from '../../electron/contract-terminal.ts';
import type { Client, Connection, ConnectionState } from '../client.ts';
import { backOff } from '../lib/back-off.ts';
import { StateSource } from './state-source.ts';
import { takeToken, tokenIn } from './token.ts';

type Link = RPCLink<Record<never, never>>;

/** Over WebSockets to the loopback server that served the page: one for the procedures, one for each terminal. */
export class BrowserConnection implements Connection {
  readonly door = 'browser';
  readonly client: Client;
  readonly #state = new StateSource();
  #token = takeToken();
  #link: Link | null = null;
  #socket: WebSocket | null = null;
  #attempts = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.client = createORPCClient(
      new DynamicLink(() => {
        if (!this.#link) throw new Error('There is no connection to Fieldguide at the moment.');
        return this.#link;
      }),
    );
    // The printed address opened again in this very tab changes only the fragment.
    window.addEventListener('hashchange', () => {
      if (tokenIn(location.hash) === null) return;
      this.#token = takeToken();
      this.retry();
    });
    this.#open();
  }

  state(): ConnectionState {
    return this.#state.get();
  }

  onState(listener: (state: ConnectionState) => void): () => void {
    return this.#state.listen(listener);
  }

  retry(): void {
    clearTimeout(this.#timer);
    this.#attempts = 0;
    this.#socket?.close();
    this.#open();
  }

  async channel(kind: 'terminal' | 'files', id: string): Promise<BinaryChannel> {
    const { WebSocketChannel } = await import('../terminal/web-socket-channel.ts');
    return new WebSocketChannel(this.#connectTo(`/${kind}/${encodeURIComponent(id)}`));
  }

  #connectTo(path: string): WebSocket {
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const protocols = ['fieldguide', ...(this.#token ? [`token.${this.#token}`] : [])];
    const socket = new WebSocket(`${scheme}//${location.host}${path}`, protocols);
    socket.binaryType = 'arraybuffer';
    return socket;
  }

  #open(): void {
    if (!this.#token) {
      this.#state.set('refused');
      return;
    }
    const socket = this.#connectTo('/rpc');
    this.#socket = socket;
    let opened = false;
    socket.addEventListener('open', () => {
      opened = true;
      this.#attempts = 0;
      this.#link = new RPCLink({ websocket: socket });
      this.#state.set('connected');
    });
    socket.addEventListener('close', () => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.#link = null;
      void this.#closed(opened);
    });
  }

  /** A refused upgrade looks like a dead server to the page; whether the server still serves the page tells them apart. */
  async #closed(wasOpen: boolean): Promise<void> {
    if (!wasOpen && (await serverAnswers())) {
      this.#state.set('refused');
      return;
    }
    if (this.#socket) return;
    this.#state.set('lost');
    this.#attempts += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), backOff(this.#attempts));
  }
}

async function serverAnswers(): Promise<boolean> {
  try {
    const answer = await fetch('./', { cache: 'no-store', method: 'GET' });
    return answer.ok;
  } catch {
    return false;
  }
}
