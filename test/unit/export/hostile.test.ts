import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeCsv } from '../../../electron/export/csv.ts';
import { writeHtml } from '../../../electron/export/html.ts';
import { writeJira } from '../../../electron/export/jira.ts';
import { writeJson } from '../../../electron/export/json.ts';
import { writeLetter } from '../../../electron/export/letter.ts';
import { writeMarkdown } from '../../../electron/export/markdown.ts';
import { MOST_CHARACTERS, writeSummary } from '../../../electron/export/summary.ts';
import { writeText } from '../../../electron/export/text.ts';
import { COLUMNS, widthOf } from '../../../electron/export/text-layout.ts';
import { visible } from '../../../electron/export/visible.ts';
import type { Checklist } from '../../../wizards/engine/checklist.ts';
import { textOf, tokensOf } from './html-tokens.ts';
import { bare, blocksOf } from './markdown-blocks.ts';
import { HOSTILE_MARKUP, HOSTILE_TEXTS, poison, UNSEEN } from './poison.ts';
import { fullWalk, Walker } from './walker.ts';

/** Every kind of block: a solved case, and one with all that a proper case has not. */
function practiceCase() {
  const walk = new Walker({ practice: 'first' });
  walk.choose('unknown').read('Tls', { source: 'simulated', truncated: true, ended: 'timeout', ms: null });
  walk.capture(null, 'Get-Queue', 'a\nb', { source: 'typed' }).choose('missing').choose('left').choose('left');
  return walk.input({ type: 'back', to: 1 }).checklist();
}
const SOLVED = fullWalk().checklist();
const PRACTICE = practiceCase();
const CASES = [SOLVED, PRACTICE];
const BENIGN = 'plain';

/** Texts of many scripts and signs, with the ones that mean something in a format more often than by chance. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(
      '<',
      '>',
      '&',
      '"',
      "'",
      '`',
      '\\',
      '[',
      ']',
      '(',
      ')',
      '|',
      '*',
      '_',
      '#',
      '\n',
      ' ',
      '~',
      '=',
      '-',
      'a',
      '1',
      '.',
      ':',
      '/',
    ),
    maxLength: 40,
  }),
);

type Check = (text: string, made: Checklist) => void;
const forEachText = (check: Check) => {
  for (const text of HOSTILE_TEXTS) check(text, SOLVED);
  for (const text of HOSTILE_MARKUP) check(text, PRACTICE);
};
const property = (check: Check) =>
  fc.assert(
    fc.property(anyText, fc.constantFrom(...CASES), (text, made) => check(text, made)),
    { numRuns: 200 },
  );
/** Computed once for each case: what a harmless text gives. */
function perCase<T>(compute: (made: Checklist) => T): (made: Checklist) => T {
  const known = new Map(CASES.map((made) => [made, compute(made)]));
  return (made) => known.get(made) ?? compute(made);
}

describe('HTML', () => {
  const shape = (html: string) =>
    tokensOf(html).map(({ tag, attributes, closing }) => `${closing ? '/' : ''}${tag}${attributes}`);
  const kinds = (html: string) => new Set(shape(html));
  const harmless = perCase((made) => kinds(writeHtml(poison(made, 'one\n\ntwo'))));

  /** What a text may add is more paragraphs and lines of the kinds that are there anyway. */
  function holds(text: string, made: Checklist): void {
    const html = writeHtml(poison(made, text));
    expect([...kinds(html)].filter((token) => !harmless(made).has(token))).toEqual([]);
    expect(html.replace(/<[^<>]*>/g, '')).not.toMatch(UNSEEN);
  }

  test('no hostile text becomes an element or an attribute', () => forEachText(holds), 60_000);
  test('no text at all does', () => property(holds), 60_000);

  test('shows the text itself, sign by sign', () => {
    for (const text of HOSTILE_TEXTS) {
      const made = structuredClone(SOLVED);
      const [step] = made.path.steps[2]?.captures ?? [];
      if (step) step.text = text;
      expect(textOf(writeHtml(made))).toContain(visible(text));
    }
  });

  test('allows no script, no network and no other source than its own style', () => {
    const html = writeHtml(fullWalk().checklist());
    expect(html).toContain(
      '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">',
    );
    const tags = new Set(tokensOf(html).map(({ tag }) => tag));
    for (const tag of ['script', 'link', 'img', 'iframe', 'object', 'a', 'form', 'base'])
      expect(tags).not.toContain(tag);
    expect(tokensOf(html).filter(({ tag, closing }) => tag === 'style' && !closing)).toHaveLength(1);
    expect(/url\(|@import/.exec(html)).toBeNull();
  });
});

describe('Markdown', () => {
  const harmless = perCase((made) => blocksOf(writeMarkdown(poison(made, BENIGN))).headings);
  function holds(text: string, made: Checklist): void {
    const { headings, prose } = blocksOf(writeMarkdown(poison(made, text)));
    expect(headings).toEqual(harmless(made));
    const faults = prose.filter((line) => {
      const signs = bare(line).replace(/^- \[ \] ?/, '');
      return MEANING.test(signs) || !LINE.test(line) || UNSEEN.test(line);
    });
    expect(faults).toEqual([]);
  }
  /** HTML, links, tables, strikes, addresses and entities, once what is escaped is gone. */
  const MEANING = /[<[\]|~]|:\/\/|&(?:[a-z]+|#\w+);(?<!&lt;|&amp;)/i;
  /** What begins a line is a sign of ours or an ordinary character. */
  const LINE =
    /^(?:$|#{1,6} |- (?:\*\*|\[ \] |(?![-+*>#=]|\d{1,9}[.)] |\s))|- $|- \[ \] $|> (?:\*\*|(?![-+*>#=]|\d{1,9}[.)] |\s))|> $|> \*\*|(?![-+*>#=~]|\d{1,9}[.)] |\s))/;

  test('no hostile text becomes a heading, a link, a list, a table or HTML', () => forEachText(holds), 60_000);
  test('no text at all does', () => property(holds), 60_000);

  test('keeps a command as it is, in a fence of its own', () => {
    for (const text of HOSTILE_TEXTS) {
      const made = structuredClone(SOLVED);
      const [capture] = made.path.steps[2]?.captures ?? [];
      if (capture) capture.text = text;
      expect(blocksOf(writeMarkdown(made)).fences).toContain(visible(text));
    }
  });
});

describe('plain text', () => {
  const starts = (text: string) =>
    text
      .split('\n')
      .filter((line) => /^[^\s*]/.test(line))
      .map((line) => line.slice(0, 22).trimEnd());

  const harmless = perCase((made) => new Set(starts(writeText(poison(made, BENIGN)))));
  function holds(text: string, original: Checklist): void {
    const made = poison(original, text);
    const written = writeText(made);
    const commands = new Set(commandLines(made));
    const wide = written.split('\n').filter((line) => !commands.has(line) && widthOf(line) > COLUMNS);
    expect(wide).toEqual([]);
    // Only words of ours stand at the start of a line.
    expect(starts(written).filter((start) => !harmless(original).has(start))).toEqual([]);
    expect(written.replaceAll('\n', '')).not.toMatch(UNSEEN);
  }
  const commandLines = (made: Checklist) =>
    [made.chain.head, ...made.path.steps.flatMap((step) => step.captures.map((capture) => capture.text))]
      .flatMap((text) => visible(text).split('\n'))
      .map((line) => `    ${line}`);

  test('no hostile text leaves its column', () => forEachText(holds), 60_000);
  test('no text at all does', () => property(holds), 60_000);

  test('keeps a long command on one line, so that it cannot run in halves', () => {
    const made = fullWalk().checklist();
    const long = `Get-Queue -Filter '${'x'.repeat(300)}'`;
    const [capture] = made.path.steps[2]?.captures ?? [];
    if (capture) capture.text = long;
    expect(writeText(made).split('\n')).toContain(`    ${long}`);
  });
});

describe('JSON', () => {
  function holds(text: string, original: Checklist): void {
    const made = poison(original, text);
    const json = writeJson(made);
    expect(JSON.stringify(JSON.parse(json))).toBe(JSON.stringify(made));
    expect(json.replaceAll('\n', '')).not.toMatch(UNSEEN);
  }
  test('gives back every hostile text unchanged', () => forEachText(holds), 60_000);
  test('gives back every text unchanged', () => property(holds), 60_000);
});

describe('Jira', () => {
  /** Lines outside of blocks; what is escaped and the signs of ours at their beginning are gone. */
  function linesOf(jira: string): { headings: number; blocks: number; prose: string[] } {
    let end: string | null = null;
    const result = { headings: 0, blocks: 0, prose: [] as string[] };
    for (const line of jira.split('\n')) {
      if (end !== null) {
        if (line === end) end = null;
        continue;
      }
      if (line === '{noformat}' || line === '{code}') {
        end = line;
        result.blocks += 1;
        continue;
      }
      if (/^h[1-6]\. /.test(line)) result.headings += 1;
      result.prose.push(
        line
          .replace(/^(?:h[1-6]\. |bq\. |\* )/, '')
          .replace(/^\*(?:[^*]|\\\*)*?(?<!\\):?\*/, '')
          .replace(/\{\{((?:[^{}\\]|\\.)*)\}\}/g, '$1')
          .replace(/\\[{}[\]|*_+^~?!(]|&#\d+;/g, 'x'),
      );
    }
    expect(end).toBeNull();
    return result;
  }
  const harmless = perCase((made) => linesOf(writeJira(poison(made, BENIGN))));
  /** Macros, links, tables, pictures, rules, lists, headings and HTML. */
  const MEANING = /[{}[\]|!<]|:\/\/|^(?:[#*-]|h[1-6]\.|bq\.)|----|\*\S/i;

  function holds(text: string, made: Checklist): void {
    const jira = writeJira(poison(made, text));
    const { headings, prose } = linesOf(jira);
    expect(headings).toBe(harmless(made).headings);
    expect(prose.filter((line) => MEANING.test(line))).toEqual([]);
    expect(jira.replaceAll('\n', '')).not.toMatch(UNSEEN);
  }
  test('no hostile text becomes a macro, a heading, a link, a list or a table', () => {
    for (const text of [...JIRA_TEXTS, ...HOSTILE_TEXTS]) holds(text, SOLVED);
    for (const text of [...JIRA_TEXTS, ...HOSTILE_MARKUP]) holds(text, PRACTICE);
  }, 60_000);
  test('no text at all does', () => property(holds), 60_000);

  test('an output that holds the end of a block does not end it', () => {
    for (const text of JIRA_TEXTS) {
      const made = structuredClone(SOLVED);
      const [capture] = made.path.steps[2]?.captures ?? [];
      if (capture) capture.text = text;
      expect(linesOf(writeJira(made)).headings).toBe(linesOf(writeJira(SOLVED)).headings);
    }
  });
});

const JIRA_TEXTS = [
  '{noformat}\nh1. out\n{noformat}',
  '{code}\nh1. out\n{code}',
  '{code:java}{noformat}x{noformat}{code}',
  '{noformat}\n{code}\nh2. out\n{code}\n{noformat}',
  '{html}<b>x</b>{html} {color:red}x{color} {quote}x{quote}',
  '[~admin] [x|http://contoso.com] !image.png! |a|b|\n||h||',
  'h1. heading\nbq. quote\n# list\n* star\n----\n- dash',
  '*bold* _em_ +ins+ -del- ^up^ ~low~ ??cite?? {{mono}} (/) :-) ;) (x) (!)',
  '\\{noformat}\\\\h1. x',
  '}} {{',
];

describe('CSV', () => {
  /** The cells of each row, as RFC 4180 writes them. */
  function cellsOf(csv: string): string[][] {
    expect(csv.startsWith('\ufeff')).toBe(true);
    const rows: string[][] = [];
    let at = 1;
    while (at < csv.length) {
      const row: string[] = [];
      for (;;) {
        const found = /^"((?:[^"]|"")*)"(,|\r\n)/.exec(csv.slice(at));
        if (!found) throw new Error(`No cell at ${at}: ${csv.slice(at, at + 40)}`);
        row.push((found[1] ?? '').replaceAll('""', '"'));
        at += found[0].length;
        if (found[2] !== ',') break;
      }
      rows.push(row);
    }
    return rows;
  }
  function holds(text: string, made: Checklist): void {
    const rows = cellsOf(writeCsv(poison(made, text)));
    expect(rows).toHaveLength(cellsOf(writeCsv(made)).length);
    for (const row of rows) {
      expect(row).toHaveLength(rows[0]?.length ?? 0);
      expect(
        row.filter((cell) => /^[\s\p{Cf}'"]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]/u.test(cell) && !cell.startsWith("'")),
      ).toEqual([]);
    }
  }
  const FORMULAS = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    ' =1',
    '"=1',
    '\uff1d1',
    "=cmd|'/c calc'!A0",
    '","=1',
  ];
  test('no hostile text leaves its cell or is a formula', () => {
    for (const text of FORMULAS) holds(text, SOLVED);
    forEachText(holds);
  }, 60_000);
  test('no text at all does', () => property(holds), 60_000);
});

describe('the summary', () => {
  function holds(text: string, made: Checklist): void {
    const written = writeSummary(poison(made, text));
    expect(written.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    expect(written.replaceAll('\n', '')).not.toMatch(UNSEEN);
  }
  test('takes no more than a ticket field, whatever the texts', () => forEachText(holds), 60_000);
  test('does so for any text', () => property(holds), 60_000);

  test('of a long walk still says what was wrong, what was changed and how to undo it, and that lines are missing', () => {
    const made = structuredClone(SOLVED);
    const [step] = made.path.steps;
    if (step)
      made.path.steps = [
        ...Array.from({ length: 60 }, () => ({ ...step, title: `${'x'.repeat(120)}?` })),
        ...made.path.steps,
      ];
    const written = writeSummary(made);
    expect(written).toContain('connectors.no-server-authentication');
    expect(written).toContain('Put the mechanisms back as they were.');
    expect(written).toMatch(/\d+ lines were left out here/);
    expect(written).toContain(made.chain.head);
  });
});

describe('the letter', () => {
  function holds(text: string, made: Checklist): void {
    const written = writeLetter(poison(made, text));
    expect(written.split('\n').filter((line) => widthOf(line) > COLUMNS)).toEqual([]);
    expect(written.replaceAll('\n', '')).not.toMatch(UNSEEN);
  }
  test('keeps its columns, whatever the texts', () => forEachText(holds), 60_000);
  test('does so for any text', () => property(holds), 60_000);

  test('asks what the wizard knows to ask of the other side, else for a look into their log', () => {
    const made = structuredClone(SOLVED);
    expect(writeLetter(made)).toContain('Please look into the log of your server');
    if (made.verdict) made.verdict.asks = ['Please give your server an address.'];
    expect(writeLetter(made)).toContain('  - Please give your server an address.');
    expect(writeLetter(made)).not.toContain('Please look into the log of your server');
  });
});
