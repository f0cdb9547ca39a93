/** `probe ip` against a name server on loopback: the name of the address, the way back, and the lists. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type AddressOptions, probeAddress } from '../../../electron/probe/dns/probe-address.ts';
import { probeResult } from '../../../wizards/engine/probe/probe-result.ts';
import type { AddressList } from '../../../wizards/engine/schema.ts';
import { type Behaviour, type NameServer, startNameServer } from '../../fixtures/dns/name-server.ts';
import { knownFindings } from '../../fixtures/probe/probe.ts';

type Records = Parameters<typeof startNameServer>[0];
const ADDRESS = '198.51.100.25';
const REVERSE = '25.100.51.198.in-addr.arpa';
const HEALTHY: Records = [
  ['PTR', REVERSE, 'mail.contoso.com'],
  ['A', 'mail.contoso.com', ADDRESS],
];
const LIST: AddressList = {
  ...{
    zone: 'list.fabrikam.com',
    title: 'Fabrikam list',
    families: [4],
    certainty: 'confirmed',
    sources: ['RFC 5782'],
  },
  codes: [{ code: '127.0.0.4', means: 'an infected computer' }],
  removal: 'Ask there.',
  needs: 'A name server of your own.',
};
const LISTED = `25.100.51.198.${LIST.zone}`;
const CONTROL = `1.0.0.127.${LIST.zone}`;

let folder: string;
let hosts: string;
const servers: NameServer[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fieldguide-ip-'));
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

async function probed(server: NameServer, more: Partial<AddressOptions> = {}, address = ADDRESS) {
  const options = { resolvers: [server], timeoutMs: 400, hosts, helo: null, lists: [LIST], ...more };
  const result = await probeAddress(address, options, { known: knownFindings });
  expect(probeResult.safeParse(result).error).toBeUndefined();
  return { ...result, codes: result.findings.map(({ code }) => code), why: result.stages[0]?.why };
}
const of = async (records: Records, more?: Partial<AddressOptions>) => probed(await serve(records), more);

describe('the name of an address', () => {
  test('that leads back to it, and that the server introduces itself with, is as it should be', async () => {
    const found = await of(HEALTHY, { helo: 'MAIL.contoso.com' });
    expect({ codes: found.codes, stage: found.stage, suggestions: found.suggestions }).toEqual({
      ...{ codes: [], stage: 'none', suggestions: [] },
    });
    expect(found.options).toMatchObject({ helo: 'MAIL.contoso.com', lists: LIST.zone });
  });

  test('is missing', async () => {
    const found = await of([]);
    expect({ codes: found.codes, stage: found.stage, why: found.why }).toEqual({
      ...{ codes: ['ptr-missing'], stage: 'dns', why: 'The address has no name.' },
    });
    expect(found.suggestions[0]).toMatchObject({
      ...{ wizard: 'outbound-ndr', step: 'name', parameters: { outbound_ip: ADDRESS } },
    });
  });

  test('leads elsewhere', async () => {
    const found = await of([HEALTHY[0] as Records[number], ['A', 'mail.contoso.com', '198.51.100.99']]);
    expect({ codes: found.codes, stage: found.stage }).toEqual({ codes: ['ptr-not-confirmed'], stage: 'dns' });
    expect(found.findings[0]?.evidence.map(({ text }) => text.replace(/^.*: /, ''))).toEqual([
      `PTR ${REVERSE} is mail.contoso.com`,
      'A mail.contoso.com is 198.51.100.99',
    ]);
  });

  test('of several one that leads back is enough', async () => {
    expect((await of([['PTR', REVERSE, 'old.contoso.com'], ...HEALTHY])).codes).toEqual([]);
  });

  test('of IPv6', async () => {
    const server = await serve([
      ['PTR', `5.2.0.0.${'0.'.repeat(20)}8.b.d.0.1.0.0.2.ip6.arpa`, 'mail.contoso.com'],
      ['AAAA', 'mail.contoso.com', '2001:db8::25'],
    ]);
    const found = await probed(server, {}, '2001:DB8::25');
    expect({ codes: found.codes, stage: found.stage }).toEqual({ codes: [], stage: 'none' });
    // The list knows IPv4 only.
    expect(server.asked.some((one) => one.includes(LIST.zone))).toBe(false);
  });

  test('cannot be asked for', async () => {
    const found = await probed(await serve(HEALTHY, { silent: true }));
    expect({ codes: found.codes, stage: found.stage, why: found.why }).toEqual({
      ...{ codes: ['dns-timeout'], stage: 'dns', why: 'No name server gave an answer about the address.' },
    });
  });
});

describe('the name that the server introduces itself with', () => {
  test.each<[string, Records]>([
    ['is not in DNS', HEALTHY],
    ['leads to another address', [...HEALTHY, ['A', 'ex01.contoso.com', '198.51.100.7']]],
    ['is another than that of the address', [...HEALTHY, ['A', 'ex01.contoso.com', ADDRESS]]],
  ])('%s', async (_, records) => {
    const found = await of(records, { helo: 'ex01.contoso.com' });
    expect({ codes: found.codes, stage: found.stage }).toEqual({ codes: ['helo-mismatch'], stage: 'none' });
  });

  test('that was not given is told of', async () => {
    expect((await of(HEALTHY)).notes).toEqual([
      'The name of the address leads back to it: mail.contoso.com.',
      'The name that the server introduces itself with was not given (--helo).',
      'No list that was asked holds the address.',
      expect.stringContaining('that was not asked'),
    ]);
  });
});

describe('lists', () => {
  test('that hold the address, with what the answer means and how it is taken off', async () => {
    const found = await of([...HEALTHY, ['A', LISTED, '127.0.0.4']]);
    expect({ codes: found.codes, stage: found.stage, why: found.why }).toEqual({
      ...{ codes: ['dnsbl-listed'], stage: 'dns', why: 'The address is on Fabrikam list.' },
    });
    expect(found.notes).toContain('Fabrikam list lists the address: an infected computer. Ask there.');
  });

  test('that answer with a code that is not known', async () => {
    const found = await of([...HEALTHY, ['A', LISTED, '127.0.0.77']]);
    expect(found.codes).toEqual(['dnsbl-listed']);
    expect(found.notes).toContain('Fabrikam list lists the address: it answered 127.0.0.77. Ask there.');
  });

  test.each([
    ['127.255.255.252', 'mistyped'],
    ['127.255.255.254', 'big public name server'],
    ['127.255.255.255', 'too many questions'],
    ['127.255.255.9', 'the error 127.255.255.9'],
  ])('that answer with the error %s: no listing', async (code, words) => {
    const found = await of([...HEALTHY, ['A', LISTED, code]]);
    expect({ codes: found.codes, stage: found.stage }).toEqual({ codes: ['dnsbl-refused'], stage: 'none' });
    expect(found.notes.find((note) => note.startsWith('Fabrikam list'))).toMatch(new RegExp(`${words}.*of your own`));
  });

  test('that name every address were given up: no listing', async () => {
    const found = await of([...HEALTHY, ['A', LISTED, '127.0.0.2'], ['A', CONTROL, '127.0.0.2']]);
    expect({ codes: found.codes, stage: found.stage }).toEqual({ codes: ['dnsbl-no-answer'], stage: 'none' });
  });

  test('in whose place something else answers: no listing', async () => {
    const found = await of([...HEALTHY, ['A', LISTED, '203.0.113.80']]);
    expect({ codes: found.codes, stage: found.stage }).toEqual({ codes: ['dnsbl-no-answer'], stage: 'none' });
    expect(found.notes.join('\n')).toContain('203.0.113.80 is no answer of such a list');
  });

  test.each(['10.1.2.3', '127.0.0.1', '169.254.1.1'])(
    'are not asked about %s, which nobody outside sees',
    async (address) => {
      const server = await serve([]);
      const found = await probed(server, {}, address);
      expect(server.asked.some((one) => one.includes(LIST.zone))).toBe(false);
      expect(found.notes[0]).toContain('no list was asked');
    },
  );
});

test('the hosts file that gives the name another address', async () => {
  const file = join(folder, 'shadowing');
  writeFileSync(file, '203.0.113.9 mail.contoso.com mail\n');
  expect((await of(HEALTHY, { hosts: file })).codes).toEqual(['hosts-shadows']);
});

test.each(['contoso.com', '198.51.100', '198.51.100.25:25', '', '-x'])('"%s" is no address', async (text) => {
  const options = { resolvers: [], timeoutMs: 400, hosts, helo: null, lists: [] };
  await expect(probeAddress(text, options, { known: knownFindings })).rejects.toThrow('is no address');
});
