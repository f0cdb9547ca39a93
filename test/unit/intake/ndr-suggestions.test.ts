/** Where reports and headers lead with the wizards that are shipped. */
import { expect, test } from 'vitest';
import { compileLibrary, readYamlFolder } from '../../../electron/content/library-loader.ts';
import { createLibrary } from '../../../wizards/engine/library.ts';
import { triage } from '../../../wizards/engine/triage.ts';
import * as blocks from '../../fixtures/headers/blocks.ts';
import * as reports from '../../fixtures/ndr/reports.ts';

const { files } = await compileLibrary(readYamlFolder('wizards'));
const library = createLibrary(files);
const best = (text: string) => {
  const [first] = triage(library, text).suggestions;
  return first && [first.wizard, first.step];
};
const statusOnly = (status: string) =>
  `Reporting-MTA: dns; mail.contoso.com\n\nFinal-Recipient: rfc822; user2@fabrikam.com\nAction: failed\nStatus: ${status}\n`;

const SAMPLES = new Map<string, string>(Object.entries(reports));

test.each([
  ['EXCHANGE_2003', 'relay'],
  ['EXCHANGE_2003_GERMAN', 'dns'],
  ['EXCHANGE_2010', 'recipient-loop'],
  ['EXCHANGE_2016_EXPIRED', 'tls'],
  ['EXCHANGE_ONLINE', 'outbound-ndr'],
  ['EXCHANGE_ONLINE_RETURNED', 'recipient-loop'],
  ['POSTFIX_FIELDS', 'recipient-loop'],
  ['DELAY_FIELDS', 'queue'],
] as const)('%s leads to %s', (name, wizard) => {
  expect(best(SAMPLES.get(name) ?? '')?.[0]).toBe(wizard);
});

test.each([
  ['5.7.64', 'hybrid'],
  ['5.4.14', 'recipient-loop'],
  ['5.1.6', 'recipient-loop'],
  ['5.4.310', 'dns'],
  ['5.4.316', 'hybrid'],
  ['4.4.7', 'queue'],
  ['5.2.3', 'size'],
])('a status %s without a reply leads to %s', (status, wizard) => {
  expect(best(statusOnly(status))?.[0]).toBe(wizard);
});

test('a report fills in who, whom and which message', () => {
  expect(triage(library, reports.EXCHANGE_2010).suggestions[0]?.parameters).toEqual({
    local_server: 'mbx01.contoso.com',
    remote_host: 'mail.fabrikam.com',
    reply: '550 5.1.1 User unknown',
    sender: 'user1@contoso.com',
    recipient: 'user2@fabrikam.com',
    domain: 'fabrikam.com',
    message_id: '<a1b2c3@mbx01.contoso.com>',
  });
});

test('headers lead to what is odd about the way, else to tracking', () => {
  expect(best(blocks.LOOP)).toEqual(['recipient-loop', 'repeated-hosts']);
  expect(best(blocks.FAST_CLOCK)).toEqual(['exps', 'clock']);
  expect(best(blocks.FOUR_HOPS)?.[0]).toBe('trace');
  expect(best(blocks.LOOP.split('\n').at(-2) ?? '')?.[0]).toBe('trace');
});
