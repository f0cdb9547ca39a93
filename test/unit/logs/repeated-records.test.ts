/** Records that stand twice in a log: what they tell happened once. */
import { expect, test } from 'vitest';
import { sessionsInText } from '../../../wizards/engine/logs/sessions-in-text.ts';
import { protocolText, type Said } from '../../fixtures/logs/protocol-text.ts';
import { outcome, readLog } from '../../fixtures/logs/read-log.ts';

const MESSAGE: Said[] = [
  ['+', ''],
  ['>', '220 mbx02.contoso.com'],
  ['<', 'EHLO mbx01.contoso.com'],
  ['>', '250 mbx02.contoso.com'],
  ['<', 'MAIL FROM:<a@contoso.com>'],
  ['>', '250 2.1.0 Sender OK'],
  ['<', 'RCPT TO:<b@contoso.com>'],
  ['>', '250 2.1.5 Recipient OK'],
  ['<', 'BDAT 1000 LAST'],
  ['>', '250 2.6.0 Queued mail for delivery'],
  ['<', 'QUIT'],
  ['>', '221 2.0.0 bye'],
  ['-', '', 'Local'],
];
const once = protocolText('Receive', MESSAGE);
const isRecord = (line: string): boolean => line.startsWith('2025');
const lines = once.split(/(?<=\n)/);
const twice = lines.flatMap((line) => (isRecord(line) ? [line, line] : [line])).join('');
const again = [...lines, ...lines.filter(isRecord).slice(0, -1)].join('');

test.each([
  ['one after the other', twice],
  ['in a second run without its end', again],
])('each record twice, %s', (_, text) => {
  const { sessions, counts } = readLog(text);
  expect(sessions.map(outcome)[0]).toMatchObject({ stage: 'none', delivered: 1 });
  expect(counts[0]?.bad.count).toBe(0);
  const [told] = sessionsInText(text, 9).sessions;
  expect(told).toMatchObject({ stage: 'none', delivered: 1, recipients: ['b@contoso.com'] });
  expect(told?.steps).toHaveLength(MESSAGE.length);
});

test('two records of one number and other words are two', () => {
  const text = once.replace(/^(.*)RCPT TO:<b(.*)$/m, '$1RCPT TO:<b$2\n$1RCPT TO:<c$2');
  expect(sessionsInText(text, 9).sessions[0]?.recipients).toEqual(['b@contoso.com', 'c@contoso.com']);
});
