/**
 * Appends to a journal. A line that could not be written leaves nothing behind: what stands of it is cut off at once,
 * or, where the disk does not even take that, before the next line.
 */
import { constants } from 'node:fs';
import { type FileHandle, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaseEvent, RecordedEvent } from '../../wizards/engine/model.ts';
import { Fault } from '../fault.ts';
import { sha256 } from '../sha256.ts';
import { FIRST_PREV, JOURNAL, type JournalContent } from './journal.ts';
import { notRecorded } from './not-recorded.ts';
import { syncFolder } from './sync-folder.ts';

/** What is known to stand on the disk. `length` in bytes, `head` of the last line. */
type Known = { length: number; head: string; seq: number };

export class JournalWriter {
  readonly #path: string;
  #known: Known;
  /** Null after a failure: a share that was away has to be opened anew. */
  #file: FileHandle | null;
  /** The line that failed, while something of it may still stand at the end of the file. */
  #failed: Buffer | null = null;

  private constructor(path: string, file: FileHandle, known: Known) {
    this.#path = path;
    this.#file = file;
    this.#known = known;
  }

  /** Opens for appending. Cuts a torn last line off after it was set aside in `journal.torn-…`. */
  static async open(folder: string, content: JournalContent): Promise<JournalWriter> {
    const path = join(folder, JOURNAL);
    try {
      if (content.torn.length > 0) {
        await setAside(folder, content);
        await cutTo(path, content.length);
      }
      const known = { length: content.length, head: content.head, seq: content.events.length };
      return new JournalWriter(path, await openToAppend(path), known);
    } catch (error) {
      throw notRecorded('the journal', error);
    }
  }

  /** Makes an empty journal. Throws a Fault, and leaves none, where that fails; also where there is one already. */
  static async create(folder: string): Promise<JournalWriter> {
    const path = join(folder, JOURNAL);
    const file = await open(path, 'ax').catch((error) => {
      throw notRecorded('the folder of the case', error);
    });
    try {
      await syncFolder(folder);
      return new JournalWriter(path, file, { length: 0, head: FIRST_PREV, seq: 0 });
    } catch (error) {
      await file.close();
      await rm(path, { force: true });
      throw notRecorded('the folder of the case', error);
    }
  }

  get head(): string {
    return this.#known.head;
  }

  /** Resolves after the line is on the disk; throws a Fault when it is not, and then nothing of it counts. */
  async append(event: CaseEvent, by: { at: string; actor: string; host: string }): Promise<RecordedEvent> {
    const { type, ...rest } = event;
    const { head, seq, length } = this.#known;
    const recorded = { seq: seq + 1, ...by, type, ...rest } as RecordedEvent;
    const line = JSON.stringify({ prev: head, ...recorded });
    const bytes = Buffer.from(`${line}\n`);
    try {
      const file = await this.#ready();
      this.#failed = bytes;
      await file.appendFile(bytes);
      await file.datasync();
    } catch (error) {
      await this.#giveUp();
      throw notRecorded('the journal', error);
    }
    this.#failed = null;
    this.#known = { length: length + bytes.length, head: sha256(line), seq: recorded.seq };
    return recorded;
  }

  /** Removes the journal where no line of it was ever recorded. */
  async removeUnbegun(): Promise<void> {
    if (this.#known.seq === 0) await rm(this.#path, { force: true });
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
  }

  /** The file, after it was made sure that the next line goes behind the last one that was recorded. */
  async #ready(): Promise<FileHandle> {
    if (this.#file === null) {
      await this.#settle();
      this.#file = await openToAppend(this.#path);
    }
    // A file that was removed or replaced still takes lines through its handle, and nobody would ever find them.
    const [named, held] = [await stat(this.#path), await this.#file.stat()];
    if (named.ino !== held.ino || held.size !== this.#known.length) throw changedElsewhere();
    return this.#file;
  }

  async #giveUp(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.close().catch(() => {});
    await this.#settle().catch(() => {});
  }

  /** Cuts the failed line off, but only where the file is ours up to there and holds nothing else behind. */
  async #settle(): Promise<void> {
    const { length, head } = this.#known;
    const bytes = await readFile(this.#path);
    const rest = bytes.subarray(length);
    if (bytes.length < length || lastHash(bytes.subarray(0, length)) !== head || !startsWith(this.#failed, rest))
      throw changedElsewhere();
    if (rest.length > 0) await cutTo(this.#path, length);
    this.#failed = null;
  }
}

const changedElsewhere = () =>
  new Fault(
    'not-recorded',
    'This was not written: the journal is not as it was left, so something else has changed it.',
    'Close the case and open it again; what was recorded before can be checked with `fieldguide verify`.',
  );

const startsWith = (line: Buffer | null, rest: Buffer): boolean =>
  (line ?? Buffer.alloc(0)).subarray(0, rest.length).equals(rest);

/** SHA-256 of the last line without its line feed, 64 zeros where there is none. */
function lastHash(bytes: Buffer): string {
  if (bytes.length === 0) return FIRST_PREV;
  const start = bytes.length === 1 ? 0 : bytes.lastIndexOf(0x0a, bytes.length - 2) + 1;
  return sha256(bytes.subarray(start, -1));
}

/** Never makes the file: one that is gone must be missed. */
const openToAppend = (path: string): Promise<FileHandle> => open(path, constants.O_WRONLY | constants.O_APPEND);

/** Through a handle of its own: Windows cuts no file that was opened for appending. */
async function cutTo(path: string, length: number): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.truncate(length);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Is on the disk, name and all, before anything is cut off. */
async function setAside(folder: string, { torn, length }: JournalContent): Promise<void> {
  const file = await open(join(folder, `journal.torn-${length}-${sha256(torn).slice(0, 8)}`), 'w');
  try {
    await file.writeFile(torn);
    await file.sync();
  } finally {
    await file.close();
  }
  await syncFolder(folder);
}
