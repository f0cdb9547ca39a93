import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseReceived } from '../../../wizards/engine/intake/received.ts';
import { MOST_FINDINGS, triage } from '../../../wizards/engine/triage.ts';
import { quote, wrapAtBlanks } from '../../fixtures/events/compose.ts';
import { testLibrary } from '../../fixtures/events/library.ts';
import * as blocks from '../../fixtures/headers/blocks.ts';
import { EXCHANGE_2010, POSTFIX } from '../../fixtures/ndr/reports.ts';

const library = testLibrary();
const headers = (text: string) => triage(library, text).findings.filter(({ kind }) => kind === 'headers');

describe('message headers', () => {
  test('are one finding that says the most important thing', () => {
    const [found, ...others] = headers(blocks.FOUR_HOPS);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ id: 'slow', source: 'Message headers', line: 1, end: 26 });
    expect(found?.title).toBe('Message headers: 4 hops in 95 s, the slowest at mx.contoso.com');
    expect(found?.fields).toEqual({
      message_id: '<77aa@fabrikam.com>',
      hops: '4',
      total_delay: '95',
      slowest_hop: 'mx.contoso.com, 91 s',
      sender: 'user2@fabrikam.com',
      recipient: 'user1@contoso.com',
      spf: 'pass',
      dkim: 'fail',
      dmarc: 'none',
    });
  });

  test('never show the subject', () => {
    expect(JSON.stringify(headers(blocks.FOUR_HOPS))).not.toContain('secret');
  });

  test('tell the way from hop to hop, the oldest first', () => {
    const hops = headers(blocks.FOUR_HOPS)[0]?.hops;
    expect(hops).toEqual([
      {
        line: 13,
        from: '198.51.100.77',
        from_ip: '198.51.100.77',
        by: 'mail.fabrikam.com',
        with: 'ESMTPSA',
        tls: 'TLS',
        authenticated: 'Authenticated sender: user2',
        id: '77AA01',
        for: 'user1@contoso.com',
        time: 'Mon, 14 Mar 2022 07:33:29 +0000',
        utc: '2022-03-14T07:33:29.000Z',
        delay: null,
        flags: [],
        notes: [],
      },
      {
        line: 8,
        from: 'mail.fabrikam.com',
        from_ip: '198.51.100.25',
        by: 'mx.contoso.com',
        with: 'ESMTPS',
        tls: 'TLSv1.2 ECDHE-RSA-AES256-GCM-SHA384',
        authenticated: null,
        id: '4F1A22C0',
        for: 'user1@contoso.com',
        time: 'Mon, 14 Mar 2022 08:35:00 +0100',
        utc: '2022-03-14T07:35:00.000Z',
        delay: 91,
        flags: ['slow'],
        notes: ['slow'],
      },
      {
        line: 5,
        from: 'mx.contoso.com',
        from_ip: '192.0.2.20',
        by: 'mbx01.contoso.com',
        with: 'Microsoft SMTP Server',
        tls: null,
        authenticated: 'Anonymous',
        id: '15.1.2507.12',
        for: null,
        time: 'Mon, 14 Mar 2022 08:35:02 +0100',
        utc: '2022-03-14T07:35:02.000Z',
        delay: 2,
        flags: [],
        notes: [],
      },
      {
        line: 1,
        from: 'mbx01.contoso.com',
        from_ip: '192.0.2.10',
        by: 'mbx01.contoso.com',
        with: 'Microsoft SMTP Server',
        tls: 'TLS1_2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
        authenticated: null,
        id: '15.1.2507.12',
        for: null,
        time: 'Mon, 14 Mar 2022 08:35:04 +0100',
        utc: '2022-03-14T07:35:04.000Z',
        delay: 2,
        flags: [],
        notes: [],
      },
    ]);
  });

  test('of a slow way are called so', () => {
    expect(headers(blocks.FOUR_HOPS)[0]?.id).toBe('slow');
    expect(headers(blocks.FOUR_HOPS.replace('08:35:00', '08:34:20').replace('07:33:29', '07:33:30'))[0]?.id).toBe(
      'way',
    );
  });

  test('of a loop name the server that comes again, and how often', () => {
    const [found] = headers(blocks.LOOP);
    expect(found).toMatchObject({
      id: 'loop',
      title: 'Message headers: a loop, a.contoso.com had the message 3 times',
    });
    expect(found?.fields.loop).toBe('a.contoso.com, 3 times');
    expect(found?.hops?.map(({ flags }) => flags)).toEqual([[], [], ['again'], ['again'], ['again']]);
    expect(found?.hops?.at(-1)?.notes).toEqual(['has the message for the 3rd time']);
  });

  test('of a message that came back once from a filter, or passed services of one server, are no loop', () => {
    const back = headers(blocks.LOOP.split('\n').slice(2).join('\n'))[0];
    expect(back?.id).toBe('way');
    expect(back?.hops?.map(({ flags }) => flags)).toEqual([[], [], ['again']]);
    expect(headers(blocks.FOUR_HOPS)[0]?.fields.loop).toBeUndefined();
  });

  test('name the server whose clock is wrong, and leave it out of the delays', () => {
    const [found] = headers(blocks.FAST_CLOCK);
    expect(found?.id).toBe('clock');
    expect(found?.fields).toMatchObject({ clock_fault: 'b.contoso.com: at least 3599 seconds fast', total_delay: '4' });
    expect(found?.hops?.map(({ delay, flags }) => [delay, flags])).toEqual([
      [null, []],
      [3601, ['clock']],
      [2, []],
      [2, []],
    ]);
  });

  test('of two servers do not say whose clock is wrong', () => {
    const [found] = headers(blocks.TWO_CLOCKS);
    expect(found?.fields.clock_fault).toBe('a.contoso.com or b.contoso.com: at least 3596 seconds apart');
    expect(found?.hops?.[1]?.notes).toEqual(['its clock or that of a.contoso.com is wrong by at least 3596 seconds']);
  });

  test('with a date that no calendar has say so', () => {
    const [found] = headers(blocks.LOOP.replace('14 Mar 2022 07:00:05', '31 Feb 2022 07:00:05'));
    expect(found?.hops?.at(-1)).toMatchObject({ utc: null, delay: null, flags: ['no-date', 'again'] });
  });

  test('end at the server that refused when they come with a report', () => {
    const { findings } = triage(library, EXCHANGE_2010);
    expect(findings.map(({ kind }) => kind)).toEqual(['ndr', 'ndr', 'headers']);
    const way = findings[2];
    expect(way?.fields).toMatchObject({
      hops: '1',
      refused_by: 'mail.fabrikam.com',
      message_id: '<a1b2c3@mbx01.contoso.com>',
    });
    expect(way?.hops?.at(-1)).toMatchObject({
      from: 'mbx01.contoso.com',
      by: 'mail.fabrikam.com',
      refused: '550 5.1.1 User unknown',
    });
  });
});

describe('one line Received', () => {
  const part = (value: string) => {
    const {
      from,
      from_ip,
      by,
      with: protocol,
      tls,
      authenticated,
      id,
      for: recipient,
      date,
    } = parseReceived(value) ?? {};
    return [from, from_ip, by, protocol, tls, authenticated, id, recipient, date && new Date(date.at).toISOString()];
  };

  test.each([
    [
      'Exchange 2003',
      'from mail2.fabrikam.com ([198.51.100.25]) by mail.contoso.com with Microsoft SMTPSVC(6.0.3790.4675);\t Mon, 14 Mar 2011 07:33:29 -0500',
      [
        'mail2.fabrikam.com',
        '198.51.100.25',
        'mail.contoso.com',
        'Microsoft SMTPSVC',
        null,
        null,
        null,
        null,
        '2011-03-14T12:33:29.000Z',
      ],
    ],
    [
      'the pickup folder of Exchange 2003',
      'from mail pickup service by mail.contoso.com with Microsoft SMTPSVC; Mon, 14 Mar 2011 07:33:29 GMT',
      [
        'mail pickup service',
        null,
        'mail.contoso.com',
        'Microsoft SMTPSVC',
        null,
        null,
        null,
        null,
        '2011-03-14T07:33:29.000Z',
      ],
    ],
    [
      'Exchange 2010 with TLS',
      'from HUB01.contoso.com (192.0.2.11) by edge.contoso.com (192.0.2.12) with Microsoft SMTP Server (TLS) id 14.3.123.3; Mon, 14 Mar 2011 07:33:29 +0100',
      [
        'HUB01.contoso.com',
        '192.0.2.11',
        'edge.contoso.com',
        'Microsoft SMTP Server',
        'TLS',
        null,
        '14.3.123.3',
        null,
        '2011-03-14T06:33:29.000Z',
      ],
    ],
    [
      'Exim',
      'from [198.51.100.77] (helo=client.fabrikam.com) by mail.fabrikam.com with esmtpsa (TLS1.3) tls TLS_AES_256_GCM_SHA384 (Exim 4.96) (envelope-from <user2@fabrikam.com>) id 1nTfAb-0003; Mon, 14 Mar 2022 07:33:29 +0000',
      [
        '198.51.100.77',
        '198.51.100.77',
        'mail.fabrikam.com',
        'esmtpsa tls TLS_AES_256_GCM_SHA384',
        'TLS1.3 TLS_AES_256_GCM_SHA384',
        'SMTP AUTH',
        '1nTfAb-0003',
        null,
        '2022-03-14T07:33:29.000Z',
      ],
    ],
    [
      'Google',
      'from mail.fabrikam.com (mail.fabrikam.com. [198.51.100.25]) by mx.contoso.com with ESMTPS id a1si2 for <user1@contoso.com> (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256); Mon, 14 Mar 2022 00:33:29 -0700 (PDT)',
      [
        'mail.fabrikam.com',
        '198.51.100.25',
        'mx.contoso.com',
        'ESMTPS',
        'TLS1_3 TLS_AES_256_GCM_SHA384',
        null,
        'a1si2',
        'user1@contoso.com',
        '2022-03-14T07:33:29.000Z',
      ],
    ],
    [
      'sendmail',
      'from client (client.contoso.com [IPv6:2001:db8::77]) (authenticated bits=0) by mail.contoso.com (8.14.4/8.14.4) with ESMTP id p2E7XT01; 14 Mar 11 07:33 EST',
      [
        'client',
        '2001:db8::77',
        'mail.contoso.com',
        'ESMTP',
        null,
        'authenticated bits=0',
        'p2E7XT01',
        null,
        '2011-03-14T12:33:00.000Z',
      ],
    ],
    [
      'qmail',
      '(qmail 1234 invoked from network); 14 Mar 2011 07:33:29 -0000',
      [null, null, null, null, null, null, null, null, '2011-03-14T07:33:29.000Z'],
    ],
  ])('of %s', (_, value, wanted) => {
    expect(part(value)).toEqual(wanted);
  });

  test('that is none is not read', () => {
    for (const value of ['', 'yesterday', '(a', ')))', ';', 'the goods; Mon, 14 Mar 2011 07:33:29 -0000'])
      expect(parseReceived(value)).toBeNull();
  });

  test('never fails, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        parseReceived(text);
        parseReceived(`from ${text} by ${text}; ${text}`);
      }),
    );
  });
});

describe('headers that a mail program has mangled', () => {
  const way = (text: string) =>
    headers(text).map(({ id, fields, hops }) => ({ id, fields, hops: hops?.map(({ line: _, ...hop }) => hop) }));
  const samples = Object.entries(blocks) as [string, string][];

  test.each(samples)('%s: quoted, wrapped, with CRLF, with every line apart', (_, text) => {
    expect(way(quote(text, 2))).toEqual(way(text));
    expect(way(text.replaceAll('\n', '\r\n'))).toEqual(way(text));
    for (const width of [60, 72]) expect([width, way(quote(wrapAtBlanks(text, width), 1))]).toEqual([width, way(text)]);
    expect(way(text.replaceAll('\n ', ' ').replaceAll('\n\t', ' '))).toEqual(way(text));
  });

  test('the text of the message behind them is not read', () => {
    const text = `${blocks.FOUR_HOPS}\nHello,\nReceived: from the postman by me; yesterday.\n\nBye`;
    expect(headers(text)[0]).toMatchObject({ line: 1, end: 26 });
  });

  test('ordinary prose gives nothing', () => {
    for (const text of [
      'We received: from the supplier, two servers.',
      'Received: yesterday, by post.',
      'Mail was received from contoso.com by us.',
      POSTFIX,
    ])
      expect(headers(text)).toEqual([]);
  });
});

describe('any text at all', () => {
  test('is read without an error', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc
        .constantFrom(...Object.values(blocks))
        .chain((text) =>
          fc
            .tuple(fc.nat({ max: text.length }), fc.nat({ max: text.length }))
            .map(([a, b]) => text.slice(Math.min(a, b), Math.max(a, b))),
        ),
      fc.constantFrom('\n', 'Received: ', 'Received: from a by b; ', '(', ')', '; ', ' ', '> '),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const text = pieces.join('');
        for (const { line, end, hops } of headers(text)) {
          expect(end).toBeGreaterThanOrEqual(line);
          for (const hop of hops ?? []) expect(hop.line).toBeGreaterThanOrEqual(line);
          for (const hop of hops ?? []) expect(hop.line).toBeLessThanOrEqual(end ?? line);
        }
      }),
      { numRuns: 500 },
    );
  });

  const size = 6 * 1024 * 1024;
  const times = (text: string) => text.repeat(Math.ceil(size / text.length)).slice(0, size);
  test.each<[string, string]>([
    ['lines Received', times('Received: from a by b; Mon, 14 Mar 2022 07:00:05 +0000\n')],
    ['lines Received on one line', times('Received: from a by b; ')],
    ['brackets', `Received: from a ${times('(')}`],
    ['lines that go on', `Received: from a by b\n${times(' c\n')}`],
    ['lines that do not', `Received: from a by b\n${times('c\n')}`],
    ['headers', `Received: from a by b\n${times('X: c\n')}`],
    ['blocks', times(`${blocks.FOUR_HOPS}\n`)],
  ])('6 MB of %s end in a bounded list', (_, text) => {
    const started = performance.now();
    expect(triage(library, text).findings.length).toBeLessThanOrEqual(MOST_FINDINGS);
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
