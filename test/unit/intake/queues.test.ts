/** Queues in the layouts in which they are pasted. All samples are composed. */
import { describe, expect, test } from 'vitest';
import { readLastError } from '../../../wizards/engine/intake/last-error.ts';
import { triage } from '../../../wizards/engine/triage.ts';
import { quote } from '../../fixtures/events/compose.ts';
import { testLibrary } from '../../fixtures/events/library.ts';
import { holdsWhenMangled } from '../../fixtures/mangled.ts';
import { ALL, CSV, HEALTHY, LIST, TABLE, VIEWER } from '../../fixtures/queues/compose.ts';

const library = testLibrary();
const findings = (text: string) => triage(library, text).findings;

describe('Get-Queue | Format-List', () => {
  test('a queue to another site, field by field', () => {
    expect(findings(LIST)[0]).toEqual({
      kind: 'queue',
      id: 'SmtpRelayToRemoteAdSite',
      source: 'Get-Queue',
      title: 'Queue MBX01\\3 is in Retry, 41 messages',
      line: 2,
      end: 12,
      fields: {
        queue: 'MBX01\\3',
        delivery_type: 'SmtpRelayToRemoteAdSite',
        status: 'Retry',
        messages: '41',
        next_hop: 'hub site',
        next_hop_connector: '11111111-2222-3333-4444-555555555555',
        last_error:
          '451 4.4.0 Primary target IP address responded with: "451 5.7.3 Cannot achieve Exchange Server authentication." Attempted failover to alternate host, but that did not succeed. Either there are no alternate hosts, or delivery failed to all alternate hosts.',
        reply: '451 5.7.3 Cannot achieve Exchange Server authentication.',
        time: '11/26/2026 9:15:00 AM',
        local_server: 'MBX01',
      },
      local: 'the server that holds the messages',
      remote: 'where they should go',
    });
  });

  test('the wrapper of 2013 and later names peer, address and time', () => {
    expect(findings(LIST)[1]).toMatchObject({
      id: 'DnsConnectorDelivery',
      line: 24,
      end: 34,
      fields: {
        domain: 'fabrikam.com',
        reply: '421 4.2.1 Unable to connect.',
        remote_host: 'mail.fabrikam.com',
        remote_ip: '198.51.100.25',
        time: '11/26/2026 9:16:01 AM',
      },
    });
  });

  test('queues that are well are left out, and their replies are no findings of their own', () => {
    expect(findings(LIST)).toHaveLength(2);
    expect(triage(library, LIST).note ?? '').not.toMatch(/well/);
  });

  test('properties in another order, few of them, values glued to the colon', () => {
    const text = 'LastError:421 4.4.1 Connection timed out\nStatus: Retry\nIdentity: MBX02\\17';
    expect(findings(text)).toMatchObject([
      { id: 'Retry', fields: { queue: 'MBX02\\17', local_server: 'MBX02', reply: '421 4.4.1 Connection timed out' } },
    ]);
  });

  test('an error that a mail program wrapped goes on at the start of the line', () => {
    const text = LIST.replace(/\n {23}/g, '\n');
    expect(findings(text)[0]?.fields.reply).toBe('451 5.7.3 Cannot achieve Exchange Server authentication.');
  });

  test('prose below the last queue is not a part of it', () => {
    const text = 'Identity : MBX01\\3\nStatus : Retry\nMessageCount : 4\nWhat can I do about it?';
    expect(findings(text)[0]).toMatchObject({ end: 3, fields: { status: 'Retry', messages: '4' } });
  });

  test('messages have a LastError too, and are no queues', () => {
    const text =
      'Identity : MBX01\\3\\90\nStatus : Retry\nLastError : 421 4.4.1 Connection timed out\nQueue : MBX01\\3';
    expect(findings(text).map(({ kind }) => kind)).toEqual(['reply']);
  });
});

describe('the table of Get-Queue', () => {
  test('each queue that has something to say, cut columns said to be cut', () => {
    expect(findings(TABLE).map(({ id, line, fields }) => [id, line, fields.messages, fields.cut_columns])).toEqual([
      ['SmtpRelayToRemo', 4, '41', 'DeliveryType'],
      ['DnsConnectorDelivery', 5, '3', 'DeliveryType'],
      ['Submission', 7, '812', undefined],
      ['ShadowRedundancy', 8, '57', undefined],
    ]);
    expect(findings(TABLE)[1]).toMatchObject({ fields: { domain: 'fabrikam.com', queue: 'MBX01\\7' } });
    expect(findings(TABLE)[1]?.title).toMatch(/columns are cut/);
  });

  test('blanks between the columns lost on the way', () => {
    const text = TABLE.replace(/ {2,}/g, ' ');
    expect(findings(text).map(({ id, fields }) => [id, fields.status, fields.next_hop])).toEqual([
      ['SmtpRelayToRemo', 'Retry', 'hub site'],
      ['DnsConnectorDelivery', 'Retry', 'fabrikam.com'],
      ['Submission', 'Ready', 'Submission'],
      ['ShadowRedundancy', 'Ready', 'mbx02.contoso.com'],
    ]);
  });

  test('what was cut is no parameter', () => {
    const text = TABLE.replace('fabrikam.com', 'fabrika...').replace('MBX01\\7 ', 'MBX...  ');
    const cut = findings(text)[1];
    expect(cut?.fields).toMatchObject({ next_hop: 'fabrika', cut_columns: 'Identity, DeliveryType, NextHopDomain' });
    for (const name of ['domain', 'queue', 'local_server']) expect(cut?.fields).not.toHaveProperty(name);
  });
});

describe('rows of separated text', () => {
  test('the Queue Viewer writes the types in words', () => {
    expect(findings(VIEWER).map(({ id, line, fields }) => [id, line, fields.status, fields.messages])).toEqual([
      ['SmartHostConnectorDelivery', 2, 'Retry', '12'],
      ['Unreachable', 3, 'Ready', '4'],
      ['SmtpRelayToRemoteAdSite', 4, 'Suspended', '2'],
    ]);
    expect(findings(VIEWER)[0]?.fields).toMatchObject({
      remote_ip: '192.0.2.25',
      reply: '421 4.4.2 Connection dropped due to SocketError',
    });
  });

  test('Export-Csv', () => {
    expect(findings(CSV)).toMatchObject([
      {
        id: 'DnsConnectorDelivery',
        line: 3,
        fields: {
          local_server: 'EDGE01',
          domain: 'fabrikam.com',
          reply: '450 4.7.1 Greylisted, come again',
          remote_ip: '198.51.100.25',
        },
      },
    ]);
  });
});

describe('what has nothing to say', () => {
  test('queues that are well get a sentence', () => {
    expect(triage(library, HEALTHY)).toEqual({
      findings: [],
      suggestions: [],
      note: expect.stringMatching(/^All 2 queues in this text are well/),
    });
  });

  test.each([
    ['a question', 'What is the status? The identity of the queue, its message count and last error are unknown.'],
    ['a delivery report', 'Action: failed\nStatus: 5.1.1\nLast-Attempt-Date: today'],
    ['a database', 'Identity : DB02\nServer : MBX02\nStatus : Mounted\nMessageCount : 3'],
  ])('%s is no queue', (_, text) => {
    expect(findings(text).filter(({ kind }) => kind === 'queue')).toEqual([]);
    expect(triage(library, text).note).not.toMatch(/queue in this text/);
  });
});

describe('the innermost reply', () => {
  test.each([
    ['451 4.4.395 Target host responded with error. -> 451 5.7.3 Cannot achieve', '451 5.7.3 Cannot achieve'],
    ['[{LED=550 5.7.1 Unable to relay};{MSG=};{FQDN=192.0.2.9};{IP=192.0.2.9};{LRT=}]', '550 5.7.1 Unable to relay'],
    ['A local loop was detected.', null],
  ])('%s', (text, reply) => {
    expect(readLastError(text).reply).toBe(reply);
  });

  test('an address in place of a name is an address', () => {
    expect(readLastError('[{LED=421 x};{MSG=};{FQDN=192.0.2.9};{IP=};{LRT=}]')).toMatchObject({
      remote_host: null,
      remote_ip: '192.0.2.9',
      time: null,
    });
  });
});

describe('a copy in a mail', () => {
  test.each(Object.entries(ALL))('%s gives the same, quoted or with CRLF', (_, text) => {
    const expected = findings(text).map(({ id, line, fields }) => [id, line, fields]);
    expect(findings(quote(text, 1)).map(({ id, line, fields }) => [id, line, fields])).toEqual(expected);
    expect(findings(text.replaceAll('\n', '\r\n')).map(({ id, line, fields }) => [id, line, fields])).toEqual(expected);
  });
});

test('mangled queues: never an exception, lines that exist, no empty field', () => {
  holdsWhenMangled(Object.values(ALL), ['---- ----', 'Status :'], findings);
});

test.each([
  ['lists', LIST],
  ['tables', TABLE],
  ['table rows', 'MBX01\\3 DnsConnectorDelivery Retry 4 0 Normal 0 fabrikam.com\n'],
  ['headers', 'Identity,Status,DeliveryType\n'],
  ['dashes', '-- -- --\n'],
  ['properties without a name', 'LastError :\n x\n'],
])(
  '4 MB of %s are read in bounded time',
  (_, piece) => {
    expect(findings(piece.repeat(Math.ceil((4 * 1024 * 1024) / piece.length))).length).toBeLessThanOrEqual(2000);
  },
  10_000,
);

test('a queue with a delivery type that nobody knows is a queue all the same, and never called well', () => {
  const text = [
    'Identity         DeliveryType Status MessageCount NextHopDomain',
    '--------         ------------ ------ ------------ -------------',
    'MBX01\\3519       SmtpFuture   Retry  412          mbx02.contoso.com',
    'MBX01\\Submission Undefined    Ready  0            Submission',
  ].join('\n');
  const { findings: found, note } = triage(library, text);
  expect(found.map(({ fields }) => [fields.queue, fields.status, fields.messages])).toEqual([
    ['MBX01\\3519', 'Retry', '412'],
  ]);
  expect(note).not.toContain('well');
});
