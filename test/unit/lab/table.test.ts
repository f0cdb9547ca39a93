/** The table from state and verb to a reply, without a network. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskedBanner, maskedKeyword } from '../../../wizards/engine/lab/capabilities.ts';
import { moment, readCommand } from '../../../wizards/engine/lab/command.ts';
import { conversationOf } from '../../../wizards/engine/lab/conversation.ts';
import { isLocal, readPath, sizeOf } from '../../../wizards/engine/lab/mailbox-path.ts';
import { replyText } from '../../../wizards/engine/lab/reply-text.ts';
import { ruleFor } from '../../../wizards/engine/lab/rule-for.ts';
import { advance, afterTls, FRESH } from '../../../wizards/engine/lab/session-state.ts';
import { LAB_VERBS } from '../../../wizards/engine/lab/words.ts';
import { type LabProfile, type LabServer, labProfileSchema } from '../../../wizards/engine/schema.ts';
import { labLibrary } from '../../fixtures/lab/lab.ts';

describe('commands', () => {
  test.each([
    ['mail from:<a@b>', { verb: 'MAIL', address: 'a@b', malformed: false, bytes: null }],
    ['MAIL FROM: <a@b> BODY=8BITMIME SIZE=120', { verb: 'MAIL', address: 'a@b', bytes: 120 }],
    ['MAIL FROM:<>', { verb: 'MAIL', address: '', malformed: false }],
    ['MAIL FROM:a@b', { verb: 'MAIL', address: 'a@b', malformed: false }],
    ['MAIL FROM:<a@b', { verb: 'MAIL', address: null, malformed: true }],
    ['MAIL a@b', { verb: 'MAIL', malformed: true }],
    ['RCPT TO:<"a>b"@c>', { verb: 'RCPT', address: '"a>b"@c', malformed: false }],
    ['RCPT TO:<>', { verb: 'RCPT', malformed: true }],
    ['XEXCH50 1124 2', { verb: 'XEXCH50', bytes: 1124, malformed: false }],
    ['XEXCH50 -1 2', { verb: 'XEXCH50', malformed: true }],
    ['XEXCH50 1124', { verb: 'XEXCH50', malformed: true }],
    ['BDAT 5', { verb: 'BDAT', bytes: 5, last: false }],
    ['bdat 0 last', { verb: 'BDAT', bytes: 0, last: true }],
    ['BDAT five', { verb: 'BDAT', malformed: true }],
    ['  EHLO  x  ', { verb: 'EHLO', argument: 'x' }],
    ['XXXXXXXX', { verb: '*', masked: true }],
    ['XX', { verb: '*', masked: false }],
    ['', { verb: '*', word: '' }],
  ])('%s', (line, command) => {
    expect(readCommand(line)).toMatchObject(command);
  });

  test.each(['CONNECT', 'LOGIN', 'BLOB', 'BODY', 'IDLE', 'ERRORS', '*'])('%s is no verb of a client', (word) => {
    expect(readCommand(word).verb).toBe('*');
  });

  test('no line is too odd', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...LAB_VERBS), (text, verb) => {
        expect(LAB_VERBS).toContain(readCommand(text).verb);
        expect(LAB_VERBS).toContain(readCommand(`${verb} ${text}`).verb);
      }),
    );
  });

  test('a long line of quotes and brackets is read in no time', () => {
    const before = performance.now();
    readPath('TO', `TO:<${'"\\"'.repeat(20_000)}`);
    readPath('TO', `TO:${'<'.repeat(60_000)}`);
    expect(performance.now() - before).toBeLessThan(1000);
  });

  test.each([
    ['SIZE=5', 5],
    ['BODY=7BIT size=12 RET=FULL', 12],
    ['XSIZE=5', null],
    ['SIZE=', null],
    ['', null],
  ])('the size in "%s"', (parameters, size) => {
    expect(sizeOf(parameters)).toBe(size);
  });
});

test.each([
  ['a@contoso.com', true],
  ['A@Contoso.COM', true],
  ['@relay.example.com:a@contoso.com', true],
  ['postmaster', true],
  ['"a b"@contoso.com', true],
  ['a@example.net', false],
  ['a@contoso.com.example.net', false],
  ['a%example.net@contoso.com', false],
  ['"a@example.net"@contoso.com', false],
  ['example.net!a@contoso.com', false],
  ['@contoso.com:a@example.net', false],
  ['a@[127.0.0.1]', false],
  ['a', false],
  ['', false],
])('%s stays here: %s', (address, local) => {
  expect(isLocal(address, ['contoso.com'])).toBe(local);
});

test('a device overwrites keywords letter for letter, and the greeting but for 0 and 2', () => {
  expect(maskedKeyword('AUTH NTLM', [])).toBe('XXXXXXXXX');
  expect(maskedKeyword('STARTTLS', [])).toBe('XXXXXXXA');
  expect(maskedKeyword('SIZE 1000', ['SIZE'])).toBe('SIZE 1000');
  expect(maskedBanner('220 mail ready 2004')).toBe('220 ***********200*');
});

const server = labLibrary.labServers.get('2010') as LabServer;
const profile = (more: object): LabProfile =>
  labProfileSchema.parse({ id: 'p', title: 'P', about: 'P.', servers: ['2010'], stage: 'none', ...more });
const surroundings = { date: 'today', client: '192.0.2.1', message: 'id' };
function answer(more: object, line: string, state = FRESH): string[] | undefined {
  const command = line === '' ? moment('CONNECT') : readCommand(line);
  const situation = {
    conversation: conversationOf(server, profile(more)),
    state,
    command,
    login: null,
    firstContact: () => true,
  };
  const rule = ruleFor(situation);
  return rule ? replyText(rule, situation, surroundings)?.lines : undefined;
}

describe('a profile', () => {
  test('comes before the server, for the verbs that it names', () => {
    const more = { replies: { NOOP: [{ reply: '450 4.0.0 Not now' }] } };
    expect(answer(more, 'NOOP')).toEqual(['450 4.0.0 Not now']);
    expect(answer(more, 'RSET')).toEqual(['250 2.0.0 Resetting']);
  });

  test('lets through what its conditions do not mean', () => {
    const more = { replies: { NOOP: [{ when: ['encrypted', 'anonymous'], reply: '450 4.0.0 Not now' }] } };
    expect(answer(more, 'NOOP')).toEqual(['250 2.0.0 OK']);
    expect(answer(more, 'NOOP', afterTls('starttls'))).toEqual(['450 4.0.0 Not now']);
  });

  test('takes keywords away, always or before TLS', () => {
    const more = { without: ['XEXCH50'], without_before_tls: ['AUTH'] };
    expect(answer(more, 'EHLO x')).not.toContain('250-XEXCH50');
    expect(answer(more, 'EHLO x')).not.toContain('250-AUTH NTLM');
    expect(answer(more, 'EHLO x', afterTls('starttls'))).toContain('250-AUTH NTLM LOGIN');
  });

  test('fills the slots, whatever stands in what the client said', () => {
    const more = { replies: { NOOP: [{ reply: ['250 {verb} {argument} for {client}', '250 {host} at {date}'] }] } };
    expect(answer(more, 'noop {host} $& $1')).toEqual([
      '250-noop {host} $& $1 for 192.0.2.1',
      '250 mail.contoso.com at today',
    ]);
  });
});

describe('the state', () => {
  test('goes on with what was accepted, and only with that', () => {
    const hello = advance(FRESH, readCommand('EHLO a'), 250);
    expect(hello).toMatchObject({ greeted: true, hello: 'a', sender: null });
    const mail = advance(hello, readCommand('MAIL FROM:<a@b>'), 250);
    expect(advance(mail, readCommand('RCPT TO:<c@d>'), 550)).toEqual(mail);
    const rcpt = advance(mail, readCommand('RCPT TO:<c@d>'), 250);
    expect(rcpt).toMatchObject({ sender: 'a@b', recipients: 1 });
    expect(advance(rcpt, readCommand('RSET'), 250)).toEqual(hello);
    expect(advance(rcpt, moment('BODY'), 250)).toEqual(hello);
    expect(advance(rcpt, readCommand('EHLO b'), 250)).toMatchObject({ sender: null, recipients: 0, hello: 'b' });
  });
});

test('every server answers every verb, whatever the profile and the state', () => {
  const states = [
    FRESH,
    afterTls('starttls'),
    afterTls('internal'),
    { ...FRESH, greeted: true, sender: '', recipients: 1 },
  ];
  for (const one of labLibrary.labProfiles.values()) {
    for (const id of one.servers) {
      const conversation = conversationOf(labLibrary.labServers.get(id) as LabServer, one);
      for (const state of states) {
        for (const verb of LAB_VERBS) {
          const situation = { conversation, state, command: moment(verb), login: null, firstContact: () => false };
          const rule = ruleFor(situation);
          expect(rule, `${one.id} ${id} ${verb}`).not.toBeNull();
          if (rule?.reply ?? rule?.say)
            expect(replyText(rule ?? {}, situation, surroundings)?.code).toBeGreaterThan(199);
        }
      }
    }
  }
});
