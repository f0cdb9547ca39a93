/** `fieldguide lab`: the lists, and the lab server as a process of its own. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { buildProgram, ended, type Json, type Program } from './program.ts';

vi.setConfig({ testTimeout: 60_000 });
let program: Program;
beforeAll(async () => {
  program = await buildProgram();
}, 60_000);
afterAll(() => program.remove());
const running: ChildProcessWithoutNullStreams[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** Starts the server and gives its first line. */
async function serve(...args: string[]): Promise<{ child: ChildProcessWithoutNullStreams; listens: Json }> {
  const child = program.start(['lab', 'serve', ...args, '--json']);
  running.push(child);
  let text = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    text += chunk;
    if (text.includes('\n')) break;
  }
  return { child, listens: JSON.parse(text) };
}

/** Sends everything at once, for a server with PIPELINING, and gives all that comes back. */
function talk(port: number, lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(lines.map((line) => `${line}\r\n`).join('')));
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
}

test('lists the practice cases, the easiest first', async () => {
  const { code, value } = await program.json(['lab']);
  expect(code).toBe(0);
  expect(value).toEqual([
    { id: 'two-servers-one-refuses', title: 'Two servers, one refuses', level: 'first' },
    { id: 'healthy-settings', title: 'The settings are in order', level: 'second' },
  ]);
});

test('lists the profiles with what they do', async () => {
  const { code, value } = await program.json(['lab', 'profiles']);
  expect(code).toBe(0);
  expect(value).toContainEqual({
    id: 'backpressure',
    title: 'The server is short of resources',
    about: 'The server refuses every message at MAIL with 452 4.3.1 until memory or disk space is free again.',
    servers: ['2010', '2003', '2016', 'postfix'],
    stage: 'mail',
  });
  const { stdout } = await program.run(['lab', 'profiles']);
  expect(stdout).toMatch(/^backpressure +2010 2003 2016 postfix +mail +The server is short of resources$/m);
});

test('serves until it is told to end, whatever becomes of its input, and writes a log that `logs` reads', async () => {
  const log = program.path('lab.log');
  const { child, listens } = await serve('--profile', 'sendas-denied', '--server', '2003', '--log', log);
  expect(listens).toEqual({ host: '127.0.0.1', port: expect.any(Number), profile: 'sendas-denied', server: '2003' });
  child.stdin.end();
  const commands = ['EHLO x', 'MAIL FROM:<a@contoso.com>', 'RCPT TO:<b@contoso.com>', 'XEXCH50 1124 2', 'QUIT'];
  expect(await talk(listens.port, commands)).toContain('\r\n504 Need to authenticate first\r\n');
  const end = ended(child);
  child.kill('SIGTERM');
  expect((await end).code).toBe(0);
  const { value } = await program.json(['logs', log]);
  expect(value).toMatchObject({ sessions: 1, bad_lines: 0, by_stage: { xexch50: 1 } });
  expect(value.by_reply).toMatchObject([{ reply: '504 Need to authenticate first', stage: 'xexch50', count: 1 }]);
});

test('without options it is a healthy Exchange 2010 on a free port, and Ctrl+C ends it', async () => {
  const { child, listens } = await serve();
  expect(listens).toMatchObject({ profile: 'healthy', server: '2010' });
  const end = ended(child);
  child.kill('SIGINT');
  expect((await end).code).toBe(0);
});

test('in words it says where it listens, what is wrong, and whom it lets in', async () => {
  const child = program.start(['lab', 'serve', '--profile', 'tarpit', '--server', '2016']);
  running.push(child);
  let said = '';
  const whole = new Promise<void>((resolve) => {
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk;
      if (said.includes('Ctrl+C')) resolve();
    });
  });
  const end = ended(child);
  await whole;
  child.kill('SIGTERM');
  const { stdout } = await end;
  expect(stdout).toMatch(/^127\.0\.0\.1:\d+ {2}Exchange 2013 to SE, profile tarpit\n$/);
  expect(said).toContain('to slow spammers down.');
  expect(said).toContain('labuser@contoso.com');
});

test.each([
  [
    'a profile that there is none of',
    ['--profile', 'helthy'],
    'unknown-profile',
    /^Choose one of: auth-off, .*healthy/,
  ],
  ['a server that there is none of', ['--server', '2013'], 'unknown-server', /2003, 2010, 2016, postfix/],
  [
    'a server with which it makes no sense',
    ['--profile', 'auth-off', '--server', 'postfix'],
    'server-without-profile',
    /2003, 2010/,
  ],
  ['a log that cannot be written', ['--log', '/nowhere/lab.log'], 'enoent', /path/],
  ['a port that is none', ['--port', '70000'], 'invalid-argument', /./],
])('%s is exit 2', async (_, args, code, hint) => {
  const { code: exit, value } = await program.json(['lab', 'serve', ...args]);
  expect(exit).toBe(2);
  expect(value.error).toMatchObject({ code, hint: expect.stringMatching(hint) });
});

test('a port that is taken is exit 2 with the remedy', async () => {
  const { listens } = await serve();
  const { code, value } = await program.json(['lab', 'serve', '--port', `${listens.port}`]);
  expect(code).toBe(2);
  expect(value.error).toEqual({
    code: 'port-taken',
    message: `Port ${listens.port} is taken by another program.`,
    hint: 'Choose another with --port, or leave it out for a free one.',
  });
});
