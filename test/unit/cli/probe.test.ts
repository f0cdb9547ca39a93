/** The verb that speaks to mail servers, as it ships, against the lab server. */
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { RunningLabServer } from '../../../electron/lab/server/lab-server.ts';
import { LAB_LOGIN } from '../../../wizards/engine/lab/auth-exchange.ts';
import { type NameServer, startNameServer } from '../../fixtures/dns/name-server.ts';
import { startTestLab } from '../../fixtures/lab/lab.ts';
import { buildProgram, type Program } from './program.ts';

// Every test starts processes, on machines that are busy with other tests.
vi.setConfig({ testTimeout: 60_000 });
let program: Program;
beforeAll(async () => {
  program = await buildProgram();
}, 60_000);
afterAll(() => program.remove());

const labs: RunningLabServer[] = [];
afterEach(async () => {
  for (const lab of labs.splice(0)) await lab.close();
});
async function lab(profile: string, server = '2010'): Promise<string> {
  const running = await startTestLab({ profile, server });
  labs.push(running);
  return `127.0.0.1:${running.port}`;
}
const ENVELOPE = ['--from', 'user1@contoso.com', '--to', 'user2@contoso.com', '--timeout', '2'];

describe('probe smtp', () => {
  test('gives one document, and exit 1 where a stage failed', async () => {
    const well = await program.json(['probe', 'smtp', await lab('healthy'), ...ENVELOPE, '--xexch50', '1124']);
    expect([well.code, well.value.stage, well.value.findings]).toEqual([0, 'none', []]);
    expect(well.value.stages.map(({ name, status }: { name: string; status: string }) => `${name} ${status}`)).toEqual([
      ...['dns skipped', 'connect ok', 'banner ok', 'ehlo ok', 'starttls ok', 'auth ok', 'mail ok', 'rcpt ok'],
      ...['xexch50 ok', 'blob ok', 'quit ok'],
    ]);
    const blocked = await program.json(['probe', 'smtp', await lab('blob-blocked'), ...ENVELOPE, '--xexch50', '1124']);
    expect([blocked.code, blocked.value.stage]).toEqual([1, 'blob']);
    expect(blocked.value.suggestions[0]).toMatchObject({
      ...{ wizard: 'firewall-blob', step: 'xexch50', score: 90 },
      parameters: { remote_ip: '127.0.0.1', sender: 'user1@contoso.com', recipient: 'user2@contoso.com' },
    });
  });

  test('draws the conversation for a person, with what it means', async () => {
    const { code, stdout } = await program.run(['probe', 'smtp', await lab('mailguard'), '--until', 'ehlo']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ 3 banner {3}<- 220 \*+/m);
    expect(stdout).toMatch(/^Finding: capabilities-masked {2}/m);
    expect(stdout).toMatch(/^ {2}fieldguide run firewall-blob$/m);
    expect(stdout).not.toMatch(/MAIL FROM/);
  });

  test('asks many at once, from a list, and writes a line of JSON for each', async () => {
    const [one, other] = [await lab('healthy'), await lab('banner-421')];
    const list = program.file('targets.txt', `# ours\n${one}\n\n${other} # busy\n`);
    const { code, stdout } = await program.run(['probe', 'smtp', '--targets', list, '--until', 'banner', '--json']);
    const results = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(1);
    expect(new Map(results.map(({ target, stage }) => [target, stage]))).toEqual(
      new Map([
        [one, 'none'],
        [other, 'banner'],
      ]),
    );
  });

  test('asks again and again, and says what varied', async () => {
    const { stdout } = await program.run([
      'probe',
      'smtp',
      await lab('greylist'),
      ...ENVELOPE,
      '--repeat',
      '3',
      '--interval',
      '0',
    ]);
    expect(stdout.match(/greylisted/g)).not.toBeNull();
    expect(stdout.trim().split('\n').length).toBeGreaterThanOrEqual(3);
  });

  test('logs on when asked to: the password is in no argument, and in nothing that is printed', async () => {
    const target = await lab('healthy');
    const args = [
      'probe',
      'smtp',
      target,
      '--until',
      'auth',
      '--auth',
      'login',
      '--user',
      LAB_LOGIN.user,
      '--password-stdin',
      '--json',
    ];
    const right = await program.run(args, `${LAB_LOGIN.password}\n`);
    expect(right.code).toBe(0);
    const wrong = await program.run(args, 'Summer-2004\n');
    expect(wrong.code).toBe(1);
    for (const [{ stdout, stderr }, password] of [
      [right, LAB_LOGIN.password],
      [wrong, 'Summer-2004'],
    ] as const) {
      const printed = stdout + stderr;
      expect(printed).not.toContain(password);
      expect(printed).not.toContain(Buffer.from(password).toString('base64'));
      expect(printed).toContain('not shown');
    }
    const result = JSON.parse(wrong.stdout);
    expect(result.findings.map(({ code }: { code: string }) => code)).toEqual(['auth-refused']);
    // Two tries at most: each counts where the account can be locked out.
    expect(wrong.stdout.match(/AUTH LOGIN/g)?.length).toBe(2);
  });

  test.each<[string, string[], string]>([
    ['no target', ['probe', 'smtp'], 'no-target'],
    ['a target that is none', ['probe', 'smtp', 'not a host'], 'not-a-target'],
    ['a stage that is none', ['probe', 'smtp', '127.0.0.1', '--until', 'data'], 'unknown-value'],
    ['XEXCH50 without a recipient', ['probe', 'smtp', '127.0.0.1', '--xexch50', '10'], 'no-recipient'],
    ['a logon without a user', ['probe', 'smtp', '127.0.0.1', '--auth', 'plain'], 'no-user'],
    ['a relay test that nobody confirmed', ['probe', 'relay', '127.0.0.1'], 'not-confirmed'],
  ])('%s is wrong usage', async (_, args, code) => {
    const { code: exit, value } = await program.json(args);
    expect([exit, value.error.code]).toEqual([2, code]);
  });
});

describe('probe compare and probe relay', () => {
  test('compare a saved result with a server, and refuse a file that is none', async () => {
    const saved = await program.run(['probe', 'smtp', await lab('healthy'), '--until', 'ehlo', '--json']);
    const file = program.file('inside.json', saved.stdout);
    const { code, value } = await program.json(['probe', 'compare', file, await lab('mailguard'), '--until', 'ehlo']);
    expect(code).toBe(0);
    expect(value.differences.map(({ what }: { what: string }) => what)).toContain('STARTTLS announced');
    expect(value.findings.length).toBeGreaterThan(0);
    const other = program.file('other.json', '{"stages":[]}');
    expect((await program.json(['probe', 'compare', other, file])).value.error.code).toBe('no-result');
    expect(readFileSync(file, 'utf8')).toBe(saved.stdout);
  });

  test('tell an open relay', async () => {
    const { code, value } = await program.json(['probe', 'relay', await lab('relay-open'), '--yes']);
    expect([code, value.findings[0].code]).toEqual([1, 'relay-open']);
  });
});

describe('probe dns and probe ip', () => {
  const servers: NameServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });
  async function names(records: Parameters<typeof startNameServer>[0]): Promise<NameServer> {
    const server = await startNameServer(records);
    servers.push(server);
    return server;
  }

  test('ask the name server that is named, and exit 1 where mail finds no way', async () => {
    const server = await names([
      ['MX', 'contoso.com', '10 mail.contoso.com'],
      ['A', 'mail.contoso.com', '192.0.2.25'],
      ['TXT', 'contoso.com', 'v=spf1 mx -all'],
    ]);
    const well = await program.json(['probe', 'dns', 'contoso.com', '--resolver', server.text, '--timeout', '2']);
    expect([well.code, well.value.kind, well.value.stage, well.value.findings]).toEqual([0, 'dns', 'none', []]);
    const gone = await program.run(['probe', 'dns', 'fabrikam.com', '--resolver', server.text, '--timeout', '2']);
    expect(gone.code).toBe(1);
    expect(gone.stdout).toMatch(
      /MX fabrikam\.com is answered NXDOMAIN[\s\S]*The domain does not exist\.[\s\S]*fieldguide run dns/,
    );
  });

  test('ask the lists that are named, and none where that is wished', async () => {
    const server = await names([
      ['PTR', '25.100.51.198.in-addr.arpa', 'mail.contoso.com'],
      ['A', 'mail.contoso.com', '198.51.100.25'],
      ['A', '25.100.51.198.zen.spamhaus.org', '127.0.0.4'],
    ]);
    const ip = ['probe', 'ip', '198.51.100.25', '--resolver', server.text, '--timeout', '2'];
    const listed = await program.json([...ip, '--list', 'zen.spamhaus.org', '--helo', 'mail.contoso.com']);
    expect([listed.code, listed.value.findings[0].code]).toEqual([1, 'dnsbl-listed']);
    expect(listed.value.notes.join('\n')).toContain('Spamhaus ZEN lists the address: XBL');
    const none = await program.json([...ip, '--no-lists', '--helo', 'mail.contoso.com']);
    expect([none.code, none.value.options.lists]).toEqual([0, '']);
  });

  test('what is no domain, no address or no name server is told, with exit 2', async () => {
    for (const args of [
      ['dns', '192.0.2.1'],
      ['ip', 'contoso.com'],
      ['dns', 'contoso.com', '--resolver', 'dns.contoso.com'],
    ]) {
      const { code, value } = await program.json(['probe', ...args]);
      expect([code, value.error.message]).toEqual([2, expect.stringMatching(/is no/)]);
    }
  });
});
