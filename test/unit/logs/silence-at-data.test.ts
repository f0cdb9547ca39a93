/** A message that got no answer: the path is looked at first. */
import { beforeAll, expect, test } from 'vitest';
import type { Library } from '../../../wizards/engine/library.ts';
import { triage } from '../../../wizards/engine/triage.ts';
import { protocolText, type Said, shippedLibrary, suggestionsOf } from '../../fixtures/logs/protocol-text.ts';

let library: Library;
beforeAll(async () => {
  library = await shippedLibrary();
});

const until = (...end: Said[]): string =>
  protocolText('Receive', [
    ['+', ''],
    ['>', '220 mbx02.contoso.com'],
    ['<', 'EHLO mbx01.contoso.com'],
    ['>', '250  mbx02.contoso.com Hello [198.51.100.66] SIZE'],
    ['<', 'MAIL FROM:<x@fabrikam.com>'],
    ['>', '250 2.1.0 Sender OK'],
    ['<', 'RCPT TO:<b@contoso.com>'],
    ['>', '250 2.1.5 Recipient OK'],
    ...end,
    ['-', '', 'Remote'],
  ]);
const PATH = { wizard: 'network-card', step: 'packet-size', score: 60 };

test.each([
  ['after 354', until(['<', 'DATA'], ['>', '354 Start mail input; end with <CRLF>.<CRLF>'])],
  ['after BDAT', until(['<', 'BDAT 500000 LAST'])],
])('silence %s', (_, text) => {
  expect(triage(library, text).suggestions[0]).toMatchObject(PATH);
  expect(suggestionsOf(library, text)[0]).toMatchObject(PATH);
});

test('a refused message is another matter', () => {
  const text = until(['<', 'BDAT 500000 LAST'], ['>', '552 5.3.4 Message size exceeds fixed maximum message size']);
  const wizards = triage(library, text).suggestions.map(({ wizard }) => wizard);
  expect(wizards[0]).toBe('size');
  expect(wizards).not.toContain('network-card');
});
