/** What each profile makes of a conversation, and what its log says about it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { Closing } from '../../fixtures/lab/closing.ts';
import { labLibrary, startTestLab } from '../../fixtures/lab/lab.ts';
import { SmtpClient } from '../../fixtures/lab/smtp-client.ts';
import { type Said, walk } from '../../fixtures/lab/walk.ts';
import { readLog } from '../../fixtures/logs/read-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'fieldguide-lab-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const closing = new Closing();
afterEach(() => closing.all());

/** A server that loses patience soon, where a test waits for that. */
const start = async (profile: string, server?: string, more: object = {}) =>
  closing.add(await startTestLab({ profile, ...(server ? { server } : {}), ...more }));

const GREETING = expect.stringMatching(/^220 mail\.contoso\.com Microsoft ESMTP MAIL Service ready at /);
const HELLO: Said[] = [
  ['', GREETING],
  ['EHLO', '250 XSHADOW'],
];
const TLS: Said[] = [...HELLO, ['STARTTLS', '220 2.0.0 SMTP server ready'], ['EHLO', '250 XSHADOW']];
const MAIL: Said = ['MAIL FROM:<user1@contoso.com>', '250 2.1.0 Sender OK'];
const RCPT: Said = ['RCPT TO:<user2@fabrikam.com>', '250 2.1.5 Recipient OK'];
const BLOB: Said[] = [
  ['XEXCH50 1124 2', '354 Send binary data'],
  ['(1124 bytes)', '250 2.0.0 XEXCH50 OK'],
];
const QUIT: Said = ['QUIT', '221 2.0.0 Service closing transmission channel'];
const WHOLE: Said[] = [...TLS, MAIL, RCPT, ...BLOB, QUIT];
const refusedRcpt = (reply: string): Said[] => [...TLS, MAIL, ['RCPT TO:<user2@fabrikam.com>', reply], QUIT];
const refusedBlob = (...before: Said[]): Said[] => [
  ...before,
  MAIL,
  RCPT,
  ['XEXCH50 1124 2', '504 5.7.1 Not authorized'],
  QUIT,
];

const AS_2010: [profile: string, said: Said[]][] = [
  ['healthy', WHOLE],
  ['auth-off', refusedBlob(...TLS)],
  ['sendas-denied', refusedBlob(...TLS)],
  ['starttls-before-auth', refusedBlob(...TLS)],
  ['blob-blocked', [...TLS, MAIL, RCPT, BLOB[0] as Said, ['(1124 bytes)', '(closed)']]],
  [
    'blob-blocked-reset',
    [...TLS, MAIL, RCPT, BLOB[0] as Said, ['(1124 bytes)', '(closed)'], ['(error)', 'ECONNRESET']],
  ],
  ['blob-blocked-delay', WHOLE],
  ['mailguard', [['', '220 ****0*2******0'], ['EHLO', '250 XXXXXXX'], MAIL, RCPT, QUIT]],
  [
    'ehlo-refused',
    [
      ['', GREETING],
      ['EHLO', '500 5.3.3 Unrecognized command'],
      ['HELO mail1.contoso.com', '250 mail.contoso.com Hello [127.0.0.1]'],
      MAIL,
      RCPT,
      QUIT,
    ],
  ],
  [
    'starttls-454',
    [...HELLO, ['STARTTLS', '454 4.7.0 TLS not available due to local problem'], MAIL, RCPT, ...BLOB, QUIT],
  ],
  ['cert-expired', WHOLE],
  ['cert-name', WHOLE],
  ['exps-454', [...TLS, ['AUTH NTLM', '454 4.7.0 Temporary authentication failure'], MAIL, RCPT, ...BLOB, QUIT]],
  ['relay-open', WHOLE],
  ['relay-denied', refusedRcpt('550 5.7.1 Unable to relay')],
  [
    'backpressure',
    [
      ...TLS,
      ['MAIL FROM:<user1@contoso.com>', '452 4.3.1 Insufficient system resources'],
      ['RCPT TO:<user2@fabrikam.com>', '503 5.5.2 Need mail command'],
      QUIT,
    ],
  ],
  ['banner-421', [['', '421 4.3.2 System not accepting network messages']]],
  ['tarpit', WHOLE],
  ['greylist', refusedRcpt('450 4.2.0 <user2@fabrikam.com>: Recipient address rejected: Greylisted')],
  ['too-many-recipients', refusedRcpt('452 4.5.3 Too many recipients')],
  ['slow-dribble', WHOLE],
  ['garbage', [['', '(closed)']]],
  ['starttls-injection', WHOLE],
  ['tls-old', WHOLE],
];

test('every profile is in the table', () => {
  expect(AS_2010.map(([profile]) => profile).sort()).toEqual([...labLibrary.labProfiles.keys()].sort());
});

describe('what a whole conversation with an Exchange 2010 server comes to', () => {
  test.each(AS_2010)('%s', async (profile, said) => {
    const lab = await start(profile, '2010', {
      idleMs: profile === 'garbage' || profile === 'blob-blocked' ? 150 : 60_000,
    });
    const found = await walk(lab, { authenticate: profile === 'exps-454' });
    expect(profile === 'mailguard' ? withoutDate(found) : found).toEqual(said);
  });
});

/** The masked greeting holds the digits 0 and 2 of the date. */
const withoutDate = (said: Said[]): Said[] =>
  said.map(([command, reply], i) => {
    if (i > 0) return [command, reply];
    expect(reply).toMatch(/^220 [*02]{60,}$/);
    return [command, '220 ****0*2******0'];
  });

describe('the protocol log of a whole conversation shows the stage that the profile names', () => {
  const pairs = [...labLibrary.labProfiles.values()].flatMap(({ id, servers, stage }) =>
    servers.map((server) => [id, server, stage] as const),
  );
  test.each(pairs)('%s as %s: %s', async (profile, server, stage) => {
    const log = join(folder, `${profile}-${server}.log`);
    const idleMs = profile === 'garbage' || profile === 'blob-blocked' ? 150 : 60_000;
    const lab = await start(profile, server, { log, idleMs });
    await walk(lab, { authenticate: profile === 'exps-454' });
    await closing.all();
    const { sessions, counts } = readLog(readFileSync(log, 'utf8'));
    expect(counts[0]?.bad.count).toBe(0);
    expect(sessions.map((session) => session.stage)).toEqual([stage]);
    expect(sessions[0]).toMatchObject({
      remote: '127.0.0.1',
      connector: labLibrary.labServers.get(server)?.log.connector,
    });
    expect(sessions[0]?.flags).toEqual(expect.arrayContaining(['ended', 'whole']));
  });
});

describe('in other words of other generations', () => {
  test.each([
    ['sendas-denied', '2003', 'XEXCH50 1124 2', '504 Need to authenticate first'],
    ['starttls-454', '2003', 'STARTTLS', '454 4.7.0 TLS not available due to temporary reason'],
    ['backpressure', '2003', 'MAIL FROM:<user1@contoso.com>', '452 4.3.1 Out of memory'],
    ['backpressure', 'postfix', 'MAIL FROM:<user1@contoso.com>', '452 4.3.1 Insufficient system storage'],
    ['relay-denied', '2003', 'RCPT TO:<user2@fabrikam.com>', '550 5.7.1 Unable to relay for user2@fabrikam.com'],
    [
      'relay-denied',
      '2016',
      'RCPT TO:<user2@fabrikam.com>',
      '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain',
    ],
    ['relay-denied', 'postfix', 'RCPT TO:<user2@fabrikam.com>', '554 5.7.1 <user2@fabrikam.com>: Relay access denied'],
    ['banner-421', '2016', '', '421 4.3.2 Service not active'],
    ['banner-421', 'postfix', '', '421 4.7.0 mx.contoso.com Error: too many connections from 127.0.0.1'],
    ['ehlo-refused', 'postfix', 'EHLO', '502 5.5.1 Error: command not implemented'],
    ['too-many-recipients', 'postfix', 'RCPT TO:<user2@fabrikam.com>', '452 4.5.3 Error: too many recipients'],
  ])('%s as %s', async (profile, server, command, reply) => {
    const said = await walk(await start(profile, server));
    expect(said).toContainEqual([command, reply]);
  });
});

describe('the finer points of a profile', () => {
  const client = async (profile: string, server?: string, more: object = {}): Promise<SmtpClient> => {
    const one = closing.add(await SmtpClient.connect(await start(profile, server, more)));
    await one.reply();
    return one;
  };

  test('auth-off: nothing to authenticate with is offered, and nothing works', async () => {
    const one = await client('auth-off', '2003');
    const offers = await one.say('EHLO client.contoso.com');
    expect(offers.filter((line) => /AUTH|X-EXPS/.test(line))).toEqual([]);
    expect(offers).toContain('250-XEXCH50');
    expect(await one.talk('AUTH NTLM', 'X-EXPS GSSAPI')).toEqual([
      '500 5.3.3 Unrecognized command',
      '500 5.3.3 Unrecognized command',
    ]);
  });

  test('starttls-before-auth: before TLS every way on is refused with 530', async () => {
    const one = await client('starttls-before-auth', '2003');
    const offers = await one.say('EHLO client.contoso.com');
    expect(offers.filter((line) => /AUTH|X-EXPS/.test(line))).toEqual([]);
    const refusal = '530 5.7.0 Must issue a STARTTLS command first';
    expect(await one.talk('AUTH NTLM', 'X-EXPS GSSAPI', 'MAIL FROM:<a@contoso.com>')).toEqual([
      refusal,
      refusal,
      refusal,
    ]);
    await one.say('STARTTLS');
    await one.startTls({ rejectUnauthorized: false });
    expect(await one.say('EHLO client.contoso.com')).toContain('250-X-EXPS GSSAPI NTLM LOGIN');
  });

  test('mailguard: keywords and verbs arrive as X, an unknown verb is answered with OK', async () => {
    const one = await client('mailguard', '2003');
    expect(await one.say('EHLO client.contoso.com')).toEqual([
      '250-mail1.contoso.com Hello [127.0.0.1]',
      '250-XXXX',
      '250-SIZE',
      '250-XXXX',
      '250-PIPELINING',
      '250-XXX',
      '250-XXXXXXXXXXXXXXXXXXX',
      '250-8bitmime',
      '250-XXXXXXXXXX',
      '250-XXXXXXXX',
      '250-XXXX',
      '250-XXX',
      '250-XXXXXXXA',
      `250-${'X'.repeat('X-EXPS GSSAPI NTLM LOGIN'.length)}`,
      `250-${'X'.repeat('X-EXPS=LOGIN'.length)}`,
      `250-${'X'.repeat('AUTH GSSAPI NTLM LOGIN'.length)}`,
      `250-${'X'.repeat('AUTH=LOGIN'.length)}`,
      `250-${'X'.repeat('X-LINK2STATE'.length)}`,
      '250-XXXXXXX',
      '250 OK',
    ]);
    expect(await one.talk('STARTTLS', 'XEXCH50 4 2', 'HELP', 'goodmorning', 'RSET')).toEqual([
      '500 5.3.3 Unrecognized command',
      '500 5.3.3 Unrecognized command',
      '500 5.3.3 Unrecognized command',
      '250 OK',
      '250 2.0.0 Resetting',
    ]);
  });

  test('mailguard: the log of the server holds what reached it', async () => {
    const log = join(folder, 'masked.log');
    const one = await client('mailguard', '2003', { log });
    await one.talk('EHLO client.contoso.com', 'XEXCH50 4 2', 'QUIT');
    await closing.all();
    const said = readFileSync(log, 'utf8')
      .split('\r\n')
      .map((line) => line.split(',').slice(6).join());
    expect(said).toContain('>,250-XEXCH50,');
    expect(said).toContain('<,XXXXXXX 4 2,');
  });

  test('greylist: the same sender and recipient are taken once their minute has passed', async () => {
    let now = Date.parse('2004-02-22T16:03:04Z');
    const one = await client('greylist', '2010', { now: () => new Date(now), delayScale: 1 });
    await one.talk('EHLO client.contoso.com', 'MAIL FROM:<a@contoso.com>');
    const rcpt = 'RCPT TO:<b@fabrikam.com>';
    expect(await one.talk(rcpt, rcpt)).toEqual([
      '450 4.2.0 <b@fabrikam.com>: Recipient address rejected: Greylisted',
      '450 4.2.0 <b@fabrikam.com>: Recipient address rejected: Greylisted',
    ]);
    now += 60_000;
    expect(await one.talk(rcpt, 'RCPT TO:<c@fabrikam.com>')).toEqual([
      '250 2.1.5 Recipient OK',
      '450 4.2.0 <c@fabrikam.com>: Recipient address rejected: Greylisted',
    ]);
  });

  test('relay-open: takes everybody, and still wants commands in order', async () => {
    const one = await client('relay-open');
    expect(
      await one.talk(
        'EHLO x',
        'RCPT TO:<a@example.net>',
        'MAIL FROM:<a@example.net>',
        'RCPT TO:<b@example.org>',
        'RCPT TO:<@a:b@c>',
      ),
    ).toEqual([
      '250 XSHADOW',
      '503 5.5.2 Need mail command',
      '250 2.1.0 Sender OK',
      '250 2.1.5 Recipient OK',
      '250 2.1.5 Recipient OK',
    ]);
  });

  test.each([
    'b%example.net@contoso.com',
    '"b@example.net"@contoso.com',
    '@contoso.com:b@example.net',
    'b@[192.0.2.1]',
    'example.net!b@contoso.com',
    'b',
  ])('healthy: no way round to a foreign recipient: %s', async (recipient) => {
    const one = await client('healthy');
    await one.talk('EHLO x', 'MAIL FROM:<a@example.org>');
    expect(await one.talk(`RCPT TO:<${recipient}>`)).toEqual(['550 5.7.1 Unable to relay']);
  });

  test('tarpit: the log says how long it waited', async () => {
    const log = join(folder, 'tarpit.log');
    const one = await client('tarpit', '2010', { log });
    await one.talk('EHLO x', 'MAIL FROM:<a@contoso.com>', 'QUIT');
    await closing.all();
    expect(readFileSync(log, 'utf8')).toContain(",*,Tarpit for '0.00:00:10',\r\n");
    expect(readLog(readFileSync(log, 'utf8')).sessions[0]?.flags).toContain('tarpit');
  });

  test('slow-dribble: nothing is lost on the way', async () => {
    const one = await client('slow-dribble');
    expect(await one.say('EHLO x')).toHaveLength(15);
  });

  test('garbage: no reply, but NULs and bare line feeds', async () => {
    const lab = await start('garbage');
    const one = closing.add(await SmtpClient.connect(lab));
    expect((await one.arrived(30)).startsWith('\x05\0\xff\xfe\n\0garbage\n')).toBe(true);
    one.send('EHLO x\r\n');
    expect(await one.arrived(36)).toContain('25\x000-\n');
  });

  test('a delay of the profile lasts as long as it says, times the scale', async () => {
    const lab = await start('blob-blocked-delay', '2010', { delayScale: 0.005 });
    const one = closing.add(await SmtpClient.connect(lab));
    await one.reply();
    await one.talk('EHLO x', 'MAIL FROM:<a@contoso.com>', 'RCPT TO:<b@contoso.com>', 'XEXCH50 4 2');
    const before = performance.now();
    one.send('1234');
    expect(await one.reply()).toEqual(['250 2.0.0 XEXCH50 OK']);
    expect(performance.now() - before).toBeGreaterThan(95);
  });
});
