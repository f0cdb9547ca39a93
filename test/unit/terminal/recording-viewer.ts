import {
  type BinaryChannel,
  type CoreFrame,
  decodeCoreFrame,
  encodeAck,
  encodeInput,
  encodeResize,
  encodeVisible,
} from '../../../electron/contract-terminal.ts';

/** A viewer that keeps every frame; it parses (acknowledges) at once unless told to be slow. */
export class RecordingViewer {
  readonly frames: CoreFrame[] = [];
  acknowledges = true;
  outputBytes = 0;
  closed = false;
  readonly channel: BinaryChannel;
  private toCore: (bytes: Uint8Array) => void = () => {};
  private gone: () => void = () => {};

  constructor() {
    this.channel = {
      send: (bytes) => this.receive(bytes),
      onMessage: (listener) => {
        this.toCore = listener;
      },
      onClose: (listener) => {
        this.gone = listener;
      },
      close: () => {
        this.closed = true;
      },
    };
  }

  type(text: string): void {
    this.toCore(encodeInput(Buffer.from(text)));
  }

  send(frame: Uint8Array): void {
    this.toCore(frame);
  }

  resize(columns: number, rows: number): void {
    this.toCore(encodeResize(columns, rows));
  }

  show(visible: boolean): void {
    this.toCore(encodeVisible(visible));
  }

  acknowledge(bytes: number): void {
    this.toCore(encodeAck(bytes));
  }

  disconnect(): void {
    this.gone();
  }

  /** Everything written since the last snapshot, that included. */
  get text(): string {
    let text = '';
    for (const frame of this.frames) {
      if (frame.type === 'snapshot') text = Buffer.from(frame.text).toString();
      else if (frame.type === 'output') text += Buffer.from(frame.bytes).toString();
    }
    return text;
  }

  count(type: CoreFrame['type']): number {
    return this.frames.filter((frame) => frame.type === type).length;
  }

  private receive(bytes: Uint8Array): void {
    const frame = decodeCoreFrame(bytes);
    if (!frame) throw new Error(`the core sent a frame that cannot be read: ${bytes[0]}`);
    this.frames.push(frame);
    const size = frame.type === 'output' ? frame.bytes.length : frame.type === 'snapshot' ? frame.text.length : 0;
    if (frame.type === 'output') this.outputBytes += size;
    if (this.acknowledges && size > 0) setImmediate(() => this.acknowledge(size));
  }
}
