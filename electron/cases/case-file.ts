/**
 * A case as one file: a zip with the folder of the case and `manifest.json`, which names each file with its size and
 * SHA-256, the number of events and the head of the chain.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile as ZipReader } from 'yauzl';
import { ZipFile } from 'yazl';
import { z } from 'zod';
import type { Imported } from '../contract.ts';
import { Fault, systemCode } from '../fault.ts';
import { JOURNAL, parseJournal, readJournal } from './journal.ts';
import { verifyCase } from './verify-case.ts';

const FORMAT = 'fieldguide.case';
const MANIFEST = 'manifest.json';
/** What of a case folder travels: the journal, and what it names. */
const MEMBER = /^(?:journal\.jsonl|captures\/[0-9a-f]{64}|wizards\/[0-9a-f]{64})$/;
const MOST_FILES = 20_000;
/** Of one file and of all: an archive can claim to hold anything. */
const LARGEST_FILE = 256 * 1024 * 1024;
const LARGEST_CASE = 1024 * 1024 * 1024;
const LARGEST_MANIFEST = 8 * 1024 * 1024;

const manifest = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  case: z.string().max(200),
  title: z.string().max(1000),
  product: z.string().max(200),
  events: z.int().positive(),
  head: z.string().regex(/^[0-9a-f]{64}$/),
  files: z
    .array(
      z.object({
        path: z.string().max(100),
        bytes: z.int().nonnegative().max(LARGEST_FILE),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .max(MOST_FILES),
});
type Manifest = z.infer<typeof manifest>;

/** Writes the case to a stream. Throws a Fault for a case whose chain is broken: it could not be imported. */
export async function writeCaseFile(folder: string, product: string, out: Writable): Promise<void> {
  const checked = await verifyCase(folder);
  const [fault] = checked.faults;
  if (fault)
    throw new Fault('broken-case', `This case cannot be handed over: ${fault.message}`, 'See `fieldguide verify`.');
  const { state, head, events, length } = await readJournal(folder);
  const files: Manifest['files'] = [];
  const zip = new ZipFile();
  // A line that is being written while we read does not count yet.
  const journal = (await readFile(join(folder, JOURNAL))).subarray(0, length);
  zip.addBuffer(journal, JOURNAL);
  files.push({ path: JOURNAL, bytes: journal.length, sha256: createHash('sha256').update(journal).digest('hex') });
  for (const kind of ['captures', 'wizards'] as const) {
    for (const name of (await readdir(join(folder, kind)).catch(() => [])).sort()) {
      const path = `${kind}/${name}`;
      if (!MEMBER.test(path)) continue;
      const { size } = await stat(join(folder, kind, name));
      files.push({ path, bytes: size, sha256: name });
      zip.addFile(join(folder, kind, name), path);
    }
  }
  const told: Manifest = {
    ...{ format: FORMAT, version: 1, case: state.id || basename(folder), title: state.title, product },
    ...{ events: events.length, head, files },
  };
  zip.addBuffer(Buffer.from(`${JSON.stringify(told, null, 2)}\n`), MANIFEST);
  zip.end();
  await pipeline(zip.outputStream as Readable, out);
}

/**
 * Takes a case file into the folder of cases. Everything is checked before the case appears there; nothing that is
 * there is ever changed. Throws a Fault that names what is wrong with the file.
 */
export async function importCaseFile(path: string, casesFolder: string): Promise<Imported> {
  const archive = await openArchive(path);
  const staging = join(casesFolder, `.import-${process.pid}-${Date.now()}`);
  try {
    const entries = await entriesOf(archive);
    const told = await manifestOf(archive, entries);
    for (const kind of ['captures', 'wizards']) await mkdir(join(staging, kind), { recursive: true });
    for (const { path: name, bytes, sha256 } of told.files) {
      const entry = entries.get(name);
      if (!entry) throw broken(`${name} is named in its manifest and is not there`);
      await unpack(archive, entry, join(staging, name), bytes, sha256);
    }
    const checked = await verifyCase(staging);
    const [fault] = checked.faults;
    if (fault) throw broken(fault.message);
    if (checked.head !== told.head || checked.events !== told.events)
      throw broken('its journal is another one than its manifest says');
    return await settle(staging, casesFolder, told);
  } finally {
    archive.close();
    await rm(staging, { recursive: true, force: true });
  }
}

const broken = (why: string): Fault =>
  new Fault('broken-case-file', `This case file cannot be imported: ${why}.`, 'Ask for it again; nothing was written.');

async function openArchive(path: string): Promise<ZipReader> {
  try {
    return await openPromise(path, { autoClose: false });
  } catch (error) {
    if (systemCode(error) === 'ENOENT') throw new Fault('no-file', `There is no file ${path}.`);
    throw broken('it is no zip archive, or only a part of one');
  }
}

/** By name. Paths that lead anywhere else, names that come twice, and what no case holds are refused. */
async function entriesOf(archive: ZipReader): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  let bytes = 0;
  try {
    for await (const entry of archive.eachEntry()) {
      const name = entry.fileName;
      if (name !== MANIFEST && !MEMBER.test(name))
        throw broken(`it holds ${JSON.stringify(name.slice(0, 80))}, which is no part of a case`);
      if (entries.has(name)) throw broken(`it holds ${name} twice`);
      if (entry.isEncrypted()) throw broken('it is locked with a password');
      bytes += entry.uncompressedSize;
      if (entries.size > MOST_FILES || bytes > LARGEST_CASE) throw broken('it is larger than a case can be');
      entries.set(name, entry);
    }
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw broken(`its table of contents cannot be read (${(error as Error).message})`);
  }
  return entries;
}

async function manifestOf(archive: ZipReader, entries: ReadonlyMap<string, Entry>): Promise<Manifest> {
  const entry = entries.get(MANIFEST);
  if (!entry) throw broken('it has no manifest, so it is no case file');
  if (entry.uncompressedSize > LARGEST_MANIFEST) throw broken('its manifest is too large');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of await archive.openReadStreamPromise(entry)) {
    size += (chunk as Buffer).length;
    if (size > LARGEST_MANIFEST) throw broken('its manifest is too large');
    chunks.push(chunk as Buffer);
  }
  const read = manifest.safeParse(jsonIn(Buffer.concat(chunks).toString('utf8')));
  if (!read.success) throw broken('its manifest cannot be read, or is of a later version');
  const [odd] = read.data.files.filter(({ path }) => !MEMBER.test(path));
  if (odd) throw broken(`its manifest names ${JSON.stringify(odd.path)}`);
  if (!read.data.files.some(({ path }) => path === JOURNAL)) throw broken('it has no journal');
  return read.data;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function unpack(archive: ZipReader, entry: Entry, to: string, bytes: number, sha256: string): Promise<void> {
  const hash = createHash('sha256');
  let size = 0;
  try {
    await pipeline(
      await archive.openReadStreamPromise(entry),
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          size += chunk.length;
          if (size > bytes) throw broken(`${entry.fileName} is longer than its manifest says`);
          hash.update(chunk);
          yield chunk;
        }
      },
      createWriteStream(to, { flags: 'wx' }),
    );
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw broken(`${entry.fileName} cannot be unpacked (${(error as Error).message})`);
  }
  if (size !== bytes || hash.digest('hex') !== sha256) throw broken(`${entry.fileName} was altered`);
}

/** Gives the checked case its place: its own name where that is free, else one beside it. */
async function settle(staging: string, casesFolder: string, told: Manifest): Promise<Imported> {
  const id = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(told.case) ? told.case : `case-${told.head.slice(0, 8)}`;
  const { title, events, head } = told;
  const given = { title, events, head };
  const known = await relationTo(join(casesFolder, id), staging);
  if (known?.relation === 'same') return { id, ...given, outcome: 'same', before: { id, ...known } };
  if (!known && (await moved(staging, join(casesFolder, id)))) return { id, ...given, outcome: 'new', before: null };
  const other = `${id}-${head.slice(0, 8)}`;
  const before = known ? { id, ...known } : null;
  if (await moved(staging, join(casesFolder, other))) return { id: other, ...given, outcome: 'beside', before };
  return { id: other, ...given, outcome: 'same', before };
}

/** False where the name is taken. */
async function moved(from: string, to: string): Promise<boolean> {
  try {
    await stat(to);
    return false;
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
  await rename(from, to);
  return true;
}

type Relation = { events: number; relation: NonNullable<Imported['before']>['relation'] };

/** How the case that is here stands to the one that comes; null where none is here. */
async function relationTo(here: string, coming: string): Promise<Relation | null> {
  const mine = await readFile(join(here, JOURNAL)).catch(() => null);
  if (mine === null) return null;
  const own = mine.subarray(0, mine.lastIndexOf(0x0a) + 1);
  const other = await readFile(join(coming, JOURNAL));
  const events = parseJournal(own).events.length;
  if (own.equals(other)) return { events, relation: 'same' };
  if (other.subarray(0, own.length).equals(own)) return { events, relation: 'continues' };
  return { events, relation: own.subarray(0, other.length).equals(other) ? 'is-continued' : 'differs' };
}
