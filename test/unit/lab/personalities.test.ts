/** How each server speaks when nothing is wrong with it, line by line. */
import { afterEach, describe, expect, test } from 'vitest';
import { Closing } from '../../fixtures/lab/closing.ts';
import { startTestLab } from '../../fixtures/lab/lab.ts';
import { SmtpClient } from '../../fixtures/lab/smtp-client.ts';

const closing = new Closing();
afterEach(() => closing.all());
const now = () => new Date('2004-02-22T16:03:04Z');

async function start(server: string): Promise<{ client: SmtpClient; ca: string; banner: string[] }> {
  const lab = closing.add(await startTestLab({ profile: 'healthy', server, now }));
  const client = closing.add(await SmtpClient.connect(lab));
  return { client, ca: lab.ca, banner: await client.reply() };
}

type Script = {
  server: string;
  banner: string;
  plain: string[];
  encrypted: string[];
  /** Each command with the last line of its reply, inside TLS. */
  talk: [command: string, reply: string][];
};

const SCRIPTS: Script[] = [
  {
    server: '2003',
    banner:
      '220 mail1.contoso.com Microsoft ESMTP MAIL Service, Version: 6.0.3790.3959 ready at  Sun, 22 Feb 2004 16:03:04 +0000 ',
    plain: [
      '250-mail1.contoso.com Hello [127.0.0.1]',
      '250-TURN',
      '250-SIZE',
      '250-ETRN',
      '250-PIPELINING',
      '250-DSN',
      '250-ENHANCEDSTATUSCODES',
      '250-8bitmime',
      '250-BINARYMIME',
      '250-CHUNKING',
      '250-VRFY',
      '250-TLS',
      '250-STARTTLS',
      '250-X-EXPS GSSAPI NTLM LOGIN',
      '250-X-EXPS=LOGIN',
      '250-AUTH GSSAPI NTLM LOGIN',
      '250-AUTH=LOGIN',
      '250-X-LINK2STATE',
      '250-XEXCH50',
      '250 OK',
    ],
    encrypted: [
      '250-mail1.contoso.com Hello [127.0.0.1]',
      '250-TURN',
      '250-SIZE',
      '250-ETRN',
      '250-PIPELINING',
      '250-DSN',
      '250-ENHANCEDSTATUSCODES',
      '250-8bitmime',
      '250-BINARYMIME',
      '250-CHUNKING',
      '250-VRFY',
      '250-X-EXPS GSSAPI NTLM LOGIN',
      '250-X-EXPS=LOGIN',
      '250-AUTH GSSAPI NTLM LOGIN',
      '250-AUTH=LOGIN',
      '250-X-LINK2STATE',
      '250-XEXCH50',
      '250 OK',
    ],
    talk: [
      ['goodmorning', '500 5.3.3 Unrecognized command'],
      ['NOOP', '250 2.0.0 OK'],
      ['RCPT TO:<b@fabrikam.com>', '503 5.5.2 Need mail command.'],
      ['MAIL <a@contoso.com>', '501 5.5.4 Invalid Address'],
      ['MAIL FROM:<a@contoso.com> SIZE=99999999', '552 5.3.4 Message size exceeds fixed maximum message size'],
      ['MAIL FROM:<a@contoso.com> SIZE=1000', '250 2.1.0 a@contoso.com....Sender OK'],
      ['MAIL FROM:<a@contoso.com>', '503 5.5.2 Sender already specified'],
      ['XEXCH50 4 2', '503 5.5.2 Need Rcpt command.'],
      ['RCPT TO:<b@example.net>', '550 5.7.1 Unable to relay for b@example.net'],
      ['RCPT TO:<b@fabrikam.com>', '250 2.1.5 b@fabrikam.com '],
      ['XEXCH50 4 2', '354 Send binary data'],
      ['\n\r', '250 XEXCH50 OK'],
      ['DATA', '354 Start mail input; end with <CRLF>.<CRLF>'],
      ['.', expect.stringMatching(/^250 2\.6\.0 {2}<[0-9A-F]{16}-1@mail1\.contoso\.com> Queued mail for delivery$/)],
      ['RSET', '250 2.0.0 Resetting'],
      ['VRFY b', '252 2.1.5 Cannot VRFY user, but will take message for <b>'],
      ['HELP', '214 HELO EHLO STARTTLS RCPT DATA RSET MAIL QUIT HELP AUTH BDAT VRFY'],
      ['STARTTLS', '500 5.3.3 Unrecognized command'],
      ['QUIT', '221 2.0.0 mail1.contoso.com Service closing transmission channel'],
    ],
  },
  {
    server: '2010',
    banner: '220 mail.contoso.com Microsoft ESMTP MAIL Service ready at Sun, 22 Feb 2004 16:03:04 +0000',
    plain: [
      '250-mail.contoso.com Hello [127.0.0.1]',
      '250-SIZE 10485760',
      '250-PIPELINING',
      '250-DSN',
      '250-ENHANCEDSTATUSCODES',
      '250-STARTTLS',
      '250-X-ANONYMOUSTLS',
      '250-AUTH NTLM',
      '250-X-EXPS GSSAPI NTLM',
      '250-8BITMIME',
      '250-BINARYMIME',
      '250-CHUNKING',
      '250-XEXCH50',
      '250-XRDST',
      '250 XSHADOW',
    ],
    encrypted: [
      '250-mail.contoso.com Hello [127.0.0.1]',
      '250-SIZE 10485760',
      '250-PIPELINING',
      '250-DSN',
      '250-ENHANCEDSTATUSCODES',
      '250-AUTH NTLM LOGIN',
      '250-X-EXPS GSSAPI NTLM',
      '250-8BITMIME',
      '250-BINARYMIME',
      '250-CHUNKING',
      '250-XEXCH50',
      '250-XRDST',
      '250 XSHADOW',
    ],
    talk: [
      ['goodmorning', '500 5.3.3 Unrecognized command'],
      ['DATA', '503 5.5.2 Need mail command'],
      ['MAIL FROM:<>', '250 2.1.0 Sender OK'],
      ['DATA', '503 5.5.2 Need rcpt command'],
      ['RCPT TO:<>', '501 5.5.4 Invalid arguments'],
      ['RCPT TO:<b@example.net>', '550 5.7.1 Unable to relay'],
      ['RCPT TO:<b@FABRIKAM.COM>', '250 2.1.5 Recipient OK'],
      ['XEXCH50 four 2', '501 5.5.4 XEXCH50 Invalid command format'],
      ['XEXCH50 4 2', '354 Send binary data'],
      ['\n\r', '250 2.0.0 XEXCH50 OK'],
      ['BDAT 4\r\n\0\0', '250 2.6.0 CHUNK received OK, 4 octets'],
      [
        'BDAT 2 LAST\r\n',
        expect.stringMatching(/^250 2\.6\.0 <.+@mail\.contoso\.com> \[InternalId=1\] Queued mail for delivery$/),
      ],
      ['VRFY', '501 5.5.4 Argument missing'],
      ['QUIT', '221 2.0.0 Service closing transmission channel'],
    ],
  },
  {
    server: '2016',
    banner: '220 mbx01.contoso.com Microsoft ESMTP MAIL Service ready at Sun, 22 Feb 2004 16:03:04 +0000',
    plain: [
      '250-mbx01.contoso.com Hello [127.0.0.1]',
      '250-SIZE 37748736',
      '250-PIPELINING',
      '250-DSN',
      '250-ENHANCEDSTATUSCODES',
      '250-STARTTLS',
      '250-X-ANONYMOUSTLS',
      '250-AUTH NTLM',
      '250-X-EXPS GSSAPI NTLM',
      '250-8BITMIME',
      '250-BINARYMIME',
      '250-CHUNKING',
      '250-SMTPUTF8',
      '250 XRDST',
    ],
    encrypted: [
      '250-mbx01.contoso.com Hello [127.0.0.1]',
      '250-SIZE 37748736',
      '250-PIPELINING',
      '250-DSN',
      '250-ENHANCEDSTATUSCODES',
      '250-AUTH NTLM LOGIN',
      '250-X-EXPS GSSAPI NTLM',
      '250-8BITMIME',
      '250-BINARYMIME',
      '250-CHUNKING',
      '250-SMTPUTF8',
      '250 XRDST',
    ],
    talk: [
      ['MAIL FROM:<a@contoso.com> SIZE=37748737', '552 5.3.4 Message size exceeds fixed maximum message size'],
      ['MAIL FROM:<a@contoso.com>', '250 2.1.0 Sender OK'],
      ['RCPT TO:<b@example.net>', '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain'],
      ['RCPT TO:<postmaster>', '250 2.1.5 Recipient OK'],
      ['XEXCH50 4 2', '500 5.3.3 Unrecognized command'],
      ['DATA', '354 Start mail input; end with <CRLF>.<CRLF>'],
      [
        'Subject: x\r\n\r\nx\r\n.',
        expect.stringMatching(/^250 2\.6\.0 .+ 17 bytes in 0\.1 sec Queued mail for delivery$/),
      ],
      ['QUIT', '221 2.0.0 Service closing transmission channel'],
    ],
  },
  {
    server: 'postfix',
    banner: '220 mx.contoso.com ESMTP Postfix',
    plain: [
      '250-mx.contoso.com',
      '250-PIPELINING',
      '250-SIZE 10240000',
      '250-VRFY',
      '250-ETRN',
      '250-STARTTLS',
      '250-ENHANCEDSTATUSCODES',
      '250-8BITMIME',
      '250-DSN',
      '250-SMTPUTF8',
      '250 CHUNKING',
    ],
    encrypted: [
      '250-mx.contoso.com',
      '250-PIPELINING',
      '250-SIZE 10240000',
      '250-VRFY',
      '250-ETRN',
      '250-AUTH PLAIN LOGIN',
      '250-ENHANCEDSTATUSCODES',
      '250-8BITMIME',
      '250-DSN',
      '250-SMTPUTF8',
      '250 CHUNKING',
    ],
    talk: [
      ['EHLO', '501 Syntax: EHLO hostname'],
      ['XEXCH50 4 2', '500 5.5.2 Error: command not recognized'],
      ['X-EXPS GSSAPI', '500 5.5.2 Error: command not recognized'],
      ['STARTTLS', '554 5.5.1 Error: TLS already active'],
      ['MAIL FROM:<a@contoso.com>', '250 2.1.0 Ok'],
      ['MAIL FROM:<a@contoso.com>', '503 5.5.1 Error: nested MAIL command'],
      ['DATA', '554 5.5.1 Error: no valid recipients'],
      ['RCPT TO:<b@example.net>', '554 5.7.1 <b@example.net>: Relay access denied'],
      ['RCPT TO:<b@fabrikam.com>', '250 2.1.5 Ok'],
      ['DATA', '354 End data with <CR><LF>.<CR><LF>'],
      ['.', expect.stringMatching(/^250 2\.0\.0 Ok: queued as [0-9A-F]{16}-1$/)],
      ['QUIT', '221 2.0.0 Bye'],
    ],
  },
];

describe.each(SCRIPTS)('$server', ({ server, banner, plain, encrypted, talk }) => {
  test('greets, announces, and announces other things after TLS', async () => {
    const { client, ca, banner: said } = await start(server);
    expect(said).toEqual([banner]);
    expect(await client.say('EHLO client.contoso.com')).toEqual(plain);
    expect(await client.say('STARTTLS')).toHaveLength(1);
    await client.startTls({ ca });
    expect(await client.say('EHLO client.contoso.com')).toEqual(encrypted);
  });

  test('answers a whole conversation in its own words', async () => {
    const { client, ca } = await start(server);
    await client.talk('EHLO client.contoso.com', 'STARTTLS');
    await client.startTls({ ca });
    await client.say('EHLO client.contoso.com');
    for (const [command, reply] of talk)
      expect([command, (await client.say(command)).at(-1)]).toEqual([command, reply]);
    expect(await client.rest()).toBe('');
  });

  test('forgets the greeting with TLS, and wants one before mail', async () => {
    const { client, ca } = await start(server);
    expect((await client.say('MAIL FROM:<a@contoso.com>'))[0]).toMatch(/^503 5\.5\.[12] /);
    await client.talk('EHLO client.contoso.com', 'STARTTLS');
    await client.startTls({ ca });
    expect((await client.say('MAIL FROM:<a@contoso.com>'))[0]).toMatch(/^503 5\.5\.[12] /);
  });

  test('answers commands that came together one after the other', async () => {
    const { client } = await start(server);
    await client.say('EHLO client.contoso.com');
    client.send('MAIL FROM:<a@contoso.com>\r\nRCPT TO:<b@contoso.com>\r\nRCPT TO:<c@contoso.com>\r\nRSET\r\n');
    const replies = [await client.reply(), await client.reply(), await client.reply(), await client.reply()];
    expect(replies.map(([line]) => line?.slice(0, 9))).toEqual(['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.0.0']);
  });

  test('ends the session of a client that errs too often', async () => {
    const { client } = await start(server);
    const replies: string[] = [];
    for (let last = ''; !last.startsWith('421'); replies.push(last)) {
      client.send('nonsense\r\n');
      const reply = await client.reply();
      last = reply.at(-1) ?? '';
    }
    expect(await client.rest()).toBe('');
    expect(replies.length).toBeLessThanOrEqual(21);
  });
});
