/** Replies that stand alone, in several lines, or in somebody's sentence. All samples are composed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinReply } from '../../../wizards/engine/intake/reply-lines.ts';
import { triage } from '../../../wizards/engine/triage.ts';
import { testLibrary } from '../../fixtures/events/library.ts';

const library = testLibrary();
const replies = (text: string) => triage(library, text).findings.map(({ kind, fields }) => [kind, fields.reply]);
const first = (text: string) => triage(library, text).findings[0];

describe('a reply in a line of its own', () => {
  test.each([
    ['alone', '550 5.1.1 User unknown', '550 5.1.1 User unknown'],
    ['with the mark of swaks', '<** 550 5.7.1 Unable to relay', '550 5.7.1 Unable to relay'],
    [
      'with the mark of swaks within TLS',
      '<~* 504 5.7.4 Unrecognized authentication type',
      '504 5.7.4 Unrecognized authentication type',
    ],
    [
      'in quotes',
      '> "451 5.7.3 Cannot achieve Exchange Server authentication."',
      '451 5.7.3 Cannot achieve Exchange Server authentication.',
    ],
  ])('%s', (_, text, reply) => {
    expect(replies(text)).toEqual([['reply', reply]]);
  });
});

describe('a reply of several lines', () => {
  test('is one finding that knows where it ends', () => {
    const text =
      'See:\n550-5.7.26 This message is not authenticated.\n550-5.7.26 Ask your admin\n550 5.7.26 for help. x-42';
    expect(triage(library, text).findings).toMatchObject([
      {
        id: '5.7.26',
        line: 2,
        end: 4,
        fields: { reply: '550 5.7.26 This message is not authenticated. Ask your admin for help. x-42' },
      },
    ]);
  });

  test('ends where another number begins', () => {
    expect(replies('550-5.1.1 one\n451 4.7.1 two')).toEqual([
      ['reply', '550-5.1.1 one'],
      ['reply', '451 4.7.1 two'],
    ]);
  });

  test('keeps what only looks like its code', () => {
    expect(joinReply(['550-no code here', '550 5.5.0 end'])).toBe('550 no code here 5.5.0 end');
    expect(joinReply(['550 alone'])).toBe('550 alone');
  });
});

describe('a reply in a sentence', () => {
  test.each([
    ['the host said: 550 5.1.1 User unknown', '550 5.1.1 User unknown'],
    [
      'The server responded with "451 4.7.1 Greylisted, come again" after ten seconds.',
      '451 4.7.1 Greylisted, come again',
    ],
    ['It failed, the error was: 421 4.4.2 Connection dropped. What can I do?', '421 4.4.2 Connection dropped.'],
    ["they answered '550 5.7.1 We don't take this' and hung up", "550 5.7.1 We don't take this"],
    ['Remote Server returned 554 5.4.6 Hop count exceeded', '554 5.4.6 Hop count exceeded'],
    [
      'My message was rejected with: 552 5.3.4 Message size exceeds fixed maximum',
      '552 5.3.4 Message size exceeds fixed maximum',
    ],
  ])('%s', (text, reply) => {
    expect(replies(text)).toEqual([['reply', reply]]);
  });

  test('of Postfix names the command', () => {
    const text = 'host mail.fabrikam.com[198.51.100.25] said: 550 5.7.1 Unable to relay (in reply to RCPT TO command)';
    expect(first(text)?.fields).toMatchObject({ reply: '550 5.7.1 Unable to relay', command: 'RCPT' });
  });

  test('that a mail program wrapped is whole', () => {
    const text =
      '> It responded with "451 5.7.3 Cannot achieve\n> Exchange Server authentication." and\n> nothing else.';
    expect(replies(text)).toEqual([['reply', '451 5.7.3 Cannot achieve Exchange Server authentication.']]);
  });
});

describe('the last error of a queue, without the queue', () => {
  test('wrapped over lines', () => {
    const text =
      'LastError : 451 4.4.0 Primary target IP address responded with: "421 4.2.1 Unable\n            to connect." Attempted failover';
    expect(first(text)).toMatchObject({
      line: 1,
      end: 2,
      fields: { reply: expect.stringMatching(/Unable to connect/) },
    });
  });

  test('in its wrapper, wrapped over lines that are not indented', () => {
    const text =
      '[{LED=550 5.7.1 Unable\nto relay};{MSG=};{FQDN=mail.fabrikam.com};\n{IP=198.51.100.25};{LRT=}]\nHello';
    expect(first(text)).toMatchObject({ line: 1, end: 3, fields: { remote_host: 'mail.fabrikam.com' } });
  });
});

describe('prose with numbers gives nothing', () => {
  test.each([
    'I have 500 users. 550 mailboxes are on the old server.',
    '550 Mailboxes were moved to the new server.',
    '421 users and 550 contacts',
    '450 People have no mail since Monday.',
    'The error was 500 users without mail.',
    'He said: 550 Mailboxes are too many.',
    'We returned 450 of them.',
    'Our answer: 550 is the number of the room.',
    'In 2004 we had Exchange 5.5.2657 and 500-600 users.',
    'Call me at 555-1234 or 550 12 34.',
    'error 0x80040115, build 15.1.2507',
  ])('%s', (text) => {
    expect(replies(text)).toEqual([]);
  });
});

test('any text is read, and replies are not empty', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '550-5.1.1 a',
      '550 5.1.1 b',
      '\n',
      ' said: ',
      '"',
      'LastError :',
      '      ',
      '[{LED=',
      '};{IP=',
      '> ',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join('');
      const count = text.split(/\r\n|\r|\n/).length;
      for (const { line, end, fields } of triage(library, text).findings) {
        expect(fields.reply).not.toBe('');
        expect(end ?? line).toBeLessThanOrEqual(count);
      }
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['continued lines', '550-5.1.1 a\n'],
  ['leads', 'said 550 '],
  ['leads in lines', 'the server said: "550 5.1.1 a\n'],
  ['last errors', 'LastError : 450 x\n          y\n'],
  ['wrappers that never end', '[{LED=550 x\n'],
])(
  '4 MB of %s are read in bounded time',
  (_, piece) => {
    expect(triage(library, piece.repeat(Math.ceil((4 * 1024 * 1024) / piece.length))).findings.length).toBeLessThan(
      2001,
    );
  },
  10_000,
);

describe('a reply within a sentence', () => {
  const LIBRARY = testLibrary();
  const replies = (text: string) =>
    triage(LIBRARY, text)
      .findings.filter(({ kind }) => kind === 'reply')
      .map(({ fields }) => fields.reply);

  test.each<[string, string]>([
    ['they see "550 5.7.1 Unable to relay" for every mail', '550 5.7.1 Unable to relay'],
    ['we get 550 5.1.1 User unknown', '550 5.1.1 User unknown'],
    ['smtp;550 5.7.1 Unable to relay', '550 5.7.1 Unable to relay'],
    ['Diagnostic-Code: smtp; 550 5.1.10 RESOLVER.ADR.RecipientNotFound', '550 5.1.10 RESOLVER.ADR.RecipientNotFound'],
  ])('is found by its enhanced code: %s', (text, reply) => {
    expect(replies(text)).toEqual([reply]);
  });

  test('is nothing where the number counts or means something else', () => {
    for (const text of [
      'we have 550 Users in the London office and 451 Mailboxes',
      'the page shows "502 Bad Gateway" since the update',
      'it took from 10:15:450 5.1.1 until noon, at 192.0.2.450 5.7.1',
      'room 504 North, please',
    ])
      expect([text, replies(text)]).toEqual([text, []]);
  });

  test('that is wrapped within its quotation is one reply', () => {
    const text =
      'LastError : 451 4.4.0 Primary target IP address responded with: "451\n5.7.3 Cannot achieve Exchange Server authentication." Attempted failover.';
    expect(replies(text)).toHaveLength(1);
    expect(replies(text)[0]).toContain('451 5.7.3 Cannot achieve Exchange Server authentication');
    expect(replies(text.replaceAll(/^/gm, '> '))).toEqual(replies(text));
  });

  test('in a wrapper names the other side by host and address', () => {
    const wrapped =
      '[{LED=451 4.4.395 Target host responded with error. -> 421 4.2.1 Unable to connect};{MSG=};{FQDN=mail.fabrikam.com};{IP=198.51.100.25};{LRT=1/6/2025 10:15:00 AM}]';
    const [found] = triage(LIBRARY, wrapped).findings;
    expect(found?.fields).toMatchObject({ remote_host: 'mail.fabrikam.com', remote_ip: '198.51.100.25' });
    const endpoint =
      '451 4.4.0 Primary target IP address responded with: "421 4.2.1 Unable to connect." Attempted failover to alternate host. Last endpoint attempted was 198.51.100.25:25';
    expect(triage(LIBRARY, endpoint).findings[0]?.fields).toMatchObject({ remote_ip: '198.51.100.25' });
  });
});
