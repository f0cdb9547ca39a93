import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsSecretMark, withoutSecrets } from '../../../wizards/engine/redact/secrets.ts';

describe('what is taken out of a text before it is written down', () => {
  test.each<[string, string, string]>([
    ['a header', 'Authorization: Basic dXNlcjpodW50ZXIy', 'Authorization: Basic [secret removed: Authorization]'],
    [
      'a header of curl',
      '> authorization: Bearer eyJhbGciOi.J9.x',
      '> authorization: Bearer [secret removed: Authorization]',
    ],
    ['AUTH PLAIN', ' -> AUTH PLAIN AHVzZXIAaHVudGVyMg==', ' -> AUTH PLAIN [secret removed: AUTH]'],
    [
      'a parameter',
      "New-Mailbox -Password 'hunter2 x' -Name a",
      'New-Mailbox -Password [secret removed: password] -Name a',
    ],
    [
      'a long option',
      'swaks --auth-user a --password=hunter2',
      'swaks --auth-user a --password=[secret removed: password]',
    ],
    [
      'a secure string',
      "$p = ConvertTo-SecureString 'hunter2' -AsPlainText -Force",
      '$p = ConvertTo-SecureString [secret removed: password] -AsPlainText -Force',
    ],
    [
      'a connection string',
      'Server=sql;User Id=sa;Password=hunter2;',
      'Server=sql;User Id=sa;Password=[secret removed: password];',
    ],
    ['a field', 'client_secret: abc123def', 'client_secret: [secret removed: password]'],
    [
      'an address',
      'smtp://anna:hunter2@mail.contoso.com:25',
      'smtp://anna:[secret removed: password]@mail.contoso.com:25',
    ],
    [
      'a logon in a transcript',
      '<-  334 VXNlcm5hbWU6\n -> YW5uYQ==\n<-  334 UGFzc3dvcmQ6\n -> aHVudGVyMg==\n<-  235 2.7.0 ok\n -> QUIT1234',
      '<-  334 VXNlcm5hbWU6\n -> [secret removed: AUTH]\n<-  334 UGFzc3dvcmQ6\n -> [secret removed: AUTH]\n<-  235 2.7.0 ok\n -> QUIT1234',
    ],
    [
      'a key',
      '-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\nq83w\n-----END RSA PRIVATE KEY-----\nx',
      '-----BEGIN RSA PRIVATE KEY-----\n[secret removed: private key]\n[secret removed: private key]\n-----END RSA PRIVATE KEY-----\nx',
    ],
  ])('%s', (_, text, clean) => {
    expect(withoutSecrets(text)).toBe(clean);
    expect(withoutSecrets(clean)).toBe(clean);
  });

  test.each([
    'Set-Mailbox -Password $secure',
    'Set-ADAccountPassword -NewPassword (Read-Host -AsSecureString)',
    'PasswordLastSet : 11/26/2026 10:00:00',
    'UserPassword      :',
    'Password: ********',
    'AuthMechanism : Tls, Integrated',
    '334 GSSAPI supported\n*\n501 5.7.0 Authentication cancelled',
    '250-AUTH GSSAPI NTLM LOGIN',
    '250-X-EXPS GSSAPI NTLM LOGIN',
    'AUTH LOGIN',
    'The password of the account has expired.',
    'https://contoso.com:443/owa',
    '504 Need to authenticate first',
  ])('"%s" stays as it is', (text) => {
    expect(withoutSecrets(text)).toBe(text);
    expect(holdsSecretMark(text)).toBe(false);
  });

  test('lines keep their number, and what is clean stays clean', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const clean = withoutSecrets(text);
        expect(clean.split('\n')).toHaveLength(text.split('\n').length);
        expect(withoutSecrets(clean)).toBe(clean);
      }),
    );
  });

  test('a large text takes no more than its length', () => {
    const lines = 'Identity : MBX02\\Default password= -Password AUTH PLAIN a://b:c '.repeat(40_000);
    const began = performance.now();
    withoutSecrets(lines);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
