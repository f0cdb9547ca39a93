/** What a reply means: by its words, else its codes, else its digits. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileLibrary, readYamlFolder } from '../../../electron/content/library-loader.ts';
import { createLibrary } from '../../../wizards/engine/library.ts';
import { explainReply, parseReply } from '../../../wizards/engine/reply.ts';
import { triage } from '../../../wizards/engine/triage.ts';

const { files } = await compileLibrary(readYamlFolder('wizards'));
const library = createLibrary(files);
const explain = (text: string) => explainReply(library, text);

describe('a reply is taken apart', () => {
  test.each([
    ['504 5.7.4 Unrecognized authentication type', 504, '5.7.4'],
    ['550 #5.1.0 Address rejected', 550, '5.1.0'],
    ['550-5.7.1 more to come', 550, '5.7.1'],
    ['5.7.54', null, '5.7.54'],
    ['"504 Need to authenticate first "', 504, null],
    ['Connection to 198.51.100.25 failed', null, null],
    ['connection #621 from 192.0.2.20', null, null],
    ['', null, null],
  ])('%s', (text, code, enhanced) => {
    expect(parseReply(text)).toMatchObject({ code, enhanced });
  });

  test.each([
    '451 4.4.0 Primary target IP address responded with: "451 5.7.3 Cannot achieve Exchange Server authentication." Attempted failover to alternate host, but that did not succeed. Either there are no alternate hosts, or delivery failed to all alternate hosts.',
    '451 4.4.395 Target host responded with error. -> 451 5.7.3 Cannot achieve Exchange Server authentication',
    '[{LED=451 4.4.395 Target host responded with error. -> 451 5.7.3 Cannot achieve Exchange Server authentication};{MSG=};{FQDN=mbx02.contoso.com};{IP=192.0.2.20};{LRT=11/26/2026 8:12:01 AM}]',
  ])('the innermost one counts: %s', (text) => {
    expect(explain(text)).toMatchObject({
      code: 451,
      enhanced: '5.7.3',
      known: 'text',
      culprit: 'us',
      wizard: 'modern',
    });
  });

  test('the wrapper of 2013 and later names the server that replied', () => {
    const { peer, enhanced } = explain(
      '[{LED=450 4.4.316 Connection refused [Message=Socket error code 10061]};{MSG=};{FQDN=mail.fabrikam.com};{IP=198.51.100.25};{LRT=1/6/2026}]',
    );
    expect([peer, enhanced]).toEqual(['mail.fabrikam.com', '4.4.316']);
  });
});

describe('what is not known by its words', () => {
  test('is explained by its code, and that is said', () => {
    const { known, meaning } = explain('550 5.1.1 no such thing here');
    expect([known, meaning]).toEqual([
      'enhanced',
      'Not known by its words. By its code: The mailbox of the recipient does not exist.',
    ]);
  });

  test('with a code of nobody is explained by class and subject', () => {
    expect(explain('450 4.3.99 strange')).toMatchObject({
      known: 'class',
      meaning:
        'Not known by its words. By its digits: it failed for now, and is tried again; it is about the mail system that answered.',
    });
  });

  test('and stands behind a command that a message does without: the message goes on', () => {
    expect(explain('597 xexch50 refused').meaning).toMatch(/the message itself goes on/);
  });

  test('without any code says so', () => {
    expect(explain('hello')).toMatchObject({ code: null, enhanced: null, known: 'not', culprit: 'unknown' });
  });

  test('never throws, whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const { meaning, wizard } = explain(text);
        expect(meaning).not.toBe('');
        expect(wizard === null || library.wizards.has(wizard)).toBe(true);
      }),
    );
  });
});

describe('every reply that is described', () => {
  const all = library.replies.flatMap((entry) => entry.says.map((text) => ({ text, entry })));
  test.each(all)('$text', ({ text, entry }) => {
    const { meaning, culprit, wizard } = explain(text);
    expect([meaning, culprit, wizard]).toEqual([entry.meaning, entry.culprit, entry.wizard ?? null]);
  });
});

describe('a reply that stands alone is recognised by the intake', () => {
  const suggested = (text: string) => triage(library, text).suggestions.map(({ wizard }) => wizard);

  test.each([
    ['451 5.7.3 Cannot achieve Exchange Server authentication', 'modern'],
    ['<** 550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain', 'relay'],
    ['LastError : 421 4.3.2 Service not active', 'services'],
    ['> "452 4.3.1 Insufficient system resources"', 'reply-triage'],
    ['5.7.60', 'sender-permission'],
    ['554 5.7.1 Service unavailable; Client host [198.51.100.25] blocked using zen.spamhaus.org', 'outbound-ndr'],
  ])('%s', (text, wizard) => {
    expect(suggested(text)[0]).toBe(wizard);
  });

  test('within a conversation, each refusal once, with its line', () => {
    const text =
      '220 mail.contoso.com ready\r\n250 OK\r\n550 5.1.1 User unknown\r\n550 5.1.1 User unknown\r\n451 4.4.0 DNS query failed\r\n';
    expect(triage(library, text).findings.map(({ line, fields }) => [line, fields.reply])).toEqual([
      [3, '550 5.1.1 User unknown'],
      [5, '451 4.4.0 DNS query failed'],
    ]);
  });

  test('a number in prose is none', () => {
    expect(triage(library, 'We have 550 users and\r\n451 of them complain. 4 servers, 5 sites.').findings).toEqual([]);
  });
});
