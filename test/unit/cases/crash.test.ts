import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyTally, killWalkers } from '../../crash/rounds.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fieldguide-crash-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a walk that is killed at any moment loses nothing that was acknowledged, verifies, and goes on', async () => {
  const tally = emptyTally();
  // 200 walks: 25 processes are killed, each while it records in eight cases.
  const sets = Array.from({ length: 5 }, (_, set) => join(folder, `set-${set}`));
  for (const [first, second] of [sets.slice(0, 2), sets.slice(2, 4), sets.slice(4)])
    await Promise.all([first, second].flatMap((set) => (set ? [killWalkers(set, 8, 5, tally)] : [])));
  expect(tally.faults).toEqual([]);
  expect(tally.walks).toBe(200);
  expect(tally.outcomes).toBeGreaterThan(200);
}, 60_000);
