import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EXPORT_FORMATS } from '../../../electron/contract.ts';
import { exportCase } from '../../../electron/export/export.ts';
import type { Checklist } from '../../../wizards/engine/checklist.ts';
import { redact } from '../../../wizards/engine/redact/redact.ts';
import { fullWalk, Walker } from '../export/walker.ts';

const ALL = { keep: [], words: [] };
/** A case whose only output is this text. */
function withOutput(output: string, opening = {}): Checklist {
  return new Walker(opening).choose('unknown').capture('E1', 'Get-ReceiveConnector', output).checklist();
}
function redactedOutput(output: string, options: Partial<Parameters<typeof redact>[1]> = {}): string {
  const { checklist } = redact(withOutput(output), { ...ALL, ...options });
  const lines = checklist.path.steps.flatMap(({ captures }) => captures).flatMap((capture) => capture.output.lines);
  return inOrder(lines.map(({ text }) => text).join('\n'));
}
/** Numbers by where they stand in this text: other texts of the case come before it. */
function inOrder(text: string): string {
  const numbers = new Map<string, Map<string, number>>();
  return text.replace(/\b(HOST|DOMAIN|USER|IP6?)-(\d+)/g, (_, prefix: string, number: string) => {
    const known = numbers.get(prefix) ?? new Map<string, number>();
    numbers.set(prefix, known);
    known.set(number, known.get(number) ?? known.size + 1);
    return `${prefix}-${known.get(number)}`;
  });
}

describe('values that the case knows', () => {
  test('are gone from every format, in any case of letters', () => {
    const { checklist } = redact(fullWalk().checklist(), ALL);
    for (const format of EXPORT_FORMATS) {
      const { text, name } = exportCase(checklist, format);
      for (const value of ['fabrikam', 'MBX02', 'CONTOSO', 'Ada Operator', 'Grace Colleague', '\\ada'])
        expect(`${name}\n${text}`.toLowerCase(), `${value} in ${format}`).not.toContain(value.toLowerCase());
    }
  });

  test('have the same name everywhere, and hosts stay in their domain', () => {
    expect(redactedOutput('MAIL.Fabrikam.com and mail2.fabrikam.com; mbx02 is MBX02.contoso.com')).toBe(
      'HOST-1.DOMAIN-1 and HOST-2.DOMAIN-1; HOST-3 is HOST-3.DOMAIN-2',
    );
  });

  test('are found within a path, a share and a list', () => {
    expect(redactedOutput('\\\\MBX02\\d$\\logs;MBX02,MBX02/x')).toBe('\\\\HOST-1\\d$\\logs;HOST-1,HOST-1/x');
    expect(redactedOutput('MBX021 XMBX02 MBX02x')).toBe('MBX021 XMBX02 MBX02x');
  });

  test('are found in base64 and in UTF-16', () => {
    const encoded = Buffer.from('server=mail.fabrikam.com').toString('base64');
    const wide = Buffer.from('to mail.fabrikam.com!', 'utf16le').toString('base64');
    expect(redactedOutput(`x ${encoded} y`)).toBe('x [base64 with HOST-1.DOMAIN-1] y');
    expect(redactedOutput(`x ${wide} y`)).toBe('x [base64 with HOST-1.DOMAIN-1] y');
    expect(
      redactedOutput(
        'm\u0000a\u0000i\u0000l\u0000.\u0000f\u0000a\u0000b\u0000r\u0000i\u0000k\u0000a\u0000m\u0000.\u0000c\u0000o\u0000m\u0000',
      ),
    ).toBe('HOST-1.DOMAIN-1');
  });
});

describe('values that are known by their shape', () => {
  test.each([
    ['a mail address', 'From: anna.kim@contoso.com', 'From: USER-1@DOMAIN-1'],
    ['a host', 'connect to ex07.branch.contoso.com:25', 'connect to HOST-1.DOMAIN-1:25'],
    ['an account', 'User CONTOSO\\svc-mail failed', 'User DOMAIN-1\\USER-1 failed'],
    ['a SID', 'S-1-5-21-3623811015-3361044348-30300820-1013', 'SID-1'],
    ['a GUID', 'Guid : 6f9619ff-8b86-d011-b42d-00c04fc964ff', 'Guid : GUID-1'],
    ['a thumbprint', 'Thumbprint : 0123456789ABCDEF0123456789ABCDEF01234567', 'Thumbprint : CERT-1'],
    ['a DN', 'CN=Anna Kim,OU=Sales,DC=contoso,DC=com', 'DN-1'],
    ['a DN of Exchange', '/o=Contoso/ou=First Administrative Group/cn=Recipients/cn=anna', 'DN-1'],
    ['a message', 'Message-ID: <20261126100000.A1B2C3D4@mail.contoso.com>', 'Message-ID: <MESSAGE-1>'],
    ['neighbours', '192.0.2.10 192.0.2.77 198.51.100.10 192.0.2.10', 'IP-1.1 IP-1.2 IP-2.1 IP-1.1'],
    ['an address in brackets', 'Hello [192.0.2.10]', 'Hello [IP-1.1]'],
    ['a range', '192.0.2.0/24', 'IP-1.1/24'],
    ['IPv6', '2001:db8::10 2001:db8::11', 'IP6-1.1 IP6-1.2'],
  ])('%s', (_, text, redacted) => {
    expect(redactedOutput(text)).toBe(redacted);
  });

  test.each([
    '550 5.7.1 Unable to relay',
    'Version 15.1.225.42',
    'Version 15.2 (Build 1118.7)',
    '127.0.0.1 ::1 localhost',
    '2026-11-26 10:15:07',
    'Microsoft.Exchange.Transport.Agent',
    'edgetransport.exe setup.exe web.config',
    'NT AUTHORITY\\SYSTEM',
    'C:\\Windows\\System32\\drivers\\etc\\hosts',
    'HKLM\\SYSTEM\\CurrentControlSet',
    'AuthMechanism : Tls, Integrated, ExchangeServer',
    '250-X-EXPS GSSAPI NTLM',
    'Get-ReceiveConnector | Format-List Identity,AuthMechanism',
  ])('"%s" stays', (text) => {
    expect(redactedOutput(text)).toBe(text);
  });
});

describe('what a person decides', () => {
  test('values that stay, and further words', () => {
    expect(
      redactedOutput('mail.fabrikam.com at project Heron, heron', { keep: ['MAIL.fabrikam.com'], words: ['Heron'] }),
    ).toBe('mail.fabrikam.com at project WORD-1, WORD-1');
  });

  test('each hit is told with its kind, its place and how often', () => {
    const { hits } = redact(withOutput('a b c 192.0.2.10 d e f 192.0.2.10'), ALL);
    expect(hits.find(({ kind }) => kind === 'ip')).toEqual({
      ...{ kind: 'ip', original: '192.0.2.10', pseudonym: 'IP-1.1', count: 2 },
      contexts: ['a b c 192.0.2.10 d e f 192.0.2.10', 'a b c 192.0.2.10 d e f 192.0.2.10'],
    });
  });
});

describe('what stays as it was', () => {
  test('the chain, the steps, the numbers of lines and what the wizard says', () => {
    const original = fullWalk().checklist();
    const { checklist } = redact(original, ALL);
    expect(checklist.redacted).toBe(true);
    expect(checklist.chain).toEqual(original.chain);
    expect(checklist.wizards).toEqual(original.wizards);
    expect(checklist.verdict?.cause).toBe(original.verdict?.cause);
    const shape = ({ path }: Checklist) =>
      path.steps.map(({ n, captures }) => [
        n,
        captures.map(({ output }) => output.lines.map((line) => [line.n, line.evidence])),
      ]);
    expect(shape(checklist)).toEqual(shape(original));
  });

  test('what is redacted already', () => {
    const { checklist } = redact(fullWalk().checklist(), ALL);
    expect(redact(checklist, ALL).checklist).toEqual(checklist);
  });

  test('no text breaks it, and lines stay lines', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const line = text.replaceAll('\n', ' ');
        expect(redactedOutput(line).split('\n')).toHaveLength(1);
      }),
      { numRuns: 100 },
    );
  });
});
