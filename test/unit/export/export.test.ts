import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EXPORT_FORMATS } from '../../../electron/contract.ts';
import { EXPORTERS, exportCase } from '../../../electron/export/export.ts';
import { fileName } from '../../../electron/export/file-name.ts';
import { fullWalk, Walker } from './walker.ts';

const GOLDEN = new URL('../../fixtures/export/', import.meta.url);

describe('a full walk', () => {
  test.each(EXPORT_FORMATS)('reads as agreed in %s', (format) => {
    const { text } = exportCase(fullWalk().checklist(), format);
    const file = new URL(`full-walk.${format}`, GOLDEN);
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, text);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });

  // A row a step, and a letter to somebody else, tell less.
  test.each(EXPORT_FORMATS.filter((format) => format !== 'csv' && format !== 'letter'))(
    'tells in %s what was wrong, how it was proven, what was changed and how to undo it',
    (format) => {
      const { text } = exportCase(fullWalk().checklist(), format);
      const plain = text.replaceAll('&#39;', "'").replaceAll('&#92;', '\\').replaceAll('\\\\', '\\');
      expect(plain).toContain('connectors.no-server-authentication');
      expect(plain).toContain('AuthMechanism : Tls, Integrated, ExchangeServer');
      expect(plain).toContain(
        "Set-ReceiveConnector -Identity 'MBX02\\Default MBX02' -AuthMechanism 'Tls','Integrated','ExchangeServer'",
      );
      expect(plain).toMatch(
        /Set-ReceiveConnector -Identity 'MBX02\\Default MBX02' -AuthMechanism 'Tls','Integrated'(?!,)/,
      );
      expect(plain).toContain('f00d'.repeat(16));
    },
  );
});

test('every format of the contract has an exporter with its own extension', () => {
  expect(Object.keys(EXPORTERS)).toEqual([...EXPORT_FORMATS]);
  const extensions = Object.values(EXPORTERS).map(({ extension }) => extension);
  expect(new Set(extensions).size).toBe(extensions.length);
});

test.each(['md', 'html', 'txt'] as const)('a practice case says so in %s before anything else is told', (format) => {
  const { text } = exportCase(new Walker({ practice: 'first' }).checklist(), format);
  const practice = text.indexOf('Practice case');
  expect(practice).toBeGreaterThan(0);
  expect(practice).toBeLessThan(text.search(/summary(?![^<]*\})/i));
  expect(exportCase(new Walker().checklist(), format).text).not.toContain('Practice case');
});

test('a long output is shown around its evidence in Markdown, whole in HTML, with the count of its lines', () => {
  const output = Array.from({ length: 150 }, (_, index) =>
    index === 99 ? 'AuthMechanism : Tls' : `Other${index + 1} : x`,
  );
  const walk = new Walker().choose('unknown').capture('E1', 'Get-ReceiveConnector', output.join('\n'));
  const { text: markdown } = exportCase(walk.checklist(), 'md');
  const { text: html } = exportCase(walk.checklist(), 'html');
  expect(markdown).toContain('7 of 150 lines, evidence marked');
  expect(markdown).toContain('> 100 | AuthMechanism : Tls');
  expect(markdown).not.toContain('Other96 :');
  expect(html).toContain('150 lines, evidence marked');
  expect(html).toContain('Other96 :');
  expect(html).toMatch(/<mark><span>100<\/span>AuthMechanism : Tls<\/mark>/);
});

test.each<['pasted' | 'typed' | 'simulated', string]>([
  ['pasted', 'run elsewhere, output pasted'],
  ['typed', 'typed by hand in the terminal'],
  ['simulated', 'simulated (practice)'],
])('a capture that was %s is marked as such', (source, words) => {
  const made = new Walker().choose('unknown').read('Tls', { source }).checklist();
  for (const format of ['md', 'html', 'txt'] as const) expect(exportCase(made, format).text).toContain(words);
});

test('content without a confirmed source is marked in every readable format', () => {
  const made = new Walker().choose('unknown').choose('missing').choose('not-verified').choose('none').checklist();
  for (const format of ['md', 'html'] as const) {
    expect(exportCase(made, format).text).toContain('This content is unverified (no source confirms it).');
  }
});

describe('the file name', () => {
  const named = (ticket: string, title: string, id = 'case-1') => {
    const made = new Walker().checklist();
    return fileName({ ...made, case: { ...made.case, ticket, title, id } }, 'md');
  };
  test.each([
    ['INC0020457', 'mail01 → mail02: 504', 'INC0020457-mail01-mail02-504.md'],
    ['', 'No ticket', 'case-1-no-ticket.md'],
    ['INC/1\\2:3*?"<>|', 'a/b', 'INC-1-2-3-a-b.md'],
    ['T1', 'Störung über Nacht', 'T1-storung-uber-nacht.md'],
    ['T1', '郵便', 'T1.md'],
    ['T1', '', 'T1.md'],
    ['..', '../../etc/passwd', 'case-1-etc-passwd.md'],
    ['CON', '', 'case-CON.md'],
    ['com1', '', 'case-com1.md'],
    ['NUL ', '...', 'case-NUL.md'],
    ['\u0000\u202E', '\u0000', 'case-1.md'],
  ])('of ticket %j and title %j is %s', (ticket, title, name) => {
    expect(named(ticket, title)).toBe(name);
  });

  test('stays short whatever the title', () => {
    expect(named('T'.repeat(500), 'x'.repeat(500)).length).toBeLessThanOrEqual(125);
  });

  test('of a case with nothing usable in it is still a name', () => {
    expect(named('', '', '???')).toBe('case.md');
  });
});

test.each(['md', 'html', 'txt'] as const)('a change that was made by hand is told as such in %s', (format) => {
  const walker = new Walker().choose('unknown').read('Tls, Integrated').choose('missing');
  walker.input({ type: 'by-hand', command: 'E4', text: 'Exchange admin center, security', parameters: {} });
  const { text } = exportCase(walker.checklist(), format);
  expect(text).toMatch(/Change, done by hand/i);
  expect(text).toContain('Exchange admin center, security');
  expect(text).not.toContain('Not recognised');
});
