/** Samples are composed after facts 4.3. */
import { describe, expect, test } from 'vitest';
import { outcome, readLog, sum } from '../../fixtures/logs/read-log.ts';

const came = (time: string, ip: string, user: string, command: string, status: number, bytes = 46): string =>
  `${ip} - ${user} [11/Oct/2006:${time} -0600] "${command} SMTP" ${status} ${bytes}`;
const heard = (time: string, ip: string, text: string): string =>
  came(time, ip, 'OutboundConnectionResponse', `- -?${text.replaceAll(' ', '+')}`, 0, 80);

const INBOUND = [
  came('13:16:40', '198.51.100.9', 'mail.fabrikam.com', 'HELO -?+mail.fabrikam.com', 250),
  came('13:16:41', '198.51.100.9', 'mail.fabrikam.com', 'MAIL -?+FROM:+<user1@fabrikam.com>', 250),
  came('13:16:42', '198.51.100.9', 'mail.fabrikam.com', 'RCPT -?+TO:+<user2@contoso.com>', 250),
  came('13:16:50', '198.51.100.9', 'mail.fabrikam.com', 'DATA -?+<4711@mail.fabrikam.com>', 250),
  came('13:16:51', '198.51.100.9', 'mail.fabrikam.com', 'QUIT -?mail.fabrikam.com', 240, 68),
];
const OUTBOUND = [
  heard('13:16:39', '203.0.113.4', '220-mx.fabrikam.com ESMTP ready'),
  came('13:16:39', '203.0.113.4', 'OutboundConnectionCommand', 'EHLO -?mail1.contoso.com', 0),
  heard('13:16:40', '203.0.113.4', '250-mx.fabrikam.com'),
  came('13:16:40', '203.0.113.4', 'OutboundConnectionCommand', 'MAIL -?FROM:<user2@contoso.com>', 0),
  heard('13:16:41', '203.0.113.4', '250 OK'),
  came('13:16:41', '203.0.113.4', 'OutboundConnectionCommand', 'RCPT -?TO:<user1@fabrikam.com>', 0),
  heard('13:16:42', '203.0.113.4', '250 OK'),
  came('13:16:42', '203.0.113.4', 'OutboundConnectionCommand', 'DATA -', 0),
  heard('13:16:43', '203.0.113.4', '354 START MAIL INPUT, END WITH "." ON A LINE BY ITSELF'),
  heard('13:16:44', '203.0.113.4', '250 OK'),
  came('13:16:45', '203.0.113.4', 'OutboundConnectionCommand', 'QUIT -', 0),
  heard('13:16:46', '203.0.113.4', '221 SERVICE CLOSING CHANNEL'),
];

describe('the NCSA log of IIS', () => {
  test('gives a session that came in, in UTC', () => {
    const { sessions, counts } = readLog(INBOUND.join('\r\n'));
    expect(sessions).toEqual([
      {
        file: 0,
        line: 1,
        offset: 0,
        stage: 'none',
        reply: null,
        delivered: 1,
        remote: '198.51.100.9',
        connector: null,
        start: '2006-10-11T19:16:40.000Z',
        end: '2006-10-11T19:16:51.000Z',
        flags: ['ended', 'greeted', 'whole'],
      },
    ]);
    expect(counts[0]).toMatchObject({ format: 'ncsa', times: 'offset', lines: 5, headers: 0, records: 5 });
  });

  test('gives a session that went out, quotes within its replies and all', () => {
    const { sessions, counts } = readLog(OUTBOUND.join('\n'));
    expect(counts[0]?.bad.list()).toEqual([]);
    expect(sessions).toHaveLength(1);
    expect(sessions[0]).toMatchObject({
      stage: 'none',
      delivered: 1,
      remote: '203.0.113.4',
      end: '2006-10-11T19:16:46.000Z',
    });
  });

  test('keeps peers apart', () => {
    const refused = OUTBOUND.map((line) => line.replace('203.0.113.4', '203.0.113.5').replace('354+START', '554+NO'));
    const rows: string[] = [];
    for (let i = 0; i < 12; i += 1)
      for (const one of [OUTBOUND, INBOUND, refused]) if (one[i]) rows.push(one[i] as string);
    expect(readLog(rows.join('\n')).sessions.map(outcome)).toEqual([
      { stage: 'none', reply: null, delivered: 1, remote: '203.0.113.4' },
      { stage: 'none', reply: null, delivered: 1, remote: '198.51.100.9' },
      {
        stage: 'data',
        reply: '554 NO MAIL INPUT, END WITH "." ON A LINE BY ITSELF',
        delivered: 0,
        remote: '203.0.113.5',
      },
    ]);
  });

  test('takes the offset of the line, whatever its sign', () => {
    const east = (INBOUND[0] as string).replace('-0600', '+0530');
    expect(readLog(east).sessions[0]?.start).toBe('2006-10-11T07:46:40.000Z');
  });

  test('names what is no record', () => {
    const good = INBOUND[0] as string;
    const rows = [
      good,
      good.slice(0, 50),
      good.slice(0, 80),
      good.slice(0, -4),
      good.replace('Oct', 'Okt'),
      good.replace('13:16:40', '25:16:40'),
      good.replace(' "HELO', ' HELO'),
      '\0\0',
      'word',
    ];
    const { counts, sessions } = readLog(rows.join('\n'));
    expect(counts[0]?.bad.list()).toEqual([
      { why: 'its time is none', count: 5, line: 2 },
      { why: 'its command does not end', count: 1, line: 3 },
      { why: 'fields are missing', count: 1, line: 4 },
      { why: 'it has no command', count: 1, line: 7 },
    ]);
    expect(sum(counts[0] as NonNullable<(typeof counts)[0]>)).toBe(rows.length);
    expect(sessions).toHaveLength(1);
  });

  test('of a web server is none of mail', () => {
    const web = '198.51.100.9 - - [11/Oct/2006:13:16:40 -0600] "GET /index.htm HTTP/1.1" 200 46';
    expect(readLog(web).counts[0]).toMatchObject({ format: null, records: 0 });
  });
});
