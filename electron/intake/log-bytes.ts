/** The bytes of a log, piece by piece, unpacked and as UTF-8 (or Latin-1), whatever it is on the disk. */
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { LogSource } from './log-sources.ts';
import { openZipEntry } from './zip-file.ts';

/** Logs pack to about a twentieth; what unpacks to far more was made to fill the memory or the disk. */
const LARGEST_RATIO = 300;
const HARMLESS = 64 * 1024 * 1024;
const PIECE = 256 * 1024;

/** What a file is when it is no log: named by its first bytes. */
const KINDS: [start: number[], name: string][] = [
  [[0x45, 0x6c, 0x66, 0x46, 0x69, 0x6c, 0x65], 'an event log (.evtx): export it as text first'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF'],
  [[0x89, 0x50, 0x4e, 0x47], 'a picture'],
  [[0xff, 0xd8, 0xff], 'a picture'],
  [[0x4d, 0x5a], 'a program'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an Office document or Outlook message'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'a 7-Zip archive: unpack it first'],
];

/** Thrown with a reason that stands behind the file's name. */
export class NotRead extends Error {}

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

/** Null for bytes to be taken as they are. Throws for what is no text. */
export function decoderFor(bytes: Uint8Array): ((bytes: Uint8Array) => Uint8Array) | null {
  const kind = KINDS.find(([start]) => start.every((byte, i) => bytes[i] === byte));
  if (kind) throw new NotRead(`it is ${kind[1]}`);
  const wide = wideOf(bytes);
  if (wide) {
    const decoder = new TextDecoder(wide);
    const encoder = new TextEncoder();
    return (piece) => encoder.encode(decoder.decode(piece, { stream: true }));
  }
  let odd = 0;
  const looked = Math.min(bytes.length, 4096);
  for (let i = 0; i < looked; i += 1) {
    const byte = bytes[i] as number;
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) odd += 1;
  }
  if (odd > looked / 20) throw new NotRead('it is no text');
  return null;
}

/** UTF-16 by its mark, or by the NULs that Latin letters have in it. */
function wideOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes.length < 8) return null;
  const zero = (from: number) => [0, 2, 4, 6].every((step) => bytes[from + step] === 0);
  const letters = (from: number) => [0, 2, 4, 6].every((step) => (bytes[from + step] ?? 0) >= 32);
  if (zero(1) && letters(0)) return 'utf-16le';
  return zero(0) && letters(1) ? 'utf-16be' : null;
}
