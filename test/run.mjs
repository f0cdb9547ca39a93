/**
 * `npm test`: sets up what is missing, runs every stage even when an earlier one failed, and counts.
 * `npm run check` leaves out the stages that take long; `node test/run.mjs types unit` runs just these.
 * The last line is always `N passed, N failed, N skipped`: each test counts, and each other stage counts as one.
 */

import { requireNode } from '../electron/build/checkout.mjs';
import { ensureInstalled } from '../electron/build/ensure-installed.mjs';
import { printReport } from './run/report.mjs';
import { STAGES } from './run/stages.mjs';

requireNode();
const wanted = process.argv.slice(2);
const quick = wanted.includes('--quick');
const names = wanted.filter((name) => !name.startsWith('--'));
const unknown = names.filter((name) => !STAGES.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(`There is no stage ${unknown.join(', ')}. Stages: ${STAGES.map((stage) => stage.name).join(', ')}`);
  process.exit(2);
}

const outcomes = [];
try {
  await ensureInstalled();
} catch (error) {
  outcomes.push({ name: 'install', seconds: 0, passed: 0, failed: [error.message], skipped: [] });
}
if (outcomes.length === 0) {
  const chosen = STAGES.filter((stage) => (names.length > 0 ? names.includes(stage.name) : !quick || stage.quick));
  for (const stage of chosen) outcomes.push(await runStage(stage));
}
const clean = printReport(outcomes);
process.exitCode = clean ? 0 : 1;

async function runStage(stage) {
  console.log(`\n── ${stage.name}: ${stage.what}`);
  const start = performance.now();
  let outcome;
  try {
    outcome = await stage.run();
  } catch (error) {
    outcome = { passed: 0, failed: [`${stage.name} broke off: ${error.stack ?? error}`], skipped: [] };
  }
  return { name: stage.name, seconds: (performance.now() - start) / 1000, ...outcome };
}
