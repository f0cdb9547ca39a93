/** Checks a case folder: every line of the journal, the chain, and every file that the journal names. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordedEvent } from '../../wizards/engine/model.ts';
import { sha256 } from '../sha256.ts';
import { type BlobKind, readBlob } from './blobs.ts';
import { FIRST_PREV, JOURNAL, type JournalFault, readJournal } from './journal.ts';
import { parseEvent } from './journal-schema.ts';

type BlobFault = 'missing-capture' | 'altered-capture' | 'missing-wizard' | 'altered-wizard';
export type CaseFault = { line: number; kind: JournalFault['kind'] | BlobFault; message: string };
export type Verified = { ok: boolean; events: number; head: string; torn_bytes: number; faults: CaseFault[] };
type Named = { kind: BlobKind; hash: string; line: number };

/** A torn last line is no fault. Throws a Fault where there is no case or its journal cannot be read. */
export async function verifyCase(folder: string): Promise<Verified> {
  const { head, torn, length } = await readJournal(folder);
  const bytes = (await readFile(join(folder, JOURNAL))).subarray(0, length);
  const faults: CaseFault[] = [];
  const named = new Map<string, Named>();
  let events = 0;
  let prev = FIRST_PREV;
  for (let start = 0, line = 1; start < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    const slice = bytes.subarray(start, end);
    const event = checkLine(slice, line, prev, faults);
    if (event) {
      events += 1;
      for (const blob of blobsOf(event, line))
        if (!named.has(`${blob.kind} ${blob.hash}`)) named.set(`${blob.kind} ${blob.hash}`, blob);
    }
    // The next line is held against the bytes that stand here, so that one change is one fault.
    prev = sha256(slice);
    start = end + 1;
  }
  for (const blob of named.values()) {
    const fault = await checkBlob(folder, blob);
    if (fault) faults.push(fault);
  }
  faults.sort((a, b) => a.line - b.line);
  return { ok: faults.length === 0, events, head, torn_bytes: torn.length, faults };
}

function checkLine(slice: Buffer, line: number, prev: string, faults: CaseFault[]): RecordedEvent | null {
  let value: unknown;
  try {
    value = JSON.parse(slice.toString('utf8'));
  } catch {
    faults.push({ line, kind: 'json', message: `Line ${line} is not JSON.` });
    return null;
  }
  const parsed = parseEvent(value);
  if ('fault' in parsed) {
    faults.push({ line, kind: 'shape', message: `Line ${line} is no event of a journal: ${parsed.fault}.` });
    return null;
  }
  if ((value as { prev: string }).prev !== prev) {
    const where =
      line === 1
        ? 'is not the first line as it was written'
        : `does not follow line ${line - 1}: one of the two was changed, or a line is missing`;
    faults.push({ line, kind: 'chain', message: `Line ${line} ${where}.` });
  }
  if (parsed.event.seq !== line)
    faults.push({ line, kind: 'sequence', message: `Line ${line} carries the number ${parsed.event.seq}.` });
  return parsed.event;
}

/** Files that an event names, each with the line that names it. */
function blobsOf(event: RecordedEvent, line: number): Named[] {
  const capture = (hash: string): Named => ({ kind: 'captures', hash, line });
  const copies = 'files' in event ? event.files.map((hash): Named => ({ kind: 'wizards', hash, line })) : [];
  if (event.type === 'opened') return [...copies, ...event.evidence.map(({ text }) => capture(text.sha256))];
  if (event.type !== 'captured') return copies;
  const { output, raw } = event.capture;
  return [capture(output.sha256), ...(raw ? [capture(raw.sha256)] : [])];
}

async function checkBlob(folder: string, { kind, hash, line }: Named): Promise<CaseFault | null> {
  const what = kind === 'captures' ? 'capture' : 'wizard';
  const isHash = /^[0-9a-f]{64}$/.test(hash);
  const found = isHash ? await readBlob(folder, kind, hash) : 'missing';
  if (found === 'missing')
    return { line, kind: `missing-${what}`, message: `${kind}/${hash}, named in line ${line}, is not there.` };
  if (found === 'altered')
    return {
      line,
      kind: `altered-${what}`,
      message: `${kind}/${hash}, named in line ${line}, does not hold what was recorded.`,
    };
  return null;
}
