import {
  type BinaryChannel,
  type CommandNotice,
  decodeViewerFrame,
  encodeCommand,
  encodeSize,
  encodeSnapshot,
  encodeState,
  FRAME,
  MAX_OUTPUT,
  type SnapshotHeader,
  type StateNotice,
} from '../contract-terminal.ts';
import { Outgoing } from './outgoing.ts';

/** A viewer is sent this much ahead of what it has parsed; more waits here, where it can still be left out. */
const WINDOW = 512 * 1024;
/** While a flood comes faster than that, a window is sent only so often: the page stays free for keys and clicks. */
const PACE_MS = 50;
/** A flood that pauses for so long is sent at full speed. */
const STILL_MS = 5;
/** When this much waits for a visible viewer, what it could never show is dropped; if that is not enough, the pty waits */
const HIGH_WATER = 4 * 1024 * 1024;
/** until so much is left. */
const LOW_WATER = 2 * 1024 * 1024;
/** A hidden viewer gets this much unparsed output; beyond it is left behind and gets a snapshot when shown. */
const HIDDEN_WATER = 64 * 1024;
/** A visible viewer that parses nothing for so long (a crashed or frozen page) is left behind as well. */
const STALL_MS = 3000;

/** In a flood a frame waits this long for more. */
const GATHER_MS = 4;

export interface Snapshot {
  header: SnapshotHeader;
  text: string;
}

/** What the viewers need from their tab. */
export interface ViewerHost {
  /** What the screen shows after everything that was given to `output` so far. */
  snapshot(): Promise<Snapshot>;
  input(bytes: Uint8Array): void;
  resize(columns: number, rows: number): void;
  /** The pty has to wait for the slowest visible viewer. */
  pause(paused: boolean): void;
}

/** All viewers of one tab: output goes to each in order, input and sizes come back. */
export class Viewers {
  private readonly host: ViewerHost;
  private readonly all = new Set<Viewer>();
  private outbox: Uint8Array[] = [];
  private outboxBytes = 0;
  private immediate: NodeJS.Immediate | null = null;
  private gathering: NodeJS.Timeout | null = null;
  private lastFlush = 0;
  private paused = false;
  private stallTimer: NodeJS.Timeout | null = null;

  constructor(host: ViewerHost) {
    this.host = host;
  }

  attach(channel: BinaryChannel): void {
    this.flush();
    const viewer = new Viewer(channel);
    this.all.add(viewer);
    channel.onMessage((bytes) => this.receive(viewer, bytes));
    channel.onClose(() => this.remove(viewer));
    void this.synchronise(viewer);
  }

  /**
   * Output of the pty, which comes in pieces of 4 KB at most. The first piece after a pause (an echo) leaves at once;
   * in a flood they are gathered, because a page takes a few large frames faster than many small ones.
   */
  output(bytes: Uint8Array): void {
    if (this.all.size === 0) return;
    this.outbox.push(bytes);
    this.outboxBytes += bytes.length;
    if (this.outboxBytes >= MAX_OUTPUT) this.flush();
    else if (performance.now() - this.lastFlush > GATHER_MS) this.immediate ??= setImmediate(() => this.flush());
    else this.gathering ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  command(notice: CommandNotice): void {
    this.broadcast(encodeCommand(notice));
  }

  state(notice: StateNotice): void {
    this.broadcast(encodeState(notice));
  }

  size(columns: number, rows: number): void {
    this.broadcast(encodeSize(columns, rows));
  }

  dispose(): void {
    this.flush();
    for (const viewer of [...this.all]) {
      this.remove(viewer);
      viewer.channel.close();
    }
  }

  private broadcast(frame: Uint8Array): void {
    this.flush();
    for (const viewer of this.all) viewer.send(frame, 0);
  }

  private flush(): void {
    if (this.immediate) clearImmediate(this.immediate);
    if (this.gathering) clearTimeout(this.gathering);
    this.immediate = this.gathering = null;
    const pieces = this.outbox;
    const total = this.outboxBytes;
    this.outbox = [];
    this.outboxBytes = 0;
    if (total === 0) return;
    this.lastFlush = performance.now();
    for (const frame of outputFrames(pieces, total)) {
      for (const viewer of this.all) viewer.send(frame, frame.length - 1);
    }
    this.regulate();
  }

  private async synchronise(viewer: Viewer): Promise<void> {
    if (viewer.synchronising) return;
    viewer.beginSnapshot();
    const { header, text } = await this.host.snapshot();
    if (!this.all.has(viewer)) return;
    const bytes = Buffer.from(text);
    viewer.endSnapshot(encodeSnapshot(header, bytes), bytes.length);
    this.regulate();
  }

  private receive(viewer: Viewer, bytes: Uint8Array): void {
    const frame = decodeViewerFrame(bytes);
    if (frame === null) return;
    switch (frame.type) {
      case 'input':
        this.host.input(frame.bytes);
        return;
      case 'resize':
        this.host.resize(frame.columns, frame.rows);
        return;
      case 'ack':
        viewer.acknowledge(frame.bytes);
        break;
      case 'visible':
        viewer.visible = frame.visible;
        break;
    }
    if (viewer.behind && viewer.visible && viewer.inFlight <= WINDOW) void this.synchronise(viewer);
    this.regulate();
  }

  private remove(viewer: Viewer): void {
    this.all.delete(viewer);
    viewer.dispose();
    this.regulate();
  }

  private regulate(): void {
    const limit = this.paused ? LOW_WATER : HIGH_WATER;
    let slow = false;
    for (const viewer of this.all) {
      if (viewer.visible && !viewer.behind && viewer.waiting(limit)) slow = true;
    }
    if (slow !== this.paused) {
      this.paused = slow;
      this.host.pause(slow);
    }
    if (slow) this.stallTimer ??= setInterval(() => this.leaveStalledBehind(), STALL_MS / 3).unref();
    else if (this.stallTimer) {
      clearInterval(this.stallTimer);
      this.stallTimer = null;
    }
  }

  private leaveStalledBehind(): void {
    for (const viewer of this.all) {
      if (viewer.inFlight > 0 && performance.now() - viewer.lastAck > STALL_MS) viewer.leaveBehind();
    }
    this.regulate();
  }
}

class Viewer {
  readonly channel: BinaryChannel;
  visible = true;
  /** Output was left out that the viewer would need: only a snapshot helps. */
  behind = false;
  /** Bytes sent and not yet parsed. */
  inFlight = 0;
  lastAck = performance.now();
  synchronising = false;
  private readonly outgoing = new Outgoing();
  private lastOutput = 0;
  private lastWindow = 0;
  private timer: NodeJS.Timeout | null = null;

  constructor(channel: BinaryChannel) {
    this.channel = channel;
  }

  send(frame: Uint8Array, bytes: number): void {
    if (this.behind) return;
    if (!this.visible && bytes > 0 && this.inFlight + this.outgoing.bytes + bytes > HIDDEN_WATER) {
      this.leaveBehind();
      return;
    }
    this.outgoing.push(frame, bytes);
    if (bytes > 0) this.lastOutput = performance.now();
    this.drain();
  }

  /** Whether more than `limit` bytes wait, after all that may be left out is. */
  waiting(limit: number): boolean {
    if (this.outgoing.bytes > limit) this.outgoing.dropUnseen();
    return this.outgoing.bytes > limit;
  }

  acknowledge(bytes: number): void {
    this.inFlight = Math.max(0, this.inFlight - bytes);
    this.lastAck = performance.now();
    this.drain();
  }

  leaveBehind(): void {
    this.behind = true;
    this.outgoing.clear();
  }

  /** What comes from now on waits until the snapshot is there. */
  beginSnapshot(): void {
    this.behind = false;
    this.synchronising = true;
    this.lastAck = performance.now();
  }

  endSnapshot(frame: Uint8Array, bytes: number): void {
    this.synchronising = false;
    this.transmit(frame, bytes);
    this.drain();
  }

  dispose(): void {
    this.leaveBehind();
    if (this.timer) clearTimeout(this.timer);
  }

  private drain(): void {
    if (this.synchronising || this.outgoing.isEmpty || this.inFlight >= WINDOW) return;
    if (this.outgoing.bytes > WINDOW) {
      const now = performance.now();
      if (now - this.lastOutput < STILL_MS && now - this.lastWindow < PACE_MS) {
        this.timer ??= setTimeout(() => this.again(), STILL_MS);
        return;
      }
      this.lastWindow = now;
      this.outgoing.dropUnseen();
    }
    while (this.inFlight < WINDOW) {
      const next = this.outgoing.shift();
      if (!next) return;
      this.transmit(next.frame, next.bytes);
    }
  }

  private again(): void {
    this.timer = null;
    this.drain();
  }

  private transmit(frame: Uint8Array, bytes: number): void {
    if (this.inFlight === 0) this.lastAck = performance.now();
    this.inFlight += bytes;
    this.channel.send(frame);
  }
}

/** Joins the pieces into frames of at most MAX_OUTPUT bytes, the type byte in front. */
function* outputFrames(pieces: Uint8Array[], total: number): Generator<Uint8Array> {
  let left = total;
  let frame = new Uint8Array(1 + Math.min(left, MAX_OUTPUT));
  let at = 1;
  frame[0] = FRAME.output;
  for (const piece of pieces) {
    let from = 0;
    while (from < piece.length) {
      const count = Math.min(piece.length - from, frame.length - at);
      frame.set(from === 0 && count === piece.length ? piece : piece.subarray(from, from + count), at);
      at += count;
      from += count;
      left -= count;
      if (at < frame.length) continue;
      yield frame;
      if (left === 0) return;
      frame = new Uint8Array(1 + Math.min(left, MAX_OUTPUT));
      frame[0] = FRAME.output;
      at = 1;
    }
  }
}
