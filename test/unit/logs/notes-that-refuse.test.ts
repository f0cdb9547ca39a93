/** Notes of the protocol log that are themselves a refusal: Exchange gave it, and no server said it. */
import { expect, test } from 'vitest';
import { LogReader } from '../../../wizards/engine/logs/log-reader.ts';
import { sessionsInText } from '../../../wizards/engine/logs/sessions-in-text.ts';
import { protocolText } from '../../fixtures/logs/protocol-text.ts';
import { outcome, readLog } from '../../fixtures/logs/read-log.ts';

const REFUSAL = '451 5.7.3 Cannot achieve Exchange Server authentication';
const withNote = (data: string, context = '') =>
  protocolText('Send', [
    ['*', '', 'attempting to connect'],
    ['+', ''],
    ['<', '220 mbx02.contoso.com'],
    ['>', 'EHLO mbx01.contoso.com'],
    ['<', '250  mbx02.contoso.com Hello [192.0.2.7] SIZE STARTTLS'],
    ['*', data, context],
    ['>', 'QUIT'],
    ['<', '221 2.0.0 bye'],
    ['-', '', 'Local'],
  ]);

test.each([
  ['in the context', '', REFUSAL],
  ['in the data', REFUSAL, ''],
  ['in the data, with a remark', REFUSAL, 'a remark'],
  ['in quotes', `"${REFUSAL}"`, ''],
])('a refused authentication %s', (_, data, context) => {
  const text = withNote(data, context);
  const truth = { stage: 'auth', reply: REFUSAL, delivered: 0 };
  expect(readLog(text).sessions.map(outcome)).toMatchObject([truth]);
  expect(sessionsInText(text, 9).sessions).toMatchObject([truth]);
  const careful = new LogReader();
  careful.observer = { wants: () => true, take: () => {} };
  careful.beginFile(0);
  careful.push(new TextEncoder().encode(text));
  careful.endFile();
  expect(careful.words.replies.text(0)).toBe(REFUSAL);
});

test('any other refusal stands where something was said last', () => {
  const reply = '454 4.7.0 No route for this message';
  expect(readLog(withNote('', reply)).sessions.map(outcome)).toMatchObject([{ stage: 'ehlo', reply }]);
});

test.each(['2001', '451', '451 messages', '4515.7.3 x', '250 2.1.0 ok', '500 5 of 9', '550 10.0.0.1'])(
  'a note of %s refuses nothing',
  (data) => {
    expect(readLog(withNote(data, 'sending message')).sessions.map(outcome)).toMatchObject([
      { stage: 'none', reply: null },
    ]);
  },
);
