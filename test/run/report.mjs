/**
 * @typedef {{ passed: number, failed: string[], skipped: { name: string, reason: string }[] }} Outcome
 * @param {({ name: string, seconds: number } & Outcome)[]} outcomes in the order in which they ran
 * @returns {boolean} whether nothing failed
 */
export function printReport(outcomes) {
  for (const line of reportLines(outcomes)) console.log(line);
  return outcomes.every((outcome) => outcome.failed.length === 0);
}

/** Table, failures, skipped tests with their reasons, and as the last line the sums. */
export function reportLines(outcomes) {
  const lines = ['', row('stage', 'time', 'passed', 'failed', 'skipped')];
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, seconds, passed, failed, skipped } of outcomes) {
    lines.push(row(name, `${seconds.toFixed(1)} s`, passed, failed.length, skipped.length));
    sum.passed += passed;
    sum.failed += failed.length;
    sum.skipped += skipped.length;
  }
  const failures = outcomes.flatMap(({ name, failed }) => failed.map((text) => `  ${name}: ${text}`));
  if (failures.length > 0) lines.push('', 'Failed:', ...failures);
  const skips = outcomes.flatMap(({ name, skipped }) =>
    skipped.map((test) => `  ${name}: ${test.name} (${test.reason})`),
  );
  if (skips.length > 0) lines.push('', 'Skipped:', ...skips);
  lines.push('', `${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
  return lines;
}

function row(name, ...cells) {
  return name.padEnd(12) + cells.map((cell) => String(cell).padStart(10)).join('');
}
