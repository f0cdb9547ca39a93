import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readForStep, readOutput } from '../../../wizards/engine/read.ts';
import { type Command, type Condition, commandSchema, type Step } from '../../../wizards/engine/schema.ts';

function command(...reads: [string, Condition][]): Command {
  return commandSchema.parse({
    id: 'T1',
    title: 'Test',
    effect: 'read',
    runs_on: 'anywhere',
    needs: [],
    templates: [{ shell: 'bash', text: 'true' }],
    reads: reads.map(([id, when]) => ({ id, title: id, when })),
    sources: ['KB'],
    certainty: 'confirmed',
  });
}
const ids = (when: Condition, text: string, values = {}) =>
  readOutput(command(['hit', when]), text, values).hits.length === 1;

const CONNECTOR = `
Identity         : MBX01\\Relay for scanners
AuthMechanism    : Tls, Integrated
RemoteIPRanges   : 192.0.2.0/24;198.51.100.7
Fqdn             : mbx01.contoso.com
`;

describe('a property of a Format-List block', () => {
  test.each<[string, Condition, boolean]>([
    ['has an entry', { field: { name: 'AuthMechanism', has: 'tls' } }, true],
    ['has each entry of a list', { field: { name: 'AuthMechanism', has: ['Tls', 'ExchangeServer'] } }, false],
    ['lacks an entry', { field: { name: 'AuthMechanism', lacks: 'ExchangeServer' } }, true],
    ['lacks at least one of several', { field: { name: 'AuthMechanism', lacks_any: ['Tls', 'ExchangeServer'] } }, true],
    ['equals without regard to case', { field: { name: 'fqdn', equals: 'MBX01.contoso.com' } }, true],
    ['matches a pattern', { field: { name: 'Identity', matches: '^MBX01\\\\' } }, true],
    ['is not there at all', { field: { name: 'Enabled', lacks: 'x' } }, false],
    ['part of a name is no name', { field: { name: 'Auth', has: 'Tls' } }, false],
  ])('%s', (_, when, expected) => {
    expect(ids(when, CONNECTOR)).toBe(expected);
  });

  test('address ranges hold or do not hold the address of a parameter', () => {
    const holds: Condition = { field: { name: 'RemoteIPRanges', holds_ip: 'remote_ip' } };
    const not: Condition = { field: { name: 'RemoteIPRanges', holds_no_ip: 'remote_ip' } };
    expect(ids(holds, CONNECTOR, { remote_ip: '192.0.2.9' })).toBe(true);
    expect(ids(not, CONNECTOR, { remote_ip: '192.0.2.9' })).toBe(false);
    expect(ids(not, CONNECTOR, { remote_ip: '198.51.100.8' })).toBe(true);
    expect(ids(holds, CONNECTOR)).toBe(false);
    expect(ids(not, CONNECTOR)).toBe(false);
  });

  test('bits of the number that adsutil and ldifde print', () => {
    const on: Condition = { field: { name: 'AuthFlags', bits: 4 } };
    const off: Condition = { field: { name: 'AuthFlags', no_bits: 4 } };
    expect(ids(on, 'AuthFlags                       : (INTEGER) 7')).toBe(true);
    expect(ids(off, 'AuthFlags                       : (INTEGER) 3')).toBe(true);
    expect(ids(on, 'AuthFlags : none')).toBe(false);
    expect(ids(off, 'AuthFlags : none')).toBe(false);
  });

  test('a value that was cut by the shell is unreadable, neither a match nor its absence', () => {
    const text = 'RemoteIPRanges : {192.0.2.1, 192.0.2.2, 192.0.2.3, 192.0.2.4...}';
    const result = readOutput(command(['lacks', { field: { name: 'RemoteIPRanges', lacks: '198.51.100.7' } }]), text);
    expect(result.hits).toEqual([]);
    expect(result.unreadable).toEqual([{ line: 1, text }]);
    expect(ids({ not: { field: { name: 'RemoteIPRanges', has: '198.51.100.7' } } }, text)).toBe(false);
  });

  test('a value that Format-List wrapped at the window is unreadable', () => {
    const text =
      'AuthMechanism    : Tls, Integrated, BasicAuth, BasicAuthRequireTLS, Exch\n                   angeServer';
    expect(ids({ field: { name: 'AuthMechanism', lacks: 'ExchangeServer' } }, text)).toBe(false);
  });

  test('a value that LDIF folded is read whole', () => {
    const text = 'dn: CN=1,CN=SMTP\nmsExchNTAuthenticationProviders: GSS\n API,NTLM';
    expect(ids({ field: { name: 'msExchNTAuthenticationProviders', has: ['GSSAPI', 'NTLM'] } }, text)).toBe(true);
  });

  test('two objects that say different things give two readings, so no suggestion', () => {
    const rules = command(
      ['yes', { field: { name: 'AuthMechanism', has: 'ExchangeServer' } }],
      ['no', { field: { name: 'AuthMechanism', lacks: 'ExchangeServer' } }],
    );
    const text = 'AuthMechanism : Tls\n\nAuthMechanism : Tls, ExchangeServer';
    expect(readOutput(rules, text).hits.map((hit) => hit.id)).toEqual(['yes', 'no']);
  });

  test('a block rule wants its parts in one and the same object', () => {
    const when: Condition = {
      block: { all: [{ field: { name: 'Identity', matches: 'B' } }, { field: { name: 'Enabled', equals: 'True' } }] },
    };
    expect(ids(when, 'Identity : A\nEnabled : True\n\nIdentity : B\nEnabled : False')).toBe(false);
    expect(ids(when, 'Identity : A\nEnabled : False\n\nIdentity : B\nEnabled : True')).toBe(true);
  });
});

describe('a table', () => {
  const TABLE = [
    'Identity                                Bindings                                Enabled TransportRole',
    '--------                                --------                                ------- -------------',
    'MBX01\\Default MBX01                     {0.0.0.0:2525, [::]:2525}                  True HubTransport',
    'MBX01\\Outbound Proxy Frontend MBX01     {[::]:717, 0.0.0.0:717}                   False FrontendTransport',
    'MBX01\\Cut                               {[::]:25, 0.0.0.0:2...                     True FrontendTransport',
  ].join('\n');

  test.each<[string, Condition, boolean]>([
    ['right-aligned column', { column: { name: 'Enabled', equals: 'False' } }, true],
    ['column behind a right-aligned one', { column: { name: 'TransportRole', equals: 'HubTransport' } }, true],
    ['list in a column', { column: { name: 'Bindings', has: '0.0.0.0:717' } }, true],
    ['name with blanks', { column: { name: 'Identity', equals: 'MBX01\\Outbound Proxy Frontend MBX01' } }, true],
    ['a cell that was cut', { column: { name: 'Bindings', has: '0.0.0.0:2' } }, false],
    ['a column that is not there', { column: { name: 'Fqdn', matches: '.' } }, false],
  ])('%s', (_, when, expected) => {
    expect(ids(when, TABLE)).toBe(expected);
  });
});

describe('what comes from terminals and mails', () => {
  const when: Condition = { field: { name: 'AuthMechanism', has: 'Tls' } };
  test.each([
    ['CRLF', 'X : 1\r\nAuthMechanism : Tls\r\n'],
    ['colour codes', '\u001b[32;1mAuthMechanism : \u001b[0mTls'],
    ['a byte order mark', '\uFEFFAuthMechanism : Tls'],
    ['no-break blanks', 'AuthMechanism\u00a0:\u00a0Tls'],
    ['tabs', '\tAuthMechanism\t:\tTls'],
  ])('%s do not matter', (_, text) => {
    expect(ids(when, text)).toBe(true);
  });

  test('the echo of the command is no evidence', () => {
    const rule: Condition = { line: { pattern: 'ExchangeServer' } };
    const sent = "Set-ReceiveConnector -AuthMechanism 'ExchangeServer'";
    expect(readOutput(command(['x', rule]), `PS C:\\> ${sent}\n`, {}, sent).hits).toEqual([]);
    expect(ids(rule, `[PS] C:\\>Get-ReceiveConnector | ? AuthMechanism -match ExchangeServer\n`)).toBe(false);
  });

  test('evidence lines count from 1 in the output as it came', () => {
    const { hits } = readOutput(command(['x', when]), 'a\r\nb\r\nAuthMechanism : Tls');
    expect(hits[0]?.evidence).toEqual([{ line: 3, text: 'AuthMechanism : Tls' }]);
  });
});

describe('what was typed', () => {
  const rules = command(
    ['mistake', { typed: 'adsutil(\\.vbs)?\\s+SET\\b' }],
    ['on', { field: { name: 'AuthFlags', bits: 4 } }],
  );
  const OUTPUT = 'AuthFlags : (INTEGER) 7\n';
  const read = (text: string, sent?: string) => readOutput(rules, text, {}, sent).hits;

  test('is read behind the prompt of a copy, and that line is the evidence', () => {
    const line = 'C:\\Scripts>cscript adsutil.vbs SET SmtpSvc/1/AuthFlags 7';
    expect(read(`${line}\n${OUTPUT}`)[0]).toMatchObject({ id: 'mistake', evidence: [{ line: 1, text: line }] });
  });

  test('is the command that was sent, where it was sent from here', () => {
    expect(read(OUTPUT, 'cscript adsutil.vbs SET SmtpSvc/1/AuthFlags 7')[0]).toMatchObject({
      id: 'mistake',
      evidence: [{ line: 1, text: 'AuthFlags : (INTEGER) 7' }],
    });
  });

  test('is nothing that the command printed of itself, and nothing where only the output is there', () => {
    expect(read(OUTPUT).map(({ id }) => id)).toEqual(['on']);
    expect(read(OUTPUT, 'cscript adsutil.vbs GET SmtpSvc/1/AuthFlags').map(({ id }) => id)).toEqual(['on']);
    expect(read('', 'cscript adsutil.vbs SET x 1')).toEqual([]);
  });
});

describe('a step', () => {
  const rules = command(
    ['on', { field: { name: 'Flag', bits: 4 } }],
    ['off', { field: { name: 'Flag', no_bits: 4 } }],
    ['english', { line: { pattern: 'access denied', english: true } }],
  );
  const step = {
    kind: 'check',
    outcomes: [
      { id: 'set', when: ['T1.on'] },
      { id: 'clear', when: ['T1.off'] },
      { id: 'denied', when: ['T1.english'] },
    ],
  } as unknown as Step;

  test('gets one outcome with its lines', () => {
    expect(readForStep(step, rules, 'x\nFlag : 7')).toMatchObject({ suggested: 'set', evidence: [{ line: 2 }] });
  });

  test('gets none where the output says two things', () => {
    expect(readForStep(step, rules, 'Flag : 7\n\nFlag : 3')).toMatchObject({
      suggested: null,
      note: expect.stringContaining('two different'),
    });
  });

  test.each([
    ['', 'empty'],
    ['hello', 'Not recognised'],
    ['Flag : {1...}', 'cut off'],
  ])('gets none and the reason for %j', (text, reason) => {
    expect(readForStep(step, rules, text)).toMatchObject({ suggested: null, note: expect.stringContaining(reason) });
  });

  test('is told when a reading rests on an English sentence', () => {
    expect(readForStep(step, rules, 'Access denied')).toMatchObject({
      suggested: 'denied',
      note: 'Recognised in English output only.',
    });
  });

  test('never gets a suggestion without an evidence line that belongs to it, whatever the text', () => {
    const piece = fc.constantFrom(
      'Flag : 7',
      'Flag : 3',
      'access denied',
      'Flag',
      ': 4',
      '',
      '\r',
      '---- ----',
      '\u001b[1m',
    );
    const text = fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, (output) => {
        const reading = readForStep(step, rules, output);
        if (reading.suggested === null) return;
        expect(reading.evidence.length).toBeGreaterThan(0);
        for (const { text: line } of reading.evidence) expect(line).toMatch(/flag|access denied/i);
      }),
      { numRuns: 2000 },
    );
  });
});
