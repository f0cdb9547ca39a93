/** The relay test, against the lab server and against servers that break off. */
import { afterEach, describe, expect, test } from 'vitest';
import type { SmtpOptions } from '../../../electron/probe/probe-context.ts';
import { probeRelay } from '../../../electron/probe/relay-probe.ts';
import { probeResult } from '../../../wizards/engine/probe/probe-result.ts';
import { RELAY_VARIANTS } from '../../../wizards/engine/probe/relay-variants.ts';
import { startTestLab } from '../../fixtures/lab/lab.ts';
import { conversation, startHostile } from '../../fixtures/probe/hostile-server.ts';
import { codesOf, KNOWN } from '../../fixtures/probe/probe.ts';

const OPTIONS: SmtpOptions = {
  ...{
    until: 'rcpt',
    helo: 'client.contoso.com',
    from: '',
    to: [],
    timeoutMs: 5000,
    tls: 'none',
    mx: false,
    family: 0,
  },
  ...{
    source: null,
    bytes: null,
    pipelining: false,
    injection: false,
    logon: null,
    insecureLogon: false,
    slowMs: 60_000,
  },
};
const NAMES = { foreign: 'example.net', own: 'contoso.com' };
const ask = (port: number) => probeRelay(`127.0.0.1:${port}`, OPTIONS, NAMES, { known: async () => KNOWN });

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

describe('the relay test', () => {
  test.each(['2003', '2010', '2016', 'postfix'])('tells an open server (%s) from a closed one', async (server) => {
    const open = await startTestLab({ profile: 'relay-open', server });
    const closed = await startTestLab({ profile: 'healthy', server });
    closing.push(open.close, closed.close);
    const found = await ask(open.port);
    expect([found.stage, codesOf(found)]).toEqual(['rcpt', ['relay-open']]);
    expect(found.suggestions[0]).toMatchObject({ wizard: 'outbound-ndr', step: 'who-may-relay' });
    const well = await ask(closed.port);
    expect([well.stage, codesOf(well)]).toEqual(['none', []]);
    for (const result of [found, well]) {
      expect(probeResult.parse(result)).toEqual(result);
      expect(result.notes.join(' ')).toContain('is no proof');
    }
  });

  test('asks in every way, takes each back, and sends no message', async () => {
    const lab = await startTestLab({ profile: 'relay-denied', server: '2010' });
    closing.push(lab.close);
    await ask(lab.port);
    const sent = lab.transcript.filter(({ kind }) => kind === 'received').map(({ text }) => text);
    expect(sent.filter((text) => text.startsWith('RCPT TO:')).length).toBeGreaterThan(RELAY_VARIANTS.length / 2);
    expect(sent.filter((text) => text.startsWith('MAIL FROM:'))).toHaveLength(RELAY_VARIANTS.length);
    expect(sent.filter((text) => text === 'RSET').length).toBeGreaterThanOrEqual(RELAY_VARIANTS.length);
    expect(sent.some((text) => /^(?:DATA|BDAT)/i.test(text))).toBe(false);
  });

  test('stops at the first 421', async () => {
    const asked: string[] = [];
    const server = await startHostile(
      conversation({
        ...{
          CONNECT: '220 mail.contoso.com\r\n',
          EHLO: '250 mail.contoso.com\r\n',
          MAIL: '250 OK\r\n',
          RSET: '250 OK\r\n',
        },
        RCPT: (socket) => {
          asked.push('RCPT');
          socket.write(asked.length < 3 ? '550 5.7.1 Unable to relay\r\n' : '421 4.7.0 Too many errors\r\n');
        },
      }),
    );
    closing.push(server.close);
    const result = await ask(server.port);
    expect(asked).toHaveLength(3);
    expect(result.stages.find(({ name }) => name === 'rcpt')?.why).toBe(
      `It broke off after 3 of ${RELAY_VARIANTS.length} ways of asking.`,
    );
    expect(codesOf(result)).toEqual([]);
  });

  test('a hole that only odd addresses find is told from an open relay', async () => {
    const server = await startHostile((socket) => {
      socket.write('220 mail.contoso.com\r\n');
      socket.on('data', (bytes) => {
        const text = bytes.toString();
        socket.write(text.startsWith('RCPT') && !text.includes('%') ? '550 5.7.1 Unable to relay\r\n' : '250 OK\r\n');
      });
    });
    closing.push(server.close);
    const result = await ask(server.port);
    expect(codesOf(result)).toEqual(['relay-some']);
    expect(result.findings[0]?.evidence.map(({ text }) => text)).toContain(
      'RCPT TO:<relaytest%example.net@mail.contoso.com>',
    );
  });
});
