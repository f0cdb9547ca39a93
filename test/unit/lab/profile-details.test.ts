/** What a profile does beyond one whole conversation. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { Closing } from '../../fixtures/lab/closing.ts';
import { startTestLab } from '../../fixtures/lab/lab.ts';
import { SmtpClient } from '../../fixtures/lab/smtp-client.ts';
import { readLog } from '../../fixtures/logs/read-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'fieldguide-lab-details-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const closing = new Closing();
afterEach(() => closing.all());
const start = async (profile: string, server?: string, more: object = {}) =>
  closing.add(await startTestLab({ profile, ...(server ? { server } : {}), ...more }));

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
