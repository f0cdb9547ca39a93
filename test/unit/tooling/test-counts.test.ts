import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { reportLines } from '../../run/report.mjs';
import { readPlaywright, readVitest } from '../../run/results.mjs';

const folder = mkdtempSync(join(tmpdir(), 'counts-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ended = (code = 0, timedOut = false) => ({ code, timedOut, output: '', missing: false });
function file(content: unknown): string {
  const path = join(folder, 'results.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}
function playwrightReport(...tests: { title: string; status: string; annotations?: unknown[] }[]): string {
  const specs = tests.map(({ title, ...test }) => ({ title, tests: [{ annotations: [], ...test }] }));
  return file({ suites: [{ title: 'a.spec.ts', specs: [], suites: [{ title: 'group', specs }] }], errors: [] });
}

describe('the report', () => {
  test('ends with the sums of all stages', () => {
    const lines = reportLines([
      { name: 'types', seconds: 1, passed: 1, failed: [], skipped: [] },
      { name: 'unit', seconds: 2, passed: 40, failed: ['a', 'b'], skipped: [{ name: 'c', reason: 'needs pwsh' }] },
    ]);
    expect(lines.at(-1)).toBe('41 passed, 2 failed, 1 skipped');
  });

  test('names every skipped test with its reason, and every failure', () => {
    const text = reportLines([
      { name: 'unit', seconds: 2, passed: 0, failed: ['broken'], skipped: [{ name: 'c', reason: 'needs pwsh' }] },
    ]).join('\n');
    expect(text).toContain('unit: broken');
    expect(text).toContain('unit: c (needs pwsh)');
  });
});

describe('a run of Playwright', () => {
  test('counts by status and names tests with their groups', () => {
    const path = playwrightReport(
      { title: 'opens', status: 'expected' },
      { title: 'breaks', status: 'unexpected' },
      { title: 'waits', status: 'skipped', annotations: [{ type: 'skip', description: 'no printer' }] },
      { title: 'after', status: 'skipped' },
    );
    expect(readPlaywright(path, ended(1))).toEqual({
      passed: 1,
      failed: ['a.spec.ts › group › breaks'],
      skipped: [
        { name: 'a.spec.ts › group › waits', reason: 'no printer' },
        { name: 'a.spec.ts › group › after', reason: 'not run, because an earlier one failed' },
      ],
    });
  });

  test('a test that passed only on a retry is a failure', () => {
    expect(readPlaywright(playwrightReport({ title: 'x', status: 'flaky' }), ended()).failed).toHaveLength(1);
  });

  test('listed for a reason to skip, every test is skipped for that reason', () => {
    const path = playwrightReport({ title: 'opens', status: 'skipped' });
    expect(readPlaywright(path, ended(), 'no browser').skipped).toEqual([
      { name: 'a.spec.ts › group › opens', reason: 'no browser' },
    ]);
  });
});

describe('a run that its tests do not explain is a failure', () => {
  const green = { passed: 3, failed: [], skipped: [] };
  test.each([
    ['no results file', undefined, ended(0)],
    ['a results file cut short', '{"passed": 3', ended(0)],
    ['an exit code that no failed test explains', green, ended(1)],
    ['a time limit', green, ended(1, true)],
  ])('%s', (_what, content, end) => {
    const path = content === undefined ? join(folder, 'absent.json') : file(content);
    expect(readVitest(path, end).failed).toHaveLength(1);
  });

  test('while a clean run stays clean', () => {
    expect(readVitest(file(green), ended(0))).toEqual(green);
  });
});
