/** Samples are composed after facts 4.3. */
import { describe, expect, test } from 'vitest';
import { bytesOf, outcome, readLog, readLogs, sum } from '../../fixtures/logs/read-log.ts';

const FIELDS =
  'date time c-ip cs-username s-sitename s-computername s-ip s-port cs-method cs-uri-stem cs-uri-query sc-status sc-win32-status sc-bytes cs-bytes time-taken cs-version cs-host cs(User-Agent) cs(Cookie) cs(Referer) ';
const header = (fields = FIELDS): string =>
  [
    '#Software: Microsoft Internet Information Services 6.0',
    '#Version: 1.0',
    '#Date: 2004-02-22 16:00:00',
    `#Fields: ${fields}`,
  ].join('\r\n');

type Row = [time: string, ip: string, user: string, method: string, query: string, status: number | string];
const line = ([time, ip, user, method, query, status]: Row): string =>
  `2004-02-22 ${time} ${ip} ${user} SMTPSVC1 MAIL1 192.0.2.25 ${user.startsWith('Outbound') ? 25 : 0} ${method} - ${query} ${status} 0 47 34 0 SMTP - - - -`;
const log = (rows: Row[]): string => `${[header(), ...rows.map(line)].join('\r\n')}\r\n`;

const said = (rows: [method: string, query: string, status: number | string][], ip = '198.51.100.9'): Row[] =>
  rows.map(([method, query, status], i) => [
    `16:00:${String(i).padStart(2, '0')}`,
    ip,
    'mail.fabrikam.com',
    method,
    query,
    status,
  ]);
const HELLO: [string, string, number] = ['EHLO', '+mail.fabrikam.com', 250];
const MAIL: [string, string, number] = ['MAIL', '+FROM:<user1@fabrikam.com>', 250];
const RCPT: [string, string, number] = ['RCPT', '+TO:<user2@contoso.com>', 250];
const DATA: [string, string, number] = ['DATA', '+<4711@mail.fabrikam.com>', 250];
const QUIT: [string, string, number] = ['QUIT', 'mail.fabrikam.com', 240];

const to = (ip: string, rows: [side: '>' | '<', text: string][]): Row[] =>
  rows.map(([side, text], i) => {
    const time = `16:10:${String(i).padStart(2, '0')}`;
    if (side === '<') return [time, ip, 'OutboundConnectionResponse', '-', text.replaceAll(' ', '+'), 0];
    const [method, ...rest] = text.split(' ');
    return [time, ip, 'OutboundConnectionCommand', method as string, rest.join('+') || '-', 0];
  });

describe('a session that came to IIS', () => {
  test('is told by its records field by field', () => {
    const { sessions, counts, parts } = readLog(log(said([HELLO, MAIL, RCPT, DATA, QUIT])));
    expect(sessions).toEqual([
      {
        file: 0,
        line: 5,
        offset: header().length + 2,
        stage: 'none',
        reply: null,
        delivered: 1,
        remote: '198.51.100.9',
        connector: 'SMTPSVC1',
        start: '2004-02-22T16:00:00.000Z',
        end: '2004-02-22T16:00:04.000Z',
        flags: ['ended', 'greeted', 'whole'],
      },
    ]);
    expect(counts[0]).toMatchObject({ format: 'w3c', times: 'utc', lines: 9, headers: 4, records: 5 });
    expect(counts[0]?.bad.list()).toEqual([]);
    expect(parts).toBe(0);
  });

  test.each<[string, [string, string, number | string][], object]>([
    [
      'an overwritten verb',
      [['xxxx', '+mail.fabrikam.com', 500], ['HELO', '+mail.fabrikam.com', 250], MAIL, RCPT, DATA, QUIT],
      { stage: 'ehlo', reply: '500', delivered: 1 },
    ],
    [
      'an overwritten verb and no second try',
      [['xxxx', '+mail.fabrikam.com', 500], QUIT],
      { stage: 'ehlo', reply: '500', delivered: 0 },
    ],
    [
      'a refused XEXCH50, and the message without it',
      [HELLO, MAIL, RCPT, ['XEXCH50', '+1124+2', 504], DATA, QUIT],
      { stage: 'xexch50', reply: '504', delivered: 1 },
    ],
    [
      'an accepted XEXCH50',
      [HELLO, MAIL, RCPT, ['XEXCH50', '+1124+2', 354], ['BDAT', '+<4711@mail.fabrikam.com>', 250], QUIT],
      { stage: 'none', reply: null, delivered: 1 },
    ],
    [
      'an XEXCH50 whose answer to the blob is logged',
      [HELLO, MAIL, RCPT, ['XEXCH50', '+1124+2', 354], ['XEXCH50', '+1124+2', 250], DATA, QUIT],
      { stage: 'none', reply: null, delivered: 1 },
    ],
    [
      'a blob that got no answer',
      [HELLO, MAIL, RCPT, ['XEXCH50', '+1124+2', 354]],
      { stage: 'blob', reply: null, delivered: 0 },
    ],
    [
      'a blob after which the client gives up',
      [HELLO, MAIL, RCPT, ['XEXCH50', '+1124+2', 354], QUIT],
      { stage: 'blob', reply: null, delivered: 0 },
    ],
    ['a refused AUTH', [HELLO, ['AUTH', '+NTLM', 535], QUIT], { stage: 'auth', reply: '535', delivered: 0 }],
    [
      'an AUTH of two records',
      [HELLO, ['AUTH', '+LOGIN', 334], ['AUTH', '-', 235], MAIL, RCPT, DATA, QUIT],
      { stage: 'none', reply: null, delivered: 1 },
    ],
    [
      'an AUTH whose data is refused',
      [HELLO, ['AUTH', '+LOGIN', 334], ['dXNlcg==', '-', 535], QUIT],
      { stage: 'auth', reply: '535', delivered: 0 },
    ],
    [
      'an AUTH of which the challenge alone is logged',
      [HELLO, ['AUTH', '+GSSAPI', 334], MAIL, RCPT, DATA, QUIT],
      { stage: 'none', reply: null, delivered: 1 },
    ],
    [
      'an AUTH after which nothing comes',
      [HELLO, ['AUTH', '+GSSAPI', 334]],
      { stage: 'auth', reply: null, delivered: 0 },
    ],
    [
      'STARTTLS and a second EHLO',
      [HELLO, ['STARTTLS', '-', 220], HELLO, MAIL, RCPT, DATA, QUIT],
      { stage: 'none', reply: null, delivered: 1 },
    ],
    ['STARTTLS and nothing more', [HELLO, ['STARTTLS', '-', 220]], { stage: 'starttls', reply: null, delivered: 0 }],
    [
      'a refused recipient',
      [HELLO, MAIL, ['RCPT', '+TO:<user2@contoso.com>', 550], QUIT],
      { stage: 'rcpt', reply: '550', delivered: 0 },
    ],
    ['a refused message', [HELLO, MAIL, RCPT, ['DATA', '-', 552], QUIT], { stage: 'data', reply: '552', delivered: 0 }],
    [
      'a message logged in two halves',
      [HELLO, MAIL, RCPT, ['DATA', '-', 354], DATA, QUIT],
      { stage: 'none', reply: null, delivered: 1 },
    ],
    [
      'chunks, the last with a message id',
      [HELLO, MAIL, RCPT, ['BDAT', '+4096', 250], ['BDAT', '+<4711@mail.fabrikam.com>', 250], QUIT],
      { stage: 'none', reply: null, delivered: 1 },
    ],
    [
      'a last command without a status',
      [HELLO, MAIL, RCPT, ['DATA', '-', 0]],
      { stage: 'data', reply: null, delivered: 0 },
    ],
    [
      'a command without a status, after which the client goes on',
      [HELLO, ['MAIL', '+FROM:<>', '-'], RCPT, DATA, QUIT],
      { stage: 'none', reply: null, delivered: 1 },
    ],
    [
      'a silent client',
      [HELLO, MAIL, ['TIMEOUT', 'mail.fabrikam.com', 121]],
      { stage: 'none', reply: null, delivered: 0 },
    ],
    ['two messages', [HELLO, MAIL, RCPT, DATA, MAIL, RCPT, DATA, QUIT], { stage: 'none', reply: null, delivered: 2 }],
  ])('%s', (_, rows, truth) => {
    const { sessions, counts } = readLog(log(said(rows)));
    expect(sessions).toHaveLength(1);
    expect(sessions[0]).toMatchObject(truth);
    expect(counts[0]?.bad.list()).toEqual([]);
  });

  test('shows what overwrote its verb', () => {
    expect(readLog(log(said([['xxxx', '+a', 500], QUIT]))).sessions[0]?.flags).toContain('mailguard');
    expect(readLog(log(said([HELLO, QUIT]))).sessions[0]?.flags).not.toContain('mailguard');
  });
});

describe('sessions of one peer', () => {
  test('end at QUIT, and at a new greeting once mail was begun', () => {
    const { sessions } = readLog(
      log(said([HELLO, MAIL, RCPT, DATA, QUIT, HELLO, MAIL, ['RCPT', '+TO:<x>', 550], HELLO, MAIL, RCPT, DATA])),
    );
    expect(sessions.map(({ line, stage, delivered }) => ({ line, stage, delivered }))).toEqual([
      { line: 5, stage: 'none', delivered: 1 },
      { line: 10, stage: 'rcpt', delivered: 0 },
      { line: 13, stage: 'none', delivered: 1 },
    ]);
    expect(sessions.map(({ flags }) => flags.includes('ended'))).toEqual([true, false, false]);
    expect(sessions.map(({ flags }) => flags.includes('whole'))).toEqual([true, false, false]);
  });

  test('end when ten minutes pass without a word, and not before', () => {
    const at = (time: string): Row => [time, '198.51.100.9', '-', ...HELLO];
    expect(readLog(log([at('16:00:00'), at('16:10:00')])).sessions).toHaveLength(1);
    const { sessions } = readLog(log([at('16:00:00'), at('16:10:01')]));
    expect(sessions.map(({ start, end }) => [start.slice(11, 19), end.slice(11, 19)])).toEqual([
      ['16:00:00', '16:00:00'],
      ['16:10:01', '16:10:01'],
    ]);
  });

  test('are not whole when their beginning stands in an earlier file', () => {
    const [session] = readLog(log(said([RCPT, DATA, QUIT]))).sessions;
    expect(session).toMatchObject({ stage: 'none', delivered: 1, flags: ['ended'] });
  });

  test('of two days are two, though the second goes on with the first', () => {
    const { sessions } = readLogs([[bytesOf(log(said([HELLO, MAIL])))], [bytesOf(log(said([RCPT, DATA, QUIT])))]]);
    expect(sessions.map(({ file, stage, delivered }) => [file, stage, delivered])).toEqual([
      [0, 'none', 0],
      [1, 'none', 1],
    ]);
  });
});

describe('a session of IIS with another server', () => {
  const BEGIN: ['>' | '<', string][] = [
    ['<', '220 mx.fabrikam.com ESMTP ready'],
    ['>', 'EHLO mail1.contoso.com'],
    ['<', '250-mx.fabrikam.com Hello [192.0.2.25]'],
  ];

  test('has the words of the reply, with blanks for plus signs', () => {
    const { sessions } = readLog(
      log(
        to('203.0.113.4', [
          ...BEGIN,
          ['>', 'MAIL FROM:<user1@contoso.com>'],
          ['<', '250 2.1.0 Sender OK'],
          ['>', 'RCPT TO:<user2@fabrikam.com>'],
          ['<', '550 5.7.1 Service unavailable; client [192.0.2.25] blocked'],
          ['>', 'RSET'],
          ['<', '250 2.0.0 Resetting'],
          ['>', 'QUIT'],
          ['<', '221 2.0.0 Closing'],
        ]),
      ),
    );
    expect(sessions).toHaveLength(1);
    expect(sessions[0]).toMatchObject({
      stage: 'rcpt',
      reply: '550 5.7.1 Service unavailable; client [192.0.2.25] blocked',
      delivered: 0,
      remote: '203.0.113.4',
      connector: 'SMTPSVC1',
      start: '2004-02-22T16:10:00.000Z',
      end: '2004-02-22T16:10:10.000Z',
      flags: ['ended', 'greeted', 'whole'],
    });
  });

  test.each<[string, ['>' | '<', string][], object]>([
    [
      'delivers',
      [
        ...BEGIN,
        ['>', 'MAIL FROM:<a>'],
        ['>', 'RCPT TO:<b>'],
        ['<', '250 ok'],
        ['<', '250 ok'],
        ['>', 'DATA'],
        ['<', '354 go on'],
        ['<', '250 queued'],
        ['>', 'QUIT'],
        ['<', '221 bye'],
      ],
      { stage: 'none', delivered: 1 },
    ],
    [
      'delivers when every line of a reply is logged',
      [
        ['<', '220-mx'],
        ['<', '220 ready'],
        BEGIN[1],
        BEGIN[2],
        ['<', '250-SIZE'],
        ['<', '250 HELP'],
        ['>', 'MAIL FROM:<a>'],
        ['<', '250 ok'],
        ['>', 'RCPT TO:<b>'],
        ['<', '250 ok'],
        ['>', 'DATA'],
        ['<', '354 go on'],
        ['<', '250 queued'],
        ['>', 'QUIT'],
        ['<', '221 bye'],
      ],
      { stage: 'none', delivered: 1 },
    ],
    ['is refused at once', [['<', '554 5.7.1 You are listed']], { stage: 'banner', reply: '554 5.7.1 You are listed' }],
    [
      'meets a masked banner',
      [
        ['<', '220 ****************'],
        ['>', 'EHLO a'],
        ['<', '500 what'],
        ['>', 'HELO a'],
        ['<', '250 ok'],
        ['>', 'QUIT'],
        ['<', '221 bye'],
      ],
      { stage: 'ehlo', reply: '500 what' },
    ],
    [
      'is refused XEXCH50',
      [
        ...BEGIN,
        ['>', 'MAIL FROM:<a>'],
        ['<', '250 ok'],
        ['>', 'RCPT TO:<b>'],
        ['<', '250 ok'],
        ['>', 'XEXCH50 2336 3'],
        ['<', '504 Need to authenticate first '],
        ['>', 'BDAT 100 LAST'],
        ['<', '250 ok'],
        ['>', 'QUIT'],
        ['<', '221 bye'],
      ],
      { stage: 'xexch50', reply: '504 Need to authenticate first', delivered: 1 },
    ],
    [
      'gets no answer to a blob',
      [...BEGIN, ['>', 'XEXCH50 2336 3'], ['<', '354 Send binary data']],
      { stage: 'blob', reply: null, delivered: 0 },
    ],
    ['gets no answer to QUIT', [...BEGIN, ['>', 'QUIT']], { stage: 'quit', reply: null }],
    [
      'is thrown out in the middle',
      [...BEGIN, ['>', 'MAIL FROM:<a>'], ['<', '421 4.7.0 [TSS04] deferred']],
      { stage: 'mail', reply: '421 4.7.0 [TSS04] deferred' },
    ],
    [
      'is asked for a password',
      [
        ...BEGIN,
        ['>', 'AUTH LOGIN'],
        ['<', '334 VXNlcm5hbWU6'],
        ['>', 'dXNlcg=='],
        ['<', '535 5.7.3 no'],
        ['>', 'QUIT'],
        ['<', '221 bye'],
      ],
      { stage: 'auth', reply: '535 5.7.3 no' },
    ],
  ] as [string, ['>' | '<', string][], object][])('%s', (_, rows, truth) => {
    const { sessions, counts } = readLog(log(to('203.0.113.4', rows)));
    expect(sessions).toHaveLength(1);
    expect(sessions[0]).toMatchObject(truth);
    expect(counts[0]?.bad.list()).toEqual([]);
  });

  test('ends where another banner comes', () => {
    const { sessions } = readLog(log(to('203.0.113.4', [...BEGIN, ['>', 'MAIL FROM:<a>'], ...BEGIN])));
    expect(sessions.map(({ stage }) => stage)).toEqual(['mail', 'none']);
  });

  test('does not begin with an answer to what an earlier file holds', () => {
    const { sessions, counts } = readLog(
      log(
        to('203.0.113.4', [
          ['<', '250 ok'],
          ['<', '354 go on'],
        ]),
      ),
    );
    expect(sessions).toEqual([]);
    expect(counts[0]).toMatchObject({ records: 2 });
  });
});

describe('sessions of several peers', () => {
  test('are told apart by address, direction and site, however they are interleaved', () => {
    const scripts = [
      said([HELLO, MAIL, RCPT, DATA, QUIT]),
      said([HELLO, MAIL, ['RCPT', '+TO:<x>', 550], QUIT], '198.51.100.10'),
      to('198.51.100.9', [
        ['<', '220 ready'],
        ['>', 'EHLO a'],
        ['<', '250 ok'],
        ['>', 'MAIL FROM:<a>'],
        ['<', '451 4.7.1 later'],
        ['>', 'QUIT'],
        ['<', '221 bye'],
      ]),
    ];
    const rows: Row[] = [];
    for (let i = 0; i < 8; i += 1) for (const one of scripts) if (one[i]) rows.push(one[i] as Row);
    const { sessions } = readLog(log(rows));
    expect(sessions.map(outcome)).toEqual([
      { stage: 'none', reply: null, delivered: 1, remote: '198.51.100.9' },
      { stage: 'rcpt', reply: '550', delivered: 0, remote: '198.51.100.10' },
      { stage: 'mail', reply: '451 4.7.1 later', delivered: 0, remote: '198.51.100.9' },
    ]);
    const twoSites = rows.filter(([, ip]) => ip === '198.51.100.10').map(line);
    const other = twoSites.map((text) => text.replace('SMTPSVC1', 'SMTPSVC2'));
    const { sessions: apart } = readLog([header(), ...twoSites.flatMap((text, i) => [text, other[i]])].join('\n'));
    expect(apart.map(({ connector, stage }) => [connector, stage])).toEqual([
      ['SMTPSVC1', 'rcpt'],
      ['SMTPSVC2', 'rcpt'],
    ]);
  });

  test('are all kept when there are more than are held open', () => {
    const rows = Array.from(
      { length: 45_000 },
      (_, i): Row => ['16:00:00', `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`, '-', ...HELLO],
    );
    const { sessions, counts } = readLog(log(rows));
    expect(sessions).toHaveLength(45_000);
    expect(counts[0]).toMatchObject({ records: 45_000 });
  });
});

describe('fields', () => {
  const read = (fields: string, rows: string[], date = '#Date: 2004-02-22 23:59:50') =>
    readLog([date, `#Fields: ${fields}`, ...rows].join('\n'));

  test('stand in any order, and the day may stand in the header alone', () => {
    const { sessions } = read('sc-status cs-method time c-ip', [
      '250 HELO 23:59:58 198.51.100.9',
      '250 MAIL 23:59:59 198.51.100.9',
      '550 RCPT 00:00:01 198.51.100.9',
    ]);
    expect(sessions).toHaveLength(1);
    expect(sessions[0]).toMatchObject({
      stage: 'rcpt',
      reply: '550',
      start: '2004-02-22T23:59:58.000Z',
      end: '2004-02-23T00:00:01.000Z',
      connector: null,
    });
  });

  test('without any time give the time of the header', () => {
    const { sessions } = read('c-ip cs-method sc-status', ['198.51.100.9 HELO 250']);
    expect(sessions[0]).toMatchObject({ start: '2004-02-22T23:59:50.000Z' });
    expect(read('c-ip cs-method sc-status', ['198.51.100.9 HELO 250'], '#Date: soon').counts[0]?.bad.list()).toEqual([
      { why: 'nothing says its time', count: 1, line: 3 },
    ]);
  });

  test('may change within a file', () => {
    const { sessions, counts } = read('time c-ip cs-method sc-status', [
      '10:00:00 198.51.100.9 HELO 250',
      '#Fields: c-ip time cs-method cs-uri-query sc-status',
      '198.51.100.9 10:00:01 MAIL +FROM:<> 250',
      '10:00:00 198.51.100.9 QUIT 240',
      '198.51.100.9 10:00:02 QUIT - 240',
    ]);
    expect(sessions[0]).toMatchObject({ stage: 'none', end: '2004-02-22T10:00:02.000Z' });
    expect(sessions).toHaveLength(1);
    expect(counts[0]?.bad.list()).toEqual([{ why: 'fields are missing', count: 1, line: 6 }]);
  });

  test('that lack the method, or the status of what came in, are named', () => {
    const { counts } = read('time c-ip cs-method sc-status', [
      '10:00:00 198.51.100.9 HELO 250',
      '#Fields: time c-ip',
      '10:00:00 198.51.100.9',
    ]);
    expect(counts[0]?.bad.list()).toEqual([
      { why: 'its #Fields lack what is needed', count: 1, line: 4 },
      { why: 'no #Fields line says what it holds', count: 1, line: 5 },
    ]);
    const half = read('c-ip cs-username cs-method cs-uri-query', [
      '198.51.100.9 mail HELO +mail',
      '198.51.100.9 OutboundConnectionResponse - 554+no',
    ]);
    expect(half.counts[0]?.bad.list()).toEqual([
      { why: 'without sc-status nothing says what it was answered', count: 1, line: 3 },
    ]);
    expect(half.sessions.map(outcome)).toEqual([
      { stage: 'banner', reply: '554 no', delivered: 0, remote: '198.51.100.9' },
    ]);
  });

  test('do not get the day of the file before', () => {
    const timed = '#Fields: time c-ip cs-method sc-status\n10:00:00 198.51.100.9 HELO 250';
    const { counts, sessions } = readLogs([[bytesOf(`#Date: 2004-02-22 09:00:00\n${timed}`)], [bytesOf(timed)]]);
    expect(sessions).toHaveLength(1);
    expect(counts[1]?.bad.list()).toEqual([{ why: 'nothing says its time', count: 1, line: 2 }]);
  });

  test('of the file before do not hold', () => {
    const first = bytesOf(log(said([HELLO, QUIT])));
    const { counts } = readLogs([[first], [bytesOf(said([HELLO]).map(line).join('\n'))]]);
    expect(counts[1]).toMatchObject({ format: null, records: 0 });
    expect(counts[1]?.bad.list()).toEqual([{ why: 'nothing says what log it belongs to', count: 1, line: 1 }]);
  });
});

describe('what is no record', () => {
  test('is counted with its reason', () => {
    const good = said([HELLO]).map(line)[0] as string;
    const rows = [
      good,
      good.slice(0, 40),
      `${good} more`,
      good.replace('2004-02-22', '2004-22-22'),
      good.replace('16:00:00', '16:00'),
      good.replace(' 250 ', ' 25 '),
      good.replace(' 250 ', ' 2x0 '),
      good.replace(' EHLO ', ' - '),
      good.replace('SMTPSVC1', 'W3SVC1'),
      '\0\0\0\0',
      '',
    ];
    const { counts, sessions } = readLog([header(), ...rows].join('\r\n'));
    expect(counts[0]?.bad.list()).toEqual([
      { why: 'fields are missing', count: 2, line: 6 },
      { why: 'it has more fields than #Fields names', count: 1, line: 7 },
      { why: 'nothing says its time', count: 2, line: 8 },
      { why: 'its status is none', count: 2, line: 10 },
      { why: 'it names no command', count: 1, line: 12 },
      { why: 'it is of another service than SMTP', count: 1, line: 13 },
    ]);
    expect(sum(counts[0] as NonNullable<(typeof counts)[0]>)).toBe(counts[0]?.lines);
    expect(sessions).toHaveLength(1);
  });

  test('the log of the web server is none of mail, with and without the name of its site', () => {
    const web =
      'date time s-sitename s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs-version sc-status';
    const rows = ['2004-02-22 16:00:00 W3SVC1 192.0.2.25 GET /index.htm - 80 - 198.51.100.9 HTTP/1.1 200'];
    const named = readLog([`#Fields: ${web}`, ...rows].join('\n'));
    expect(named.counts[0]).toMatchObject({ format: null, records: 0 });
    const unnamed = readLog(
      [`#Fields: ${web.replace('s-sitename ', '')}`, ...rows.map((row) => row.replace('W3SVC1 ', ''))].join('\n'),
    );
    expect(unnamed.counts[0]).toMatchObject({ format: null, records: 0 });
    // The name of the site decides, whatever was said.
    const site =
      '#Fields: date time c-ip s-sitename cs-method sc-status\n2004-02-22 16:00:00 198.51.100.9 SMTPSVC1 NOOP 250';
    expect(readLog(site).counts[0]).toMatchObject({ format: 'w3c', records: 1 });
    expect(readLog(site.replace('SMTPSVC1', 'NNTPSVC1').replace('NOOP', 'QUIT')).counts[0]).toMatchObject({
      format: null,
      records: 0,
    });
    // A web client that speaks to the SMTP service is one of its clients all the same.
    const lost = readLog(
      log(
        said([
          ['get', '+/+HTTP/1.0', 500],
          ['host:', '+192.0.2.25:25', 500],
        ]),
      ),
    );
    expect(lost.counts[0]).toMatchObject({ format: 'w3c', records: 2 });
  });
});
