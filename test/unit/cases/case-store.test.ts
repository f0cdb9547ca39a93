import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CaseSession } from '../../../electron/cases/case-session.ts';
import { type SmallCore, smallCore } from '../doors/small-core.ts';

let small: SmallCore;
let session: CaseSession;

beforeEach(async () => {
  small = smallCore();
  session = await small.core.createCase({ title: '', ticket: '', operator: 'tester', wizard: 'flags' });
});
afterEach(() => small.dispose());

const standing = async (...outcomes: string[]) => {
  for (const outcome of outcomes) await session.input({ type: 'choose', outcome });
  const [summary] = await small.core.store.list(await small.core.library());
  return [summary?.verdict, summary?.standing];
};

test('the list of cases says of one that is being asked which step it is at', async () => {
  expect(await standing()).toEqual([null, 'Is the flag set?']);
});

test('of one with a verdict it says the verdict, and which fix is under way', async () => {
  expect(await standing('clear')).toEqual(['flags.off', 'The flag is off · fix under way: Set the flag']);
  expect(await standing('left')).toEqual(['flags.off', 'The flag is off · fix under way: Set it in the directory']);
});

test('of one that has ended it says the verdict, and whether it was fixed', async () => {
  expect(await standing('clear', 'verified')).toEqual(['flags.off', 'The flag is off · fixed and proven']);
  await session.input({ type: 'back', to: 1 });
  expect(await standing('set')).toEqual(['flags.not-here', 'The flags are in order']);
});
