/**
 * What the core and a terminal's viewer say to each other: the tabs' description, and the binary
 * frames. Pure: the renderer imports it, so nothing of Node may come in here.
 *
 * A frame is one message of the channel; its first byte says what it is. Numbers are big-endian.
 *
 * | Byte | Direction      | Frame    | Body                                                               |
 * |------|----------------|----------|--------------------------------------------------------------------|
 * | 0x01 | core to viewer | snapshot | u32 length, that much JSON (SnapshotHeader), then text to write     |
 * | 0x02 | core to viewer | output   | bytes of the pty without marks, at most 64 KB                      |
 * | 0x03 | core to viewer | size     | u16 columns, u16 rows: another viewer resized the tab              |
 * | 0x04 | core to viewer | command  | JSON (CommandNotice): a command starts or ended at this very place |
 * | 0x05 | core to viewer | state    | JSON (StateNotice)                                                 |
 * | 0x11 | viewer to core | input    | bytes as typed                                                     |
 * | 0x12 | viewer to core | resize   | u16 columns, u16 rows                                              |
 * | 0x13 | viewer to core | ack      | u32 bytes of snapshot text and output parsed since the last ack    |
 * | 0x14 | viewer to core | visible  | u8, 1 when the tab is on the screen                                |
 *
 * The first frame to a viewer is a snapshot. Another may follow at any time (the viewer was hidden or
 * fell behind): it replaces everything shown so far.
 */

/** Shells that can live in a tab; a subset of the shells that templates are written for. */
export const TAB_SHELLS = ['powershell', 'pwsh', 'cmd', 'bash', 'zsh'] as const;
export type TabShell = (typeof TAB_SHELLS)[number];

export type TabState = 'starting' | 'ready' | 'busy' | 'dead';
export type CommandResult = 'ok' | 'failed' | 'parse-error' | 'unknown';
export type CommandEnd = 'exit' | 'timeout' | 'shell-died';

/** A shell of this machine, or why there is none of that kind. */
export interface ShellInfo {
  shell: TabShell;
  title: string;
  /** Full path of the program; null when it is not there. */
  path: string | null;
  /** True when start, end and result of a command are seen; false: output has to be pasted. */
  capture: boolean;
  /** Why it cannot be opened, or what is limited; null when all is well. */
  reason: string | null;
}

/** A tab as lists show it. */
export interface TabInfo {
  id: string;
  title: string;
  kind: 'shell' | 'simulated';
  shell: TabShell;
  state: TabState;
  /** Marks of the shell were seen, so commands can be sent and are captured. */
  marked: boolean;
  columns: number;
  rows: number;
  directory: string | null;
  host: string | null;
  user: string | null;
  shellVersion: string | null;
  /** The running command: id as in CommandInfo. */
  running: number | null;
  /** Exit code of the shell of a dead tab; null when unknown or ended by a signal. */
  exitCode: number | null;
  /** One sentence for a person about a state that needs words (died, no marks). */
  message: string | null;
}

/** A command that ran in a tab, sent or typed; its bytes stay in the core. */
export interface CommandInfo {
  id: number;
  /** As sent, or as the shell got it; null while a typed text is not known. */
  text: string | null;
  origin: 'sent' | 'typed';
  /** ISO 8601, UTC. */
  startedAt: string;
  /** Duration; null while it runs. */
  ms: number | null;
  result: CommandResult | null;
  exit: number | null;
  ended: CommandEnd | null;
  /** Bytes kept. */
  bytes: number;
  truncated: boolean;
  directory: string | null;
}

/** Header of a snapshot: the terminal takes this size, is emptied, and then gets the text. */
export interface SnapshotHeader {
  columns: number;
  rows: number;
  state: TabState;
  /** Where commands begin: line counted from the first line of the snapshot's text. */
  commands: { id: number; line: number; result: CommandResult | null }[];
}

export interface CommandNotice {
  id: number;
  phase: 'start' | 'end';
  result: CommandResult | null;
}

export interface StateNotice {
  state: TabState;
  message: string | null;
}

/** Bytes both ways, whole messages: a WebSocket or a MessagePort. */
export interface BinaryChannel {
  send(bytes: Uint8Array): void;
  onMessage(listener: (bytes: Uint8Array) => void): void;
  onClose(listener: () => void): void;
  /** Bytes that wait to leave this process, where the transport knows. */
  bufferedAmount?(): number;
  close(): void;
}

export const FRAME = {
  snapshot: 0x01,
  output: 0x02,
  size: 0x03,
  command: 0x04,
  state: 0x05,
  input: 0x11,
  resize: 0x12,
  ack: 0x13,
  visible: 0x14,
} as const;

/** Most bytes of output in one frame. */
export const MAX_OUTPUT = 64 * 1024;
/** Most bytes of input in one frame that the core accepts. */
export const MAX_INPUT = 1024 * 1024;
export const MIN_COLUMNS = 1;
export const MAX_COLUMNS = 1000;
export const MAX_ROWS = 500;
/** Lines above the screen that a viewer keeps; the core leaves out what a flood would push beyond them. */
export const VIEWER_SCROLLBACK = 10_000;

export type CoreFrame =
  | { type: 'snapshot'; header: SnapshotHeader; text: Uint8Array }
  | { type: 'output'; bytes: Uint8Array }
  | { type: 'size'; columns: number; rows: number }
  | { type: 'command'; notice: CommandNotice }
  | { type: 'state'; notice: StateNotice };

export type ViewerFrame =
  | { type: 'input'; bytes: Uint8Array }
  | { type: 'resize'; columns: number; rows: number }
  | { type: 'ack'; bytes: number }
  | { type: 'visible'; visible: boolean };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function frame(code: number, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(body.length + 1);
  bytes[0] = code;
  bytes.set(body, 1);
  return bytes;
}

function sized(code: number, columns: number, rows: number): Uint8Array {
  return Uint8Array.of(code, columns >> 8, columns & 255, rows >> 8, rows & 255);
}

const json = (code: number, value: unknown): Uint8Array => frame(code, encoder.encode(JSON.stringify(value)));

export function encodeSnapshot(header: SnapshotHeader, text: Uint8Array): Uint8Array {
  const head = encoder.encode(JSON.stringify(header));
  const bytes = new Uint8Array(5 + head.length + text.length);
  bytes[0] = FRAME.snapshot;
  new DataView(bytes.buffer).setUint32(1, head.length);
  bytes.set(head, 5);
  bytes.set(text, 5 + head.length);
  return bytes;
}

export const encodeOutput = (bytes: Uint8Array): Uint8Array => frame(FRAME.output, bytes);
export const encodeSize = (columns: number, rows: number): Uint8Array => sized(FRAME.size, columns, rows);
export const encodeCommand = (notice: CommandNotice): Uint8Array => json(FRAME.command, notice);
export const encodeState = (notice: StateNotice): Uint8Array => json(FRAME.state, notice);
export const encodeInput = (bytes: Uint8Array): Uint8Array => frame(FRAME.input, bytes);
export const encodeResize = (columns: number, rows: number): Uint8Array => sized(FRAME.resize, columns, rows);
export const encodeVisible = (visible: boolean): Uint8Array => Uint8Array.of(FRAME.visible, visible ? 1 : 0);

export function encodeAck(count: number): Uint8Array {
  const bytes = new Uint8Array(5);
  bytes[0] = FRAME.ack;
  new DataView(bytes.buffer).setUint32(1, count);
  return bytes;
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A frame from the core; null when it is none (a newer core, a damaged message). Bodies are views, not copies. */
export function decodeCoreFrame(bytes: Uint8Array): CoreFrame | null {
  const body = bytes.subarray(1);
  try {
    switch (bytes[0]) {
      case FRAME.output:
        return { type: 'output', bytes: body };
      case FRAME.snapshot: {
        const length = view(bytes).getUint32(1);
        if (5 + length > bytes.length) return null;
        const header = JSON.parse(decoder.decode(bytes.subarray(5, 5 + length))) as SnapshotHeader;
        return { type: 'snapshot', header, text: bytes.subarray(5 + length) };
      }
      case FRAME.size:
        return { type: 'size', columns: view(bytes).getUint16(1), rows: view(bytes).getUint16(3) };
      case FRAME.command:
        return { type: 'command', notice: JSON.parse(decoder.decode(body)) as CommandNotice };
      case FRAME.state:
        return { type: 'state', notice: JSON.parse(decoder.decode(body)) as StateNotice };
      default:
        return null;
    }
  } catch {
    return null;
  }
}

/** A frame from a viewer, checked: null when its length or a value is out of bounds. */
export function decodeViewerFrame(bytes: Uint8Array): ViewerFrame | null {
  switch (bytes[0]) {
    case FRAME.input:
      return bytes.length - 1 > MAX_INPUT ? null : { type: 'input', bytes: bytes.subarray(1) };
    case FRAME.resize: {
      if (bytes.length !== 5) return null;
      const columns = view(bytes).getUint16(1);
      const rows = view(bytes).getUint16(3);
      return isSize(columns, rows) ? { type: 'resize', columns, rows } : null;
    }
    case FRAME.ack:
      return bytes.length === 5 ? { type: 'ack', bytes: view(bytes).getUint32(1) } : null;
    case FRAME.visible:
      return bytes.length === 2 ? { type: 'visible', visible: bytes[1] === 1 } : null;
    default:
      return null;
  }
}

/** Whether a terminal may have this size. */
export function isSize(columns: number, rows: number): boolean {
  return (
    Number.isInteger(columns) &&
    Number.isInteger(rows) &&
    columns >= MIN_COLUMNS &&
    columns <= MAX_COLUMNS &&
    rows >= 1 &&
    rows <= MAX_ROWS
  );
}
