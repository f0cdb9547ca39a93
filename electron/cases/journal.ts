/**
 * `journal.jsonl`: one event a line, append-only. Each line carries `prev`, the SHA-256 of the bytes of the line
 * before it without its line feed (64 zeros in the first). A line counts once its line feed is written. The chain
 * proves that nothing was changed against a head that is noted elsewhere; it is no signature.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CaseState, type RecordedEvent, replay } from '../../wizards/engine/model.ts';
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

export const noCase = (folder: string): Fault =>
  new Fault('no-case', `There is no case in ${folder}.`, 'See `fieldguide cases`.');

/** Reads and checks a journal. Writes nothing. */
export async function readJournal(folder: string): Promise<JournalContent> {
  let bytes: Buffer;
  try {
    bytes = await readFile(join(folder, JOURNAL));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') throw noCase(folder);
    throw new Fault('unreadable', `The journal in ${folder} cannot be read (${systemCode(error) ?? error}).`);
  }
  return parseJournal(bytes);
}

/** See readJournal; `bytes` is the whole file. */
export function parseJournal(bytes: Buffer): JournalContent {
  const length = bytes.lastIndexOf(LINE_FEED) + 1;
  const events: RecordedEvent[] = [];
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
    head = sha256(slice);
    start = end + 1;
  }
  return { events, state: replay(events), head, fault, torn: bytes.subarray(length), length };
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
