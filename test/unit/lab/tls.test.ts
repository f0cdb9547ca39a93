/** Real handshakes: certificates, versions, both verbs, and what is said before and after them. */
import { afterEach, describe, expect, test } from 'vitest';
import { Closing } from '../../fixtures/lab/closing.ts';
import { startTestLab } from '../../fixtures/lab/lab.ts';
import { SmtpClient } from '../../fixtures/lab/smtp-client.ts';

const closing = new Closing();
afterEach(() => closing.all());
const start = async (profile: string, server: string, more: object = {}) =>
  closing.add(await startTestLab({ profile, server, ...more }));

async function ready(profile: string, server: string, verb = 'STARTTLS'): Promise<{ client: SmtpClient; ca: string }> {
  const lab = await start(profile, server);
  const client = closing.add(await SmtpClient.connect(lab));
  await client.reply();
  await client.say('EHLO client.contoso.com');
  expect((await client.say(verb))[0]).toMatch(/^220 /);
  return { client, ca: lab.ca };
}

const SERVERS = ['2003', '2010', '2016', 'postfix'];

describe('the certificate', () => {
  test.each(SERVERS)('of a healthy %s is good for 127.0.0.1, localhost and its own name', async (server) => {
    for (const name of [{}, { servername: 'localhost' }, { servername: await hostOf(server) }]) {
      const { client, ca } = await ready('healthy', server);
      const secure = await client.startTls({ ca, ...name });
      expect(secure.authorized).toBe(true);
      expect(secure.getPeerCertificate().subject.CN).toBe(await hostOf(server));
    }
  });

  test('is trusted by nobody who was not told to', async () => {
    const { client } = await ready('healthy', '2010');
    await expect(client.startTls({})).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  });

  test('of cert-expired ran out yesterday', async () => {
    const { client, ca } = await ready('cert-expired', '2010');
    await expect(client.startTls({ ca })).rejects.toMatchObject({ code: 'CERT_HAS_EXPIRED' });
  });

  test('of cert-name is in order, but for another host', async () => {
    const { client, ca } = await ready('cert-name', '2010');
    await expect(client.startTls({ ca })).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
      cert: { subjectaltname: 'DNS:old-mail.fabrikam.com' },
    });
  });
});

const hostOf = async (server: string): Promise<string> => {
  const client = closing.add(await SmtpClient.connect(await start('healthy', server)));
  return ((await client.reply())[0] ?? '').split(' ')[1] ?? '';
};

describe('what is agreed', () => {
  test.each([
    ['2003', 'TLSv1.2', 'ECDHE-RSA-AES256-GCM-SHA384'],
    ['2010', 'TLSv1.2', 'ECDHE-RSA-AES256-GCM-SHA384'],
    ['2016', 'TLSv1.2', 'ECDHE-RSA-AES256-GCM-SHA384'],
    ['postfix', 'TLSv1.3', 'TLS_AES_256_GCM_SHA384'],
  ])('%s: %s with %s', async (server, protocol, cipher) => {
    const { client, ca } = await ready('healthy', server);
    const secure = await client.startTls({ ca });
    expect([secure.getProtocol(), secure.getCipher().name]).toEqual([protocol, cipher]);
  });

  test('tls-old refuses everything newer than TLS 1.0', async () => {
    const { client, ca } = await ready('tls-old', '2003');
    await expect(client.startTls({ ca, minVersion: 'TLSv1.2' })).rejects.toThrow(
      /protocol version|unsupported protocol/,
    );
  });

  test('tls-old speaks with a client that lowers itself', async () => {
    const { client, ca } = await ready('tls-old', '2003');
    const secure = await client.startTls({ ca, minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' });
    expect(secure.getProtocol()).toBe('TLSv1');
    expect(await client.say('EHLO x')).toContain('250-XEXCH50');
  });

  test('X-ANONYMOUSTLS is a handshake like any other, and offers what servers use among themselves', async () => {
    const { client, ca } = await ready('healthy', '2016', 'X-ANONYMOUSTLS');
    await client.startTls({ ca });
    const offers = await client.say('EHLO mbx02.contoso.com');
    expect(offers).toContain('250-X-EXPS EXCHANGEAUTH GSSAPI NTLM');
    expect(offers).toContain('250-X-EXCHANGEAUTH SHA256');
    expect(offers.filter((line) => line.includes('TLS'))).toEqual([]);
  });

  test('implicit TLS greets inside of it, and offers no STARTTLS', async () => {
    const lab = await start('healthy', '2010', { implicitTls: true });
    const client = closing.add(await SmtpClient.connectTls(lab));
    expect(await client.reply()).toHaveLength(1);
    expect(await client.say('EHLO client.contoso.com')).not.toContain('250-STARTTLS');
  });
});

describe('STARTTLS', () => {
  test.each([
    ['2003', 'STARTTLS now', '501 5.5.4 Invalid arguments'],
    ['2010', 'STARTTLS now', '501 5.5.4 Invalid arguments'],
    ['postfix', 'STARTTLS now', '501 5.5.4 Syntax: STARTTLS'],
  ])('%s: takes no parameter', async (server, command, reply) => {
    const client = closing.add(await SmtpClient.connect(await start('healthy', server)));
    await client.reply();
    await client.say('EHLO client.contoso.com');
    expect(await client.say(command)).toEqual([reply]);
  });

  test('what came with it in the clear is thrown away', async () => {
    const lab = await start('healthy', '2010');
    const client = closing.add(await SmtpClient.connect(lab));
    await client.reply();
    await client.say('EHLO client.contoso.com');
    client.send('STARTTLS\r\nNOOP injected\r\n');
    await client.reply();
    await client.startTls({ ca: lab.ca });
    expect(await client.talk('EHLO client.contoso.com', 'QUIT')).toEqual([
      '250 XSHADOW',
      '221 2.0.0 Service closing transmission channel',
    ]);
    expect(lab.transcript.map(({ text }) => text)).not.toContain('NOOP injected');
  });

  test('starttls-injection: what came with it in the clear is carried out after it', async () => {
    const lab = await start('starttls-injection', '2010');
    const client = closing.add(await SmtpClient.connect(lab));
    await client.reply();
    await client.say('EHLO client.contoso.com');
    client.send('STARTTLS\r\nNOOP injected\r\n');
    await client.reply();
    await client.startTls({ ca: lab.ca });
    expect(await client.reply()).toEqual(['250 2.0.0 OK']);
    expect(lab.transcript.map(({ text }) => text)).toContain('NOOP injected');
  });

  test('a client that speaks no TLS after it is dropped, and the log says so', async () => {
    const lab = await start('healthy', '2010');
    const client = closing.add(await SmtpClient.connect(lab));
    await client.reply();
    await client.talk('EHLO client.contoso.com', 'STARTTLS');
    client.send('EHLO again\r\n');
    await client.rest();
    expect(lab.transcript.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^TLS negotiation failed with error ERR_SSL_/),
    );
    const next = closing.add(await SmtpClient.connect(lab));
    expect(await next.reply()).toHaveLength(1);
  });
});
