/** Samples are composed after facts 4.3. */
import { describe, expect, test } from 'vitest';
import { outcome, readLog, sum } from '../../fixtures/logs/read-log.ts';

/** Each line gets a time, a second later than the one before; further lines of a reply get none. */
const log = (rows: string[], start = 14 * 3600 + 36 * 60 + 27): string => {
  let second = start;
  return rows
    .map((row) => {
      if (!/^(?:<<<|>>>|A )/.test(row)) return row;
      const [hour, minute] = [Math.floor(second / 3600), Math.floor(second / 60) % 60];
      const two = (value: number): string => String(value).padStart(2, '0');
      const time = `5/13/00 ${((hour + 11) % 12) + 1}:${two(minute)}:${two(second % 60)} ${hour < 12 ? 'AM' : 'PM'}`;
      second += 1;
      return `${time} : ${row}`;
    })
    .join('\r\n');
};
const INBOUND = [
  'A connection was accepted from mail.fabrikam.com.',
  '>>> 220 server2.contoso.com ESMTP Server (Microsoft Exchange Internet Mail Service 5.5.2650.21) ready',
  '<<< IO: |EHLO server1.fabrikam.com',
  '<<< EHLO server1.fabrikam.com',
  '>>> 250-server2.contoso.com Hello [server1.fabrikam.com]',
  '250-XEXCH50',
  '250-HELP',
  '250-SIZE 0',
  '250 AUTH=LOGIN',
  '<<< MAIL FROM:<user1@fabrikam.com>',
  '>>> 250 OK - mail from <user1@fabrikam.com>',
  '<<< RCPT TO:<user2@contoso.com>',
  '>>> 250 OK - Recipient <user2@contoso.com>',
  '<<< DATA',
  '>>> 354 Send data.  End with CRLF.CRLF',
  '<<< Subject: QUIT',
  '',
  'QUIT and 550 are words of the message',
  '<<< RCPT TO:<nobody> is one as well',
  '<<< 220 and so is this',
  '<<< .',
  '>>> 250 OK',
  '<<< QUIT',
  '>>> 221 closing connection',
];
const OUTBOUND = [
  '<<< 220 mx.fabrikam.com ESMTP',
  '>>> EHLO server2.contoso.com',
  '<<< 250-mx.fabrikam.com Hello',
  '250-XEXCH50',
  '250 DSN',
  '>>> MAIL FROM:<user2@contoso.com>',
  '<<< 250 ok',
  '>>> RCPT TO:<user1@fabrikam.com>',
  '<<< 550 5.7.1 Unable to relay',
  '>>> QUIT',
  '<<< 221 bye',
];

describe('the log of the Internet Mail Service', () => {
  test('gives a session that came in, and looks into no message', () => {
    const { sessions, counts } = readLog(log(INBOUND));
    expect(sessions).toEqual([
      {
        file: 0,
        line: 1,
        offset: 0,
        stage: 'none',
        reply: null,
        delivered: 1,
        remote: 'mail.fabrikam.com',
        connector: null,
        start: '2000-05-13T14:36:27.000Z',
        end: '2000-05-13T14:36:44.000Z',
        flags: ['ended', 'greeted', 'whole'],
      },
    ]);
    expect(counts[0]).toMatchObject({ format: 'ims', times: 'local', lines: 24, headers: 1, records: 23 });
    expect(counts[0]?.bad.list()).toEqual([]);
  });

  test('gives a session that went out, and knows the remote side by its own name', () => {
    const { sessions } = readLog(log(OUTBOUND));
    expect(sessions.map(outcome)).toEqual([
      { stage: 'rcpt', reply: '550 5.7.1 Unable to relay', delivered: 0, remote: 'mx.fabrikam.com' },
    ]);
    expect(sessions[0]?.flags).toEqual(['ended', 'greeted', 'whole']);
  });

  test('gives one session after the other, with and without QUIT and in either direction', () => {
    const broken = OUTBOUND.slice(0, 7);
    const { sessions, counts } = readLog(
      log([...broken, ...INBOUND, ...OUTBOUND, ...INBOUND.slice(1, 13), ...broken, ...INBOUND]),
    );
    expect(counts[0]?.bad.list()).toEqual([]);
    expect(sessions.map(({ stage, delivered, remote }) => [stage, delivered, remote])).toEqual([
      ['none', 0, 'mx.fabrikam.com'],
      ['none', 1, 'mail.fabrikam.com'],
      ['rcpt', 0, 'mx.fabrikam.com'],
      ['none', 0, 'server1.fabrikam.com'],
      ['none', 0, 'mx.fabrikam.com'],
      ['none', 1, 'mail.fabrikam.com'],
    ]);
  });

  test('sees that the sides have changed, though no banner was logged', () => {
    const { sessions } = readLog(log([...INBOUND.slice(1, 9), ...OUTBOUND.slice(1)]));
    expect(sessions.map(({ stage, reply }) => [stage, reply])).toEqual([
      ['none', null],
      ['rcpt', '550 5.7.1 Unable to relay'],
    ]);
  });

  test.each<[string, string[], object]>([
    [
      'a refused XEXCH50',
      [
        '>>> XEXCH50 1124 2',
        '<<< 505 Authentication required',
        '>>> DATA',
        '<<< 354 go',
        '<<< 250 ok',
        '>>> QUIT',
        '<<< 221 bye',
      ],
      { stage: 'xexch50', reply: '505 Authentication required', delivered: 1 },
    ],
    [
      'a blob that got no answer',
      ['>>> XEXCH50 1124 2', '<<< 354 Send binary data'],
      { stage: 'blob', reply: null, delivered: 0 },
    ],
    ['a message that got no answer', ['>>> DATA', '<<< 354 go'], { stage: 'data', reply: null, delivered: 0 }],
    [
      'a refusal of several lines',
      ['>>> DATA', '<<< 554-no', '554 never', '>>> QUIT', '<<< 221 bye'],
      { stage: 'data', reply: '554-no', delivered: 0 },
    ],
  ])('%s', (_, rows, truth) => {
    const { sessions, counts } = readLog(log([...OUTBOUND.slice(0, 7), ...rows]));
    expect(counts[0]?.bad.list()).toEqual([]);
    expect(sessions).toHaveLength(1);
    expect(sessions[0]).toMatchObject(truth);
  });

  test('begins anew after ten silent minutes', () => {
    const hello = '<<< HELO a';
    expect(readLog(`${log([hello])}\n${log([hello], 14 * 3600 + 46 * 60 + 27)}`).sessions).toHaveLength(1);
    expect(readLog(`${log([hello])}\n${log([hello], 14 * 3600 + 46 * 60 + 28)}`).sessions).toHaveLength(2);
  });

  test.each([
    ['5/13/00 2:36:27 PM', '2000-05-13T14:36:27'],
    ['5/13/00 12:00:01 AM', '2000-05-13T00:00:01'],
    ['5/13/1999 12:00:01 PM', '1999-05-13T12:00:01'],
    ['05/03/98 14:36:27', '1998-05-03T14:36:27'],
    ['13/5/00 14:36:27', '2000-05-13T14:36:27'],
    ['13.05.00 14:36:27', '2000-05-13T14:36:27'],
    ['03-05-2001 14:36:27', '2001-05-03T14:36:27'],
    ['2001-05-03 14:36:27', '2001-05-03T14:36:27'],
  ])('reads the time %s', (time, iso) => {
    expect(readLog(`${time} : <<< HELO a`).sessions[0]?.start).toBe(`${iso}.000Z`);
  });

  test('goes on with the day in front once a day beyond 12 stood there', () => {
    const text = '13/05/00 14:36:27 : <<< HELO a\n01/06/00 14:36:27 : <<< HELO a';
    expect(readLog(text).sessions.map(({ start }) => start.slice(0, 10))).toEqual(['2000-05-13', '2000-06-01']);
  });

  test('names what is no record', () => {
    const rows = [
      'five',
      '5/13/00 2:36:27 PM : <<< EHLO a',
      '250-XEXCH50',
      'words',
      '5/13/00 2:36:28 PM : >>> 250-b',
      '250-XEXCH50',
      '251-OTHER',
      '250 HELP',
      '250 MORE',
      '5/13/00 2:36 PM : <<< QUIT',
      '5/33/00 2:36:27 PM : <<< QUIT',
      '\0\0',
      '5/13/00 2:36:30 PM : a sentence of the service',
      '5/13/00 2:36:30 PM :',
      '5/13/00 2:36:30 PM : <<<',
    ];
    const { counts, sessions } = readLog(rows.join('\n'));
    expect(counts[0]?.bad.list()).toEqual([
      { why: 'nothing says what log it belongs to', count: 1, line: 1 },
      { why: 'it does not begin with a time', count: 7, line: 3 },
    ]);
    expect(sum(counts[0] as NonNullable<(typeof counts)[0]>)).toBe(rows.length);
    expect(sessions.map(outcome)).toEqual([{ stage: 'none', reply: null, delivered: 0, remote: 'a' }]);
  });
});
