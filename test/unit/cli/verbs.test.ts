import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildProgram, ended, type Json, type Program } from './program.ts';

// Every test starts processes, on machines that are busy with other tests.
vi.setConfig({ testTimeout: 60_000 });
let program: Program;
beforeAll(async () => {
  program = await buildProgram();
  program.usePack();
}, 60_000);
afterAll(() => program.remove());

describe('the command line itself', () => {
  test('--version prints the version of the package and reads no wizards', async () => {
    const { code, stdout } = await program.run(['--version'], '', { FIELDGUIDE_HOME: '/dev/null/nowhere' });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test('--help names every verb and the exit codes', async () => {
    const { code, stdout } = await program.run(['--help']);
    expect(code).toBe(0);
    for (const verb of [
      'lint',
      'wizards',
      'coverage',
      'reply',
      'commands',
      'triage',
      'run',
      'cases',
      'show',
      'export',
      'verify',
      'lab',
      'serve',
      'desktop',
    ]) {
      expect(stdout).toMatch(new RegExp(`^  ${verb}\\b`, 'm'));
    }
    expect(stdout).toContain('Exit codes');
  });

  test.each([
    ['an unknown verb', ['wizrds'], 'unknown-command', /wizards/],
    ['an unknown option', ['lint', '--fast'], 'unknown-option', null],
    ['no verb', [], 'no-verb', null],
    ['a missing argument', ['show'], 'missing-argument', null],
    ['a port that is none', ['serve', '--port', '99999'], 'invalid-argument', null],
    ['an export without a format', ['export', 'some-case'], 'missing-mandatory-option-value', null],
  ])('%s is exit 2, as JSON on stdout and as a sentence on stderr', async (_, args, code, hint) => {
    const json = await program.json(args);
    expect(json.code).toBe(2);
    expect(json.value.error.code).toBe(code);
    expect(json.value.error.message).toMatch(/[.?!]$/);
    if (hint) expect(json.value.error.hint).toMatch(hint);
    const plain = await program.run(args);
    expect(plain.code).toBe(2);
    expect(plain.stdout).toBe('');
    expect(plain.stderr).toContain(json.value.error.message);
  });

  test('a reader that goes away ends it quietly', async () => {
    const child = program.start(['commands', '--json']);
    child.stdout.once('data', () => child.stdout.destroy());
    const { stderr } = await ended(child);
    expect(stderr).toBe('');
  });

  test('a pipe gets no colours', async () => {
    const { stdout } = await program.run(['wizards']);
    expect(stdout).toContain('entry');
    expect(stdout).not.toContain('\u001b');
  });
});

describe('wizards and commands', () => {
  test('wizards lists each with its verdicts, environments and rows, those of the person included', async () => {
    const { code, value } = await program.json(['wizards']);
    expect(code).toBe(0);
    const auth = value.find((each: Json) => each.id === 'auth-settings');
    expect(auth).toMatchObject({ title: expect.any(String), environments: ['2000-2003', '2007-2010', '2013+'] });
    expect(auth.verdicts).toContain('auth.integrated-off');
    expect(auth.verdicts).toContain('auth-settings.not-here');
    expect(auth.covers).toContain('S0-15');
    expect(auth.covers).toEqual([...auth.covers].sort());
    expect(value.map((each: Json) => each.id)).toContain('bench');
  });

  test('commands lists shells, environments and typed parameters', async () => {
    const { code, value } = await program.json(['commands']);
    expect(code).toBe(0);
    expect(value.find((each: Json) => each.id === 'E1')).toMatchObject({
      effect: 'read',
      runs_on: 'receiving-server',
      shells: ['ems'],
      environments: ['2007-2010', '2013+'],
    });
    expect(value.find((each: Json) => each.id === 'BENCH2').parameters).toEqual([
      { name: 'bench_mode', type: 'enum', required: true, example: 'open', values: ['open', 'shut'] },
    ]);
  });

  test('commands render writes the command out, with what it needs', async () => {
    const { code, value } = await program.json([
      'commands',
      'render',
      'X1',
      '--shell',
      'cmd',
      '--set',
      'virtual_server=2',
    ]);
    expect(code).toBe(0);
    expect(value.text).toContain('2/AuthFlags');
    expect(value).toMatchObject({ effect: 'read', needs: expect.any(Array), rollback: null });
  });

  test('a rollback that needs the old value is told in words, never with the new value again', async () => {
    const { value } = await program.json([
      'commands',
      'render',
      'BENCH2',
      '--shell',
      'bash',
      '--set',
      'bench_mode=open',
    ]);
    expect(value.text).toContain("'open'");
    expect(value).toMatchObject({ effect: 'change', rollback: 'Write the old mode back.' });
  });

  test('a default never stands in a rollback for the old value', async () => {
    const { value } = await program.json([
      'commands',
      'render',
      'X6-set',
      '--shell',
      'cmd',
      '--set',
      'log_value=6 SMTP Protocol',
    ]);
    expect(value.text).toContain('/d 1');
    expect(value.rollback).toMatch(/X6 showed before/);
  });

  test('without --json the text stands alone on stdout', async () => {
    const { stdout } = await program.run([
      'commands',
      'render',
      'BENCH6',
      '--shell',
      'bash',
      '--set',
      "bench_text=it's $(id)",
    ]);
    expect(stdout).toBe(`printf '%s\\n' 'it'\\''s $(id)'\n`);
  });

  test.each([
    ['an unknown command', ['BENCH66', '--shell', 'bash'], 'unknown-command', /BENCH6/],
    ['an unknown shell', ['X1', '--shell', 'cmdd'], 'unknown-shell', /"cmd"/],
    ['a shell without a form', ['E1', '--shell', 'bash', '--set', 'connector=A\\B'], 'no-template', null],
    ['an unknown environment', ['X1', '--shell', 'cmd', '--environment', '2099'], 'unknown-environment', /2013\+/],
    [
      'an unknown parameter',
      ['X1', '--shell', 'cmd', '--set', 'virtual_servr=1'],
      'unknown-parameter',
      /virtual_server/,
    ],
    ['a missing parameter', ['BENCH6', '--shell', 'bash'], 'missing-parameters', /bench_text/],
    ['a value of another type', ['X1', '--shell', 'cmd', '--set', 'virtual_server=1;2'], 'bad-character', null],
    ['a secret', ['BENCH6', '--shell', 'bash', '--set', 'bench_password=x'], 'secret', null],
    ['a pair without =', ['X1', '--shell', 'cmd', '--set', 'virtual_server'], 'bad-set', null],
  ])('%s is exit 2', async (_, args, code, hint) => {
    const result = await program.json(['commands', 'render', ...args]);
    expect(result.code).toBe(2);
    expect(result.value.error.code).toBe(code);
    if (hint) expect(result.value.error.hint).toMatch(hint);
  });

  test.each([
    '$(touch ran)',
    '`touch ran`',
    "'; touch ran; '",
    '" & touch ran',
    '%PATH%',
    'a\u2019; touch ran',
    'back\\',
    '; touch ran #',
  ])('a hostile value %j is one literal or refused', async (value) => {
    const { code, value: answer } = await program.json([
      'commands',
      'render',
      'BENCH6',
      '--shell',
      'bash',
      '--set',
      `bench_text=${value}`,
    ]);
    if (code === 2) return expect(answer.error.message).toContain('Any text');
    const child = spawnSync('bash', ['-c', answer.text], { cwd: program.home });
    expect(child.stdout.toString()).toBe(`${value}\n`);
    expect(existsSync(program.path('ran'))).toBe(false);
  });
});

describe('reply and coverage', () => {
  test('a reply is explained with its culprit, its wizard and its sources', async () => {
    const { code, value } = await program.json(['reply', '504 5.7.4 Unrecognized authentication type']);
    expect([code, value.code, value.enhanced, value.culprit, value.wizard]).toEqual([
      0,
      504,
      '5.7.4',
      'them',
      'tls-ordering',
    ]);
    expect(value.meaning).toMatch(/^This way to log on is not offered\./);
    expect(value.sources.length).toBeGreaterThan(0);
    const { stdout } = await program.run(['reply', '504 5.7.4 Unrecognized authentication type']);
    expect(stdout).toMatch(/fieldguide run tls-ordering\n$/);
  });

  test('one that nobody describes falls back to its digits and says so, and that is no fault', async () => {
    const { code, value } = await program.json(['reply', '450 4.3.99 strange']);
    expect([code, value.known]).toEqual([0, 'class']);
    expect(value.meaning).toMatch(/^Not known by its words\. By its digits: /);
  });

  test('a reply is no shell: control characters of it never reach the screen', async () => {
    const { stdout } = await program.run(['reply', '[{LED=550 5.1.1 x};{FQDN=\u001b[31mred};{IP=}]']);
    expect(stdout).not.toContain('\u001b');
  });

  test('every statement of the seed documents is covered', async () => {
    const { code, value } = await program.json(['coverage']);
    expect([code, value.rows, value.covered, value.missing]).toEqual([0, 126, 126, []]);
    expect(value.elements['S0-01']).toContain('MSExchangeTransport 7010');
    expect((await program.run(['coverage'])).stdout).toMatch(/126 of 126 rows are covered\.\n$/);
  });
});

describe('lint', () => {
  test('checks the wizards of the product and of the person', async () => {
    const { code, value } = await program.json(['lint']);
    expect(value).toEqual({
      files: expect.any(Number),
      errors: 0,
      warnings: expect.any(Number),
      diagnostics: expect.any(Array),
    });
    expect(value.files).toBeGreaterThan(8);
    expect(value.warnings).toBe(value.diagnostics.length);
    expect(code).toBe(0);
  });

  test('names the place of a fault in a given file and exits 1', async () => {
    const file = program.file(
      'broken.yaml',
      'id: broken\nversion: 1\ntitle: Broken\nsumary: none\nstart: one\nsteps: []\n',
    );
    const { code, value } = await program.json(['lint', file]);
    expect(code).toBe(1);
    expect(value.files).toBe(1);
    expect(value.errors).toBeGreaterThan(0);
    expect(value.diagnostics[0]).toEqual({
      code: expect.any(String),
      severity: 'error',
      file: 'broken.yaml',
      line: expect.any(Number),
      column: expect.any(Number),
      message: expect.any(String),
      hint: expect.anything(),
    });
  });

  test('a copy of a file of the product takes its place, so nothing counts as defined twice', async () => {
    const file = program.file('my-entry.yaml', readFileSync('wizards/trees/entry.yaml'));
    const { code, value } = await program.json(['lint', file]);
    expect(value.diagnostics.filter((each: Json) => each.severity === 'error')).toEqual([]);
    expect(code).toBe(0);
  });

  test('a path that does not exist and a folder without YAML are exit 2', async () => {
    expect((await program.json(['lint', program.path('absent')])).code).toBe(2);
    mkdirSync(program.path('empty'));
    const empty = await program.json(['lint', program.path('empty')]);
    expect([empty.code, empty.value.error.code]).toEqual([2, 'nothing-to-check']);
  });
});

describe('cases that are not there', () => {
  test('cases is an empty list before the first case', async () => {
    const { code, value } = await program.json(['cases']);
    expect([code, value]).toEqual([0, []]);
  });

  test.each(['show', 'verify', 'export'])('%s of an unknown case is exit 2 and makes no folder', async (verb) => {
    const { code, value } = await program.json([
      verb,
      'no-such-case',
      ...(verb === 'export' ? ['--format', 'md'] : []),
    ]);
    expect([code, value.error.code]).toEqual([2, 'no-case']);
    expect(readdirSync(program.path('cases'))).not.toContain('no-such-case');
  });

  test('an unknown format is exit 2 with the formats there are', async () => {
    const { code, value } = await program.json(['export', 'some-case', '--format', 'docx']);
    expect(code).toBe(2);
    expect(value.error.message).toContain('md, html, json, txt, csv, jira, summary, letter, pdf, case');
  });
});

describe('serve', () => {
  test('prints the address on a line of its own and ends when told to', async () => {
    const child = program.start(['serve', '--no-open']);
    const line = await new Promise<string>((resolve) =>
      child.stdout.once('data', (chunk: Buffer) => resolve(String(chunk))),
    );
    expect(line).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}\n$/);
    const page = await fetch(line.trim());
    expect(await page.text()).toContain('Fieldguide');
    child.kill('SIGINT');
    expect((await ended(child)).code).toBe(0);
  });

  test('a port that is taken is one sentence with the remedy', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
    const { code, value } = await program.json(['serve', '--no-open', '--port', String(port)]);
    server.close();
    expect([code, value.error.code]).toEqual([2, 'port-taken']);
    expect(value.error.hint).toContain('--port');
  });
});
