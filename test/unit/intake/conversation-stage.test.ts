/** The rule of the stage: the first that was answered 4xx or 5xx or not at all. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readConversation, type Turn, verbOf } from '../../../wizards/engine/intake/conversation-stage.ts';
import { STAGES } from '../../../wizards/engine/logs/stages.ts';

/** `S: 220 …` and `C: EHLO …` as turns. */
function turnsOf(script: string): Turn[] {
  return script
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .map((line) => ({ from: line.startsWith('S:') ? 'server' : 'client', text: line.slice(2).trim() }));
}
const stage = (script: string, rules = {}) => readConversation(turnsOf(script), rules).stage;

const GREETING = `
  S: 220 mail2.contoso.com Microsoft ESMTP MAIL Service ready
  C: EHLO mail1.contoso.com
  S: 250-mail2.contoso.com Hello [192.0.2.10]
  S: 250-XEXCH50
  S: 250 OK`;
const ENVELOPE = `
  C: MAIL FROM:<user1@contoso.com>
  S: 250 2.1.0 Sender OK
  C: RCPT TO:<user2@contoso.com>
  S: 250 2.1.5 Recipient OK`;
const DATA = `
  C: DATA
  S: 354 Start mail input
  C: Subject: test
  C: QUIT smoking, she said
  C: .
  S: 250 2.6.0 Queued mail for delivery`;
const END = `
  C: QUIT
  S: 221 2.0.0 Service closing transmission channel`;

describe('a session that went well', () => {
  test('has no stage, and counts what the server took', () => {
    const read = readConversation(turnsOf(GREETING + ENVELOPE + DATA + ENVELOPE + DATA + END));
    expect([read.stage, read.at, read.delivered]).toEqual(['none', null, 2]);
  });

  test('does not take the text of the message for commands', () => {
    const { exchanges } = readConversation(turnsOf(GREETING + ENVELOPE + DATA + END));
    expect(exchanges.map((one) => one.verb)).toEqual(['', 'EHLO', 'MAIL', 'RCPT', 'DATA', '', 'QUIT']);
  });

  test('counts the last chunk of BDAT alone', () => {
    const chunks = '\n C: BDAT 10\n C: data are here\n S: 250 2.6.0 ok\n C: BDAT 5 LAST\n S: 250 2.6.0 Queued';
    expect(readConversation(turnsOf(GREETING + ENVELOPE + chunks + END))).toMatchObject({
      stage: 'none',
      delivered: 1,
    });
  });
});

describe('the stage is the first that was refused', () => {
  test.each([
    ['banner', '\n S: 554 5.7.1 No service'],
    ['ehlo', '\n S: 220 x\n C: EHLO a\n S: 500 5.3.3 Unrecognized command\n C: HELO a\n S: 250 Hello'],
    ['starttls', `${GREETING}\n C: STARTTLS\n S: 454 4.7.0 TLS not available`],
    ['starttls', `${GREETING}\n C: X-ANONYMOUSTLS\n S: 454 4.7.0 TLS not available`],
    [
      'auth',
      `${GREETING}\n C: AUTH LOGIN\n S: 334 VXNlcm5hbWU6\n C: c2VjcmV0\n S: 535 5.7.3 Authentication unsuccessful`,
    ],
    ['auth', `${GREETING}\n C: X-EXPS GSSAPI\n S: 454 4.7.0 Temporary authentication failure`],
    ['mail', `${GREETING}\n C: MAIL FROM:<user1@contoso.com>\n S: 501 5.5.4 Invalid Address`],
    ['rcpt', `${GREETING}\n C: MAIL FROM:<>\n S: 250 ok\n C: RCPT TO:<a@fabrikam.com>\n S: 550 5.7.1 Unable to relay`],
    ['xexch50', `${GREETING}${ENVELOPE}\n C: XEXCH50 1124 2\n S: 504 Need to authenticate first${DATA}${END}`],
    ['blob', `${GREETING}${ENVELOPE}\n C: XEXCH50 1124 2\n S: 354 Send binary data\n S: 500 5.5.2 Error processing`],
    ['data', `${GREETING}${ENVELOPE}\n C: DATA\n S: 354 go\n C: .\n S: 552 5.3.4 Message size exceeds`],
    ['data', `${GREETING}${ENVELOPE}\n C: BDAT 99 LAST\n S: 554 5.6.0 Bad message`],
    ['quit', `${GREETING}\n C: QUIT\n S: 500 5.5.1 What`],
  ])('%s', (expected, script) => {
    expect(stage(script)).toBe(expected);
  });

  test('even if the session recovered: a refused XEXCH50 beside a delivered message', () => {
    const script = `${GREETING}${ENVELOPE}\n C: XEXCH50 1124 2\n S: 504 Need to authenticate first${DATA}${END}`;
    const read = readConversation(turnsOf(script));
    expect(read).toMatchObject({ stage: 'xexch50', delivered: 1 });
    expect(read.at).toMatchObject({ verb: 'XEXCH50', argument: '1124 2', code: 504 });
  });

  test('of two, the one that came first', () => {
    expect(stage(`${GREETING}\n C: AUTH NTLM\n S: 504 5.7.4 x\n C: MAIL FROM:<>\n S: 530 5.7.1 y`)).toBe('auth');
  });

  test('keeps all lines of the answer', () => {
    const { at } = readConversation(turnsOf(`${GREETING}\n C: MAIL FROM:<>\n S: 550-5.7.1 one\n S: 550 5.7.1 two`));
    expect(at?.replies).toEqual(['550-5.7.1 one', '550 5.7.1 two']);
  });
});

describe('the stage is the first that was not answered', () => {
  test.each([
    ['banner', 'C: EHLO a'],
    ['ehlo', 'S: 220 x\n C: EHLO a'],
    ['starttls', `${GREETING}\n C: STARTTLS`],
    ['auth', `${GREETING}\n C: AUTH LOGIN\n S: 334 VXNlcm5hbWU6`],
    ['mail', `${GREETING}\n C: MAIL FROM:<>`],
    ['blob', `${GREETING}${ENVELOPE}\n C: XEXCH50 1124 2\n S: 354 Send binary data\n C: some bytes`],
    ['data', `${GREETING}${ENVELOPE}\n C: DATA\n S: 354 go\n C: Subject: x`],
    ['data', `${GREETING}${ENVELOPE}\n C: DATA\n S: 354 go\n C: .`],
    ['quit', `${GREETING}\n C: QUIT`],
  ])('%s', (expected, script) => {
    expect(stage(script)).toBe(expected);
  });

  test('nothing was said: there was no connection', () => {
    expect(readConversation([])).toEqual({ stage: 'connect', at: null, exchanges: [], delivered: 0 });
  });

  test('a copy that begins in the middle lacks no greeting, a whole session does', () => {
    const script = 'C: MAIL FROM:<>\n S: 250 ok';
    expect(stage(script)).toBe('none');
    expect(readConversation([{ from: 'client', text: 'MAIL FROM:<>' }], { whole: true }).stage).toBe('banner');
  });

  test('a handshake that nothing follows failed, unless a person typed the session', () => {
    const script = `${GREETING}\n C: STARTTLS\n S: 220 2.0.0 SMTP server ready`;
    expect(stage(script)).toBe('starttls');
    expect(stage(script, { byHand: true })).toBe('none');
    expect(stage(`${script}\n C: EHLO a\n S: 250 ok`)).toBe('none');
  });
});

describe('unusual courses', () => {
  test('commands sent ahead get their answers in order', () => {
    const script = `${GREETING}\n C: MAIL FROM:<>\n C: RCPT TO:<a@contoso.com>\n C: RCPT TO:<b@contoso.com>
      S: 250 ok\n S: 250 ok\n S: 550 5.1.1 User unknown`;
    expect(readConversation(turnsOf(script)).at).toMatchObject({ stage: 'rcpt', argument: 'TO:<b@contoso.com>' });
  });

  test('a refusal that nobody asked for ends what was going on', () => {
    expect(stage(`${GREETING}${ENVELOPE}\n S: 421 4.4.2 Connection timed out`)).toBe('rcpt');
    expect(stage(`${GREETING}\n C: NOOP\n S: 250 ok\n S: 421 4.7.0 Too many errors`)).toBe('ehlo');
  });

  test('a verb that a device wrote over is the greeting of the client', () => {
    const script = 'S: 220 ****\n C: XXXX mail1.contoso.com\n S: 500 5.3.3 Unrecognized command';
    expect(readConversation(turnsOf(script))).toMatchObject({ stage: 'ehlo', at: { verb: 'XXXX' } });
  });

  test('a refused command without a stage is no place to stop', () => {
    expect(stage(`${GREETING}\n C: VRFY user1\n S: 502 5.5.1 Not implemented${END}`)).toBe('none');
  });

  test('secrets are no commands', () => {
    const script = `${GREETING}\n C: AUTH LOGIN\n S: 334 VXNlcm5hbWU6\n C: DATA\n S: 334 UGFzc3dvcmQ6\n C: QUIT\n S: 235 ok`;
    expect(readConversation(turnsOf(script)).exchanges.map((one) => one.verb)).toEqual(['', 'EHLO', 'AUTH']);
  });

  test('an answer without its last line counts', () => {
    expect(stage('S: 220-one\n C: EHLO a\n S: 250-x\n C: MAIL FROM:<>\n S: 250 ok')).toBe('none');
  });
});

test('verbs are told from other words', () => {
  expect(['ehlo a', 'MAIL FROM:<>', 'xxxx', 'X-LINK2STATE', 'Dear all', 'MAILBOX', ''].map(verbOf)).toEqual([
    'EHLO',
    'MAIL',
    'XXXX',
    'X-LINK2STATE',
    null,
    null,
    null,
  ]);
});

test('any turns at all have one of the stages, and never more deliveries than answers', () => {
  const text = fc.oneof(
    fc.constantFrom('EHLO a', 'DATA', '.', 'BDAT 1 LAST', 'XEXCH50 1 2', 'STARTTLS', 'AUTH LOGIN', 'QUIT', 'XXXX'),
    fc.constantFrom('220 a', '250-a', '250 a', '354 go', '334 x', '421 x', '504 x', '221'),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  const turn = fc.record({ from: fc.constantFrom('client' as const, 'server' as const), text });
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 40 }), fc.boolean(), (turns, whole) => {
      const read = readConversation(turns, { whole });
      expect([...STAGES, 'none']).toContain(read.stage);
      expect(read.delivered).toBeLessThanOrEqual(read.exchanges.filter(({ code }) => code !== null).length);
      expect(read.stage === 'none' || read.at !== null || turns.length === 0).toBe(true);
    }),
    { numRuns: 200 },
  );
});
