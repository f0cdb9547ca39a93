/** Bytes named by their SHA-256 in a folder of the case: captures and the copies of wizards. */
import { readFileSync } from 'node:fs';
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../sha256.ts';
import { syncFolder } from './journal.ts';

export type BlobKind = 'captures' | 'wizards';
export type Blob = { sha256: string; bytes: number };

/** Writes once; the name is the hash, so a second writer of the same bytes changes nothing. */
export async function writeBlob(folder: string, kind: BlobKind, content: Uint8Array | string): Promise<Blob> {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const hash = sha256(bytes);
  const path = blobPath(folder, kind, hash);
  const known = await stat(path).catch(() => null);
  if (known?.size !== bytes.length) {
    await mkdir(join(folder, kind), { recursive: true });
    const partial = `${path}.part-${process.pid}`;
    const file = await open(partial, 'w');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
    await syncFolder(join(folder, kind));
  }
  return { sha256: hash, bytes: bytes.length };
}

export function blobPath(folder: string, kind: BlobKind, hash: string): string {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new TypeError('A blob is named by a SHA-256.');
  return join(folder, kind, hash);
}

/** The bytes, or what is wrong: the file is missing, or does not hash to its name. */
export async function readBlob(folder: string, kind: BlobKind, hash: string): Promise<Buffer | 'missing' | 'altered'> {
  const bytes = await readFile(blobPath(folder, kind, hash)).catch(() => null);
  if (bytes === null) return 'missing';
  return sha256(bytes) === hash ? bytes : 'altered';
}

/** Text of a capture, for views; undefined when it is not there. */
export function readBlobText(folder: string, hash: string): string | undefined {
  try {
    return readFileSync(blobPath(folder, 'captures', hash), 'utf8');
  } catch {
    return undefined;
  }
}
