import type { BinaryChannel } from '../../electron/contract-terminal.ts';

/** A browser's WebSocket as the terminal's channel. What is sent before it is open waits. */
export class WebSocketChannel implements BinaryChannel {
  readonly #socket: WebSocket;
  #waiting: Uint8Array[] = [];

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => {
      for (const bytes of this.#waiting.splice(0)) this.send(bytes);
    });
  }

  send(bytes: Uint8Array): void {
    if (this.#socket.readyState === WebSocket.CONNECTING) this.#waiting.push(bytes);
    else if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(bytes as Uint8Array<ArrayBuffer>);
  }

  onMessage(listener: (bytes: Uint8Array) => void): void {
    this.#socket.addEventListener('message', ({ data }) => {
      if (data instanceof ArrayBuffer) listener(new Uint8Array(data));
    });
  }

  onClose(listener: () => void): void {
    this.#socket.addEventListener('close', listener);
  }

  bufferedAmount(): number {
    return this.#socket.bufferedAmount;
  }

  close(): void {
    this.#waiting = [];
    this.#socket.close();
  }
}
