/** The log that the lab writes is one that Exchange could have written, and is read back as such. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { Closing } from '../../fixtures/lab/closing.ts';
import { startTestLab } from '../../fixtures/lab/lab.ts';
import { SmtpClient } from '../../fixtures/lab/smtp-client.ts';
import { walk } from '../../fixtures/lab/walk.ts';
import { readLog } from '../../fixtures/logs/read-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'fieldguide-lab-log-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const closing = new Closing();
afterEach(() => closing.all());
const now = () => new Date('2004-02-22T16:03:04.050Z');

/** What the lab wrote while a client said these, as lines; ends the session with QUIT. */
async function logged(name: string, server: string, commands: string[], more: object = {}): Promise<string[]> {
  const log = join(folder, name);
  const lab = closing.add(await startTestLab({ profile: 'healthy', server, log, now, ...more }));
  const client = closing.add(await SmtpClient.connect(lab));
  await client.reply();
  await client.talk(...commands, 'QUIT');
  await client.rest();
  await closing.all();
  return readFileSync(log, 'utf8').split('\r\n');
}

test('a session, record by record', async () => {
  const lines = await logged('session.log', '2010', ['EHLO client.contoso.com', 'MAIL FROM:<a@contoso.com>']);
  const [, connector, session, , local, remote] = (lines[5] ?? '').split(',');
  expect(connector).toBe('MAIL\\Default MAIL');
  expect(session).toMatch(/^[0-9A-F]{16}$/);
  expect(local).toMatch(/^127\.0\.0\.1:\d+$/);
  expect(remote).toMatch(/^127\.0\.0\.1:\d+$/);
  const record = (number: number, said: string): string =>
    `2004-02-22T16:03:04.050Z,${connector},${session},${number},${local},${remote},${said}`;
  expect(lines).toEqual([
    '#Software: Microsoft Exchange Server',
    '#Version: 14.0.0.0',
    '#Log-type: SMTP Receive Protocol Log',
    '#Date: 2004-02-22T16:03:04.050Z',
    '#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context',
    record(0, '+,,'),
    record(1, '>,"220 mail.contoso.com Microsoft ESMTP MAIL Service ready at Sun, 22 Feb 2004 16:03:04 +0000",'),
    record(2, '<,EHLO client.contoso.com,'),
    record(3, '>,250-mail.contoso.com Hello [127.0.0.1],'),
    record(4, '>,250-SIZE 10485760,'),
    record(5, '>,250-PIPELINING,'),
    record(6, '>,250-DSN,'),
    record(7, '>,250-ENHANCEDSTATUSCODES,'),
    record(8, '>,250-STARTTLS,'),
    record(9, '>,250-X-ANONYMOUSTLS,'),
    record(10, '>,250-AUTH NTLM,'),
    record(11, '>,250-X-EXPS GSSAPI NTLM,'),
    record(12, '>,250-8BITMIME,'),
    record(13, '>,250-BINARYMIME,'),
    record(14, '>,250-CHUNKING,'),
    record(15, '>,250-XEXCH50,'),
    record(16, '>,250-XRDST,'),
    record(17, '>,250 XSHADOW,'),
    record(18, '<,MAIL FROM:<a@contoso.com>,'),
    record(19, '>,250 2.1.0 Sender OK,'),
    record(20, '<,QUIT,'),
    record(21, '>,221 2.0.0 Service closing transmission channel,'),
    record(22, '-,,Local'),
    '',
  ]);
});

test('from 2013 on the answer to EHLO is one record', async () => {
  const lines = await logged('joined.log', '2016', ['EHLO client.contoso.com']);
  expect(lines[1]).toBe('#Version: 15.01.2507.006');
  expect(lines[8]?.split(',').slice(6).join()).toBe(
    '>,250  mbx01.contoso.com Hello [127.0.0.1] SIZE 37748736 PIPELINING DSN ENHANCEDSTATUSCODES STARTTLS ' +
      'X-ANONYMOUSTLS AUTH NTLM X-EXPS GSSAPI NTLM 8BITMIME BINARYMIME CHUNKING SMTPUTF8 XRDST,',
  );
});

test('commas and quotes are quoted, what is no text is a question mark, what is long is cut', async () => {
  const lines = await logged('quoted.log', '2010', ['NOOP a,"b"', 'NOOP \x00\x1b[31m\xff', `NOOP ${'x'.repeat(3000)}`]);
  const said = lines.map((line) => line.split(',').slice(6).join()).filter((line) => line.startsWith('<'));
  expect(said).toEqual(['<,"NOOP a,""b""",', '<,NOOP ??[31m?,', `<,NOOP ${'x'.repeat(995)},`, '<,QUIT,']);
  expect(readLog(lines.join('\r\n')).counts[0]?.bad.count).toBe(0);
});

test('TLS is noted with certificate and protocol, and what follows is logged in the clear', async () => {
  const log = join(folder, 'tls.log');
  const lab = closing.add(await startTestLab({ profile: 'cert-name', server: '2016', log, now }));
  await walk(lab);
  await closing.all();
  const said = readFileSync(log, 'utf8')
    .split('\r\n')
    .map((line) => line.split(',').slice(6).join());
  const at = said.indexOf('<,STARTTLS,');
  expect(said.slice(at, at + 6)).toEqual([
    '<,STARTTLS,',
    '>,220 2.0.0 SMTP server ready,',
    '*,,Sending certificate',
    '*,CN=old-mail.fabrikam.com,Certificate subject',
    '*,,TLS protocol SP_PROT_TLS1_2_SERVER negotiation succeeded using cipher ECDHE-RSA-AES256-GCM-SHA384',
    '<,EHLO mail1.contoso.com,',
  ]);
  expect(readLog(readFileSync(log, 'utf8')).sessions[0]?.flags).toContain('tls');
});

test('who broke off is said at the end', async () => {
  const log = join(folder, 'remote.log');
  const lab = closing.add(await startTestLab({ profile: 'healthy', log, now }));
  const client = await SmtpClient.connect(lab);
  await client.reply();
  client.close();
  while (!lab.transcript.some(({ text }) => text.startsWith('disconnected'))) await new Promise(setImmediate);
  await closing.all();
  expect(readFileSync(log, 'utf8')).toMatch(/,-,,Remote\r\n$/);
});

test('sessions at the same time are kept apart by their number', async () => {
  const log = join(folder, 'many.log');
  const lab = closing.add(await startTestLab({ profile: 'relay-denied', log }));
  await Promise.all(Array.from({ length: 20 }, () => walk(lab)));
  await closing.all();
  const { sessions, counts } = readLog(readFileSync(log, 'utf8'));
  expect(counts[0]?.bad.count).toBe(0);
  expect(sessions.map(({ stage, reply }) => `${stage}: ${reply}`)).toEqual(
    Array.from({ length: 20 }, () => 'rcpt: 550 5.7.1 Unable to relay'),
  );
});

test('a message that was taken counts as delivered', async () => {
  const lines = await logged('delivered.log', '2010', [
    'EHLO x',
    'MAIL FROM:<a@contoso.com>',
    'RCPT TO:<b@contoso.com>',
    'DATA',
    'Subject: x\r\n\r\nx\r\n.',
  ]);
  expect(readLog(lines.join('\r\n')).sessions).toMatchObject([{ stage: 'none', delivered: 1 }]);
  expect(lines.join()).not.toContain('Subject');
});

test('a log that is there already is added to', async () => {
  writeFileSync(join(folder, 'twice.log'), 'before\r\n');
  const lines = await logged('twice.log', '2010', ['EHLO x']);
  expect(lines.slice(0, 2)).toEqual(['before', '#Software: Microsoft Exchange Server']);
});
