/** Whether an exported checklist says what the journal of a case says. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CHECKLIST_FORMAT, CHECKLIST_SCHEMA } from '../../wizards/engine/checklist/model.ts';
import { type Checklist, checklist } from '../../wizards/engine/checklist.ts';
import type { Library } from '../../wizards/engine/library.ts';
import { EMPTY_CASE, evolve } from '../../wizards/engine/model.ts';
import { Fault } from '../fault.ts';
import { sha256 } from '../sha256.ts';
import { readBlobText } from './blobs.ts';
import { libraryOf } from './case-session.ts';
import { JOURNAL, readJournal } from './journal.ts';
import { type CaseFault, verifyCase } from './verify-case.ts';

export type VerifiedExport = {
  ok: boolean;
  /** Events of the journal at the time of the export, and now. */
  events: number;
  events_now: number;
  head: string;
  /** False where names were replaced: then only the head was compared. */
  content_compared: boolean;
  faults: CaseFault[];
};

/** Throws a Fault for a text that is no exported checklist, and where there is no case. */
export async function verifyExport(text: string, folder: string, product: Library): Promise<VerifiedExport> {
  const exported = checklistIn(text);
  const whole = await verifyCase(folder);
  const { events } = await readJournal(folder);
  const faults: CaseFault[] = [...whole.faults];
  const seq = await lineWithHash(folder, exported.chain.head);
  const redacted = exported.redacted === true;
  if (seq === null) {
    const message =
      'No line of the journal has the hash that the export names as its head: it is of another case, or one of the two was changed.';
    faults.push({ line: 0, kind: 'head', message });
  } else if (seq !== exported.chain.events) {
    faults.push({
      line: seq,
      kind: 'head',
      message: `The export counts ${exported.chain.events} events, and its head is line ${seq}.`,
    });
  } else if (!redacted) {
    const state = events.slice(0, seq).reduce(evolve, EMPTY_CASE);
    const made = checklist(await libraryOf(folder, state, product), state, contextOf(exported, folder));
    const path = firstDifference(plain(made), plain(exported), '');
    if (path !== null)
      faults.push({
        line: seq,
        kind: 'content',
        message: `The export says something else than the journal at ${path || 'its top'}.`,
      });
  }
  return {
    ok: faults.length === 0,
    ...{ events: exported.chain.events, events_now: whole.events, head: exported.chain.head },
    content_compared: seq !== null && !redacted,
    faults,
  };
}

function checklistIn(text: string): Checklist {
  let value: Checklist | null = null;
  try {
    value = JSON.parse(text) as Checklist;
  } catch {
    // Said below.
  }
  const head = value?.chain?.head;
  if (value?.schema !== CHECKLIST_SCHEMA || typeof head !== 'string')
    throw new Fault(
      'no-export',
      'This is no exported checklist.',
      'It is the file of `fieldguide export CASE --format json`.',
    );
  if (value.format !== CHECKLIST_FORMAT)
    throw new Fault(
      'other-format',
      `This checklist has the format ${value.format}; this version reads ${CHECKLIST_FORMAT}.`,
    );
  return value;
}

/** Number of the line with this hash, from 1. */
async function lineWithHash(folder: string, hash: string): Promise<number | null> {
  const bytes = await readFile(join(folder, JOURNAL));
  for (let start = 0, line = 1; ; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    if (end < 0) return null;
    if (sha256(bytes.subarray(start, end)) === hash) return line;
    start = end + 1;
  }
}

function contextOf({ chain, exported }: Checklist, folder: string) {
  const outputOf = (hash: string) => readBlobText(folder, hash);
  return {
    head: chain.head,
    exportedAt: exported.at.utc,
    exportedBy: exported.by,
    product: exported.product,
    timeZone: exported.timeZone,
    outputOf,
    lines: (hash: string) => outputOf(hash)?.split('\n'),
  };
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Where two values differ first, as `path.steps.2.title`; null where they do not. */
function firstDifference(one: unknown, other: unknown, at: string): string | null {
  if (one === other) return null;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return at;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  for (const key of keys) {
    const [a, b] = [(one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]];
    const found = firstDifference(a, b, at === '' ? key : `${at}.${key}`);
    if (found !== null) return found;
  }
  return null;
}
