/** What SMTP inspection leaves in logs: greetings of stars and verbs of X, and the wizard that they lead to. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Library } from '../../../wizards/engine/library.ts';
import { triage } from '../../../wizards/engine/triage.ts';
import { protocolText, type Said, shippedLibrary, suggestionsOf } from '../../fixtures/logs/protocol-text.ts';
import { readLog } from '../../fixtures/logs/read-log.ts';

let library: Library;
beforeAll(async () => {
  library = await shippedLibrary();
});

const sent = (greeting: string, reply: string): Said[] => [
  ['*', '', 'attempting to connect'],
  ['+', ''],
  ['<', greeting],
  ['>', 'EHLO mbx01.contoso.com'],
  ['<', reply],
  ['>', 'HELO mbx01.contoso.com'],
  ['<', '250 mail.fabrikam.com'],
  ['>', 'QUIT'],
  ['<', '221 bye'],
  ['-', '', 'Local'],
];
const QUOTED = '"500 5.5.1 Command unrecognized: ""XXXX mbx01.contoso.com"""';
const STARS = '*'.repeat(30);
const LOGS: [what: string, text: string, traces: string][] = [
  [
    'stars behind the name of the host',
    protocolText('Send', sent(`220 mail.fabrikam.com ${STARS}`, QUOTED)),
    'masked greeting; masked command (quoted in the reply); EHLO answered 500',
  ],
  ['stars at once', protocolText('Send', sent('220 *********2***0', '500 what')), 'masked greeting; EHLO answered 500'],
  [
    'a reply that quotes what arrived',
    protocolText('Send', sent('220 mail.fabrikam.com', QUOTED)),
    'masked command (quoted in the reply); EHLO answered 500',
  ],
  [
    'a verb of X in the log of IIS',
    [
      '#Software: Microsoft Internet Information Services 6.0',
      '#Date: 2006-10-09 05:00:15',
      '#Fields: date time c-ip cs-username s-sitename cs-method cs-uri-query sc-status',
      '2006-10-09 05:01:04 198.51.100.99 - SMTPSVC1 xxxx +mail.fabrikam.com 500',
      '2006-10-09 05:01:04 198.51.100.99 mail.fabrikam.com SMTPSVC1 HELO +mail.fabrikam.com 250',
      '2006-10-09 05:01:05 198.51.100.99 mail.fabrikam.com SMTPSVC1 QUIT mail.fabrikam.com 240',
      '',
    ].join('\r\n'),
    'masked command (xxxx)',
  ],
];

describe('traces of SMTP inspection', () => {
  test.each(LOGS)('%s', (_, text, traces) => {
    const { findings, suggestions } = triage(library, text);
    expect(findings.map(({ fields }) => fields.mailguard)).toEqual([traces]);
    expect(suggestions[0]).toMatchObject({ wizard: 'firewall-blob', score: 85 });
    expect(suggestionsOf(library, text)[0]).toMatchObject({ wizard: 'firewall-blob', score: 85 });
  });

  test('keywords of X', () => {
    const text = protocolText('Send', sent('220 mail.fabrikam.com', '250-mail.fabrikam.com'));
    const masked = text.replace('250-mail.fabrikam.com', '250  mail.fabrikam.com Hello [192.0.2.7] SIZE XXXXXXXA');
    expect(triage(library, masked).findings[0]?.fields.mailguard).toBe('masked keywords (XXXXXXXA)');
  });

  test.each(['220 mail.fabrikam.com ESMTP', '220 mail.fabrikam.com *** welcome ***', '220 XXXX'])(
    'are none in %s',
    (greeting) => {
      const [session] = readLog(protocolText('Send', sent(greeting, '250 ok'))).sessions;
      expect(session?.flags).not.toContain('mailguard');
    },
  );
});
