import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { describeSession } from '../../../wizards/engine/logs/session-detail.ts';
import { ladderOf } from '../../../wizards/engine/logs/session-ladder.ts';
import type { SessionRecord } from '../../../wizards/engine/logs/session-record.ts';
import { wizardSchema } from '../../../wizards/engine/schema.ts';
import { random, script } from '../../fixtures/logs/compose-logs.ts';

const wizard = wizardSchema.parse(parse(readFileSync('wizards/trees/firewall-blob.yaml', 'utf8')));
const step = wizard.steps.find((one) => one.kind === 'question' && one.conversation !== undefined);
const conversation = step?.kind === 'question' && step.conversation ? step.conversation : null;
const EVENTS: Record<string, SessionRecord['event']> = { '+': 'open', '-': 'close', '*': 'note' };

function ladder(stage: Parameters<typeof script>[2], kind: 'RECV' | 'SEND' = 'RECV') {
  const { records } = script(random(3), kind, stage);
  const session = describeSession(
    { session: '1', connector: '', local: '', remote: '', direction: null, clock: 'utc' as const },
    records.map(({ event, data, context }, i) => ({
      line: i + 1,
      time: i,
      number: i,
      event: EVENTS[event] ?? 'said',
      text: data,
      context,
    })),
  );
  const rungs = ladderOf(conversation as NonNullable<typeof conversation>, session);
  return {
    session,
    missing: rungs.filter(({ state }) => state === 'missing').map(({ part }) => part.n ?? part.stage),
    behind: rungs.filter(({ state }) => state === 'behind').map(({ part }) => part.n ?? part.stage),
    there: rungs.filter(({ state }) => state === 'there').map(({ part }) => part.n ?? part.stage),
  };
}

describe('a session on the ladder of 15 steps', () => {
  test('shows the missing acknowledgement of the BLOB, and what was never reached', () => {
    const { missing, behind, there } = ladder('blob');
    expect(missing).toEqual([13]);
    expect(behind).toEqual(['data', 'quit', 14]);
    expect(there).toEqual(expect.arrayContaining([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15]));
  });

  test.each([
    ['banner', 3],
    ['ehlo', 5],
    ['starttls', 'starttls'],
    ['auth', 'auth'],
    ['mail', 7],
    ['rcpt', 9],
    ['xexch50', 11],
    ['data', 'data'],
    ['quit', 14],
  ] as const)('a session that stumbles at %s misses part %s', (stage, part) => {
    expect(ladder(stage)).toMatchObject({ session: { stage }, missing: [part] });
  });

  test('that got no connection misses the second part, and nothing behind it was reached', () => {
    const { missing, behind } = ladder('connect', 'SEND');
    expect(missing).toEqual([2]);
    expect(behind.slice(0, 3)).toEqual([3, 4, 5]);
  });

  test('in which nothing failed misses nothing, whatever it had no use for', () => {
    expect(ladder('none')).toMatchObject({ missing: [], behind: [] });
  });
});
