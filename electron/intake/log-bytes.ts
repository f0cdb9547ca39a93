/** The bytes of a log, piece by piece, unpacked and as UTF-8 (or Latin-1), whatever it is on the disk. */
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { decoderFor } from './log-decoder.ts';
import type { LogSource } from './log-sources.ts';
import { NotRead } from './why-unreadable.ts';
import { openZipEntry } from './zip-file.ts';

/** Logs pack to about a twentieth; what unpacks to far more was made to fill the memory or the disk. */
const LARGEST_RATIO = 300;
const HARMLESS = 64 * 1024 * 1024;
const PIECE = 256 * 1024;

/** Piece by piece; each is valid only until the next is asked for. Throws NotRead for what is no text. */
export async function* openLogBytes(source: LogSource): AsyncGenerator<Uint8Array> {
  const stream = await openStream(source);
  const limit = source.packed === 'plain' ? Number.POSITIVE_INFINITY : Math.max(HARMLESS, source.size * LARGEST_RATIO);
  let decode: ((bytes: Uint8Array) => Uint8Array) | null = null;
  let first = true;
  let unpacked = 0;
  try {
    for await (const piece of stream) {
      const bytes = piece as Uint8Array;
      unpacked += bytes.length;
      if (unpacked > limit) throw new NotRead('it unpacks to so much that it cannot be a log');
      if (first) {
        first = false;
        decode = decoderFor(bytes);
      }
      yield decode ? decode(bytes) : bytes;
    }
  } finally {
    stream.destroy();
  }
}

async function openStream({ path, packed }: LogSource): Promise<Readable> {
  if (packed === 'plain') return createReadStream(path, { highWaterMark: PIECE });
  if (packed === 'gzip') {
    const file = createReadStream(path);
    const unpacked = createGunzip({ chunkSize: PIECE });
    file.once('error', (error) => unpacked.destroy(error));
    unpacked.once('close', () => file.destroy());
    return file.pipe(unpacked);
  }
  return openZipEntry(path, packed.entry);
}
