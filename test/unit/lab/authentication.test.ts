/** AUTH and X-EXPS: the lab's account is let in, everybody else is refused in the words of the generation. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { LAB_LOGIN } from '../../../wizards/engine/lab/auth-exchange.ts';
import { Closing } from '../../fixtures/lab/closing.ts';
import { startTestLab } from '../../fixtures/lab/lab.ts';
import { base64, SmtpClient } from '../../fixtures/lab/smtp-client.ts';
import { readLog } from '../../fixtures/logs/read-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'fieldguide-lab-auth-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const closing = new Closing();
afterEach(() => closing.all());

async function encrypted(server: string, log?: string, profile = 'healthy'): Promise<SmtpClient> {
  const lab = closing.add(await startTestLab({ profile, server, ...(log ? { log } : {}) }));
  const client = closing.add(await SmtpClient.connect(lab));
  await client.reply();
  await client.talk('EHLO client.contoso.com', 'STARTTLS');
  await client.startTls({ ca: lab.ca });
  await client.say('EHLO client.contoso.com');
  return client;
}

const user = base64(LAB_LOGIN.user);
const password = base64(LAB_LOGIN.password);
const PLAIN = base64(`\0${LAB_LOGIN.user}\0${LAB_LOGIN.password}`);

test.each([
  ['2003', '235 2.7.0 Authentication successful.'],
  ['2010', '235 2.7.0 Authentication successful'],
  ['2016', '235 2.7.0 Authentication successful'],
  ['postfix', '235 2.7.0 Authentication successful'],
])('LOGIN lets the account of the lab in: %s', async (server, reply) => {
  const client = await encrypted(server);
  expect(await client.talk('AUTH LOGIN', user, password)).toEqual(['334 VXNlcm5hbWU6', '334 UGFzc3dvcmQ6', reply]);
  expect((await client.talk('AUTH LOGIN'))[0]).toMatch(/^503 5\.5\.[12] .*already authenticated/i);
});

test.each([
  ['the user with the command', [`AUTH LOGIN ${user}`, password]],
  ['the name alone', ['AUTH LOGIN', base64('labuser'), password]],
  ['the name of the domain', ['AUTH LOGIN', base64('contoso\\LabUser'), password]],
])('LOGIN takes %s', async (_, commands) => {
  const client = await encrypted('2010');
  expect((await client.talk(...commands)).at(-1)).toBe('235 2.7.0 Authentication successful');
});

test.each([
  ['2003', '535 5.7.3 Authentication unsuccessful.'],
  ['2010', '535 5.7.3 Authentication unsuccessful'],
  ['2016', '535 5.7.3 Authentication unsuccessful'],
  ['postfix', '535 5.7.8 Error: authentication failed: (reason unavailable)'],
])('a wrong password is refused: %s', async (server, reply) => {
  const client = await encrypted(server);
  expect((await client.talk('AUTH LOGIN', user, base64('wrong'))).at(-1)).toBe(reply);
  expect((await client.talk('AUTH LOGIN', base64('nobody'), password)).at(-1)).toBe(reply);
});

test('PLAIN in one line or in two: Postfix', async () => {
  const accepted = '235 2.7.0 Authentication successful';
  expect(await (await encrypted('postfix')).talk(`AUTH PLAIN ${PLAIN}`)).toEqual([accepted]);
  expect(await (await encrypted('postfix')).talk('AUTH PLAIN', PLAIN)).toEqual(['334 ', accepted]);
});

test('NTLM goes on to its challenge and ends in a refusal', async () => {
  const client = await encrypted('2010');
  const [supported, challenge, end] = await client.talk('AUTH NTLM', base64('NTLMSSP\0\x01'), base64('NTLMSSP\0\x03'));
  expect(supported).toBe('334 NTLM supported');
  const message = Buffer.from((challenge ?? '').slice(4), 'base64');
  expect(message.subarray(0, 12).toString('latin1')).toBe('NTLMSSP\0\x02\0\0\0');
  const at = message.readUInt32LE(16);
  expect(message.subarray(at, at + message.readUInt16LE(12)).toString('utf16le')).toBe('CONTOSO');
  expect(message.readUInt32LE(44)).toBeLessThanOrEqual(message.length);
  expect(end).toBe('535 5.7.3 Authentication unsuccessful');
});

test('GSSAPI and X-EXPS are answered up to their refusal', async () => {
  const client = await encrypted('2003');
  const refused = '535 5.7.3 Authentication unsuccessful.';
  expect(await client.talk('X-EXPS GSSAPI', 'YII=', `X-EXPS GSSAPI YII=`)).toEqual([
    '334 GSSAPI supported',
    refused,
    refused,
  ]);
});

test.each([
  ['2010', '501 5.7.0 Authentication cancelled'],
  ['postfix', '501 5.7.0 Authentication aborted'],
])('a star cancels: %s', async (server, reply) => {
  expect(await (await encrypted(server)).talk('AUTH LOGIN', '*')).toEqual(['334 VXNlcm5hbWU6', reply]);
});

test('what is not announced is not taken: LOGIN before TLS, Exchange 2010', async () => {
  const lab = closing.add(await startTestLab({ profile: 'healthy', server: '2010' }));
  const client = closing.add(await SmtpClient.connect(lab));
  await client.reply();
  await client.say('EHLO client.contoso.com');
  expect(await client.talk('AUTH LOGIN', 'AUTH', 'AUTH CRAM-MD5')).toEqual([
    '504 5.7.4 Unrecognized authentication type',
    '501 5.5.4 Invalid arguments',
    '504 5.7.4 Unrecognized authentication type',
  ]);
});

test.each(['2003', '2010', '2016'])('exps-454: no attempt gets any further, %s', async (server) => {
  const client = await encrypted(server, undefined, 'exps-454');
  const refusal = '454 4.7.0 Temporary authentication failure';
  expect(await client.talk('X-EXPS GSSAPI', 'X-EXPS NTLM TlRMTVNTUAAB', 'AUTH NTLM')).toEqual([
    refusal,
    refusal,
    refusal,
  ]);
});

test('who has authenticated may relay', async () => {
  const client = await encrypted('2010');
  await client.talk('AUTH LOGIN', user, password, 'MAIL FROM:<labuser@contoso.com>');
  expect(await client.talk('RCPT TO:<b@example.net>')).toEqual(['250 2.1.5 Recipient OK']);
});

test('sendas-denied: the account of the lab is refused as well', async () => {
  const client = await encrypted('2003', undefined, 'sendas-denied');
  await client.talk('AUTH LOGIN', user, password, 'MAIL FROM:<a@contoso.com>', 'RCPT TO:<b@contoso.com>');
  expect(await client.talk('XEXCH50 4 2')).toEqual(['504 Need to authenticate first']);
});

test('starttls-before-auth: whoever authenticates after TLS is let through', async () => {
  const client = await encrypted('2003', undefined, 'starttls-before-auth');
  await client.talk('AUTH LOGIN', user, password, 'MAIL FROM:<a@contoso.com>', 'RCPT TO:<b@contoso.com>');
  expect(await client.talk('XEXCH50 4 2')).toEqual(['354 Send binary data']);
});

test('a client that sends its password to a server that refused AUTH does not find it in the log', async () => {
  const lab = closing.add(await startTestLab({ profile: 'auth-off', server: '2010' }));
  const client = closing.add(await SmtpClient.connect(lab));
  await client.reply();
  await client.talk('EHLO client.contoso.com', 'AUTH LOGIN', user, password, 'NOOP', 'goodmorning');
  const received = lab.transcript.filter(({ kind }) => kind === 'received').map(({ text }) => text);
  expect(received).toEqual([
    'EHLO client.contoso.com',
    'AUTH LOGIN',
    '<authentication response>',
    '<authentication response>',
    'NOOP',
    'goodmorning',
  ]);
});

test('neither log nor transcript holds a password, nor what stands for one', async () => {
  const log = join(folder, 'auth.log');
  const lab = closing.add(await startTestLab({ profile: 'healthy', server: 'postfix', log }));
  const client = closing.add(await SmtpClient.connect(lab));
  await client.reply();
  await client.talk('EHLO client.contoso.com', 'STARTTLS');
  await client.startTls({ ca: lab.ca });
  await client.talk('EHLO x', 'AUTH LOGIN', user, base64('wrong'), `AUTH PLAIN ${PLAIN}`, 'QUIT');
  await client.rest();
  const transcript = JSON.stringify(lab.transcript);
  await closing.all();
  const text = readFileSync(log, 'utf8');
  for (const secret of [password, base64('wrong'), PLAIN, user, LAB_LOGIN.password]) {
    expect(text).not.toContain(secret);
    expect(transcript).not.toContain(secret);
  }
  expect(text).toContain(',<,AUTH PLAIN <authentication response>,\r\n');
  expect(text).toContain(',*,,Inbound AUTH LOGIN failed because of LogonDenied\r\n');
  expect(text).toContain(',*,CONTOSO\\labuser,authenticated\r\n');
  expect(readLog(text).sessions).toMatchObject([
    { stage: 'auth', flags: expect.arrayContaining(['authenticated', 'tls']) },
  ]);
});
