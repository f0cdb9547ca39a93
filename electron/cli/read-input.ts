/** Text that a person brings in a file or through a pipe. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { decodeText } from '../../wizards/engine/decode.ts';
import { LARGEST_PASTE } from '../contract-files.ts';
import { Fault } from '../fault.ts';

/** Reads a file, or stdin for `-`, whatever its encoding. Throws a Fault for what is too large or no text. */
export async function readInput(path: string): Promise<string> {
  const bytes = await readBounded(path);
  const decoded = decodeText(bytes);
  if ('refusal' in decoded)
    throw new Fault(
      'no-text',
      `${nameOf(path)} cannot be read as text: ${decoded.refusal.message}`,
      decoded.refusal.hint ?? null,
    );
  return decoded.text;
}

const nameOf = (path: string): string => (path === '-' ? 'What came over stdin' : path);

async function readBounded(path: string): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  // The system's own error, when the reading begins, names no path.
  if (path !== '-' && (await stat(path)).isDirectory())
    throw new Fault('eisdir', `${path} is a folder.`, 'Name a file.');
  for await (const chunk of path === '-' ? process.stdin : createReadStream(path)) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > LARGEST_PASTE) {
      const limit = `at most ${LARGEST_PASTE / 1024 / 1024} MB are taken`;
      throw new Fault('too-large', `${nameOf(path)} is too large: ${limit}.`, 'Cut out the part around the fault.');
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
