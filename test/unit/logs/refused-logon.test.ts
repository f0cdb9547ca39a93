/** A logon that the receive log shows failing: who, how, why, and what was held back. */
import { beforeAll, expect, test } from 'vitest';
import type { Library } from '../../../wizards/engine/library.ts';
import { triage } from '../../../wizards/engine/triage.ts';
import { protocolText, shippedLibrary } from '../../fixtures/logs/protocol-text.ts';

let library: Library;
beforeAll(async () => {
  library = await shippedLibrary();
});

const refused = (command: string, mechanism: string): string =>
  protocolText('Receive', [
    ['+', ''],
    ['>', '220 mbx02.contoso.com'],
    ['<', 'EHLO scanner'],
    ['>', '250  mbx02.contoso.com Hello [198.51.100.66] SIZE AUTH NTLM LOGIN'],
    ['<', command],
    ['>', '334 <authentication response>'],
    ['<', '<authentication information>'],
    ['*', '', `Inbound ${mechanism} failed because of LogonDenied`],
    ['*', '', 'User Name: svc@contoso.com'],
    ['*', "Tarpit for '0.00:00:05' due to '535 5.7.3 Authentication unsuccessful'"],
    ['>', '535 5.7.3 Authentication unsuccessful'],
    ['-', '', 'Remote'],
  ]);

test('a tarpit is no trace of a device', () => {
  const [finding] = triage(library, refused('AUTH LOGIN', 'AUTH LOGIN')).findings;
  expect(finding?.fields).toMatchObject({
    stage: 'auth',
    reply: '535 5.7.3 Authentication unsuccessful',
    tarpit: "Tarpit for '0.00:00:05' due to '535 5.7.3 Authentication unsuccessful'",
    mechanism: 'LOGIN',
    account_name: 'svc@contoso.com',
    auth_error: 'LogonDenied',
  });
  expect(finding?.fields.mailguard).toBeUndefined();
});

test('a name and a password are those of a client, a logon of Exchange is that of a server', () => {
  const [client, server] = [
    refused('AUTH LOGIN', 'AUTH LOGIN'),
    refused('X-EXPS EXCHANGEAUTH SHA256', 'ExchangeAuth negotiation'),
  ].map((text) => triage(library, text).suggestions.map(({ wizard, step }) => ({ wizard, step })));
  expect(client?.[0]).toEqual({ wizard: 'modern', step: 'whose' });
  expect(client?.[1]?.wizard).toBe('exps');
  expect(server?.[0]?.wizard).toBe('exps');
});
