/** What is in a zip archive, and the bytes of one file in it. */
import type { Readable } from 'node:stream';
import { openPromise } from 'yauzl';

export type ZipListing = {
  entries: { name: string; size: number }[];
  skipped: { name: string; why: string }[];
};
const MOST_ENTRIES = 20_000;

/** Throws when the archive is broken. Archives within archives are named and left alone. */
export async function zipEntries(path: string): Promise<ZipListing> {
  const listing: ZipListing = { entries: [], skipped: [] };
  const archive = await openPromise(path);
  try {
    for await (const entry of archive.eachEntry()) {
      const name = entry.fileName;
      if (name.endsWith('/')) continue;
      if (listing.entries.length + listing.skipped.length === MOST_ENTRIES) {
        listing.skipped.push({ name: '…', why: `only the first ${MOST_ENTRIES} files of the archive are read` });
        break;
      }
      if (entry.isEncrypted()) listing.skipped.push({ name, why: 'it is locked with a password' });
      else if (/\.(?:zip|7z|rar|cab)$/i.test(name))
        listing.skipped.push({ name, why: 'it is an archive within the archive' });
      else listing.entries.push({ name, size: entry.uncompressedSize });
    }
  } finally {
    archive.close();
  }
  listing.entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return listing;
}

/** The unpacked bytes of a file in the archive. Throws when it is not there. */
export async function openZipEntry(path: string, name: string): Promise<Readable> {
  const archive = await openPromise(path, { autoClose: false });
  try {
    for await (const entry of archive.eachEntry()) {
      if (entry.fileName !== name) continue;
      const stream = await archive.openReadStreamPromise(entry);
      stream.once('close', () => archive.close());
      return stream;
    }
  } catch (error) {
    archive.close();
    throw error;
  }
  archive.close();
  throw new Error('it is no longer in the archive');
}
