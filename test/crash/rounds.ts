/** Walks that are killed in the middle, and what is looked at afterwards. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CaseSession } from '../../electron/cases/case-session.ts';
import { JOURNAL } from '../../electron/cases/journal.ts';
import { verifyCase } from '../../electron/cases/verify-case.ts';
import { sha256 } from '../../electron/sha256.ts';
import { crashOptions } from './crash-case.ts';

/** Heads that were acknowledged, by the name of the case and the sequence number. */
type Acknowledged = Map<string, Map<number, string>>;
export type Tally = { kills: number; walks: number; outcomes: number; events: number; torn: number; faults: string[] };
export const emptyTally = (): Tally => ({ kills: 0, walks: 0, outcomes: 0, events: 0, torn: 0, faults: [] });
/** A walker is killed after at most so many acknowledgements of each of its cases, and this many milliseconds. */
const MOST_ACKNOWLEDGED = 15;
const LATEST_MS = 10;

/**
 * `times` walkers, one after the other, each go on with the same `cases` cases in `folder` and are killed at a random
 * moment; after each kill every case is checked. Then every case is opened, gets one more event and is checked again.
 */
export async function killWalkers(folder: string, cases: number, times: number, tally: Tally): Promise<void> {
  const names = Array.from({ length: cases }, (_, n) => `case-${n}`);
  const acknowledged: Acknowledged = new Map(names.map((name) => [name, new Map()]));
  for (let time = 0; time < times; time += 1) {
    await killOne(folder, names, acknowledged, tally);
    for (const name of names) tally.torn += await check(join(folder, name), heads(acknowledged, name), tally);
  }
  for (const name of names) {
    await goOn(join(folder, name), heads(acknowledged, name), tally);
    tally.events += readLines(join(folder, name)).length;
  }
}

const heads = (acknowledged: Acknowledged, name: string) => acknowledged.get(name) as Map<number, string>;

/** Starts a walker, kills it with SIGKILL by its own number, and notes what it had acknowledged by then. */
async function killOne(folder: string, names: string[], acknowledged: Acknowledged, tally: Tally): Promise<void> {
  const walker = spawn(process.execPath, [join(import.meta.dirname, 'walker.ts'), folder, ...names], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complained = '';
  walker.stderr.setEncoding('utf8').on('data', (text) => (complained += text));
  // By what it did and not by the clock alone, so that a busy machine kills no earlier.
  const moment = Math.floor(Math.random() * names.length * MOST_ACKNOWLEDGED);
  const over = once(walker, 'close');
  const reached = new Promise<void>((resolve) => {
    walker.stdout.setEncoding('utf8').on('data', (text) => {
      said += text;
      if (said.split('\n').length - 2 >= moment) resolve();
    });
  });
  await Promise.race([reached, over]);
  await sleep(Math.random() * LATEST_MS);
  walker.kill('SIGKILL');
  const [, signal] = await over;
  if (signal !== 'SIGKILL') tally.faults.push(`a walker ended by itself: ${complained.slice(0, 500)}`);
  // What follows the last line feed was not said to the end.
  for (const line of said.split('\n').slice(1, -1)) {
    const [name = '', seq, head = ''] = line.split(' ');
    heads(acknowledged, name).set(Number(seq), head);
    tally.outcomes += 1;
  }
  tally.kills += 1;
  tally.walks += names.length;
}

/** The case verifies and holds every acknowledged event where it was. Gives 1 where the last line was torn. */
async function check(path: string, known: Map<number, string>, tally: Tally): Promise<number> {
  const lines = readLines(path);
  for (const [seq, head] of known)
    if (lines[seq - 1] === undefined || sha256(lines[seq - 1] as string) !== head)
      tally.faults.push(`${path}: event ${seq} was acknowledged and is not there`);
  // A walker may be killed before it made the case; then it acknowledged nothing.
  if (lines.length === 0 && known.size === 0) return 0;
  const { ok, torn_bytes, faults, events } = await verifyCase(path);
  if (!ok) tally.faults.push(`${path}: ${faults.map(({ message }) => message).join(' ')}`);
  if (events !== lines.length) tally.faults.push(`${path}: ${lines.length} lines, ${events} events`);
  return torn_bytes > 0 ? 1 : 0;
}

/** The dead walker's lock is taken over at once and the case goes on; nothing of the dead one is left in the way. */
async function goOn(path: string, known: Map<number, string>, tally: Tally): Promise<void> {
  if (readLines(path).length === 0) return;
  try {
    const session = await CaseSession.open(path, crashOptions);
    await session.input({ type: 'note', text: 'Goes on.' });
    known.set(session.state.seq, session.recorded.head);
    await session.close();
  } catch (error) {
    tally.faults.push(`${path}: ${error}`);
  }
  await check(path, known, tally);
  // A draft that was killed before it said whose it is cannot be judged, so it stays.
  const left = readdirSync(path).filter((name) => name.startsWith('lock.json') && statSync(join(path, name)).size > 0);
  if (left.length > 0) tally.faults.push(`${path}: left behind: ${left.join(', ')}`);
}

/** Whole lines of the journal; none where there is no journal. */
function readLines(path: string): string[] {
  try {
    return readFileSync(join(path, JOURNAL), 'utf8').split('\n').slice(0, -1);
  } catch {
    return [];
  }
}
