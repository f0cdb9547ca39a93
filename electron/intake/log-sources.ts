/** Which files a person means: files and folders, and what is packed in them. */
import type { Dirent } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SkippedFile } from '../../wizards/engine/logs/log-summary.ts';
import { Fault } from '../fault.ts';
import { whyUnreadable } from './why-unreadable.ts';

export type LogSource = {
  /** As it is shown: the path, and within an archive the name behind an exclamation mark. */
  name: string;
  path: string;
  /** Bytes on the disk. */
  size: number;
  packed: 'plain' | 'gzip' | { entry: string };
};
export type LogSources = { sources: LogSource[]; skipped: SkippedFile[] };

const DEEPEST = 12;
const MOST_FILES = 100_000;

/** All files below the paths, in the order of their names. Throws when a path that was named cannot be read. */
export async function findLogSources(paths: readonly string[]): Promise<LogSources> {
  const found: LogSources = { sources: [], skipped: [] };
  for (const path of paths) {
    const info = await stat(path);
    if (info.isDirectory()) await walk(path, 0, found);
    else await addFile(path, info.size, found);
  }
  return found;
}

async function walk(folder: string, depth: number, found: LogSources): Promise<void> {
  if (depth > DEEPEST) {
    found.skipped.push({ file: folder, why: `it lies more than ${DEEPEST} folders deep` });
    return;
  }
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    found.skipped.push({ file: folder, why: whyUnreadable(error) });
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    // A link could lead round in circles, or out of what was named.
    if (entry.isDirectory()) await walk(path, depth + 1, found);
    else if (entry.isFile()) {
      if (found.sources.length >= MOST_FILES)
        throw new Fault('too-many-files', `There are more than ${MOST_FILES} files.`, 'Name a folder with fewer.');
      try {
        await addFile(path, (await stat(path)).size, found);
      } catch (error) {
        found.skipped.push({ file: path, why: whyUnreadable(error) });
      }
    }
  }
}

async function addFile(path: string, size: number, found: LogSources): Promise<void> {
  const kind = await packingOf(path);
  if (kind !== 'zip') {
    found.sources.push({ name: path, path, size, packed: kind });
    return;
  }
  try {
    const { zipEntries } = await import('./zip-file.ts');
    const { entries, skipped } = await zipEntries(path);
    for (const { name, size: unpacked } of entries)
      found.sources.push({ name: `${path}!${name}`, path, size: unpacked, packed: { entry: name } });
    for (const { name, why } of skipped) found.skipped.push({ file: `${path}!${name}`, why });
  } catch (error) {
    found.skipped.push({ file: path, why: whyUnreadable(error) });
  }
}

/** By the first bytes, whatever the name says. */
async function packingOf(path: string): Promise<'plain' | 'gzip' | 'zip'> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    if (bytesRead >= 2 && buffer[0] === 0x1f && buffer[1] === 0x8b) return 'gzip';
    return bytesRead === 4 && buffer.readUInt32LE(0) === 0x04034b50 ? 'zip' : 'plain';
  } finally {
    await file.close();
  }
}
