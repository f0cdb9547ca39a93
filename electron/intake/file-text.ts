/** The text of a file that is no log. */
import { readFile, stat } from 'node:fs/promises';
import { decodeText } from '../../wizards/engine/decode.ts';
import { LARGEST_PASTE } from '../contract-files.ts';
import { openLogBytes } from './log-bytes.ts';
import type { LogSource } from './log-sources.ts';

export type TextFile = { text: string } | { why: string };

/** The text of a small file, or why it has none. */
export async function textOf(source: LogSource): Promise<TextFile> {
  try {
    const bytes = await boundedBytes(source);
    if (bytes === null) return { why: `it has more than ${LARGEST_PASTE / 1024 / 1024} MB and is no log` };
    const decoded = decodeText(bytes);
    if ('text' in decoded) return decoded;
    return { why: `${decoded.refusal.message} ${decoded.refusal.hint}`.trim() };
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}

async function boundedBytes(source: LogSource): Promise<Uint8Array | null> {
  if (source.packed === 'plain') {
    const { size } = await stat(source.path);
    return size > LARGEST_PASTE ? null : readFile(source.path);
  }
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of openLogBytes(source)) {
    length += piece.length;
    if (length > LARGEST_PASTE) return null;
    pieces.push(Uint8Array.from(piece));
  }
  return Buffer.concat(pieces);
}
