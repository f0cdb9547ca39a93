import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderCommand } from '../../../wizards/engine/render.ts';
import type { Command, Parameter, Shell } from '../../../wizards/engine/schema.ts';
import { command, parameter } from './one-value-command.ts';

type Kind = NonNullable<Command['literals']>[string]['as'];

function render(as: Kind, text: string, value: string, type: Parameter['type'] = 'mailbox', shell: Shell = 'pwsh') {
  return renderCommand({
    command: command([{ shell, text: 'Show-It {made}' }], {
      parameters: [{ name: 'value' }],
      literals: { made: { as, text } },
    }),
    parameters: { value: parameter('value', type) },
    shell,
    values: { value },
  });
}

/** Kind, the literal's text, type and value, what stands in the PowerShell command; null where it is refused. */
const COMPOSED: Array<[Kind, string, Parameter['type'], string, string | null]> = [
  ['plain', 'SmtpSvc/{value}/AuthFlags', 'integer', '1', "'SmtpSvc/1/AuthFlags'"],
  ['plain', '{value}:25', 'host', 'mail1', "'mail1:25'"],
  ['dn', 'CN={value},CN=Servers', 'mailbox', 'MAIL1', "'CN=MAIL1,CN=Servers'"],
  ['dn', 'CN={value},CN=Servers', 'mailbox', 'a,CN=b', "'CN=a\\,CN\\=b,CN=Servers'"],
  ['dn', 'CN={value},CN=Servers', 'mailbox', '#a "b" <c>;\\+', "'CN=\\#a \\22b\\22 \\<c\\>\\;\\\\\\+,CN=Servers'"],
  ['dn', 'CN=1,{value}', 'dn', 'CN=Smith\\, Ann,DC=contoso', "'CN=1,CN=Smith\\, Ann,DC=contoso'"],
  ['dn', 'LDAP://{value}', 'dn', 'OU=a/b,DC=contoso', "'LDAP://OU=a\\/b,DC=contoso'"],
  ['dn', 'OU={value},DC=contoso', 'mailbox', 'a/b', "'OU=a/b,DC=contoso'"],
  ['ldap-filter', '(cn={value})', 'mailbox', '*)(cn=\\', "'(cn=\\2a\\29\\28cn=\\5c)'"],
  [
    'ldap-filter',
    '(member:1.2.840.113556.1.4.1941:={value})',
    'dn',
    'CN=a\\,b',
    "'(member:1.2.840.113556.1.4.1941:=CN=a\\5c,b)'",
  ],
  ['opath', 'Name -eq {value}', 'mailbox', "O'Brien", "'Name -eq ''O''''Brien'''"],
  ['opath', 'Count -gt {value}', 'integer', '5', "'Count -gt 5'"],
  ['opath', 'Name -eq {value}', 'mailbox', 'O\u2019Brien', null],
  ['opath', 'Name -eq {value}', 'mailbox', 'CONTOSO\\user', null],
  ['opath', 'Name -eq {value}', 'mailbox', 'a`b', null],
  ['wql', 'Name = {value}', 'mailbox', 'a\'b"c\\', "'Name = ''a\\''b\\\"c\\\\'''"],
  ['xpath', '*[Data={value}]', 'mailbox', 'a"b', "'*[Data=''a\"b'']'"],
  ['xpath', '*[Data={value}]', 'mailbox', "a'b", "'*[Data=\"a''b\"]'"],
  ['xpath', '*[EventID={value}]', 'integer', '7010', "'*[EventID=7010]'"],
  ['xpath', '*[Data={value}]', 'mailbox', 'a\'b"c', null],
  ['ps-hashtable', '@{{ Id={value}; Log={value} }}', 'integer', '7010', '@{ Id=7010; Log=7010 }'],
  ['ps-hashtable', '@{{Path={value}}}', 'mailbox', "it's", "@{Path='it''s'}"],
  ['ps-hashtable', '{{ $_.Name -eq {value} }}', 'mailbox', '$x', "{ $_.Name -eq '$x' }"],
];

describe('a composed literal', () => {
  test.each(COMPOSED)('%s %s with %s %s is %s', (as, text, type, value, expected) => {
    const rendered = render(as, text, value, type);
    expect(rendered.ok ? rendered.text : null).toBe(expected === null ? null : `Show-It ${expected}`);
  });

  test('says which fields it holds, for the screen', () => {
    const rendered = render('plain', 'SmtpSvc/{value}/AuthFlags', '1', 'integer', 'cmd');
    expect(rendered.ok && rendered.pieces).toEqual([
      { text: 'Show-It ' },
      { text: '"SmtpSvc/1/AuthFlags"', parameters: ['value'] },
    ]);
  });

  test('names the field when the shell cannot carry the whole', () => {
    const rendered = render('dn', 'CN={value},DC=contoso', '100%', 'mailbox', 'cmd');
    expect(rendered).toMatchObject({ ok: false, refusals: [{ code: 'cmd-character' }] });
    expect(rendered.ok ? '' : rendered.refusals[0]?.message).toMatch(/^The value: /);
  });

  test('of PowerShell text takes a list as an array', () => {
    const rendered = renderCommand({
      command: command([{ shell: 'powershell', text: 'Get-WinEvent -FilterHashtable {what}' }], {
        parameters: [{ name: 'ids' }],
        literals: { what: { as: 'ps-hashtable', text: "@{{LogName='Application'; Id={ids}}}" } },
      }),
      parameters: new Map([['ids', parameter('ids', 'integer', { list: true })]]),
      shell: 'powershell',
      values: { ids: '7002, 7004' },
    });
    expect(rendered).toMatchObject({
      ok: true,
      text: "Get-WinEvent -FilterHashtable @{LogName='Application'; Id=7002,7004}",
    });
  });
});

/** Reads one relative name back as RFC 4514 says. */
function readDnValue(text: string): string {
  return text.replace(/\\([0-9a-f]{2})|\\(.)/gi, (_, hex: string, character: string) =>
    hex ? String.fromCharCode(Number.parseInt(hex, 16)) : character,
  );
}

const awkward = fc
  .string({
    unit: fc.constantFrom('\\', ',', '+', '=', '"', '#', ';', '<', '>', ' ', '*', '(', ')', "'", 'a', 'é'),
    minLength: 1,
  })
  .map((text) => text.trim())
  .filter((text) => text !== '');

describe('whatever a value holds,', () => {
  test('a DN has no more parts than its text and gives the value back', () => {
    fc.assert(
      fc.property(awkward, (value) => {
        const rendered = render('dn', 'CN={value},DC=contoso', value, 'mailbox', 'bash');
        if (!rendered.ok) throw new Error(JSON.stringify(rendered.refusals));
        const dn = rendered.text.slice("Show-It '".length, -1).replaceAll("'\\''", "'");
        const parts = [...dn.matchAll(/((?:\\.|[^\\,])*)(?:,|$)/g)]
          .map((match) => match[1])
          .filter((part) => part !== '');
        expect(parts).toHaveLength(2);
        expect(readDnValue((parts[0] as string).slice(3))).toBe(value);
      }),
    );
  });

  test('a filter has no more parentheses and wildcards than its text and gives the value back', () => {
    fc.assert(
      fc.property(awkward, (value) => {
        const rendered = render('ldap-filter', '(cn={value})', value, 'mailbox', 'bash');
        if (!rendered.ok) throw new Error(JSON.stringify(rendered.refusals));
        const filter = rendered.text.slice("Show-It '".length, -1).replaceAll("'\\''", "'");
        const inner = filter.slice(4, -1);
        expect(filter).toBe(`(cn=${inner})`);
        expect(inner).not.toMatch(/[*()]|\\(?![0-9a-f]{2})/);
        expect(
          inner.replace(/\\([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        ).toBe(value);
      }),
    );
  });
});
