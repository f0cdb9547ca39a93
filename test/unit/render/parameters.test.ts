import { describe, expect, test } from 'vitest';
import { checkValue } from '../../../wizards/engine/parameters.ts';
import type { Parameter } from '../../../wizards/engine/schema.ts';
import { parameter } from './one-value-command.ts';

type Type = Parameter['type'];

/** Type, what is typed, what is kept. */
const ACCEPTED: Array<[Type, string, string]> = [
  ['host', 'MAIL1', 'MAIL1'],
  ['host', '  mbx01.contoso.com ', 'mbx01.contoso.com'],
  ['host', 'mbx01.contoso.com.', 'mbx01.contoso.com'],
  ['host', '192.0.2.25', '192.0.2.25'],
  ['host', '2001:db8::25', '2001:db8::25'],
  ['host', 'under_score', 'under_score'],
  ['host', '0x7g', '0x7g'],
  ['host', '0xmail1.contoso.com', '0xmail1.contoso.com'],
  ['host', '7004.contoso.com', '7004.contoso.com'],
  ['host', 'de.ad.be.ef', 'de.ad.be.ef'],
  ['fqdn', '0x7f.0x1.contoso.com', '0x7f.0x1.contoso.com'],
  ['host', `${'a'.repeat(63)}.contoso.com`, `${'a'.repeat(63)}.contoso.com`],
  ['fqdn', 'mail.contoso.com', 'mail.contoso.com'],
  ['ip', '198.51.100.255', '198.51.100.255'],
  ['ip', '::1', '::1'],
  ['ip', '::ffff:192.0.2.1', '::ffff:192.0.2.1'],
  ['cidr', '192.0.2.0/24', '192.0.2.0/24'],
  ['cidr', '192.0.2.1-192.0.2.9', '192.0.2.1-192.0.2.9'],
  ['cidr', '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['cidr', '192.0.2.0(255.255.255.0)', '192.0.2.0(255.255.255.0)'],
  ['domain', 'contoso.com', 'contoso.com'],
  ['domain', 'CONTOSO', 'CONTOSO'],
  ['dn', 'CN=MAIL1,CN=Servers,DC=contoso,DC=com', 'CN=MAIL1,CN=Servers,DC=contoso,DC=com'],
  ['dn', 'CN=Smith\\, Ann+OU=Staff,DC=contoso', 'CN=Smith\\, Ann+OU=Staff,DC=contoso'],
  ['dn', 'CN=a\\2Cb\\\\c,DC=contoso', 'CN=a\\2Cb\\\\c,DC=contoso'],
  ['dn', '2.5.4.3=a,DC=contoso', '2.5.4.3=a,DC=contoso'],
  ['mailbox', "CONTOSO\\O'Brien", "CONTOSO\\O'Brien"],
  ['smtp', "o'brien+list@contoso.com", "o'brien+list@contoso.com"],
  ['smtp', '<user@contoso.com>', 'user@contoso.com'],
  ['smtp', '<>', '<>'],
  ['smtp', 'user@[192.0.2.25]', 'user@[192.0.2.25]'],
  ['smtp', 'IMCEAEX-_O=CONTOSO_OU=X+20Y@contoso.com', 'IMCEAEX-_O=CONTOSO_OU=X+20Y@contoso.com'],
  ['connector', 'MBX01\\Default Frontend MBX01', 'MBX01\\Default Frontend MBX01'],
  ['port', '25', '25'],
  ['port', '1', '1'],
  ['port', '65535', '65535'],
  ['port', '00587', '587'],
  ['integer', '0', '0'],
  ['integer', '7697601', '7697601'],
  ['path', 'C:\\Program Files\\x\\', 'C:\\Program Files\\x\\'],
  ['path', '/var/log/mail.log', '/var/log/mail.log'],
  ['enum', 'tls', 'Tls'],
  ['enum', 'BasicAuth', 'BasicAuth'],
  [
    'thumbprint',
    '\u200e01 23 45 67 89 ab cd ef 01 23 45 67 89 ab cd ef 01 23 45 67',
    '0123456789ABCDEF0123456789ABCDEF01234567',
  ],
  [
    'thumbprint',
    '01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67',
    '0123456789ABCDEF0123456789ABCDEF01234567',
  ],
  ['guid', '{0f8fad5b-d9cb-469f-a165-70867728950e}', '0f8fad5b-d9cb-469f-a165-70867728950e'],
  ['messageid', '<4f2a$1@mail1.contoso.com>', '<4f2a$1@mail1.contoso.com>'],
  ['datetime', '2024-02-29 23:59', '2024-02-29 23:59'],
  ['datetime', '2025-01-31T14:30:00.123Z', '2025-01-31T14:30:00.123Z'],
  ['datetime', '2025-01-31', '2025-01-31'],
  ['text', ' 504 Need to authenticate first ', '504 Need to authenticate first'],
  ['text', 'x'.repeat(1024), 'x'.repeat(1024)],
];

/** Type, what is typed, the code, and the place where one character is to blame. */
const REFUSED: Array<[Type, string, string, number | undefined]> = [
  ['host', '', 'empty', undefined],
  ['host', '   ', 'empty', undefined],
  ['host', 'mail 1', 'bad-character', 5],
  ['host', '  mail 1', 'bad-character', 7],
  ['host', 'mäil', 'bad-character', 2],
  ['host', 'a..b', 'bad-form', undefined],
  ['host', '.a', 'bad-form', undefined],
  ['host', 'a-.contoso.com', 'bad-form', undefined],
  ['host', 'a'.repeat(64), 'bad-form', undefined],
  ['host', `${'a.'.repeat(126)}aa`, 'too-long', 254],
  ['host', '0x7f.0x1', 'bad-form', undefined],
  ['host', '0x7F000001', 'bad-form', undefined],
  ['host', '2130706433', 'bad-form', undefined],
  ['host', '127.1', 'bad-form', undefined],
  ['host', '127.0.1', 'bad-form', undefined],
  ['host', '0177.0.0.1', 'bad-form', undefined],
  ['host', '0x7f.0.0.1.', 'bad-form', undefined],
  ['host', '0x', 'bad-form', undefined],
  ['fqdn', '0x7f.0x1', 'bad-form', undefined],
  ['fqdn', '127.1', 'bad-form', undefined],
  ['domain', '0x7f.1', 'bad-form', undefined],
  ['smtp', 'user1@0x7f.1', 'bad-form', undefined],
  ['host', '192.0.2.256', 'bad-form', undefined],
  ['host', '192.0.2.025', 'bad-form', undefined],
  ['fqdn', 'mail', 'bad-form', undefined],
  ['ip', 'mail1', 'bad-form', undefined],
  ['ip', '1:2:3', 'bad-form', undefined],
  ['cidr', '192.0.2.0/33', 'bad-form', undefined],
  ['cidr', '192.0.2.9-192.0.2.1', 'bad-form', undefined],
  ['cidr', '192.0.2.0(255.0.255.0)', 'bad-form', undefined],
  ['domain', 'contoso_com;', 'bad-character', 12],
  ['dn', 'contoso.com', 'bad-dn', 1],
  ['dn', 'CN=a,b,DC=contoso', 'bad-dn', 6],
  ['dn', 'CN=a\\zb', 'bad-dn', 5],
  ['dn', 'CN=a"b', 'bad-dn', 5],
  ['dn', 'CN=', 'bad-dn', 1],
  ['dn', `CN=${'a'.repeat(2046)}`, 'too-long', 2049],
  ['smtp', 'contoso.com', 'bad-form', undefined],
  ['smtp', 'a b@contoso.com', 'bad-character', 2],
  ['smtp', 'Ann <a@contoso.com>', 'bad-character', 4],
  ['smtp', `${'a'.repeat(309)}@contoso.com`, 'too-long', 321],
  ['port', '0', 'bad-form', undefined],
  ['port', '65536', 'bad-form', undefined],
  ['port', '2 5', 'bad-character', 2],
  ['integer', '1.5', 'bad-character', 2],
  ['integer', '٣', 'bad-character', 1],
  ['integer', '-1', 'option-start', 1],
  ['path', '-rf', 'option-start', 1],
  ['path', '@list', 'option-start', 1],
  ['enum', 'Kerberos', 'bad-form', undefined],
  ['thumbprint', '0123', 'bad-form', undefined],
  ['thumbprint', `${'0'.repeat(39)}G`, 'bad-character', 40],
  ['guid', '0f8fad5b', 'bad-form', undefined],
  ['messageid', '<a b@contoso.com>', 'bad-character', 2],
  ['messageid', '<>', 'bad-form', undefined],
  ['datetime', '01/31/2025', 'bad-form', undefined],
  ['datetime', '2025-02-29', 'bad-form', undefined],
  ['datetime', '2025-13-01', 'bad-form', undefined],
  ['datetime', '2025-01-01 24:00', 'bad-form', undefined],
  ['text', '-Confirm', 'option-start', 1],
  ['text', '  /c calc', 'option-start', 3],
  ['text', '@file', 'option-start', 1],
  ['text', '\u2013Confirm', 'option-start', 1],
  ['text', 'ab\ncd', 'line-break', 3],
  ['text', 'ab\n', 'line-break', 3],
  ['text', 'a\u2028b', 'line-break', 2],
  ['text', 'a\u0085b', 'line-break', 2],
  ['text', 'a\tb', 'control-character', 2],
  ['text', 'a\u0000b', 'control-character', 2],
  ['text', 'a\u009bb', 'control-character', 2],
  ['text', '\u{1f600}\u202eb', 'direction-mark', 2],
  ['text', 'a\u200fb', 'direction-mark', 2],
  ['text', 'a\ud800b', 'broken-character', 2],
  ['text', 'x'.repeat(1025), 'too-long', 1025],
  ['text', 'x'.repeat(10_240), 'too-long', 1025],
];

function of(type: Type): Parameter {
  return parameter('field', type, type === 'enum' ? { values: ['Tls', 'Integrated', 'BasicAuth'] } : {});
}

function brief(text: string): string {
  return text.length > 40 ? `${JSON.stringify(text.slice(0, 20))}… (${text.length})` : JSON.stringify(text);
}

describe('a value that fits its type', () => {
  test.each(ACCEPTED.map((row) => [row[0], brief(row[1]), row] as const))(
    '%s %s is kept in normal form',
    (_type, _brief, row) => {
      expect(checkValue(of(row[0]), row[1])).toEqual({ ok: true, value: row[2] });
    },
  );
});

describe('a value that does not fit', () => {
  test.each(REFUSED.map((row) => [row[0], brief(row[1]), row[2], row] as const))(
    '%s %s is refused as %s',
    (_type, _brief, _code, row) => {
      const checked = checkValue(of(row[0]), row[1]);
      expect(checked.ok ? 'accepted' : [checked.refusal.code, checked.refusal.position]).toEqual([row[2], row[3]]);
    },
  );

  test.each(REFUSED.map((row) => [row[0], brief(row[1]), row] as const))(
    '%s %s: the message names the field and the place',
    (_type, _brief, row) => {
      const checked = checkValue(of(row[0]), row[1]);
      if (checked.ok) throw new Error('was accepted');
      expect(checked.refusal.message).toMatch(/^The field: .+\.$/);
      expect(checked.refusal.hint).toBeTruthy();
      if (row[3] !== undefined) expect(checked.refusal.message).toContain(`(character ${row[3]})`);
    },
  );
});

test('a secret is refused without repeating it', () => {
  const checked = checkValue(of('secret'), 'hunter2');
  expect(checked).toMatchObject({ ok: false, refusal: { code: 'secret' } });
  expect(JSON.stringify(checked)).not.toContain('hunter2');
});

test('an address where a full name is needed is called an address', () => {
  const checked = checkValue(of('fqdn'), '192.0.2.25');
  expect(checked.ok ? '' : checked.refusal.message).toBe('The field: this is an IP address, and a name is needed.');
});

describe('a list', () => {
  const numbers = parameter('ids', 'integer', { list: true });

  test('is checked item by item and joined by commas', () => {
    expect(checkValue(numbers, ' 1020, 01021 ,,7,')).toEqual({ ok: true, value: '1020,1021,7' });
  });

  test('names the item and the place of the character in the whole text', () => {
    const checked = checkValue(numbers, '1020, 10x1');
    expect(checked).toMatchObject({ ok: false, refusal: { code: 'bad-character', position: 9 } });
    expect(checked.ok ? '' : checked.refusal.message).toBe('The ids: item 2, “x” does not belong here (character 9).');
  });

  test('counts the place behind doubled quotes too', () => {
    const checked = checkValue(parameter('names', 'dn', { list: true }), '"CN=a\\, b","CN=""c"');
    expect(checked).toMatchObject({ ok: false, refusal: { code: 'bad-dn', position: 16 } });
  });

  test('refuses a control character anywhere, by its place', () => {
    expect(checkValue(numbers, '1,\n2')).toMatchObject({ ok: false, refusal: { code: 'line-break', position: 3 } });
  });

  test('with nothing but commas is no value', () => {
    expect(checkValue(numbers, ' , ,')).toMatchObject({ ok: false, refusal: { code: 'empty' } });
  });

  test('that is too long as a whole is refused, not cut', () => {
    expect(checkValue(numbers, '1,'.repeat(2049))).toMatchObject({ ok: false, refusal: { code: 'too-long' } });
  });
});
