/**
 * A process that walks several cases at once, as fast as it can, until it is killed. Arguments: the folder of cases,
 * then their names. Prints `ready` before it touches the first case, then `NAME SEQUENCE HEAD` for every event, only
 * once the session says that it is recorded.
 */
import { existsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { CaseSession } from '../../electron/cases/case-session.ts';
import { JOURNAL } from '../../electron/cases/journal.ts';
import { captureInput } from '../unit/engine/player.ts';
import { crashOptions, OPENING } from './crash-case.ts';

const [folder = '', ...names] = process.argv.slice(2);

/** Written at once and whole, so that what was said before the kill is in the pipe. */
const say = (line: string): void => void writeSync(1, `${line}\n`);

async function walk(name: string): Promise<never> {
  const path = join(folder, name);
  const known = existsSync(join(path, JOURNAL));
  const session = await (known ? CaseSession.open(path, crashOptions) : CaseSession.create(path, crashOptions));
  const send = async (input: Parameters<CaseSession['input']>[0]): Promise<void> => {
    await session.input(input);
    say(`${name} ${session.state.seq} ${session.recorded.head}`);
  };
  if (session.state.seq === 0) await send(OPENING);
  for (let round = 0; ; round += 1) {
    if (session.visit?.target.step === 'ours') {
      // Long ones too: only those are written in several pieces.
      const note = `${session.state.seq} ${'x'.repeat(round % 4 === 0 ? 9_000 : 10)}`;
      await send({ type: 'choose', outcome: 'yes', note });
    }
    const output = await session.storeText(`Flag : ${session.state.seq}`);
    await send(captureInput('T1', null, { output }));
    const first = session.state.visits.findLast((visit) => !visit.superseded && visit.target.step === 'ours');
    await send({ type: 'back', to: first?.n as number });
  }
}

say('ready');
await Promise.all(names.map(walk));
