/** Bytes named by their SHA-256 in a folder of the case: captures and the copies of wizards. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../fault.ts';
import { sha256 } from '../sha256.ts';
import { notRecorded } from './not-recorded.ts';
import { syncFolder } from './sync-folder.ts';

export type BlobKind = 'captures' | 'wizards';
export type Blob = { sha256: string; bytes: number };

/**
 * Writes once; the name is the hash, so a second writer of the same bytes changes nothing. Throws a Fault, and leaves
 * nothing, where the disk does not take it.
 */
export async function writeBlob(folder: string, kind: BlobKind, content: Uint8Array | string): Promise<Blob> {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const hash = sha256(bytes);
  const path = blobPath(folder, kind, hash);
  const known = await stat(path).catch(() => null);
  const partial = `${path}.part-${randomUUID()}`;
  try {
    if (known?.size !== bytes.length) {
      await makeKindFolder(folder, kind);
      await writeWhole(partial, bytes);
      await rename(partial, path);
    }
    // Also for a known one: who renamed it may not have come as far as this.
    await syncFolder(join(folder, kind));
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    throw notRecorded(`the folder ${kind} of the case`, error);
  }
  return { sha256: hash, bytes: bytes.length };
}

/** Not those above it: a case whose folder is gone must not come back as an empty one. */
async function makeKindFolder(folder: string, kind: BlobKind): Promise<void> {
  try {
    await mkdir(join(folder, kind));
    await syncFolder(folder);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
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
