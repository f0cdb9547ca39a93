import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOST_FINDINGS, triage } from '../../../wizards/engine/triage.ts';
import {
  cutAtColumn,
  description,
  type Protocol,
  quote,
  SAMPLE,
  viewer2003,
  viewer2008,
  wrapAtBlanks,
} from '../../fixtures/events/compose.ts';
import { testLibrary } from '../../fixtures/events/library.ts';

const library = testLibrary();
const word = fc.stringMatching(/^[A-Za-z0-9#.:-]{1,14}$/);
const words = fc.array(word, { maxLength: 8 }).map((list) => list.join(' '));
const event: fc.Arbitrary<Protocol> = fc.record({
  id: fc.constantFrom(7002, 7004, 7010),
  virtualServer: fc.constantFrom('', '1', '12'),
  connection: fc.nat({ max: 999 }).map(String),
  peer: fc.constantFrom('', 'mail2.contoso.com', '192.0.2.84', 'edge-with.fabrikam.com', '2001:db8::25'),
  command: fc.constantFrom('xexch50', 'rcpt', 'mail', 'data', 'x-link2state'),
  reply: fc.tuple(fc.integer({ min: 400, max: 599 }), words).map(([code, text]) => `${code} ${text} `),
  full: fc.oneof(fc.constant('RCPT TO:<first.last@contoso.com>'), words),
});
const layout = fc.constantFrom(viewer2003, viewer2008, description);
/** What was found, wherever it stands. */
const found = (text: string) => triage(library, text).findings.map(({ line: _, end: __, ...rest }) => rest);

describe('an event that a mail program has mangled', () => {
  test('gives the same findings when it is wrapped at blanks, at any width', () => {
    fc.assert(
      fc.property(event, layout, fc.integer({ min: 1, max: 120 }), (one, print, width) => {
        const text = print(one);
        expect(found(wrapAtBlanks(text, width))).toEqual(found(text));
        expect(found(text)).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
  });

  test('gives the same findings when it is quoted, however often, after it was wrapped', () => {
    fc.assert(
      fc.property(
        event,
        layout,
        fc.integer({ min: 30, max: 120 }),
        fc.integer({ min: 1, max: 6 }),
        (one, print, width, depth) => {
          const text = print(one);
          expect(found(quote(wrapAtBlanks(text, width), depth))).toEqual(found(text));
          expect(found(quote(wrapAtBlanks(text, width), depth).replaceAll('> ', '>'))).toEqual(found(text));
          // Quoted first, wrapped by the next program: some lines lose their signs.
          expect(found(wrapAtBlanks(quote(text, depth), width))).toEqual(found(text));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('gives the same findings when its lines were cut at a column, quoted or not', () => {
    // That lines were cut and not wrapped shows only where a word of the fixed text was split.
    const narrow = fc.integer({ min: 20, max: 60 });
    fc.assert(
      fc.property(event, narrow, fc.integer({ min: 0, max: 3 }), (one, width, depth) => {
        const text = description(one);
        const cut = cutAtColumn(text, width);
        fc.pre(splitsFixedWord(cut));
        expect(found(quote(cut, depth))).toEqual(found(text));
      }),
      { numRuns: 300 },
    );
  });
});

/** Whether a break stands inside one of the words that every such event has. */
function splitsFixedWord(cut: string): boolean {
  const fixed = [
    'protocol',
    'virtual',
    'server',
    'connection',
    'remote',
    'responded',
    'command',
    'client',
    'probably',
    'cause',
    'fail',
  ];
  return fixed.some((one) => [...one].some((_, i) => i > 0 && cut.includes(`${one.slice(0, i)}\n${one.slice(i)}`)));
}

describe('any text at all', () => {
  test('is read without an error, with findings that stand in it', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc
        .constantFrom(description(SAMPLE), viewer2003(SAMPLE), viewer2008({ ...SAMPLE, id: 7010 }))
        .chain((text) =>
          fc
            .tuple(fc.nat({ max: text.length }), fc.nat({ max: text.length }))
            .map(([a, b]) => text.slice(Math.min(a, b), Math.max(a, b))),
        ),
      fc.constantFrom('\n', '> ', '<', '&quot;', '&#x;', '\0', 'Event ID:', 'Source:', '"', '\ud800'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const { findings, suggestions, note } = triage(library, text);
        const lines = text.split(/\r\n|\r|\n/).length;
        for (const one of findings) {
          expect(one.line).toBeGreaterThanOrEqual(1);
          expect(one.line).toBeLessThanOrEqual(lines);
          for (const value of Object.values(one.fields)) expect(value).toBe(value.trim());
          expect(Object.values(one.fields)).not.toContain('');
        }
        for (const one of suggestions) expect(findings[one.finding]).toBeDefined();
        if (suggestions.length === 0) expect(note).not.toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  const size = 5 * 1024 * 1024;
  const times = (text: string) => text.repeat(Math.ceil(size / text.length)).slice(0, size);
  test.each([
    ['one letter', times('a')],
    ['quote signs', times('> ')],
    ['open brackets', times('<p <')],
    ['ampersands', times('&amp;amp;')],
    ['labels', times('Event ID: 7004 Source: ')],
    ['beginnings of the description', times('This is an SMTP protocol error log for virtual server ID ')],
    ['middles of the description', times('The remote host "')],
    ['events', times(`${viewer2003(SAMPLE)}\n\n`)],
    ['one line of blanks', times(' ')],
  ])('5 MB of %s end in a bounded list', (_, text) => {
    const { findings } = triage(library, text);
    expect(findings.length).toBeLessThanOrEqual(MOST_FINDINGS);
  });

  test('5 MB of events: as many as the list holds, and a note that there are more', () => {
    const one = `${viewer2003(SAMPLE)}\n\n`;
    const { findings, note } = triage(library, one.repeat(MOST_FINDINGS + 500));
    expect(findings).toHaveLength(MOST_FINDINGS);
    expect(note).toMatch(/more than 2000 events/);
    expect(findings.every(({ fields }) => fields.reply === '504 Need to authenticate first')).toBe(true);
  });

  test('beyond 8 million characters is read at its beginning only, and the note says so', () => {
    const { findings, note } = triage(
      library,
      `${viewer2003(SAMPLE)}\n${' '.repeat(8 * 1024 * 1024)}\n${viewer2003(SAMPLE)}`,
    );
    expect(findings).toHaveLength(1);
    expect(note).toMatch(/only its beginning/);
  });
});
