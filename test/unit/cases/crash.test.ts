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
  // 200 walks: 20 processes are killed, each while it records in ten cases.
  const lane = async (sets: string[]) => {
    for (const set of sets) await killWalkers(join(folder, set), 10, 5, tally);
  };
  await Promise.all([lane(['one', 'two']), lane(['three', 'four'])]);
  expect(tally.faults).toEqual([]);
  expect(tally.walks).toBe(200);
  expect(tally.outcomes).toBeGreaterThan(200);
}, 180_000);
