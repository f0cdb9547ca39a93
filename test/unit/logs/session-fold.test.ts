/** From a conversation to its stage: the first that was answered 4xx or 5xx or not at all. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FLAG, SessionFold } from '../../../wizards/engine/logs/session-fold.ts';
import { type SessionStage, stageName } from '../../../wizards/engine/logs/stages.ts';
import { CONNECT, END, newsToken, spokenToken } from '../../../wizards/engine/logs/tokens.ts';
import { bytesOf } from '../../fixtures/logs/read-log.ts';

/** `+` and `-` are connect and end, `* …` is information, anything else was said. */
function tokenOf(record: string): number {
  if (record === '+') return CONNECT;
  if (record === '-') return END;
  const bytes = bytesOf(record);
  return record.startsWith('* ') ? newsToken(bytes, 2, bytes.length) : spokenToken(bytes, 0, bytes.length);
}
function fold(records: readonly string[], reader = new SessionFold()) {
  reader.reset();
  for (const [i, record] of records.entries()) reader.push(tokenOf(record), i);
  reader.finish();
  return {
    stage: stageName(reader.stage),
    reply: reader.reply < 0 ? null : records[reader.reply],
    delivered: reader.delivered,
    flags: Object.entries(FLAG).flatMap(([name, flag]) => (reader.flags & flag ? [name] : [])),
  };
}

const START = ['+', '220 mx', 'EHLO a', '250 ok'];
const ENVELOPE = ['MAIL FROM:<a>', '250 ok', 'RCPT TO:<b>', '250 ok'];
const MESSAGE = ['DATA', '354 go', '250 queued'];
const BYE = ['QUIT', '221 bye', '-'];

type Row = [what: string, records: string[], stage: SessionStage, reply: string | null, delivered: number];
const ROWS: Row[] = [
  ['nothing at all', [], 'none', null, 0],
  ['all is well', [...START, ...ENVELOPE, ...MESSAGE, ...BYE], 'none', null, 1],
  ['two messages', [...START, ...ENVELOPE, ...MESSAGE, ...ENVELOPE, ...MESSAGE, ...BYE], 'none', null, 2],
  // Connecting.
  [
    'no connection',
    ['* attempting to connect', '* Failed to connect. Winsock error code: 10061'],
    'connect',
    '* Failed to connect. Winsock error code: 10061',
    0,
  ],
  ['an attempt that nothing follows', ['* attempting to connect'], 'connect', null, 0],
  ['an attempt, then a connection', ['* attempting to connect', ...START, ...BYE], 'none', null, 0],
  [
    'one address after the other',
    [
      '* attempting to connect',
      '* Failed to connect. a',
      '* attempting to connect',
      ...START,
      ...ENVELOPE,
      ...MESSAGE,
      ...BYE,
    ],
    'connect',
    '* Failed to connect. a',
    1,
  ],
  ['no banner', ['+', '-'], 'banner', null, 0],
  ['a refusing banner', ['+', '554 no', '-'], 'banner', '554 no', 0],
  ['421 before anything was said', ['+', '421 busy', '-'], 'banner', '421 busy', 0],
  ['a banner that was not logged', ['+', 'EHLO a', '250 ok', ...BYE], 'none', null, 0],
  [
    'a beginning that was not logged',
    ['MAIL FROM:<a>', '250 ok', 'RCPT TO:<b>', '550 no', ...BYE],
    'rcpt',
    '550 no',
    0,
  ],
  // Greeting.
  [
    'EHLO refused, HELO taken',
    ['+', '220 mx', 'EHLO a', '500 what', 'HELO a', '250 ok', ...ENVELOPE, ...MESSAGE, ...BYE],
    'ehlo',
    '500 what',
    1,
  ],
  [
    'an overwritten EHLO',
    ['+', '220 mx', 'xxxx a', '500 what', 'HELO a', '250 ok', ...ENVELOPE, ...MESSAGE, ...BYE],
    'ehlo',
    '500 what',
    1,
  ],
  [
    'another verb overwritten later',
    [...START, 'XXXXXXX', '500 what', ...ENVELOPE, ...MESSAGE, ...BYE],
    'none',
    null,
    1,
  ],
  ['EHLO without an answer', ['+', '220 mx', 'EHLO a', '-'], 'ehlo', null, 0],
  [
    'a reply of many records',
    [
      '+',
      '220-mx',
      '220 mx',
      'EHLO a',
      '250-mx',
      '250-SIZE',
      '250-XEXCH50',
      '250 HELP',
      ...ENVELOPE,
      ...MESSAGE,
      ...BYE,
    ],
    'none',
    null,
    1,
  ],
  [
    'a refusal of many records',
    [...START, 'MAIL FROM:<a>', '550-no', '550-never', '550 no', 'MAIL FROM:<b>', '250 ok', ...BYE],
    'mail',
    '550-no',
    0,
  ],
  ['a long reply that breaks off', [...START.slice(0, 3), '250-mx', ...ENVELOPE, ...BYE], 'none', null, 0],
  // TLS.
  [
    'TLS',
    [
      ...START,
      'STARTTLS',
      '220 go',
      '* TLS protocol SP_PROT_TLS1_2_SERVER negotiation succeeded',
      'EHLO a',
      '250 ok',
      ...ENVELOPE,
      ...MESSAGE,
      ...BYE,
    ],
    'none',
    null,
    1,
  ],
  ['TLS of which no record tells', [...START, 'X-ANONYMOUSTLS', '220 go', 'EHLO a', '250 ok', ...BYE], 'none', null, 0],
  ['STARTTLS refused', [...START, 'STARTTLS', '454 not now', ...BYE], 'starttls', '454 not now', 0],
  [
    'a handshake that fails',
    [...START, 'STARTTLS', '220 go', '* TLS negotiation failed with error NoCredentials', '-'],
    'starttls',
    '* TLS negotiation failed with error NoCredentials',
    0,
  ],
  ['a handshake that nothing follows', [...START, 'STARTTLS', '220 go', '-'], 'starttls', null, 0],
  // Authentication.
  [
    'AUTH with data',
    [...START, 'AUTH LOGIN', '334 a', 'dXNlcg==', '334 b', 'cGFzcw==', '235 ok', ...ENVELOPE, ...MESSAGE, ...BYE],
    'none',
    null,
    1,
  ],
  ['X-EXPS refused', [...START, 'X-EXPS GSSAPI', '504 what', ...BYE], 'auth', '504 what', 0],
  ['AUTH data refused', [...START, 'AUTH LOGIN', '334 a', 'dXNlcg==', '535 no', ...BYE], 'auth', '535 no', 0],
  [
    'AUTH that ends without a reply, but with a reason',
    [...START, 'AUTH NTLM', '334 a', 'TlRM', '* Inbound AUTH NTLM failed because of LogonDenied', '-'],
    'auth',
    '* Inbound AUTH NTLM failed because of LogonDenied',
    0,
  ],
  ['AUTH that ends without anything', [...START, 'AUTH NTLM', '334 a', '-'], 'auth', null, 0],
  // The envelope.
  ['MAIL refused', [...START, 'MAIL FROM:<a>', '530 who', ...BYE], 'mail', '530 who', 0],
  [
    'pipelined, all accepted',
    [
      ...START,
      'MAIL FROM:<a>',
      'RCPT TO:<b>',
      'RCPT TO:<c>',
      'DATA',
      '250 ok',
      '250 ok',
      '250 ok',
      '354 go',
      '250 queued',
      ...BYE,
    ],
    'none',
    null,
    1,
  ],
  [
    'pipelined, the second recipient refused',
    [...START, 'MAIL FROM:<a>', 'RCPT TO:<b>', 'RCPT TO:<c>', '250 ok', '250 ok', '550 no', ...MESSAGE, ...BYE],
    'rcpt',
    '550 no',
    1,
  ],
  ['pipelined, an answer missing', [...START, 'MAIL FROM:<a>', 'RCPT TO:<b>', '250 ok', '-'], 'rcpt', null, 0],
  ['a command of no stage refused', [...START, 'VRFY a', '502 no', 'RSET', '250 ok', ...BYE], 'none', null, 0],
  // XEXCH50.
  [
    'XEXCH50 taken',
    [...START, ...ENVELOPE, 'XEXCH50 1124 2', '354 Send binary data', '250 XEXCH50 OK', ...MESSAGE, ...BYE],
    'none',
    null,
    1,
  ],
  [
    'XEXCH50 refused and recovered',
    [...START, ...ENVELOPE, 'XEXCH50 1124 2', '504 Need to authenticate first', ...MESSAGE, ...BYE],
    'xexch50',
    '504 Need to authenticate first',
    1,
  ],
  ['XEXCH50 without an answer', [...START, ...ENVELOPE, 'XEXCH50 1124 2', '-'], 'xexch50', null, 0],
  [
    '354 to XEXCH50, then the end',
    [...START, ...ENVELOPE, 'XEXCH50 1124 2', '354 Send binary data', '-'],
    'blob',
    null,
    0,
  ],
  [
    '354 to XEXCH50, then 421',
    [...START, ...ENVELOPE, 'XEXCH50 1124 2', '354 Send binary data', '421 timeout', '-'],
    'blob',
    '421 timeout',
    0,
  ],
  // The message.
  ['DATA refused', [...START, ...ENVELOPE, 'DATA', '554 no', ...BYE], 'data', '554 no', 0],
  ['the message refused', [...START, ...ENVELOPE, 'DATA', '354 go', '552 too big', ...BYE], 'data', '552 too big', 0],
  ['the message without an answer', [...START, ...ENVELOPE, 'DATA', '354 go', '-'], 'data', null, 0],
  ['BDAT', [...START, ...ENVELOPE, 'BDAT 10', '250 ok', 'BDAT 10 LAST', '250 queued', ...BYE], 'none', null, 1],
  ['BDAT without LAST', [...START, ...ENVELOPE, 'BDAT 10', '250 ok', ...BYE], 'none', null, 0],
  ['BDAT without an answer', [...START, ...ENVELOPE, 'BDAT 10', '-'], 'data', null, 0],
  // The end.
  ['QUIT without an answer', [...START, ...ENVELOPE, ...MESSAGE, 'QUIT', '-'], 'quit', null, 1],
  ['421 out of nowhere', [...START, ...ENVELOPE, '421 timeout', '-'], 'rcpt', '421 timeout', 0],
  [
    '421 out of nowhere after all was well',
    [...START, ...ENVELOPE, ...MESSAGE, ...BYE.slice(0, 2), '421 late', '-'],
    'quit',
    '421 late',
    1,
  ],
  [
    'the first of two faults counts',
    [...START, 'MAIL FROM:<a>', '450 later', 'MAIL FROM:<a>', '250 ok', 'RCPT TO:<b>', '550 no', ...BYE],
    'mail',
    '450 later',
    0,
  ],
];

describe('the stage of a session', () => {
  test.each(ROWS)('%s', (_, records, stage, reply, delivered) => {
    expect(fold(records)).toMatchObject({ stage, reply, delivered });
  });

  test('does not depend on what the same instance folded before', () => {
    const reader = new SessionFold();
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ROWS), { maxLength: 6 }), (rows) => {
        for (const [, records] of rows) expect(fold(records, reader)).toEqual(fold(records));
      }),
    );
  });

  test('is one of the known ones, whatever was said in whatever order', () => {
    const records = [...new Set(ROWS.flatMap(([, list]) => list))];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...records), { maxLength: 60 }), (list) => {
        const { stage, reply, delivered } = fold(list);
        expect(stage).toMatch(/^[a-z0-9]+$/);
        expect(delivered).toBeLessThanOrEqual(list.length);
        if (reply && /^\d/.test(reply)) expect(reply).toMatch(/^[45]/);
      }),
    );
  });
});

describe('what else is noted', () => {
  const flags = (records: string[]): string[] => fold(records).flags;

  test('greeting, end, authentication and TLS', () => {
    expect(flags([...START, ...BYE])).toEqual(['ended', 'greeted']);
    expect(flags([...START, 'AUTH NTLM', '235 ok'])).toEqual(['authenticated', 'greeted']);
    expect(flags([...START, 'AUTH NTLM', '535 no'])).toEqual(['greeted']);
    expect(flags([...START, 'STARTTLS', '220 go', 'EHLO a'])).toEqual(['tls', 'greeted']);
    expect(flags([...START, 'STARTTLS', '220 go'])).toEqual(['greeted']);
  });

  test('XEXCH50, a device that overwrites, a tarpit', () => {
    expect(flags(['XEXCH50 1 2', '504 no'])).toEqual(['xexch50']);
    expect(flags(['+', '220 ****************', 'xxxx a'])).toEqual(['mailguard']);
    expect(flags(['+', '220 ****************'])).toEqual(['mailguard']);
    expect(flags(["* Tarpit for '0.00:00:05'"])).toEqual(['tarpit']);
  });
});
