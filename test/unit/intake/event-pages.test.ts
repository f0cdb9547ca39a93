/** Events as pages and tickets show them: labels and values apart, cells, bold print, lost quotes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { triage } from '../../../wizards/engine/triage.ts';
import { description, quote, SAMPLE, viewer2003, viewer2008, wrapAtBlanks } from '../../fixtures/events/compose.ts';
import * as forms from '../../fixtures/events/compose-forms.ts';
import { testLibrary } from '../../fixtures/events/library.ts';

const library = testLibrary();
const text = description(SAMPLE);
const bare = text.replaceAll('"', '');

describe('an event on a page', () => {
  test.each([
    [
      'label and value on lines of their own',
      `Event Id\n7004\nSource\nMSExchangeTransport\nComputer\nMAIL1\nDescription\n${text}`,
    ],
    [
      'empty lines between them',
      `Event Id\n\n\t7004\n\nSource\n\n\tMSExchangeTransport\n\nComputer\n\n\tMAIL1\n\nDescription\n\n${text}`,
    ],
    [
      'cells of a table',
      `<table><tr><td>Event ID</td><td>7004</td></tr><tr><td>Source</td><td>MSExchangeTransport</td></tr><tr><td>Computer</td><td>MAIL1</td></tr><tr><td>Description</td><td>${text.replaceAll('"', '&quot;')}</td></tr></table>`,
    ],
    [
      'a table of Markdown',
      `| Event ID | 7004 |\n| Source | MSExchangeTransport |\n| Computer | MAIL1 |\n| Description | ${text} |`,
    ],
    [
      'bold labels',
      `**Event ID:** 7004\n**Source:** MSExchangeTransport\n**Computer:** MAIL1\n**Description:** ${text}`,
    ],
    ['one line', `Source: MSExchangeTransport; Event ID: 7004; Computer: MAIL1; Message: ${text}`],
    [
      'lost quotes, wrapped and quoted',
      quote(wrapAtBlanks(`Event ID: 7004\nSource: MSExchangeTransport\nComputer: MAIL1\nDescription:\n${bare}`, 60), 2),
    ],
  ])('with %s is read', (_, page) => {
    const { findings } = triage(library, page);
    expect(findings).toMatchObject([
      {
        kind: 'event',
        id: '7004',
        source: 'MSExchangeTransport',
        fields: {
          event_id: '7004',
          local_server: 'MAIL1',
          remote_host: 'mail2.contoso.com',
          command: 'xexch50',
          reply: '504 Need to authenticate first',
          full_command: 'XEXCH50 2336 3',
        },
      },
    ]);
  });

  test('leaves a reply below it to be found for itself', () => {
    for (const event of [
      viewer2003(SAMPLE),
      viewer2008(SAMPLE),
      forms.viewerCsv([SAMPLE]),
      forms.winEventList(SAMPLE),
    ]) {
      const { findings } = triage(library, `${event}\n\nLastError : 451 4.7.0 Temporary server error`);
      expect(findings.map(({ kind, id }) => [kind, id])).toEqual([
        ['event', '7004'],
        ['reply', '4.7.0'],
      ]);
    }
  });

  test('keeps the reply that it quotes to itself, wherever the line breaks', () => {
    for (let width = 1; width < 120; width += 1) {
      const { findings } = triage(library, wrapAtBlanks(forms.winEventList(SAMPLE), width));
      expect(findings.map(({ kind }) => kind)).toEqual(['event']);
    }
  });
});

describe('any form, cut and mixed', () => {
  const whole = [
    forms.winEventListAll(SAMPLE),
    forms.eventLogList(SAMPLE),
    forms.wevtutilText([SAMPLE, SAMPLE]),
    forms.eventqueryList([SAMPLE]),
    forms.eventqueryTable([SAMPLE]),
    forms.viewerCsv([SAMPLE, SAMPLE]),
    forms.viewer2003Rows([SAMPLE], '\t'),
    forms.winEventCsv([SAMPLE], ';'),
    forms.winEventTable([SAMPLE]),
    forms.eventLogTable([SAMPLE]),
    forms.xmlEvent({ source: 'MSExchangeTransport', id: 7004, message: text, binary: 'EF0204C0' }),
  ];
  const piece = fc
    .constantFrom(...whole)
    .chain((one) =>
      fc
        .tuple(fc.nat({ max: one.length }), fc.nat({ max: one.length }))
        .map(([a, b]) => one.slice(Math.min(a, b), Math.max(a, b))),
    );
  const odd = fc.constantFrom(
    '\n',
    '\r\n',
    '> ',
    '\t',
    '"',
    ',',
    ';',
    ' : ',
    'Event[3]:',
    '----- -----',
    '<Event>',
    '\0',
    '\u2028',
  );

  test('is read without an error, with lines that stand in the text', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, odd), { maxLength: 12 }), (pieces) => {
        const mixed = pieces.join('');
        const lines = mixed.split(/\r\n|\r|\n/).length;
        for (const { line, end, fields } of triage(library, mixed).findings) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(end ?? line).toBeGreaterThanOrEqual(line);
          expect(end ?? line).toBeLessThanOrEqual(lines);
          for (const value of Object.values(fields)) expect(value.trim()).not.toBe('');
        }
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    'TimeCreated : 5\nId : 7004\nMessage : x\n',
    'Event[0]:\n  Event ID: 1\n  Source: x\n',
    '"Id","Message","ProviderName"\n"7004","',
    'Event ID,Source,Level\n5,a,b,"\n',
    '1/1/2011,10:00:00,a,b,c,7,d,e\n',
    'TimeCreated Id Message\n----------- -- -------\n5 7004 This is an SMTP\n',
    'TimeCreated > > >\n',
  ])('two megabytes of %j end soon', (part) => {
    const long = part.repeat(2_000_000 / part.length);
    const started = performance.now();
    expect(triage(library, long).findings.length).toBeLessThanOrEqual(2000);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('prose that names these things is no event', () => {
    const prose =
      'Please run Get-WinEvent and look at TimeCreated, Id and Message: the ProviderName : is what we need.\nThe Event[0]: block of wevtutil has a Source and a Level.\nIn the CSV the columns are Level, Date and Time, Source.\nMachineName : see above\n<Event> is an element.';
    expect(triage(library, prose).findings).toEqual([]);
  });
});
