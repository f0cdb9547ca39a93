/**
 * `journal.jsonl`: one event a line, append-only. Each line carries `prev`, the SHA-256 of the bytes of the line
 * before it without its line feed (64 zeros in the first). A line counts once its line feed is written. The chain
 * proves that nothing was changed against a head that is noted elsewhere; it is no signature.
 */
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CaseEvent, type CaseState, EMPTY_CASE, evolve, type RecordedEvent } from '../../wizards/engine/model.ts';
import { Fault, systemCode } from '../fault.ts';
import { sha256 } from '../sha256.ts';
import { parseEvent } from './journal-schema.ts';

export const JOURNAL = 'journal.jsonl';
export const FIRST_PREV = '0'.repeat(64);
const LINE_FEED = 0x0a;

export type JournalFault = { line: number; kind: 'json' | 'shape' | 'sequence' | 'chain'; message: string };
export type JournalContent = {
  events: RecordedEvent[];
  state: CaseState;
  /** SHA-256 of the last good line, 64 zeros for an empty journal. */
  head: string;
  /** The first fault; nothing behind it is folded. */
  fault: JournalFault | null;
  /** What stands behind the last line feed: a line that was never finished. */
  torn: Buffer;
  /** Bytes up to and including the last line feed. */
  length: number;
};

/** Reads and checks a journal. Writes nothing. */
export async function readJournal(folder: string): Promise<JournalContent> {
  let bytes: Buffer;
  try {
    bytes = await readFile(join(folder, JOURNAL));
  } catch (error) {
    if (systemCode(error) === 'ENOENT')
      throw new Fault('no-case', `There is no case in ${folder}.`, 'See `fieldguide cases`.');
    throw new Fault('unreadable', `The journal in ${folder} cannot be read (${systemCode(error) ?? error}).`);
  }
  return parseJournal(bytes);
}

/** See readJournal; `bytes` is the whole file. */
export function parseJournal(bytes: Buffer): JournalContent {
  const length = bytes.lastIndexOf(LINE_FEED) + 1;
  const events: RecordedEvent[] = [];
  let state = EMPTY_CASE;
  let head = FIRST_PREV;
  let fault: JournalFault | null = null;
  for (let start = 0, line = 1; start < length; line += 1) {
    const end = bytes.indexOf(LINE_FEED, start);
    const slice = bytes.subarray(start, end);
    const read = readLine(slice, line, head);
    if ('fault' in read) {
      fault = read.fault;
      break;
    }
    events.push(read.event);
    state = evolve(state, read.event);
    head = sha256(slice);
    start = end + 1;
  }
  return { events, state, head, fault, torn: bytes.subarray(length), length };
}

function readLine(slice: Buffer, line: number, head: string): { event: RecordedEvent } | { fault: JournalFault } {
  const broken = (kind: JournalFault['kind'], message: string) => ({ fault: { line, kind, message } });
  let value: unknown;
  try {
    value = JSON.parse(slice.toString('utf8'));
  } catch {
    return broken('json', `Line ${line} is not JSON.`);
  }
  const parsed = parseEvent(value);
  if ('fault' in parsed) return broken('shape', `Line ${line} is no event of a journal: ${parsed.fault}.`);
  if ((value as { prev: string }).prev !== head) {
    return broken('chain', `Line ${line} does not follow the line before it: one of the two was changed.`);
  }
  if (parsed.event.seq !== line) return broken('sequence', `Line ${line} carries the number ${parsed.event.seq}.`);
  return parsed;
}

/** Appends events to a journal and hands out the head. One instance is the only writer of its file. */
export class JournalWriter {
  readonly #file: FileHandle;
  #head: string;
  #seq: number;

  private constructor(file: FileHandle, head: string, seq: number) {
    this.#file = file;
    this.#head = head;
    this.#seq = seq;
  }

  /** Opens for appending. Cuts a torn last line off after it was set aside in `journal.torn-…`. */
  static async open(folder: string, content: JournalContent): Promise<JournalWriter> {
    const path = join(folder, JOURNAL);
    if (content.torn.length > 0) {
      const aside = await open(join(folder, `journal.torn-${content.length}-${sha256(content.torn).slice(0, 8)}`), 'w');
      await aside.writeFile(content.torn);
      await aside.sync();
      await aside.close();
      const file = await open(path, 'r+');
      await file.truncate(content.length);
      await file.sync();
      await file.close();
    }
    return new JournalWriter(await open(path, 'a'), content.head, content.events.length);
  }

  static async create(folder: string): Promise<JournalWriter> {
    const file = await open(join(folder, JOURNAL), 'ax');
    await syncFolder(folder);
    return new JournalWriter(file, FIRST_PREV, 0);
  }

  get head(): string {
    return this.#head;
  }

  /** Resolves after the line is on the disk. */
  async append(event: CaseEvent, by: { at: string; actor: string; host: string }): Promise<RecordedEvent> {
    const { type, ...rest } = event;
    const recorded = { seq: this.#seq + 1, ...by, type, ...rest } as RecordedEvent;
    const line = JSON.stringify({ prev: this.#head, ...recorded });
    const { size } = await this.#file.stat();
    try {
      await this.#file.appendFile(`${line}\n`);
      await this.#file.datasync();
    } catch (error) {
      // Half a line must not stand in the way of the next try.
      await this.#file.truncate(size).catch(() => {});
      throw new Fault(
        'not-recorded',
        `This could not be written to the journal (${systemCode(error) ?? error}).`,
        'Free space or make the folder writable, then try again; nothing else is lost.',
      );
    }
    this.#head = sha256(line);
    this.#seq = recorded.seq;
    return recorded;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

/** Makes a new name in a folder survive a crash. Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
