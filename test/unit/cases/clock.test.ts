import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CaseSession } from '../../../electron/cases/case-session.ts';
import { readJournal } from '../../../electron/cases/journal.ts';
import { verifyCase } from '../../../electron/cases/verify-case.ts';
import { checklist } from '../../../wizards/engine/checklist.ts';
import { crashOptions, OPENING } from '../../crash/crash-case.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fieldguide-clock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a clock that jumps back is recorded as it was read; the order is that of the sequence', async () => {
  const read = [
    '2026-03-04T10:00:00.000Z',
    '2026-03-04T10:00:05.000Z',
    '2025-12-31T23:59:59.000Z',
    '1970-01-01T00:00:00.000Z',
  ];
  const left = [read[0], ...read];
  const clock = () => new Date(left.shift() ?? (read.at(-1) as string));
  const session = await CaseSession.create(folder, { ...crashOptions, clock });
  await session.input(OPENING);
  await session.input({ type: 'choose', outcome: 'yes' });
  await session.input({ type: 'choose', outcome: 'set' });
  await session.input({ type: 'note', text: 'The clock was set.' });
  const { state } = session;
  await session.close();

  const { events, fault } = await readJournal(folder);
  expect(fault).toBeNull();
  expect(events.map(({ seq, at }) => [seq, at])).toEqual(read.map((at, n) => [n + 1, at]));
  expect(await verifyCase(folder)).toMatchObject({ ok: true, events: 4 });

  const again = await CaseSession.open(folder, crashOptions);
  expect(again.state).toEqual(state);
  expect(again.recorded.recordedAt).toBe('1970-01-01T00:00:00.000Z');
  expect(again.view.path.map(({ title, at }) => [title, at])).toEqual([
    ['Is it ours?', read[1]],
    ['Is the flag set?', read[2]],
    ['And then?', null],
  ]);
  const told = checklist(again.library, again.state, {
    head: again.recorded.head,
    exportedAt: '2026-03-04T11:00:00.000Z',
    exportedBy: 'tester',
    product: 'Fieldguide',
    timeZone: 'UTC',
    outputOf: () => undefined,
    lines: () => undefined,
  });
  expect(told.path.steps.map(({ title }) => title)).toEqual(['Is it ours?', 'Is the flag set?', 'And then?']);
  await again.close();
});
