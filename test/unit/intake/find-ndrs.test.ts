import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOST_FINDINGS, triage } from '../../../wizards/engine/triage.ts';
import { cutAtColumn, quote, wrapAtBlanks } from '../../fixtures/events/compose.ts';
import { testLibrary } from '../../fixtures/events/library.ts';
import * as reports from '../../fixtures/ndr/reports.ts';

const library = testLibrary();
const ndrs = (text: string) => triage(library, text).findings.filter(({ kind }) => kind === 'ndr');
const fieldsOf = (text: string) => ndrs(text).map(({ fields }) => fields);

describe('a report of Exchange 2000 or 2003', () => {
  test('names the recipient, the server that wrote it, the status and the reply', () => {
    const [found, ...others] = ndrs(reports.EXCHANGE_2003);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ kind: 'ndr', id: '5.7.1', source: 'NDR', line: 8, end: 10 });
    expect(found?.fields).toEqual({
      generator: 'Exchange 2003',
      status: '5.7.1',
      reply: '550 5.7.1 Unable to relay for user2@fabrikam.com',
      action: 'failed',
      reporting_server: 'mail.contoso.com',
      recipient: 'user2@fabrikam.com',
      domain: 'fabrikam.com',
      time: '3/14/2011 7:35 AM',
    });
  });

  test('is read in any language, for its codes are not translated', () => {
    expect(fieldsOf(reports.EXCHANGE_2003_GERMAN)).toEqual([
      {
        generator: 'Exchange 2003',
        status: '5.4.0',
        action: 'failed',
        reporting_server: 'mail.contoso.com',
        recipient: 'user2@fabrikam.com',
        domain: 'fabrikam.com',
        time: '14.03.2011 07:35',
      },
    ]);
  });

  test('may know the recipient by its name only', () => {
    const text =
      "      'User Two' on 3/14/2011 7:33 AM\n            The message was too old.\n            <mail.contoso.com#4.4.7>";
    expect(fieldsOf(text)).toEqual([
      {
        generator: 'Exchange 2003',
        status: '4.4.7',
        action: 'failed',
        reporting_server: 'mail.contoso.com',
        time: '3/14/2011 7:33 AM',
      },
    ]);
    expect(ndrs(text)[0]?.title).toMatch(/^Not delivered, given up after waiting \(4\.4\.7\)/);
  });
});

describe('a report of Exchange 2007 or later', () => {
  test('is one finding for each recipient, with what the returned headers say', () => {
    const found = ndrs(reports.EXCHANGE_2010);
    expect(found.map(({ id, line }) => [id, line])).toEqual([
      ['5.1.1', 10],
      ['5.7.1', 12],
    ]);
    expect(found.map(({ fields }) => fields)).toEqual([
      {
        generator: 'Exchange 2007+',
        status: '5.1.1',
        reply: '550 5.1.1 User unknown',
        action: 'failed',
        local_server: 'mbx01.contoso.com',
        remote_host: 'mail.fabrikam.com',
        recipient: 'user2@fabrikam.com',
        domain: 'fabrikam.com',
        sender: 'user1@contoso.com',
        message_id: '<a1b2c3@mbx01.contoso.com>',
      },
      {
        generator: 'Exchange 2007+',
        status: '5.7.1',
        reply: '550 5.7.1 Message refused by policy',
        action: 'failed',
        local_server: 'mbx01.contoso.com',
        remote_host: 'mail.fabrikam.com',
        recipient: 'user3@fabrikam.com',
        domain: 'fabrikam.com',
        sender: 'user1@contoso.com',
        message_id: '<a1b2c3@mbx01.contoso.com>',
      },
    ]);
  });

  test('shows the report of another system: the server in it is not ours', () => {
    expect(fieldsOf(reports.EXCHANGE_2010_FOREIGN)).toEqual([
      {
        generator: 'Exchange 2007+',
        status: '5.1.1',
        reply: '550 5.1.1 <user2@fabrikam.com>: Recipient address rejected: User unknown',
        action: 'failed',
        reporting_server: 'mx.fabrikam.com',
        recipient: 'user2@fabrikam.com',
        domain: 'fabrikam.com',
      },
    ]);
  });

  test('that gave up after waiting has the last error before that as its reply', () => {
    const [found, ...others] = ndrs(reports.EXCHANGE_2016_EXPIRED);
    expect(others).toEqual([]);
    expect(found?.id).toBe('4.4.7');
    expect(found?.title).toMatch(/given up after waiting \(4\.4\.7\)\. The last error: /);
    expect(found?.fields).toEqual({
      generator: 'Exchange 2007+',
      status: '4.4.7',
      reply:
        '451 4.4.0 Primary target IP address responded with: "421 4.4.1 Connection timed out." Attempted failover to alternate host, but that did not succeed.',
      action: 'failed',
      local_server: 'mbx01.contoso.com',
      remote_host: 'fabrikam.com',
      remote_ip: '192.0.2.25',
      recipient: 'user2@fabrikam.com',
      domain: 'fabrikam.com',
      sender: 'user1@contoso.com',
      message_id: '<d4e5f6@mbx01.contoso.com>',
    });
  });

  test('quotes the wrapper of a queue, and its peer is the remote server', () => {
    const text = `user2@fabrikam.com
Remote Server returned '550 4.4.7 QUEUE.Expired; message expired'
Remote Server returned '[{LED=450 4.4.316 Connection refused [Message=Socket error code 10061] [LastAttemptedServerName=mail.fabrikam.com] [LastAttemptedIP=192.0.2.25:25]};{MSG=};{FQDN=mail.fabrikam.com};{IP=192.0.2.25};{LRT=3/14/2021 7:23:25 AM}]'`;
    const [fields] = fieldsOf(text);
    expect(fields).toMatchObject({ status: '4.4.7', remote_host: 'mail.fabrikam.com', remote_ip: '192.0.2.25' });
    expect(fields?.reply).toContain('LED=450 4.4.316 Connection refused');
  });
});

describe('a report of Exchange Online', () => {
  test('is read from its table, and the inner reply is the one of the other side', () => {
    expect(fieldsOf(reports.EXCHANGE_ONLINE)).toEqual([
      {
        generator: 'Exchange Online',
        status: '5.7.350',
        reply: '554 5.7.1 Service unavailable; Client host [192.0.2.10] blocked using a list',
        action: 'failed',
        reporting_server: 'AM0PR0000MB0001.eurprd00.prod.outlook.com',
        remote_host: 'mail.fabrikam.com',
        recipient: 'user2@fabrikam.com',
        domain: 'fabrikam.com',
        sender: 'user1@contoso.com',
        time: '3/14/2022 7:33:29 AM',
      },
    ]);
  });

  test('is read with its labels above their values', () => {
    expect(fieldsOf(reports.EXCHANGE_ONLINE_STACKED)).toEqual([
      {
        generator: 'Exchange Online',
        status: '5.1.10',
        reply:
          '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient user2@fabrikam.com not found by SMTP address lookup',
        action: 'failed',
        remote_host: 'AM0PR0000MB0001.eurprd00.prod.outlook.com',
        recipient: 'user2@fabrikam.com',
        domain: 'fabrikam.com',
      },
    ]);
  });

  test('quotes the other side, apostrophes and all', () => {
    expect(fieldsOf(reports.EXCHANGE_ONLINE_RETURNED)).toEqual([
      {
        generator: 'Exchange Online',
        status: '5.4.1',
        reply: "550 5.4.1 [user2@fabrikam.com]: Recipient address rejected: Access denied. It can't be reached",
        action: 'failed',
        reporting_server: 'AM0PR0000MB0001.eurprd00.prod.outlook.com',
        recipient: 'user2@fabrikam.com',
        domain: 'fabrikam.com',
      },
    ]);
  });
});

describe('a report of Postfix', () => {
  test('says who refused what, at which command, or why nobody was reached', () => {
    expect(fieldsOf(reports.POSTFIX)).toEqual([
      {
        generator: 'Postfix',
        status: '5.1.1',
        reply: '550 5.1.1 <user2@fabrikam.com>: Recipient address rejected: User unknown',
        action: 'failed',
        reporting_server: 'mail.contoso.com',
        remote_host: 'mx.fabrikam.com',
        remote_ip: '192.0.2.25',
        command: 'rcpt',
        recipient: 'user2@fabrikam.com',
        domain: 'fabrikam.com',
      },
      {
        generator: 'Postfix',
        status: '4.4.1',
        error: 'connect to mx2.fabrikam.com[192.0.2.26]:25: Connection timed out',
        action: 'failed',
        reporting_server: 'mail.contoso.com',
        remote_host: 'mx2.fabrikam.com',
        remote_ip: '192.0.2.26',
        recipient: 'user3@fabrikam.com',
        domain: 'fabrikam.com',
      },
    ]);
  });

  test('in text and fields is one finding for each recipient, and the server that wrote it is ours', () => {
    const found = ndrs(`${reports.POSTFIX}\n${reports.POSTFIX_FIELDS}`);
    expect(found).toHaveLength(2);
    expect(found[0]?.fields).toEqual({
      generator: 'Postfix',
      status: '5.1.1',
      reply: '550 5.1.1 <user2@fabrikam.com>: Recipient address rejected: User unknown',
      action: 'failed',
      local_server: 'mail.contoso.com',
      remote_host: 'mx.fabrikam.com',
      remote_ip: '192.0.2.25',
      command: 'rcpt',
      recipient: 'user2@fabrikam.com',
      domain: 'fabrikam.com',
      sender: 'user1@contoso.com',
      time: 'Mon, 14 Mar 2011 07:33:29 +0100 (CET)',
    });
    expect(found[1]?.fields).toMatchObject({
      status: '4.4.1',
      remote_host: 'mx2.fabrikam.com',
      sender: 'user1@contoso.com',
    });
  });
});

describe('delivery-status fields', () => {
  test('are read without anything around them', () => {
    expect(ndrs(reports.POSTFIX_FIELDS).map(({ id, line, end }) => [id, line, end])).toEqual([
      ['5.1.1', 1, 12],
      ['4.4.1', 14, 19],
    ]);
  });

  test('of a delay are a notice, not a failure', () => {
    const [found] = ndrs(reports.DELAY_FIELDS);
    expect(found?.title).toMatch(/^Delay notice, not yet a failure/);
    expect(found?.fields).toEqual({
      generator: 'RFC 3464',
      status: '4.4.7',
      reply: '400 4.4.7 Message delayed',
      action: 'delayed',
      reporting_server: 'mbx01.contoso.com',
      recipient: 'user2@fabrikam.com',
      domain: 'fabrikam.com',
      time: 'Mon, 14 Mar 2011 06:33:29 +0000',
    });
  });

  test('of a message that arrived are no finding', () => {
    for (const action of ['delivered', 'relayed', 'expanded'])
      expect(ndrs(reports.POSTFIX_FIELDS.replaceAll('Action: failed', `Action: ${action}`))).toEqual([]);
  });

  test('are read with an empty line between any two, and on a single line', () => {
    const dense = fieldsOf(reports.POSTFIX_FIELDS);
    expect(fieldsOf(reports.POSTFIX_FIELDS.replaceAll('\n', '\n\n').replaceAll('\n\n    ', '\n    '))).toEqual(dense);
    expect(fieldsOf(reports.DELAY_FIELDS.replaceAll(/\n+/g, ' '))).toEqual(fieldsOf(reports.DELAY_FIELDS));
  });

  test('of two reports pasted one after the other are two findings, each with its own server', () => {
    const other = reports.DELAY_FIELDS.replace('mbx01', 'mbx09').replaceAll('user2@', 'user9@');
    expect(fieldsOf(`${reports.DELAY_FIELDS}\n${other}`).map((one) => [one.recipient, one.reporting_server])).toEqual([
      ['user2@fabrikam.com', 'mbx01.contoso.com'],
      ['user9@fabrikam.com', 'mbx09.contoso.com'],
    ]);
  });
});

const SAMPLES = Object.entries(reports) as [string, string][];
const UNWRAPPED = SAMPLES.filter(([name]) => !['EXCHANGE_ONLINE', 'EXCHANGE_ONLINE_STACKED'].includes(name));

describe('a report that a mail program has mangled', () => {
  test.each(SAMPLES)('%s: quoted, with CRLF, as HTML source', (_, text) => {
    const fields = fieldsOf(text);
    expect(fields.length).toBeGreaterThan(0);
    expect(fieldsOf(quote(text, 1))).toEqual(fields);
    expect(fieldsOf(quote(text, 3))).toEqual(fields);
    expect(fieldsOf(text.replaceAll('\n', '\r\n'))).toEqual(fields);
    const escaped = text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;');
    expect(fieldsOf(escaped.replaceAll('\n', '<br>\n'))).toEqual(fields);
  });

  test.each(UNWRAPPED)('%s: wrapped at blanks, then quoted', (_, text) => {
    for (const width of [60, 72, 78, 100])
      expect([width, fieldsOf(quote(wrapAtBlanks(text, width), 1))]).toEqual([width, fieldsOf(text)]);
  });

  test('quoted twice in one thread is one report', () => {
    expect(ndrs(`${reports.EXCHANGE_2003}\n\n${quote(reports.EXCHANGE_2003, 1)}`)).toHaveLength(1);
  });
});

describe('what a report leads to', () => {
  test('the reply within a report is a part of it', () => {
    for (const [, text] of SAMPLES)
      expect(triage(library, text).findings.map(({ kind }) => kind)).not.toContain('reply');
  });

  test('ordinary prose gives nothing', () => {
    const prose = [
      'The remote server returned an error (#5 of the list). Ticket #550 5 servers, see #5.1 of the manual.',
      'Action: call the customer. Status: open. Recipient: the team at contoso.com.',
      'Our plan <draft #5.1.2> was sent to user1@contoso.com. He said: 550 users are affected.',
      'Generating server: none of them. Error: it does not work.',
      '<user1@contoso.com>: please have a look, I said 5 times that it hangs.',
      'We read about Final-Recipient and Remote-MTA in the manual.',
      'Reported error: nothing works. DSN generated by: unknown',
    ];
    for (const text of [...prose, prose.join('\n')]) expect(ndrs(text)).toEqual([]);
  });
});

describe('any text at all', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc
      .constantFrom(...SAMPLES.map(([, text]) => text))
      .chain((text) =>
        fc
          .tuple(fc.nat({ max: text.length }), fc.nat({ max: text.length }))
          .map(([a, b]) => text.slice(Math.min(a, b), Math.max(a, b))),
      ),
    fc.constantFrom('\n', '\r', '> ', '<', '>', '#', '#550 5.1.1 ', 'Final-Recipient: ', ' -> ', "'", '\ud800', '&lt;'),
  );

  test('is read without an error, with findings that stand in it', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const text = pieces.join('');
        const lines = text.split(/\r\n|\r|\n/).length;
        for (const { line, end, id, fields } of ndrs(text)) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(end).toBeGreaterThanOrEqual(line);
          expect(end).toBeLessThanOrEqual(lines);
          expect(id).toMatch(/^\d\d\d$|^\d\.\d{1,3}\.\d{1,3}$/);
          for (const value of Object.values(fields)) expect(value).toBe(value.trim());
          expect(Object.values(fields)).not.toContain('');
        }
      }),
      { numRuns: 500 },
    );
  });

  test('two reports on one line are two reports', () => {
    const report = (user: string) =>
      `Reporting-MTA: dns; mail.contoso.com\nFinal-Recipient: rfc822; ${user}\nStatus: 5.1.1`;
    const text = `${report('user1@contoso.com')} ${report('user2@fabrikam.com')}`;
    expect(ndrs(text).map(({ line, fields }) => [line, fields.recipient])).toEqual([
      [1, 'user1@contoso.com'],
      [3, 'user2@fabrikam.com'],
    ]);
  });

  test('cut at a column loses words, never the status', () => {
    for (const [name, text] of SAMPLES)
      expect([name, ndrs(cutAtColumn(text, 90))[0]?.id]).toEqual([name, ndrs(text)[0]?.id]);
  });

  const size = 6 * 1024 * 1024;
  const times = (text: string) => text.repeat(Math.ceil(size / text.length)).slice(0, size);
  test.each<[string, string]>([
    ['codes', times('#550 5.1.1 ')],
    ['codes in brackets', times('<#5.1.1 ')],
    ['names of fields', times('Final-Recipient: ')],
    ['fields', times('Final-Recipient: rfc822;user2@fabrikam.com\n')],
    ['field lines that go on', times('Final-Recipient: x\n y\n')],
    ['quotes of servers', times("Remote Server returned '")],
    ['labels', times('Reported error: 550 5.1.1\n')],
    ['recipients', times('<user2@fabrikam.com>: said 550\n')],
    ['line ends', `connect to\n${times('\n')}`],
    ['quote signs', `said 550${times('> ')}`],
    ['addresses', `Remote Server returned '550 5.1.1 ${times('user2@')}`],
    ...SAMPLES.map(([name, text]): [string, string] => [name, times(`${text}\n`)]),
  ])('6 MB of %s end in a bounded list', (_, text) => {
    const started = performance.now();
    expect(triage(library, text).findings.length).toBeLessThanOrEqual(MOST_FINDINGS);
    // A figure to notice quadratic reading by, far above what it takes.
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
