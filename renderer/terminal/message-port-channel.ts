import type { BinaryChannel } from '../../electron/contract-terminal.ts';

/** A MessagePort to the core's process as the terminal's channel. Its `close` event is Chromium's own. */
export class MessagePortChannel implements BinaryChannel {
  readonly #port: MessagePort;

  constructor(port: MessagePort) {
    this.#port = port;
    // A port holds messages back until it is started: none is lost before there is a listener.
  }

  send(bytes: Uint8Array): void {
    this.#port.postMessage(bytes);
  }

  onMessage(listener: (bytes: Uint8Array) => void): void {
    this.#port.addEventListener('message', ({ data }) => {
      if (data instanceof Uint8Array) listener(data);
      else if (data instanceof ArrayBuffer) listener(new Uint8Array(data));
    });
    this.#port.start();
  }

  onClose(listener: () => void): void {
    this.#port.addEventListener('close', listener);
  }

  close(): void {
    this.#port.close();
  }
}
