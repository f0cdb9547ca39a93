/**
 * How a page hands files over. Without any package: the first screen loads it.
 *
 * Files travel over a channel of their own. A frame is one message; its first byte says what it is. Numbers are
 * big-endian.
 *
 * | Byte | Direction    | Frame | Body                                                        |
 * |------|--------------|-------|-------------------------------------------------------------|
 * | 0x21 | page to core | file  | u32 number of the file, counted from 0; its bytes follow      |
 * | 0x22 | page to core | bytes | the next bytes of that file, at most 1 MB                     |
 * | 0x23 | page to core | done  | all files were sent                                           |
 * | 0x24 | page to core | lost  | u32 number of a file that the page could not read             |
 * | 0x31 | core to page | ack   | u32 bytes that were written since the last ack                |
 */
/** A paste above this is refused with a sentence (5 MB of text fits). */
export const LARGEST_PASTE = 6 * 1024 * 1024;
export const MOST_FILES = 20_000;
/** Bytes that a page may have sent without an ack. */
export const MOST_UNACKED = 8 * 1024 * 1024;
export const LARGEST_PIECE = 1024 * 1024;
export const MOST_SESSIONS_AS_EVIDENCE = 20;

export const INTAKE_FRAME = { file: 0x21, bytes: 0x22, done: 0x23, lost: 0x24, ack: 0x31 } as const;

export type PageFrame =
  | { type: 'file'; file: number }
  | { type: 'bytes'; bytes: Uint8Array }
  | { type: 'done' }
  | { type: 'lost'; file: number };

function numbered(code: number, number: number): Uint8Array {
  const bytes = new Uint8Array(5);
  bytes[0] = code;
  new DataView(bytes.buffer).setUint32(1, number);
  return bytes;
}

export const encodeFile = (file: number): Uint8Array => numbered(INTAKE_FRAME.file, file);
export const encodeLost = (file: number): Uint8Array => numbered(INTAKE_FRAME.lost, file);
export const encodeDone = (): Uint8Array => Uint8Array.of(INTAKE_FRAME.done);
export const encodeWritten = (bytes: number): Uint8Array => numbered(INTAKE_FRAME.ack, bytes);

export function encodePiece(piece: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(piece.length + 1);
  bytes[0] = INTAKE_FRAME.bytes;
  bytes.set(piece, 1);
  return bytes;
}

/** Bytes of an ack, or null when it is none. */
export function decodeWritten(bytes: Uint8Array): number | null {
  return bytes[0] === INTAKE_FRAME.ack && bytes.length === 5 ? view(bytes).getUint32(1) : null;
}

/** A frame of a page, checked; null when it is none. The bytes are a view, not a copy. */
export function decodePageFrame(bytes: Uint8Array): PageFrame | null {
  switch (bytes[0]) {
    case INTAKE_FRAME.file:
      return bytes.length === 5 ? { type: 'file', file: view(bytes).getUint32(1) } : null;
    case INTAKE_FRAME.lost:
      return bytes.length === 5 ? { type: 'lost', file: view(bytes).getUint32(1) } : null;
    case INTAKE_FRAME.bytes:
      return bytes.length - 1 <= LARGEST_PIECE ? { type: 'bytes', bytes: bytes.subarray(1) } : null;
    case INTAKE_FRAME.done:
      return bytes.length === 1 ? { type: 'done' } : null;
    default:
      return null;
  }
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
