/** The connectivity log: which connections failed, and how. All samples are composed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConnectivityFold } from '../../../wizards/engine/logs/connectivity.ts';
import { triage } from '../../../wizards/engine/triage.ts';
import { testLibrary } from '../../fixtures/events/library.ts';

const HEADER = `#Software: Microsoft Exchange Server
#Version: 15.0.0.0
#Log-type: Transport Connectivity Log
#Date: 2026-11-26T09:00:00.000Z
#Fields: date-time,session,source,Destination,direction,description`;
const at = (second: number) => `2026-11-26T09:00:${String(second).padStart(2, '0')}.000Z`;
const NO_NAME = `${at(1)},08DE1A2B3C4D5E01,SMTP,fabrikam.com,+,DnsConnectorDelivery 11111111-2222-3333-4444-555555555555
${at(2)},08DE1A2B3C4D5E01,SMTP,fabrikam.com,>,The DNS query for 'DnsConnectorDelivery':'fabrikam.com' failed with error : ErrorRetry
${at(2)},08DE1A2B3C4D5E01,SMTP,fabrikam.com,-,Messages: 0 Bytes: 0 ()`;
const NO_CONNECTION = `${at(3)},08DE1A2B3C4D5E02,SMTP,contoso.com,+,DnsConnectorDelivery 11111111-2222-3333-4444-555555555555
${at(3)},08DE1A2B3C4D5E02,SMTP,contoso.com,>,mail.contoso.com[198.51.100.25]
${at(24)},08DE1A2B3C4D5E02,SMTP,contoso.com,>,"Failed connection to 198.51.100.25:25 (TimedOut:0000274C)"
${at(24)},08DE1A2B3C4D5E02,SMTP,contoso.com,-,Messages: 0 Bytes: 0 ()`;
const WELL = `${at(5)},08DE1A2B3C4D5E03,SMTP,mbx02.contoso.com,+,SmtpRelayToServers 11111111-2222-3333-4444-555555555555
${at(5)},08DE1A2B3C4D5E03,SMTP,mbx02.contoso.com,>,Failed connection to 192.0.2.19:25 (ConnectionRefused:0000274D)
${at(6)},08DE1A2B3C4D5E03,SMTP,mbx02.contoso.com,>,Established connection to 192.0.2.20
${at(7)},08DE1A2B3C4D5E03,SMTP,mbx02.contoso.com,-,Messages: 2 Bytes: 8123 ()`;
const BUSY = `${at(8)},08DE1A2B3C4D5E04,MapiDelivery,DB02,+,
${at(8)},08DE1A2B3C4D5E04,MapiDelivery,DB02,-,Messages: 0 Bytes: 0 (432 4.3.2 STOREDRV; mailbox server is too busy)`;

const library = testLibrary();
const findings = (text: string) => triage(library, text).findings;

describe('connections that failed', () => {
  test('no name', () => {
    expect(findings(`${HEADER}\n${NO_NAME}`)).toEqual([
      {
        kind: 'session',
        id: 'dns',
        source: 'connectivity log',
        title: 'The name system knows no way to fabrikam.com',
        line: 6,
        fields: {
          stage: 'dns',
          source: 'SMTP',
          domain: 'fabrikam.com',
          error: "The DNS query for 'DnsConnectorDelivery':'fabrikam.com' failed with error : ErrorRetry",
          connections: '1',
          messages: '0',
          time: at(1),
          until: at(2),
        },
        local: 'the server that wrote the log',
        remote: 'the destination',
      },
    ]);
  });

  test('no connection: host and address come from the description', () => {
    expect(findings(NO_CONNECTION)).toMatchObject([
      {
        id: 'connect',
        fields: {
          domain: 'contoso.com',
          remote_host: 'mail.contoso.com',
          remote_ip: '198.51.100.25',
          error: 'Failed connection to 198.51.100.25:25 (TimedOut:0000274C)',
        },
      },
    ]);
  });

  test('the cause stays where the last row only sums up', () => {
    const retry = NO_CONNECTION.replace('Messages: 0 Bytes: 0 ()', 'Messages: 0 Bytes: 0 (Retry : Unable to connect)');
    expect(findings(retry)).toEqual(findings(NO_CONNECTION));
    const alone = retry.replace(/^.*Failed connection.*\n/m, '');
    expect(findings(alone)).toMatchObject([
      { id: 'connect', fields: { error: 'Messages: 0 Bytes: 0 (Retry : Unable to connect)' } },
    ]);
  });

  test('a fault that came later, with its reply', () => {
    expect(findings(BUSY)).toMatchObject([
      { id: 'none', fields: { source: 'MapiDelivery', reply: '432 4.3.2 STOREDRV; mailbox server is too busy' } },
    ]);
  });

  test('the same fault is one finding, however often it came, also when sessions are mixed', () => {
    const again = NO_CONNECTION.replaceAll('5E02', '5E09').split('\n');
    const mixed = NO_CONNECTION.split('\n').flatMap((line, i) => [line, again[i]]);
    expect(findings(mixed.join('\n'))).toMatchObject([
      { title: 'No connection to contoso.com was made, 2 times', fields: { connections: '2' } },
    ]);
  });
});

test('when a later host took the connection, nothing failed, and a sentence says so', () => {
  expect(triage(library, `${HEADER}\n${WELL}`)).toMatchObject({
    findings: [],
    note: expect.stringMatching(/^The connection in this connectivity log came about/),
  });
});

test('counts add up, whatever the bound', () => {
  const fold = new ConnectivityFold(2);
  for (let i = 0; i < 10; i += 1) {
    const row = { session: `s${i}`, destination: `d${i}`, direction: '+', description: 'Failed connection to x' };
    expect(fold.push(row, i + 1)).toBe(true);
  }
  expect(fold.push({ session: '', direction: '+' }, 11)).toBe(false);
  const { groups, counts } = fold.finish();
  expect(groups).toHaveLength(2);
  expect(counts).toEqual({
    rows: 11,
    left_out: 1,
    sessions: 10,
    by_stage: { dns: 0, connect: 10, none: 0 },
    not_grouped: 8,
  });
});

test('any rows: no exception, and sessions are those of the stages', () => {
  const row = fc.record({
    session: fc.constantFrom('a', 'b', 'c', undefined),
    direction: fc.constantFrom('+', '>', '-', 'x'),
    destination: fc.string({ maxLength: 5 }),
    description: fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.constantFrom(
        'DNS failed',
        'Failed connection to 192.0.2.1',
        'Established connection to 192.0.2.1',
        '421 4.4.2 x',
      ),
    ),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
      const fold = new ConnectivityFold(3);
      for (const [index, one] of rows.entries()) fold.push(one, index + 1);
      const { groups, counts } = fold.finish();
      expect(counts.sessions).toBe(counts.by_stage.dns + counts.by_stage.connect + counts.by_stage.none);
      expect(groups.reduce((sum, group) => sum + group.count, 0) + counts.not_grouped).toBe(counts.sessions);
    }),
  );
});

test('4 MB of it are read in bounded time', () => {
  const piece = `${NO_CONNECTION}\n${WELL}\n`;
  expect(findings(piece.repeat(Math.ceil((4 * 1024 * 1024) / piece.length)))).toHaveLength(1);
}, 10_000);
