/** Turns what vitest and Playwright wrote into an Outcome (report.mjs). A run that left no file is a failure. */
import { existsSync, readFileSync } from 'node:fs';

/** @param {string} file written by vitest-reporter.mjs */
export function readVitest(file, ended) {
  const outcome = read(file);
  return closed(outcome ?? empty(), ended, outcome !== undefined, 'vitest');
}

/**
 * @param {string} file written by Playwright's json reporter
 * @param {string} [skipReason] the tests were only listed, for this reason
 */
export function readPlaywright(file, ended, skipReason) {
  const report = read(file);
  const outcome = empty();
  const tests = (report?.suites ?? []).flatMap((suite) => testsOf(suite, []));
  for (const { name, test } of tests) {
    if (skipReason) outcome.skipped.push({ name, reason: skipReason });
    else if (test.status === 'skipped') outcome.skipped.push({ name, reason: reasonOf(test) });
    else if (test.status === 'expected') outcome.passed += 1;
    else outcome.failed.push(test.status === 'flaky' ? `${name} (flaky)` : name);
  }
  for (const error of report?.errors ?? []) outcome.failed.push(error.message ?? String(error));
  return closed(outcome, ended, report !== undefined, 'playwright');
}

function testsOf(suite, above) {
  const path = suite.title ? [...above, suite.title] : above;
  return [
    ...(suite.specs ?? []).flatMap((spec) =>
      spec.tests.map((test) => ({ name: [...path, spec.title].join(' › '), test })),
    ),
    ...(suite.suites ?? []).flatMap((inner) => testsOf(inner, path)),
  ];
}

function reasonOf(test) {
  const annotation = test.annotations?.find(({ type }) => type === 'skip' || type === 'fixme');
  if (!annotation) return 'not run, because an earlier one failed';
  return annotation.description ?? 'no reason given';
}

/** What the exit code knows beyond the counted tests: a crash, a time limit, an error outside of any test. */
function closed(outcome, { code, timedOut }, wrote, program) {
  if (timedOut) outcome.failed.push(`${program} was not done in time`);
  else if (!wrote) outcome.failed.push(`${program} ended with exit code ${code} and without results`);
  else if (code !== 0 && outcome.failed.length === 0) outcome.failed.push(`${program} ended with exit code ${code}`);
  return outcome;
}

function empty() {
  return { passed: 0, failed: [], skipped: [] };
}

function read(file) {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
