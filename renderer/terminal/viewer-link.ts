import {
  type BinaryChannel,
  type CommandNotice,
  decodeCoreFrame,
  encodeAck,
  encodeInput,
  encodeResize,
  encodeVisible,
  MAX_INPUT,
  type SnapshotHeader,
  type StateNotice,
} from '../../electron/contract-terminal.ts';

/** What the link writes to; the parsed callbacks come in the order of the calls. */
export interface LinkedTerminal {
  /** Takes the size, forgets everything, shows the text. */
  snapshot(header: SnapshotHeader, text: Uint8Array, parsed: () => void): void;
  output(bytes: Uint8Array, parsed: () => void): void;
  size(columns: number, rows: number): void;
  command(notice: CommandNotice): void;
  state(notice: StateNotice): void;
  closed(): void;
}

/** Acknowledgements are gathered up to this many bytes; the core waits at several times of it. */
const ACK_BYTES = 64 * 1024;

/** A viewer's end of the channel (see electron/contract-terminal.ts). */
export class ViewerLink {
  readonly #channel: BinaryChannel;
  readonly #encoder = new TextEncoder();
  #parsed = 0;
  #ackTimer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(channel: BinaryChannel, terminal: LinkedTerminal) {
    this.#channel = channel;
    channel.onClose(() => {
      if (this.#closed) return;
      this.#closed = true;
      clearTimeout(this.#ackTimer);
      terminal.closed();
    });
    channel.onMessage((bytes) => {
      if (!this.#closed) this.#receive(bytes, terminal);
    });
  }

  input(text: string): void {
    this.#send(this.#encoder.encode(text));
  }

  /** Input whose characters are bytes (mouse reports). */
  binary(text: string): void {
    this.#send(Uint8Array.from(text, (char) => char.charCodeAt(0) & 255));
  }

  resize(columns: number, rows: number): void {
    if (!this.#closed) this.#channel.send(encodeResize(columns, rows));
  }

  visible(visible: boolean): void {
    if (!this.#closed) this.#channel.send(encodeVisible(visible));
  }

  dispose(): void {
    this.#closed = true;
    clearTimeout(this.#ackTimer);
    this.#channel.close();
  }

  #send(bytes: Uint8Array): void {
    if (this.#closed) return;
    for (let at = 0; at < bytes.length; at += MAX_INPUT)
      this.#channel.send(encodeInput(bytes.subarray(at, at + MAX_INPUT)));
  }

  #receive(bytes: Uint8Array, terminal: LinkedTerminal): void {
    const frame = decodeCoreFrame(bytes);
    switch (frame?.type) {
      case 'output': {
        const { length } = frame.bytes;
        terminal.output(frame.bytes, () => this.#acknowledge(length));
        break;
      }
      case 'snapshot': {
        const { length } = frame.text;
        terminal.snapshot(frame.header, frame.text, () => this.#acknowledge(length));
        break;
      }
      case 'size':
        terminal.size(frame.columns, frame.rows);
        break;
      case 'command':
        terminal.command(frame.notice);
        break;
      case 'state':
        terminal.state(frame.notice);
        break;
    }
  }

  #acknowledge(bytes: number): void {
    this.#parsed += bytes;
    if (this.#parsed >= ACK_BYTES) this.#sendAck();
    else this.#ackTimer ??= setTimeout(() => this.#sendAck(), 20);
  }

  #sendAck(): void {
    clearTimeout(this.#ackTimer);
    this.#ackTimer = undefined;
    if (this.#closed || this.#parsed === 0) return;
    this.#channel.send(encodeAck(this.#parsed));
    this.#parsed = 0;
  }
}
