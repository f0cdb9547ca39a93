/** Sessions in what swaks, telnet, openssl and tcpdump print. All samples are composed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { triage } from '../../../wizards/engine/triage.ts';
import { cutAtColumn, quote } from '../../fixtures/events/compose.ts';
import { testLibrary } from '../../fixtures/events/library.ts';
import * as samples from '../../fixtures/transcripts/compose.ts';

const library = testLibrary();
const findings = (text: string) => triage(library, text).findings;
const first = (text: string) => findings(text)[0];

describe('swaks', () => {
  test('a refused recipient, field by field', () => {
    expect(findings(samples.SWAKS_RELAY)).toEqual([
      {
        kind: 'session',
        id: 'rcpt',
        source: 'swaks',
        title: 'An SMTP session with mail1.contoso.com: RCPT TO failed',
        line: 1,
        end: 16,
        fields: {
          stage: 'rcpt',
          command: 'RCPT',
          full_command: 'RCPT TO:<user2@fabrikam.com>',
          reply: '550 5.7.1 Unable to relay for user2@fabrikam.com',
          remote_host: 'mail1.contoso.com',
          helo: 'client.contoso.com',
          sender: 'user1@contoso.com',
          recipient: 'user2@fabrikam.com',
          capabilities: 'X-EXPS GSSAPI NTLM LOGIN, AUTH GSSAPI NTLM LOGIN, XEXCH50',
          banner:
            '220 mail1.contoso.com Microsoft ESMTP MAIL Service, Version: 6.0.3790.3959 ready at  Sun, 22 Feb 2004 16:03:04 +0000',
          delivered: '0',
        },
        local: 'the client of the session',
        remote: 'the server that answered',
      },
    ]);
  });

  test('a refused logon within TLS, and not a word of the secret', () => {
    expect(first(samples.SWAKS_LOGON)).toMatchObject({
      id: 'auth',
      fields: {
        command: 'AUTH',
        reply: '535 5.7.3 Authentication unsuccessful',
        error: 'No authentication type succeeded',
        remote_host: 'mbx01.contoso.com',
        remote_ip: '192.0.2.20',
        capabilities: 'AUTH NTLM LOGIN',
        tls_version: 'TLSv1.2',
        tls_cipher: 'ECDHE-RSA-AES256-GCM-SHA384',
        certificate: '/CN=mbx01',
      },
    });
    expect(JSON.stringify(findings(samples.SWAKS_LOGON))).not.toMatch(/c2VjcmV0/);
  });

  test('a refused connection', () => {
    expect(first(samples.SWAKS_REFUSED)).toMatchObject({
      id: 'connect',
      title: 'No connection to 192.0.2.20 was made',
      fields: { stage: 'connect', remote_ip: '192.0.2.20', error: 'IO::Socket::INET: connect: Connection refused' },
    });
  });

  test('a greeting that never comes', () => {
    const text =
      '=== Trying mail2.contoso.com:25...\n=== Connected to mail2.contoso.com.\n<** Timeout (30 secs) waiting';
    expect(first(text)).toMatchObject({ id: 'banner', fields: { remote_host: 'mail2.contoso.com' } });
  });

  test('through SMTP inspection: the traces are named', () => {
    expect(first(samples.SWAKS_MASKED)).toMatchObject({
      id: 'starttls',
      fields: { mailguard: 'masked greeting, masked keywords (XXXXX)', error: 'Host did not advertise STARTTLS' },
    });
  });

  test('two runs in one text are two sessions', () => {
    const text = `First:\n\n${samples.SWAKS_RELAY}\n\nThen:\n\n${samples.SWAKS_REFUSED}\n`;
    expect(findings(text).map(({ id, line, end }) => [id, line, end])).toEqual([
      ['rcpt', 3, 18],
      ['connect', 22, 24],
    ]);
  });
});

describe('telnet', () => {
  test('a refused XEXCH50 beside a message that was taken', () => {
    expect(first(samples.TELNET_XEXCH50)).toMatchObject({
      id: 'xexch50',
      line: 1,
      end: 26,
      fields: {
        command: 'XEXCH50',
        full_command: 'XEXCH50 1124 2',
        reply: '504 Need to authenticate first',
        remote_host: 'mail2.contoso.com',
        remote_ip: '192.0.2.20',
        delivered: '1',
        sender: 'user1@contoso.com',
        recipient: 'user2@contoso.com',
      },
    });
    expect(findings(samples.TELNET_XEXCH50)).toHaveLength(1);
  });

  test('nobody listens: telnet of Windows, of Linux, and a name that is unknown', () => {
    expect(first(samples.TELNET_NOBODY)).toMatchObject({ id: 'connect', fields: { remote_host: 'mail2.contoso.com' } });
    const linux = 'Trying 192.0.2.20...\ntelnet: Unable to connect to remote host: Connection refused';
    expect(first(linux)).toMatchObject({ id: 'connect', fields: { remote_ip: '192.0.2.20' } });
    const unknown = 'telnet: could not resolve mail9.contoso.com/25: Name or service not known';
    expect(first(unknown)).toMatchObject({ id: 'dns' });
  });

  test('letters that were taken back again do not count', () => {
    const text = '220 mail2.contoso.com ESMTP\nEHLO tesx\bt.contoso.com\n250-mail2.contoso.com Hello\n250 OK';
    expect(first(text)?.fields.helo).toBe('test.contoso.com');
  });

  test('a mistyped command that is refused is no stage', () => {
    const text =
      '220 mail2.contoso.com ESMTP\nHELO a\n250 Hello\nmial from:<>\n500 5.3.3 Unrecognized command\nquit\n221 bye';
    expect(first(text)?.id).toBe('none');
  });

  test('a secret that is typed without a question for it is in no field', () => {
    const text =
      '220 mail2.contoso.com ESMTP\nEHLO a\n250 OK\nAUTH LOGIN\nc2VjcmV0LXVzZXI=\nc2VjcmV0LXB3\n535 5.7.3 no';
    expect(first(text)).toMatchObject({ id: 'auth', fields: { reply: '535 5.7.3 no' } });
    expect(JSON.stringify(findings(text.replace('AUTH LOGIN', 'AUTH PLAIN c2VjcmV0')))).not.toMatch(/c2VjcmV0/);
  });
});

describe('openssl s_client', () => {
  test('TLS, its certificate, and the session that was typed', () => {
    expect(findings(samples.OPENSSL)).toMatchObject([
      {
        id: 'mail',
        source: 'openssl s_client',
        line: 1,
        end: 22,
        fields: {
          command: 'mail',
          reply: '530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM',
          remote_host: 'mbx01.contoso.com',
          tls_version: 'TLSv1.2',
          tls_cipher: 'ECDHE-RSA-AES256-GCM-SHA384',
          certificate: 'CN = mbx01',
          verification: 'self-signed certificate',
        },
      },
    ]);
  });

  test('STARTTLS that a device took away is a fault, whatever the last line says', () => {
    const fields = first(samples.OPENSSL_STRIPPED)?.fields;
    expect(fields).toEqual({ stage: 'starttls', error: 'STARTTLS is not offered' });
  });

  test('a look at a web server is none of ours', () => {
    const web = '$ openssl s_client -connect www.contoso.com:443\nCONNECTED(00000003)\nVerify return code: 0 (ok)';
    expect(findings(web)).toEqual([]);
  });
});

describe('packets', () => {
  test('tcpdump: the BLOB stays without an answer, and the connection is reset', () => {
    expect(first(samples.TCPDUMP_BLOB)).toMatchObject({
      id: 'blob',
      fields: { command: 'XEXCH50', remote_ip: '198.51.100.25', error: expect.stringMatching(/reset by the server/) },
    });
  });

  test('tcpdump: nobody answers', () => {
    expect(first(samples.TCPDUMP_SILENT)).toMatchObject({ id: 'connect', fields: { remote_ip: '198.51.100.25' } });
  });

  test('the text of a stream', () => {
    expect(first(samples.STREAM_BLOB)).toMatchObject({ id: 'blob', fields: { command: 'XEXCH50', delivered: '0' } });
  });
});

describe('a copy in a mail', () => {
  const answers = (text: string) => findings(text).map(({ id, fields }) => [id, fields.reply, fields.remote_host]);
  test.each(Object.entries(samples.ALL))('%s: quoted, with CRLF, with escapes', (_, text) => {
    const expected = answers(text);
    expect(answers(quote(text, 2))).toEqual(expected);
    expect(answers(text.replaceAll('\n', '\r\n'))).toEqual(expected);
    expect(answers(text.replaceAll('<', '&lt;').replaceAll('>', '&gt;'))).toEqual(expected);
    expect(answers(`Hello,\n\nthis is what I see:\n\n${text}\n\nRegards`)).toEqual(expected);
  });

  test('a wrapped answer of swaks is one answer', () => {
    const text = samples.SWAKS_RELAY.replace('Unable to relay for ', 'Unable to relay for\n');
    expect(first(text)?.fields.reply).toBe('550 5.7.1 Unable to relay for user2@fabrikam.com');
  });
});

describe('what is no session', () => {
  test.each([
    ['a question', 'When I send EHLO to the server with telnet, it says 250 and then 550. What can I do?'],
    ['a list of numbers', '220 users\n250 mailboxes\n354 contacts\n550 groups'],
    ['one command', 'Please type this:\nEHLO test\nand tell me what you see.'],
    ['lines of equal signs', '=== Chapter 1 ===\n*** Note\n=== Chapter 2 ==='],
    ['notes of a version control system', '<<<<<<< HEAD\n=======\n>>>>>>> main'],
    ['a plan', 'DATA\nQUIT\nHELP'],
  ])('%s', (_, text) => {
    expect(findings(text).filter(({ kind }) => kind === 'session')).toEqual([]);
  });
});

test('mangled transcripts: never an exception, lines that exist, and no secret', () => {
  const line = fc.constantFrom(...Object.values(samples.ALL).flatMap((text) => text.split('\n')));
  const junk = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.constantFrom('', '.', '354 go', '334 x'));
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 4, arbitrary: line }, junk), { maxLength: 40 }), (lines) => {
      const text = lines.join('\n');
      const found = findings(text);
      const count = text.split(/\r\n|\r|\n/).length;
      for (const { line, end, fields } of found) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(end ?? line).toBeGreaterThanOrEqual(line);
        expect(end ?? line).toBeLessThanOrEqual(count);
        for (const value of Object.values(fields)) expect(value).toBe(value.trim());
      }
      expect(JSON.stringify(found)).not.toMatch(/c2VjcmV0/);
    }),
    { numRuns: 300 },
  );
});

test.each(Object.entries(samples.ALL))('cut anywhere: %s', (_, text) => {
  for (let at = 0; at < text.length; at += 7) {
    expect(() => findings(text.slice(at))).not.toThrow();
    expect(() => findings(text.slice(0, at))).not.toThrow();
  }
  expect(() => findings(cutAtColumn(text, 40))).not.toThrow();
});

test.each([
  ['commands', 'EHLO a\n'],
  ['answers', '250-x\n'],
  ['greetings', '220 mail2.contoso.com ESMTP\n'],
  ['commands and answers', 'EHLO a\n250 OK\n'],
  ['sessions', `${samples.SWAKS_RELAY}\n`],
  ['logons', 'AUTH LOGIN\n334 x\n'],
  ['refusals that nobody asked for', 'EHLO a\n421 x\n421 x\n'],
])(
  '4 MB of %s are read in bounded time',
  (_, piece) => {
    const text = piece.repeat(Math.ceil((4 * 1024 * 1024) / piece.length));
    expect(findings(text).length).toBeLessThanOrEqual(2000);
  },
  10_000,
);
