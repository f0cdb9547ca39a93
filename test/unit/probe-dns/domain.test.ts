/** `probe dns` against name servers on loopback: what they answer, and what does not come through. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'dns-packet';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type DomainOptions, probeDomain } from '../../../electron/probe/dns/probe-domain.ts';
import { probeResult } from '../../../wizards/engine/probe/probe-result.ts';
import { type Behaviour, type NameServer, startNameServer } from '../../fixtures/dns/name-server.ts';
import { knownFindings } from '../../fixtures/probe/probe.ts';

type Records = Parameters<typeof startNameServer>[0];
const HEALTHY: Records = [
  ['MX', 'contoso.com', '10 mail.contoso.com'],
  ['MX', 'contoso.com', '20 mail2.contoso.com'],
  ['A', 'contoso.com', '192.0.2.80'],
  ['TXT', 'contoso.com', 'v=spf1 mx ip4:192.0.2.0/24 -all'],
  ['A', 'mail.contoso.com', '192.0.2.25'],
  ['A', 'mail2.contoso.com', '192.0.2.26'],
  ['AAAA', 'mail2.contoso.com', '2001:db8::26'],
];
const LONG_TEXT = `v=spf1 ${Array.from({ length: 40 }, (_, i) => `ip4:198.51.100.${i}`).join(' ')} -all`;
const without = (type: string, name = 'contoso.com'): Records =>
  HEALTHY.filter(([kind, owner]) => kind !== type || owner !== name);

let folder: string;
let hosts: string;
const servers: NameServer[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fieldguide-dns-'));
  hosts = join(folder, 'hosts');
  writeFileSync(hosts, '127.0.0.1 localhost\n');
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(records: Records, behaviour?: Behaviour): Promise<NameServer> {
  const server = await startNameServer(records, behaviour);
  servers.push(server);
  return server;
}

async function probed(resolvers: readonly NameServer[], more: Partial<DomainOptions> = {}) {
  const options = { resolvers, timeoutMs: 400, hosts, followSpf: false, ...more };
  const result = await probeDomain('contoso.com', options, { known: knownFindings });
  expect(probeResult.safeParse(result).error).toBeUndefined();
  return {
    ...result,
    codes: result.findings.map(({ code }) => code),
    lines: result.stages[0]?.steps.map(({ text }) => text) ?? [],
  };
}
const of = async (records: Records, behaviour?: Behaviour) => probed([await serve(records, behaviour)]);

describe('a domain whose mail finds its way', () => {
  test('has no findings; each question and its answer is a line', async () => {
    const server = await serve(HEALTHY);
    const { codes, lines, stage, stages, suggestions, notes, target, kind } = await probed([server]);
    expect({ codes, stage, suggestions, target, kind }).toEqual({
      ...{ codes: [], stage: 'none', suggestions: [], target: 'contoso.com', kind: 'dns' },
    });
    expect(stages.map(({ name, status }) => [name, status])).toEqual([['dns', 'ok']]);
    expect(lines[0]).toBe(
      `${server.text} by UDP (EDNS 1232): MX contoso.com is 10 mail.contoso.com, 20 mail2.contoso.com`,
    );
    expect(lines).toContain(`${server.text} by UDP (EDNS 1232): AAAA mail.contoso.com has no record`);
    expect(notes.at(-1)).toContain('What another network is told may differ.');
  });

  test('nothing is asked but the domain and the mail servers that it names', async () => {
    const server = await serve([...HEALTHY, ['TXT', 'spf.fabrikam.com', 'v=spf1 -all']]);
    await probed([server]);
    expect([...new Set(server.asked.map((one) => one.split(' ')[2]))].sort()).toEqual([
      'contoso.com',
      'mail.contoso.com',
      'mail2.contoso.com',
    ]);
  });

  test('an MX record may be missing where the domain itself has an address', async () => {
    const { codes, stage, notes } = await of(without('MX'));
    expect({ codes, stage }).toEqual({ codes: ['mx-missing'], stage: 'none' });
    expect(notes[0]).toContain('RFC 5321 section 5.1');
  });
});

describe('a domain whose mail finds no way', () => {
  test.each<[string, Records, string[], string]>([
    ['does not exist', [], ['dns-not-found'], 'The domain does not exist.'],
    [
      'takes no mail',
      [...without('MX'), ['MX', 'contoso.com', '0 .']],
      ['mx-null'],
      'The domain says that it takes no mail (null MX).',
    ],
    [
      'has neither MX nor address',
      [['TXT', 'contoso.com', 'v=spf1 -all']],
      ['mx-missing'],
      'It has no mail server and no address.',
    ],
    [
      'names a mail server without an address',
      [
        ['MX', 'contoso.com', '10 mail.contoso.com'],
        ['TXT', 'contoso.com', 'v=spf1 -all'],
      ],
      ['mx-unresolved'],
      'None of its mail servers has an address.',
    ],
  ])('%s', async (_, records, codes, why) => {
    const found = await of(records);
    expect({ codes: found.codes, stage: found.stage, why: found.stages[0]?.why }).toEqual({ codes, stage: 'dns', why });
    expect(found.suggestions[0]?.wizard).toBe('dns');
    expect(found.suggestions[0]?.parameters).toMatchObject({ domain: 'contoso.com' });
  });
});

describe('records that are written wrongly', () => {
  test('an alias as mail server', async () => {
    const found = await of([
      ...without('A', 'mail.contoso.com'),
      ['CNAME', 'mail.contoso.com', 'ex01.contoso.com'],
      ['A', 'ex01.contoso.com', '192.0.2.25'],
    ]);
    expect({ codes: found.codes, stage: found.stage }).toEqual({ codes: ['mx-cname'], stage: 'none' });
    expect(found.findings[0]?.evidence[0]?.text).toContain(
      'A mail.contoso.com is an alias of ex01.contoso.com, 192.0.2.25',
    );
  });

  test('an address as mail server', async () => {
    const found = await of([...without('MX'), ['MX', 'contoso.com', '10 192.0.2.25']]);
    expect(found.codes).toEqual(['mx-is-address']);
  });

  test.each<[string, string[], string]>([
    ['no SPF record', [], 'spf-missing'],
    ['two SPF records', ['v=spf1 mx -all', 'v=spf1 a -all'], 'spf-many'],
    ['an SPF record with a mistyped word', ['v=spf1 ipv4:192.0.2.25 -all'], 'spf-broken'],
  ])('%s', async (_, texts, code) => {
    const found = await of([...without('TXT'), ...texts.map((text): Records[number] => ['TXT', 'contoso.com', text])]);
    expect({ codes: found.codes, stage: found.stage }).toEqual({ codes: [code], stage: 'none' });
  });

  test('an SPF record that leads to too many lookups is found by following it, and not without being told to', async () => {
    const records: Records = [
      ...without('TXT'),
      ['TXT', 'contoso.com', 'v=spf1 include:spf.fabrikam.com -all'],
      [
        'TXT',
        'spf.fabrikam.com',
        `v=spf1 ${Array.from({ length: 10 }, (_, i) => `a:h${i}.fabrikam.com`).join(' ')} -all`,
      ],
    ];
    const server = await serve(records);
    expect((await probed([server])).codes).toEqual([]);
    const followed = await probed([server], { followSpf: true });
    expect(followed.codes).toEqual(['spf-broken']);
    expect(followed.notes).toContain('SPF: the record and those that it leads to cause 11 of 10 lookups.');
  });

  test('SPF records that lead to one another come to an end', async () => {
    const server = await serve([
      ...without('TXT'),
      ['TXT', 'contoso.com', 'v=spf1 include:spf.fabrikam.com -all'],
      ['TXT', 'spf.fabrikam.com', 'v=spf1 include:contoso.com include:spf.fabrikam.com -all'],
    ]);
    expect((await probed([server], { followSpf: true })).codes).toEqual([]);
  });
});

describe('name servers', () => {
  test('that do not answer', async () => {
    const found = await of(HEALTHY, { silent: true });
    expect({ codes: found.codes, stage: found.stage }).toEqual({ codes: ['dns-timeout'], stage: 'dns' });
    expect(found.stages[0]?.why).toBe('No name server gave an answer about the domain.');
  });

  test.each([
    ['SERVFAIL', 2],
    ['REFUSED', 5],
  ])('that answer %s', async (code, number) => {
    const found = await of(HEALTHY, { code: number });
    expect(found.codes).toEqual(['dns-refused']);
    expect(found.findings[0]?.evidence[0]?.text).toContain(`is answered ${code}`);
  });

  test('that are not there', async () => {
    const server = await startNameServer([]);
    await server.close();
    const found = await probed([server]);
    expect(found.codes).toEqual(['dns-refused']);
    expect(found.lines[0]).toContain('no name server listens there');
  });

  test('of which one is silent: mail finds its way, and the silent one is named', async () => {
    const [good, bad] = [await serve(HEALTHY), await serve(HEALTHY, { silent: true })];
    const found = await probed([bad, good]);
    expect({ codes: found.codes, stage: found.stage }).toEqual({ codes: ['dns-timeout'], stage: 'none' });
    expect(found.findings[0]?.evidence.every(({ text }) => text.startsWith(bad.text))).toBe(true);
  });

  test('that disagree', async () => {
    const [one, other] = [
      await serve(HEALTHY),
      await serve([...without('MX'), ['MX', 'contoso.com', '10 old.contoso.com']]),
    ];
    const found = await probed([one, other]);
    expect(found.codes).toEqual(['dns-resolvers-differ']);
    expect(found.findings[0]?.evidence.map(({ text }) => text.split(' ')[0])).toEqual([one.text, other.text]);
  });
});

describe('what does not come through', () => {
  const long: Records = [...without('TXT'), ['TXT', 'contoso.com', LONG_TEXT]];

  test.each(['closed', 'silent', 'cut'] as const)('answers by TCP: %s', async (tcp) => {
    expect((await of(HEALTHY, { tcp })).codes).toEqual(['dns-tcp-refused']);
  });

  test('an answer by TCP that is another one', async () => {
    const found = await of(HEALTHY, { tcp: [...without('MX'), ['MX', 'contoso.com', '10 trap.contoso.com']] });
    expect(found.codes).toEqual(['dns-tcp-differs']);
  });

  test('long answers by UDP, which a firewall for old DNS drops', async () => {
    const found = await of(long, { most: 512 });
    expect({ codes: found.codes, stage: found.stage }).toEqual({ codes: ['dns-edns-filtered'], stage: 'none' });
    expect(found.suggestions.map(({ wizard, step }) => [wizard, step])).toEqual([['dns', 'tcp']]);
  });

  test('questions with EDNS', async () => {
    expect((await of(HEALTHY, { dropsEdns: true })).codes).toEqual(['dns-edns-filtered']);
    expect((await of(HEALTHY, { knowsNoEdns: true })).codes).toEqual(['dns-edns-filtered']);
  });

  test('long answers are no fault where they come through', async () => {
    expect((await of(long)).codes).toEqual([]);
  });
});

describe('the hosts file', () => {
  test('that leads elsewhere is found; one that agrees is not', async () => {
    const server = await serve(HEALTHY);
    const file = join(folder, 'shadowing');
    writeFileSync(file, '# old\r\n192.0.2.26 MAIL2.contoso.com\r\n198.51.100.7\tmail.contoso.com # moved in 2009\r\n');
    const found = await probed([server], { hosts: file });
    expect(found.codes).toEqual(['hosts-shadows']);
    expect(found.findings[0]?.evidence.map(({ text }) => text)).toEqual([
      `${file} line 3: 198.51.100.7 mail.contoso.com`,
    ]);
  });
});

describe('hostile answers', () => {
  const id = (query: Buffer): number => query.readUInt16BE(0);
  const answer = (number: number, name: string): Buffer =>
    encode({
      ...{ type: 'response', id: number, questions: [{ type: 'MX', name }] },
      answers: [{ type: 'MX', name, data: { preference: 1, exchange: 'trap.contoso.com' } }],
    });

  test('a forged answer with a wrong number, to another question, and garbage are passed over and told of', async () => {
    const found = await of(HEALTHY, {
      before: (query) => [
        answer(id(query) ^ 1, 'contoso.com'),
        answer(id(query), 'fabrikam.com'),
        Buffer.from('garbage'),
      ],
    });
    expect(found.codes).toEqual([]);
    expect(found.lines[0]).toContain('is 10 mail.contoso.com, 20 mail2.contoso.com; an answer to another question');
  });

  test.each<[string, (query: Buffer) => Buffer]>([
    ['no bytes', () => Buffer.alloc(0)],
    ['64 KB of noughts', () => Buffer.alloc(60_000)],
    ['the question itself', (query) => query],
    [
      'a name that points at itself',
      (query) => Buffer.concat([query.subarray(0, 2), Buffer.from('81800001000000000000c00c000f0001', 'hex')]),
    ],
    [
      'a count of records that are not there',
      (query) => Buffer.concat([query.subarray(0, 2), Buffer.from('8180ffffffffffffffff', 'hex')]),
    ],
  ])('%s in place of an answer', async (_, instead) => {
    const found = await of(HEALTHY, { instead });
    expect(found.codes).toEqual(['dns-refused']);
    expect(found.lines[0]).toContain('got no answer that can be read');
  });

  test('stopping works at once', async () => {
    const server = await serve(HEALTHY, { silent: true });
    const stop = new AbortController();
    const options = { resolvers: [server], timeoutMs: 60_000, hosts, followSpf: false };
    const probing = probeDomain('contoso.com', options, { known: knownFindings, signal: stop.signal });
    setTimeout(() => stop.abort(new Error('stopped')), 20);
    await expect(probing).rejects.toThrow('stopped');
  });

  test.each(['192.0.2.1', 'contoso.com:25', 'contoso com', '-x', ''])('"%s" is no domain', async (text) => {
    const options = { resolvers: [], timeoutMs: 400, hosts, followSpf: false };
    await expect(probeDomain(text, options, { known: knownFindings })).rejects.toThrow(/is no/);
  });
});
