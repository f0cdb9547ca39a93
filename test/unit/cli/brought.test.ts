/** The verbs that read what somebody brought. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildProgram, EVENT_7004, type Program } from './program.ts';

// Every test starts processes, on machines that are busy with other tests.
vi.setConfig({ testTimeout: 60_000 });
let program: Program;
beforeAll(async () => {
  program = await buildProgram();
}, 60_000);
afterAll(() => program.remove());

describe('triage', () => {
  test('recognises an event from a file and from stdin alike', async () => {
    const fromFile = await program.json(['triage', program.file('event.txt', EVENT_7004)]);
    expect(fromFile.code).toBe(0);
    expect(fromFile.value.findings[0]).toEqual({
      kind: 'event',
      id: '7004',
      source: 'MSExchangeTransport',
      line: 1,
      fields: expect.objectContaining({
        remote_host: '192.0.2.20',
        command: 'xexch50',
        reply: '504 Need to authenticate first',
      }),
    });
    expect(Object.keys(fromFile.value.suggestions[0]).sort()).toEqual(['parameters', 'score', 'step', 'why', 'wizard']);
    const fromStdin = await program.json(['triage', '-'], EVENT_7004);
    expect(fromStdin.value).toEqual(fromFile.value);
  });

  test('reads UTF-16 as Windows writes it', async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(EVENT_7004, 'utf16le')]);
    const { value } = await program.json(['triage'], bytes);
    expect(value.findings[0].id).toBe('7004');
  });

  test('needs no data folder, and makes none', async () => {
    const environment = { FIELDGUIDE_HOME: program.path('nowhere') };
    const results = [
      await program.run(['triage', '-', '--json'], 'hello', environment),
      await program.run(['wizards', '--json'], '', environment),
      await program.run(['wizards', '--json'], '', { FIELDGUIDE_HOME: '/proc/nowhere' }),
    ];
    expect(results.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(existsSync(program.path('nowhere'))).toBe(false);
  });

  test('nothing found is an answer, exit 0', async () => {
    const { code, value, stderr } = await program.json(['triage'], 'hello\n');
    expect(code).toBe(0);
    expect(value).toEqual({ findings: [], suggestions: [] });
    expect(stderr).not.toBe('');
  });

  test('a file that is absent, binary or too large, and a folder without a file is exit 2', async () => {
    expect((await program.json(['triage', program.path('nothing.txt')])).code).toBe(2);
    const binary = await program.json(['triage', program.file('log.zip', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 1, 2]))]);
    expect([binary.code, binary.value.error.code]).toEqual([2, 'unreadable']);
    const picture = await program.json([
      'triage',
      program.file('event.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13])),
    ]);
    expect([picture.code, picture.value.error.code]).toEqual([2, 'no-text']);
    const large = await program.json(['triage', program.file('large.txt', 'x'.repeat(6 * 1024 * 1024 + 1))]);
    expect(large.code).toBe(2);
    expect(large.value.error.message).toMatch(/more than 6 MB and is no log/);
    mkdirSync(program.path('bare'));
    const folder = await program.json(['triage', program.path('bare')]);
    expect([folder.code, folder.value.error.code]).toEqual([2, 'no-files']);
  });
});

describe('logs', () => {
  const samples = resolve('test/fixtures/logs/samples');

  test('counts sessions by stage, remote and reply, and suggests wizards with the lines they rest on', async () => {
    const { code, value } = await program.json(['logs', samples]);
    expect(code).toBe(0);
    expect(value).toMatchObject({ files: 2, bad_lines: 0, sessions: 12, by_stage: { none: 5, xexch50: 3, blob: 1 } });
    expect(value.by_reply[0]).toMatchObject({ reply: '504 5.7.1 Not authorized', stage: 'xexch50', count: 3 });
    expect(value.by_remote[0]).toEqual({
      remote: expect.any(String),
      sessions: expect.any(Number),
      failed: expect.any(Number),
    });
    expect(value.suggestions.map((one: { wizard: string }) => one.wizard)).toContain('firewall-blob');
    expect(value.suggestions[0].why).toMatch(/first in .*\.LOG, line \d+/);
    const triaged = await program.json(['triage', samples]);
    expect(triaged.value.findings[0]).toMatchObject({ kind: 'session', id: 'xexch50', fields: { sessions: '3' } });
  });

  test('streams sessions that a filter accepts, one a line', async () => {
    const { stdout } = await program.run(['logs', '--sessions', '--json', '--stage', 'blob,connect', samples]);
    const sessions = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(sessions.map(({ stage }) => stage).sort()).toEqual(['blob', 'connect', 'connect']);
    expect(sessions.find(({ stage }) => stage === 'blob')).toMatchObject({
      remote: expect.stringMatching(/^[\d.]+$/),
      delivered: 0,
      xexch50: { command: 'XEXCH50 1124 2', reply: '354 Send binary data' },
    });
  });

  test('reads stdin, and joins full summaries to that of the whole', async () => {
    const files = readdirSync(samples).map((name) => join(samples, name));
    const stdin = await program.json(['logs', '-', '--full'], readFileSync(files[0] as string));
    expect(stdin.value.by_reply[0].at.file).toBe('stdin');
    const parts: string[] = [];
    for (const [i, path] of files.entries()) {
      const { value } = await program.json(['logs', '--full', path]);
      parts.push(program.file(`${i}.json`, JSON.stringify(value)));
    }
    const merged = await program.json(['logs', '--merge', '--full', ...parts]);
    expect(merged.value).toEqual((await program.json(['logs', '--full', ...files])).value);
    const short = program.file('short.json', JSON.stringify((await program.json(['logs', samples])).value));
    const refused = await program.json(['logs', '--merge', short]);
    expect([refused.code, refused.value.error.code]).toEqual([2, 'not-full']);
  });

  test.each([
    ['a stage that is none', ['--stage', 'hello', samples], 'bad-stage'],
    ['a time that is none', ['--since', 'yesterday', samples], 'bad-time'],
    ['a file that is absent', ['nothing.log'], 'enoent'],
    ['nothing that can be read', [resolve('test/e2e/pictures')], 'unreadable'],
  ])('%s is exit 2', async (_, args, error) => {
    const { code, value } = await program.json(['logs', ...args]);
    expect([code, value.error.code]).toEqual([2, error]);
  });

  test.each<[string, string[], string]>([
    ['a remote that is none', ['--remote', ','], 'bad-remote'],
    ['an address that is none', ['--remote', '300.1.1.1'], 'bad-remote'],
    ['times in the wrong order', ['--since', '2025-01-07', '--until', '2025-01-06'], 'bad-range'],
    ['a filter with summaries', ['--merge', '--stage', 'blob'], 'merge-only'],
  ])('refuses %s, instead of finding nothing', async (_, options, code) => {
    const { code: exit, value } = await program.json(['logs', resolve('test/fixtures/logs/samples'), ...options]);
    expect([exit, value.error.code]).toEqual([2, code]);
  });

  test('refuses to join a summary with itself', async () => {
    const { stdout } = await program.run(['logs', resolve('test/fixtures/logs/samples'), '--full', '--json']);
    const file = program.file('summary.json', stdout);
    expect((await program.json(['logs', '--merge', file, file])).value.error.code).toBe('twice');
    expect((await program.json(['logs', '--merge', file])).code).toBe(0);
  });

  test('names the logs of another kind and empty files, beside those that it reads', async () => {
    const folder = program.path('mixed');
    mkdirSync(folder);
    const agent =
      '#Software: Microsoft Exchange Server\n#Log-type: Agent Log\n#Fields: Timestamp,SessionId,LocalEndpoint\n2025-01-06T10:00:00.000Z,1,192.0.2.10:25\n';
    for (const [name, text] of [
      ['AgentLog.LOG', agent],
      ['empty.log', ''],
    ] as const)
      program.file(join('mixed', name), text);
    const { value } = await program.json(['logs', '--full', folder, resolve('test/fixtures/logs/samples')]);
    const why = new Map<string, string>(
      value.skipped.map((one: { file: string; why: string }) => [one.file.slice(folder.length + 1), one.why]),
    );
    expect(why.get('AgentLog.LOG')).toMatch(/^it is an agent log\. It says which filter acted/);
    expect(why.get('empty.log')).toBe('it is empty');
  });
});
