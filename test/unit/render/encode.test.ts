import { describe, expect, test } from 'vitest';
import { encodeLiteral } from '../../../wizards/engine/encode.ts';
import { joinList } from '../../../wizards/engine/parameters.ts';
import { SHELLS, type Shell } from '../../../wizards/engine/schema.ts';

const CMDLET = { native: false, type: 'text' } as const;
const PROGRAM = { native: true, type: 'text' } as const;

/** Shell, to a program or not, the value, the literal; null where the value is refused. */
const LITERALS: Array<[Shell, 'cmdlet' | 'program', string, string | null]> = [
  ['powershell', 'cmdlet', 'MBX01\\Default MBX01', "'MBX01\\Default MBX01'"],
  ['powershell', 'cmdlet', "O'Brien", "'O''Brien'"],
  ['powershell', 'cmdlet', '\u2018\u2019\u201a\u201b', "'\u2018\u2018\u2019\u2019\u201a\u201a\u201b\u201b'"],
  ['powershell', 'cmdlet', 'say "hi" $x `n', '\'say "hi" $x `n\''],
  ['ems', 'cmdlet', 'C:\\x y\\', "'C:\\x y\\'"],
  ['pwsh', 'cmdlet', "'", "''''"],
  ['pwsh', 'program', 'a"b c\\', "'a\"b c\\'"],
  ['powershell', 'program', 'C:\\x\\', "'C:\\x\\'"],
  ['powershell', 'program', 'C:\\x y\\', "'C:\\x y\\\\'"],
  ['powershell', 'program', 'C:\\x y\\\\', "'C:\\x y\\\\\\\\'"],
  ['ems', 'program', "it's", "'it''s'"],
  ['powershell', 'program', 'a"b', null],
  ['ems', 'program', '"', null],
  ['powershell', 'program', '', null],
  ['powershell', 'program', 'x\u00a0y\\', null],
  ['cmd', 'program', 'C:\\x y\\', '"C:\\x y\\\\"'],
  ['cmd', 'program', 'a & b | c > d (e)', '"a & b | c > d (e)"'],
  ['cmd', 'program', "O'Brien", '"O\'Brien"'],
  ['cmd', 'program', '100%', null],
  ['cmd', 'program', 'hi!', null],
  ['cmd', 'program', 'a"b', null],
  ['cmd', 'program', 'a^b', null],
  ['bash', 'program', "it's $(x)", "'it'\\''s $(x)'"],
  ['bash', 'program', '', "''"],
  ['zsh', 'program', 'a"b!\\', "'a\"b!\\'"],
  ['device', 'program', '192.0.2.25', '192.0.2.25'],
  ['device', 'program', 'GigabitEthernet0/1:1', 'GigabitEthernet0/1:1'],
  ['device', 'program', 'a b', null],
  ['device', 'program', 'a;b', null],
  ['device', 'program', 'a?', null],
  ['device', 'program', '', null],
  ['console', 'program', 'Default MBX01', '“Default MBX01”'],
];

describe('a literal', () => {
  test.each(LITERALS)('of %s for a %s: %j is written %s', (shell, to, value, expected) => {
    const encoded = encodeLiteral(shell, value, to === 'program' ? PROGRAM : CMDLET);
    expect(encoded.ok ? encoded.text : null).toBe(expected);
  });

  test('that is refused says why and where', () => {
    const encoded = encodeLiteral('cmd', 'ab%c', PROGRAM);
    expect(encoded).toMatchObject({ ok: false, refusal: { code: 'cmd-character', position: 3 } });
    expect(encodeLiteral('powershell', 'ab"c', PROGRAM)).toMatchObject({
      refusal: { code: 'native-quote', position: 3 },
    });
  });
});

describe.each(SHELLS)('every shell, here %s,', (shell) => {
  test.each(['a\nb', 'a\u0000b', 'a\u001bb', 'a\u0085b', 'a\u2028b', 'a\u202eb', 'a\u200fb', 'a\ud800b'])(
    'is never given %j',
    (value) => {
      expect(encodeLiteral(shell, value, CMDLET)).toMatchObject({ ok: false, refusal: { position: 2 } });
    },
  );

  test('is never given a secret', () => {
    expect(encodeLiteral(shell, 'hunter2', { native: false, type: 'secret' })).toMatchObject({ ok: false });
  });
});

describe('numbers', () => {
  test.each(['powershell', 'pwsh', 'ems', 'cmd', 'bash', 'zsh', 'device'] as const)(
    'are bare digits in %s',
    (shell) => {
      expect(encodeLiteral(shell, '25', { native: false, type: 'port' })).toEqual({ ok: true, text: '25' });
      expect(encodeLiteral(shell, '7', { native: true, type: 'integer' })).toEqual({ ok: true, text: '7' });
    },
  );

  test('that are not only digits are quoted like any text', () => {
    expect(encodeLiteral('bash', '2>x', { native: true, type: 'integer' })).toEqual({ ok: true, text: "'2>x'" });
    expect(encodeLiteral('pwsh', '1;x', { native: false, type: 'port' })).toEqual({ ok: true, text: "'1;x'" });
  });
});

describe('a list', () => {
  const list = (shell: Shell, items: string[], native: boolean) =>
    encodeLiteral(shell, joinList(items), { native, type: 'text', list: true });

  test('is an array of literals for a cmdlet', () => {
    expect(list('ems', ['Tls', "It's", 'a,b'], false)).toEqual({ ok: true, text: "'Tls','It''s','a,b'" });
  });

  test('of numbers is an array of numbers for a cmdlet', () => {
    expect(encodeLiteral('pwsh', '1020,1021', { native: false, type: 'integer', list: true })).toEqual({
      ok: true,
      text: '1020,1021',
    });
  });

  test('is one argument for a program', () => {
    expect(list('bash', ['a b', 'c'], true)).toEqual({ ok: true, text: "'a b,c'" });
    expect(list('powershell', ['a', 'b'], true)).toEqual({ ok: true, text: "'a,b'" });
    expect(list('cmd', ['a', 'b\\'], true)).toEqual({ ok: true, text: '"a,b\\\\"' });
  });

  test('with a comma in an item is refused for a program, which could not tell the items apart', () => {
    expect(list('bash', ['a,b', 'c'], true)).toMatchObject({ ok: false, refusal: { code: 'comma-in-list' } });
  });

  test('has each item refused by itself', () => {
    expect(list('powershell', ['a', 'b"'], true)).toMatchObject({ ok: false, refusal: { code: 'native-quote' } });
    expect(list('device', ['a', 'b'], true)).toMatchObject({ ok: false });
  });

  test('is shown item by item', () => {
    expect(list('console', ['a', 'b'], false)).toEqual({ ok: true, text: '“a”, “b”' });
  });
});

test('a path in a list that begins with a slash is refused for a Windows program, too', () => {
  expect(encodeLiteral('cmd', 'C:\\x,/s', { native: true, type: 'path', list: true })).toMatchObject({ ok: false });
});

describe('a path that begins with a slash', () => {
  test.each([
    ['cmd', true, false],
    ['powershell', true, false],
    ['ems', true, false],
    ['powershell', false, true],
    ['pwsh', true, true],
    ['bash', true, true],
  ] as const)('%s, for a program: %s; taken: %s', (shell, native, taken) => {
    expect(encodeLiteral(shell, '/var/log', { native, type: 'path' }).ok).toBe(taken);
  });
});
