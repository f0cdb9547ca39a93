/** What each profile makes of a conversation, and what its log says about it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { Closing } from '../../fixtures/lab/closing.ts';
import { labLibrary, startTestLab } from '../../fixtures/lab/lab.ts';
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
