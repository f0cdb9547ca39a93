/** `npm run test:crash [KILLS]`: 1,000 walkers are killed at random moments; prints what was found as a table. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyTally, killWalkers } from './rounds.ts';

const KILLS = Number(process.argv[2] ?? 1000);
/** So often the same cases are gone on with before new ones are begun. */
const KILLS_A_SET = 10;
const CASES_A_SET = 2;
const LANES = 2;

const folder = mkdtempSync(join(tmpdir(), 'fieldguide-crash-'));
const tally = emptyTally();
const started = Date.now();
let begun = 0;

async function lane(): Promise<void> {
  while (begun < KILLS) {
    const times = Math.min(KILLS_A_SET, KILLS - begun);
    const set = join(folder, `set-${begun}`);
    begun += times;
    await killWalkers(set, CASES_A_SET, times, tally);
    rmSync(set, { recursive: true, force: true });
    if (process.stdout.isTTY) process.stdout.write(`\r${tally.kills} of ${KILLS}`);
  }
}

try {
  await Promise.all(Array.from({ length: LANES }, lane));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const rows: [what: string, count: number][] = [
  ['walkers killed (SIGKILL)', tally.kills],
  ['walks cut off by that', tally.walks],
  ['outcomes acknowledged', tally.outcomes],
  ['events in the journals', tally.events],
  ['torn last lines', tally.torn],
  ['faults', tally.faults.length],
];
console.log(`\nKilled walks (${Math.round((Date.now() - started) / 1000)} s)`);
for (const [what, count] of rows) console.log(`  ${what.padEnd(26)}${String(count).padStart(8)}`);
for (const fault of tally.faults.slice(0, 50)) console.log(`  ${fault}`);
process.exitCode = tally.faults.length > 0 ? 1 : 0;
