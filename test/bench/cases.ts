/** Cases on this disk: recording an outcome, opening a long case, listing many. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CaseSession } from '../../electron/cases/case-session.ts';
import { CaseStore } from '../../electron/cases/case-store.ts';
import { JOURNAL } from '../../electron/cases/journal.ts';
import { sha256 } from '../../electron/sha256.ts';
import type { Input } from '../../wizards/engine/walk.ts';
import { crashOptions, OPENING } from '../crash/crash-case.ts';
import { captureInput } from '../unit/engine/player.ts';
import { median, milliseconds, percentile, printTable, type Row } from './table.ts';

const OUTCOMES = Number(process.env.BENCH_OUTCOMES ?? 2000);
const EVENTS = Number(process.env.BENCH_EVENTS ?? 10_000);
const CASES = Number(process.env.BENCH_CASES ?? 5000);
const OPENINGS = 7;
const folder = mkdtempSync(join(tmpdir(), 'fieldguide-bench-'));
const rows: Row[] = [];

const figure = (what: string, ms: number, limit: number): Row => ({
  what,
  value: milliseconds(ms),
  figure: `≤ ${limit} ms`,
  reached: ms <= limit,
});
const plain = (what: string, ms: number): Row => ({ what, value: milliseconds(ms), figure: '', reached: null });

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The acknowledgement of one outcome after the other; what goes back between them is not measured. */
async function recording(): Promise<void> {
  const session = await CaseSession.create(join(folder, 'recording'), crashOptions);
  await session.input(OPENING);
  const times: number[] = [];
  for (let n = 0; n < OUTCOMES; n += 1) {
    times.push(await timed(() => session.input({ type: 'choose', outcome: 'yes', note: `Seen, number ${n}.` })));
    const asked = session.state.visits.findLast((visit) => !visit.superseded && visit.target.step === 'ours');
    await session.input({ type: 'back', to: asked?.n as number });
  }
  await session.close();
  rows.push(plain(`recording an outcome with fsync, median of ${OUTCOMES}`, median(times)));
  rows.push(figure(`recording an outcome with fsync, p99 of ${OUTCOMES}`, percentile(times, 0.99), 20));
}

/** Notes, values and captures behind one opening, with the chain as the product writes it, but without its fsyncs. */
function longJournal(begun: string, events: number, note: string): string {
  const lines = [begun];
  while (lines.length < events) {
    const seq = lines.length + 1;
    const prev = sha256(lines.at(-1) as string);
    const at = new Date(Date.UTC(2026, 0, 1) + seq * 1000).toISOString();
    lines.push(JSON.stringify({ prev, seq, at, actor: 'tester', host: 'pc', ...longEvent(seq, note) }));
  }
  return `${lines.join('\n')}\n`;
}

function longEvent(seq: number, note: string): object {
  if (seq % 3 === 0) return { type: 'noted', visit: 1, text: `${note} ${seq}` };
  if (seq % 3 === 1)
    return { type: 'parameter-set', name: 'remote_host', value: `mail${seq}.contoso.com`, from: 'person' };
  const input = captureInput('T1', null) as Extract<Input, { type: 'capture' }>;
  return { type: 'captured', capture: { ...input.capture, id: `c${seq}`, visit: 1 } };
}
/** One of notes, values and captures, and one that was really walked: outcomes and ways back, each with its visits. */
async function opening(): Promise<void> {
  const path = join(folder, 'long');
  mkdirSync(path);
  writeFileSync(join(path, JOURNAL), longJournal(firstLine(), EVENTS, 'A line that somebody wrote down, number'));
  rows.push(...(await openings(path, `a case of ${EVENTS} events opened, notes, values, captures`)));
  const walked = join(folder, 'walked');
  const session = await CaseSession.create(walked, crashOptions);
  await session.input(OPENING);
  while (session.state.seq < EVENTS) {
    await session.input({ type: 'choose', outcome: 'yes' });
    const asked = session.state.visits.findLast((visit) => !visit.superseded && visit.target.step === 'ours');
    await session.input({ type: 'back', to: asked?.n as number });
  }
  await session.close();
  rows.push(...(await openings(walked, `a case of ${EVENTS} events opened, outcomes and ways back`)));
}

const firstLine = () => readFileSync(join(folder, 'recording', JOURNAL), 'utf8').split('\n')[0] as string;

async function openings(path: string, what: string): Promise<Row[]> {
  const times: number[] = [];
  for (let n = 0; n < OPENINGS; n += 1) {
    let session: CaseSession | undefined;
    times.push(
      await timed(async () => {
        session = await CaseSession.open(path, crashOptions);
        void session.view;
      }),
    );
    await session?.close();
  }
  return [
    plain(`${what}, the first time`, times[0] as number),
    figure(`${what}, median of ${OPENINGS}`, median(times), 300),
  ];
}

/** 5,000 folders of one short case; the first listing reads them all, the next only what changed. */
async function listing(): Promise<void> {
  const cases = join(folder, 'cases');
  const source = join(folder, 'short');
  writeFileSync(source, longJournal(firstLine(), 12, 'A note,'));
  for (let n = 0; n < CASES; n += 1) {
    mkdirSync(join(cases, `20260101-${n}`), { recursive: true });
    copyFileSync(source, join(cases, `20260101-${n}`, JOURNAL));
  }
  const store = new CaseStore(cases);
  rows.push(figure(`${CASES} cases listed, the first time`, await timed(() => store.list(crashOptions.library)), 100));
  const times: number[] = [];
  for (let n = 0; n < OPENINGS; n += 1) times.push(await timed(() => store.list(crashOptions.library)));
  rows.push(figure(`${CASES} cases listed again, median of ${OPENINGS}`, median(times), 100));
}

try {
  await recording();
  await opening();
  await listing();
} finally {
  if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
}
printTable('Cases', rows);
