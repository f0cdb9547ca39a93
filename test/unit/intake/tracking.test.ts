/** Message tracking in the layouts in which it is pasted. All samples are composed. */
import { describe, expect, test } from 'vitest';
import { TRACKING_FIELDS } from '../../../wizards/engine/logs/tracking.ts';
import { triage } from '../../../wizards/engine/triage.ts';
import { quote } from '../../fixtures/events/compose.ts';
import { testLibrary } from '../../fixtures/events/library.ts';
import { holdsWhenMangled } from '../../fixtures/mangled.ts';
import {
  ALL,
  HANDED_OVER,
  HEADER,
  LIST,
  LOG,
  logLine,
  REFUSED,
  TABLE,
  TRACE,
} from '../../fixtures/tracking/compose.ts';

const library = testLibrary();
const findings = (text: string) => triage(library, text).findings;
const byId = (text: string, id: string) => findings(text).find((one) => one.id === id);

describe('lines of the log', () => {
  test('a message that was handed over, field by field', () => {
    expect(byId(LOG, 'SENDEXTERNAL')).toMatchObject({
      kind: 'tracking',
      source: 'message tracking',
      title: 'Message <a1@contoso.com> was handed over to mail.fabrikam.com (SENDEXTERNAL, SMTP)',
      line: 6,
      end: 7,
      fields: {
        message_id: '<a1@contoso.com>',
        event: 'SENDEXTERNAL',
        tracking_source: 'SMTP',
        time: '2026-11-26T09:00:03.000Z',
        local_server: 'MBX01',
        send_connector: 'To the Internet',
        sender: 'user1@contoso.com',
        recipient: 'user2@fabrikam.com',
        accepted_with: '250 2.1.5 Recipient OK',
        remote_host: 'mail.fabrikam.com',
        remote_ip: '198.51.100.25',
        stations: '2',
      },
    });
    expect(byId(LOG, 'SENDEXTERNAL')?.fields).not.toHaveProperty('reply');
  });

  test('a message that one server refused, with its way', () => {
    const refused = byId(LOG, 'FAIL');
    expect(refused?.fields).toMatchObject({
      reply: '550 5.7.1 Unable to relay',
      recipient: 'user4@fabrikam.com',
      remote_host: 'mail.fabrikam.com',
      remote_ip: '198.51.100.25',
      local_server: 'MBX01',
    });
    expect(refused?.way?.map(({ event, line }) => [event, line])).toEqual([
      ['RECEIVE', 8],
      ['DELIVER', 9],
      ['FAIL', 10],
    ]);
  });

  test('without their header', () => {
    const text = `Look:\n${REFUSED.map((one) => logLine(one)).join('\n')}\nThat is all.`;
    expect(findings(text)).toMatchObject([{ id: 'FAIL', line: 2, end: 4 }]);
  });

  test('of Exchange 2010, which has a field less', () => {
    const names = TRACKING_FIELDS.filter((name) => name !== 'network-message-id');
    expect(findings(REFUSED.map((one) => logLine(one, names)).join('\n'))).toMatchObject([
      { id: 'FAIL', fields: { recipient: 'user4@fabrikam.com', reply: '550 5.7.1 Unable to relay' } },
    ]);
  });

  test('mixed with one another', () => {
    const rows = [HANDED_OVER[0], REFUSED[0], HANDED_OVER[1], REFUSED[2]].map((one) => logLine(one ?? {}));
    expect(findings(rows.join('\n')).map(({ id, line, end }) => [id, line, end])).toEqual([
      ['SENDEXTERNAL', 1, 1],
      ['FAIL', 2, 2],
    ]);
  });

  test('a row that ends in the middle still counts', () => {
    const text = `${HEADER}\n${logLine(REFUSED[2] ?? {}).slice(0, -40)}`;
    expect(findings(text)).toMatchObject([{ id: 'FAIL' }]);
  });
});

describe('a message that was put off and then refused', () => {
  const message = { 'message-id': '<t1@contoso.com>', 'recipient-address': 'bob@fabrikam.com' };
  const taken = {
    ...message,
    'date-time': '2025-01-06T10:00:01.000Z',
    'client-ip': '192.0.2.6',
    'server-ip': '192.0.2.7',
    'server-hostname': 'MBX02',
    source: 'SMTP',
    'event-id': 'RECEIVE',
  };
  const putOff = {
    ...message,
    'date-time': '2025-01-06T10:00:05.000Z',
    'server-hostname': 'MBX02',
    source: 'SMTP',
    'event-id': 'DEFER',
    'recipient-status':
      '[{LED=451 4.4.0 Primary target IP address responded with: "421 4.2.1 Unable to connect"};{MSG=};{FQDN=mail.fabrikam.com};{IP=198.51.100.55};{LRT=1/6/2025 10:00:05 AM}]',
  };
  const refused = {
    ...message,
    'date-time': '2025-01-06T12:00:05.000Z',
    'server-ip': '198.51.100.55',
    'server-hostname': 'MBX02',
    source: 'SMTP',
    'event-id': 'FAIL',
    'recipient-status': '550 5.7.1 Unable to relay',
  };
  const fields = (...rows: Record<string, string>[]) =>
    findings(rows.map((row) => logLine(row)).join('\n')).find(({ kind }) => kind === 'tracking')?.fields;

  test('keeps what put it off, and the other server', () => {
    expect(fields(taken, putOff, refused)).toMatchObject({
      event: 'FAIL',
      reply: '550 5.7.1 Unable to relay',
      deferred_with: '421 4.2.1 Unable to connect',
      remote_host: 'mail.fabrikam.com',
      remote_ip: '198.51.100.55',
    });
  });

  test('at another address is not that of the delay', () => {
    const found = fields(taken, putOff, { ...refused, 'server-ip': '198.51.100.56' });
    expect(found).toMatchObject({ deferred_with: '421 4.2.1 Unable to connect', remote_ip: '198.51.100.56' });
    expect(found?.remote_host).toBeUndefined();
  });

  test('names no other server where the address may be its own', () => {
    expect(fields(refused)?.remote_ip).toBeUndefined();
    expect(fields(taken, { ...refused, 'server-ip': '192.0.2.7' })?.remote_ip).toBeUndefined();
  });

  test('says nothing of the delay twice while it waits', () => {
    expect(fields(taken, putOff)).toMatchObject({ reply: '421 4.2.1 Unable to connect', remote_ip: '198.51.100.55' });
    expect(fields(taken, putOff)?.deferred_with).toBeUndefined();
  });
});

describe('Get-MessageTrackingLog', () => {
  test('as a list', () => {
    expect(findings(LIST)).toMatchObject([
      {
        id: 'FAIL',
        line: 2,
        end: 21,
        fields: {
          message_id: '<c3@contoso.com>',
          tracking_source: 'ROUTING',
          time: '11/26/2026 9:10:05 AM',
          reply: '550 5.4.4 ROUTING.NoConnectorForAddressType; unable to route for address type',
          recipient: 'user2@fabrikam.com',
        },
      },
    ]);
  });

  test('as a trace without the ID: all blocks are one message', () => {
    expect(findings(TRACE)).toMatchObject([
      { id: 'DEFER', fields: { tracking_source: 'AGENT', reply: '451 4.3.0 Held back by an agent', stations: '2' } },
    ]);
  });

  test('as a table: messages are told apart by sender and subject', () => {
    expect(findings(TABLE).map(({ id, line, fields }) => [id, line, fields.sender, fields.tracking_source])).toEqual([
      ['DELIVER', 4, 'user1@contoso.com', 'STOREDRIVER'],
      ['FAIL', 6, 'user5@contoso.com', 'DNS'],
    ]);
  });

  test('as CSV', () => {
    const text =
      '"Timestamp","EventId","Source","MessageId","Recipients"\n"11/26/2026 9:10:01 AM","DEFER","SMTP","<d@contoso.com>","user2@contoso.com"';
    expect(findings(text)).toMatchObject([{ id: 'DEFER', fields: { message_id: '<d@contoso.com>' } }]);
  });
});

test('of the subject nothing is taken', () => {
  for (const text of Object.values(ALL)) expect(JSON.stringify(triage(library, text))).not.toMatch(/plans/i);
});

test.each(Object.entries(ALL))('%s quoted in a mail gives the same', (_, text) => {
  const all = (of: string) => findings(of).map(({ id, line, fields }) => [id, line, fields]);
  expect(all(quote(text, 1))).toEqual(all(text));
});

test.each([
  ['an event of Windows', 'Event ID: 7004\nSource: SMTP\nTimestamp: now'],
  ['a question', 'Which EventId and Source does message tracking show for FAIL and DEFER?'],
  ['another log', '2026-11-26T09:00:01.000Z,a,b,c,d,e,f,g,h,i,j,k,l,m'],
])('%s is no message', (_, text) => {
  expect(findings(text).filter(({ kind }) => kind === 'tracking')).toEqual([]);
});

test('mangled tracking: never an exception, lines that exist, no empty field', () => {
  holdsWhenMangled(Object.values(ALL), ['#Fields: a,b', ',,,"'], findings);
});

test.each([
  ['the log', `${LOG}\n`],
  ['lists', LIST],
  ['tables', TABLE],
  ['stray quotes', '2026-11-26T09:00:01.000Z,"a,b\n'],
])(
  '4 MB of %s are read in bounded time',
  (_, piece) => {
    expect(findings(piece.repeat(Math.ceil((4 * 1024 * 1024) / piece.length))).length).toBeLessThanOrEqual(300);
  },
  10_000,
);
