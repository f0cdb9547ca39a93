/** What leaves a case on the command line: redacted exports, a PDF, a case file; and what comes in. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { findBrowser } from '../../../electron/export/pdf.ts';
import { buildProgram, EVENT_7004, type Program } from './program.ts';

// Every test starts processes, on machines that are busy with other tests.
vi.setConfig({ testTimeout: 90_000 });
let program: Program;
let other: Program;
let folder: string;
beforeAll(async () => {
  program = await buildProgram();
  other = await buildProgram();
  folder = program.path('cases', 'handed');
  const event = program.file('event.txt', `${EVENT_7004}\r\npassword: hunter2secret\r\n`);
  await program.play(
    ['auth-settings', '--case', folder, '--evidence', event],
    [
      { type: 'set', name: 'environment', value: '2000-2003' },
      { type: 'choose', outcome: 'unknown', note: 'the password is Password=hunter2secret' },
      { type: 'quit' },
    ],
  );
}, 120_000);
afterAll(() => {
  program.remove();
  other.remove();
});

test('a secret that was pasted or written in a note is nowhere in the case folder', () => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  expect(texts.length).toBeGreaterThan(2);
  expect(texts.filter((text) => text.includes('hunter2secret'))).toEqual([]);
  expect(texts.some((text) => text.includes('[secret removed: password]'))).toBe(true);
});

describe('an export with --redact', () => {
  test.each(['md', 'html', 'json', 'txt', 'csv', 'jira', 'summary', 'letter'])(
    'as %s holds no name of the case',
    async (format) => {
      const { code, stdout, stderr } = await program.run(['export', folder, '--format', format, '--redact']);
      expect(code).toBe(0);
      expect(stdout).not.toMatch(/MAIL1\b|192\.0\.2\.20/i);
      expect(stderr).toMatch(/^Replaced: .*host \d+ \(in \d+ places\)/);
      if (format !== 'csv' && format !== 'letter')
        expect(stdout).toContain(format === 'json' ? '"redacted": true' : 'stand-ins');
    },
  );

  test('keeps what is to stay, and replaces further words', async () => {
    const args = ['export', folder, '--format', 'md', '--redact', '--keep', '192.0.2.20', '--word', 'XEXCH50'];
    const { stdout } = await program.run(args);
    expect(stdout).toContain('192.0.2.20');
    expect(stdout).not.toMatch(/xexch50/i);
  });

  test('of a case file is refused: it is the case itself', async () => {
    const { code, value } = await program.json([
      'export',
      folder,
      '--format',
      'case',
      '--redact',
      '-o',
      program.path('x.zip'),
    ]);
    expect([code, value.error.code]).toEqual([2, 'not-redacted']);
  });
});

describe('a case file', () => {
  test('goes out, comes in elsewhere, and is recognised the second time', async () => {
    const file = program.path('case.zip');
    const written = await program.json(['export', folder, '--format', 'case', '-o', file]);
    expect([written.code, written.value.mediaType]).toEqual([0, 'application/zip']);
    const first = await other.json(['import', file]);
    expect([first.code, first.value.outcome]).toEqual([0, 'new']);
    const listed = await other.json(['cases']);
    expect(listed.value.map(({ id, head }: { id: string; head: string }) => [id, head])).toEqual([
      [first.value.id, first.value.head],
    ]);
    expect((await other.json(['verify', first.value.id])).value.ok).toBe(true);
    expect((await other.json(['import', file])).value.outcome).toBe('same');
    expect((await other.run(['import', file])).stdout).toContain('It is here already');
  });

  test('that is none is exit 2, and nothing is written', async () => {
    const before = readdirSync(other.path('cases'));
    const { code, value } = await other.json(['import', program.file('none.zip', 'none')]);
    expect([code, value.error.code]).toEqual([2, 'broken-case-file']);
    expect(readdirSync(other.path('cases'))).toEqual(before);
  });

  test('is not for the screen', async () => {
    const { code, value } = await program.json(['export', folder, '--format', 'case']);
    expect([code, value.error.code]).toEqual([2, 'no-output']);
  });
});

describe('a PDF', () => {
  test.skipIf(findBrowser() === null)('is printed by a browser of this computer', async () => {
    const file = program.path('case.pdf');
    const { code, value } = await program.json(['export', folder, '--format', 'pdf', '--redact', '-o', file]);
    expect([code, value.mediaType]).toEqual([0, 'application/pdf']);
    const bytes = readFileSync(file);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(bytes.length).toBeGreaterThan(10_000);
    expect(bytes.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0).toBeGreaterThan(0);
  });

  test('without one says what to do instead', async () => {
    const { code, stderr } = await program.run(['export', folder, '--format', 'pdf', '-o', program.path('x.pdf')], '', {
      PATH: '/nowhere',
    });
    expect(code).toBe(2);
    expect(stderr).toContain('Export as HTML');
  });

  test('browsers are looked for on the PATH, then where the system puts them', () => {
    writeFileSync(program.path('msedge.exe'), '');
    expect(findBrowser({ PATH: program.home }, 'win32')).toBe(join(program.home, 'msedge.exe'));
    expect(findBrowser({ PATH: '' }, 'linux')).toBeNull();
  });
});
