/** Hands files of the page over to the core, piece by piece, no faster than they are written there. */
import {
  decodeWritten,
  encodeDone,
  encodeFile,
  encodeLost,
  encodePiece,
  MOST_UNACKED,
} from '../../electron/contract-files.ts';
import type { BinaryChannel } from '../../electron/contract-terminal.ts';

/** A file with the folders that it was dropped with. */
export interface NamedFile {
  name: string;
  file: File;
}

const PIECE = 512 * 1024;

/** Resolves once all was sent; rejects when the channel closes before, or with the signal's reason. */
export async function sendFiles(
  channel: BinaryChannel,
  files: readonly NamedFile[],
  signal: AbortSignal,
): Promise<void> {
  let unacked = 0;
  let wake: (() => void) | null = null;
  let closed = false;
  channel.onMessage((message) => {
    unacked -= decodeWritten(message) ?? 0;
    wake?.();
  });
  channel.onClose(() => {
    closed = true;
    wake?.();
  });
  const stop = (): void => wake?.();
  signal.addEventListener('abort', stop);
  const room = async (): Promise<void> => {
    while (unacked > MOST_UNACKED && !closed && !signal.aborted) await new Promise<void>((resolve) => (wake = resolve));
    signal.throwIfAborted();
    if (closed) throw new Error('The connection to Fieldguide ended while the files were being read.');
  };
  try {
    for (const [number, { file }] of files.entries()) {
      channel.send(encodeFile(number));
      for (let from = 0; from < file.size; from += PIECE) {
        let piece: Uint8Array;
        try {
          piece = new Uint8Array(await file.slice(from, from + PIECE).arrayBuffer());
        } catch {
          // Gone or changed since it was dropped.
          channel.send(encodeLost(number));
          break;
        }
        await room();
        unacked += piece.length;
        channel.send(encodePiece(piece));
      }
    }
    await room();
    channel.send(encodeDone());
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
