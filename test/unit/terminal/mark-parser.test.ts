import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeField, type Mark, MarkParser } from '../../../electron/terminal/mark-parser.ts';

const SECRET = '0123456789abcdef0123456789abcdef';
const mark = (number: number, content: string, secret = SECRET): string =>
  `\x1b]633;${secret};${number};${content}\x07`;

interface Seen {
  plain: string;
  marks: Mark[];
  /** Everything in order: marks as `<kind>`. */
  order: string;
}

function parse(chunks: Uint8Array[], ended = true): Seen {
  const seen: Seen = { plain: '', marks: [], order: '' };
  const parser = new MarkParser(SECRET, {
    plain: (bytes) => {
      const text = Buffer.from(bytes).toString('latin1');
      seen.plain += text;
      seen.order += text;
    },
    mark: (one) => {
      seen.marks.push(one);
      seen.order += `<${one.kind}>`;
    },
  });
  for (const chunk of chunks) parser.push(chunk);
  if (ended) parser.end();
  return seen;
}

const parseText = (text: string): Seen => parse([Buffer.from(text, 'latin1')]);

describe('marks of the session', () => {
  test('are cut out and reported in their place', () => {
    const seen = parseText(`a${mark(1, 'C;echo b')}b\r\n${mark(2, 'D;;0')}$ `);
    expect(seen.order).toBe('a<C>b\r\n<D>$ ');
    expect(seen.marks).toEqual([
      { kind: 'C', fields: ['echo b'] },
      { kind: 'D', fields: ['', '0'] },
    ]);
  });

  test('carry text with semicolons, backslashes and line breaks', () => {
    expect(parseText(mark(1, 'C;a\\x3b b\\\\x41\\x0ac')).marks[0]?.fields).toEqual(['a; b\\x41\nc']);
    expect(decodeField('\\x80 stays, so does \\q')).toBe('\\x80 stays, so does \\q');
  });

  test('carry UTF-8', () => {
    expect(parse([Buffer.from(mark(1, 'C;echo ä€😀'))]).marks[0]?.fields).toEqual(['echo ä€😀']);
  });
});

describe('everything else is plain output, byte for byte', () => {
  const forgeries: [string, string][] = [
    ['a wrong secret', mark(1, 'D;;0', 'f'.repeat(32))],
    ['no secret', '\x1b]633;D;0\x07'],
    ['a secret cut short', `\x1b]633;${SECRET.slice(0, 31)};1;D;;0\x07`],
    ['a secret with one more character', `\x1b]633;${SECRET}0;1;D;;0\x07`],
    ['no number', `\x1b]633;${SECRET};;D;;0\x07`],
    ['number 0', mark(0, 'D;;0')],
    ['a negative number', `\x1b]633;${SECRET};-1;D\x07`],
    ['a number with letters', `\x1b]633;${SECRET};1x;D\x07`],
    ['a number of 20 digits', `\x1b]633;${SECRET};${'9'.repeat(20)};D\x07`],
    ['an unknown kind of two letters', mark(1, 'DD;;0')],
    ['no kind', `\x1b]633;${SECRET};1\x07`],
    ['the other terminator', `\x1b]633;${SECRET};1;D;;0\x1b\\`],
    ['a line break inside', mark(1, 'C;a\nb')],
    ['another OSC', `\x1b]133;${SECRET};1;D\x07`],
    ['the 8-bit introducer', `\x9d633;${SECRET};1;D\x07`],
    ['a beginning without end', `\x1b]633;${SECRET};1;D`],
  ];
  test.each(forgeries)('%s', (_, forged) => {
    const seen = parseText(`before${forged}after`);
    expect(seen.marks).toEqual([]);
    expect(seen.plain).toBe(`before${forged}after`);
  });

  test('a mark that was seen before', () => {
    const seen = parseText(`${mark(5, 'D;;0')}${mark(5, 'D;;0')}${mark(4, 'D;;0')}${mark(6, 'B')}`);
    expect(seen.marks.map((one) => one.kind)).toEqual(['D', 'B']);
    expect(seen.plain).toBe(mark(5, 'D;;0') + mark(4, 'D;;0'));
  });

  test('a forged beginning does not swallow the real mark after it', () => {
    for (const beginning of [
      '\x1b',
      '\x1b]',
      '\x1b]633;',
      '\x1b]633;C;',
      `\x1b]633;${SECRET.slice(0, 9)}`,
      `\x1b]633;${SECRET};1;C;x`,
    ]) {
      const seen = parseText(`${beginning}${mark(2, 'D;;7')}`);
      expect(seen.marks).toEqual([{ kind: 'D', fields: ['', '7'] }]);
      expect(seen.plain).toBe(beginning);
    }
  });

  test('a mark inside a forged one is still a mark, and the rest stays plain', () => {
    const seen = parseText(`\x1b]633;${'0'.repeat(32)};1;C;${mark(1, 'D;;0')}tail\x07`);
    expect(seen.order).toBe(`\x1b]633;${'0'.repeat(32)};1;C;<D>tail\x07`);
  });

  test('a body beyond the bound is given up, and marks go on after it', () => {
    const long = `\x1b]633;${SECRET};1;C;${'x'.repeat(300 * 1024)}\x07`;
    const seen = parse([
      Buffer.from(long.slice(0, 200_000)),
      Buffer.from(long.slice(200_000)),
      Buffer.from(mark(2, 'D;;0')),
    ]);
    expect(seen.plain.length).toBe(long.length);
    expect(seen.marks.map((one) => one.kind)).toEqual(['D']);
  });
});

describe('reads of the pty', () => {
  test('what cannot become a mark is not held back', () => {
    expect(parse([Buffer.from('abc\x1b[0m')], false).plain).toBe('abc\x1b[0m');
    expect(parse([Buffer.from('abc\x1b]633;0123x')], false).plain).toBe('abc\x1b]633;0123x');
    expect(parse([Buffer.from('abc\x1b]63')], false).plain).toBe('abc');
  });

  test('what was held back comes when the stream ends', () => {
    expect(parse([Buffer.from('abc\x1b]633;0123')]).plain).toBe('abc\x1b]633;0123');
  });

  // Pieces that are likely to meet in the wrong way.
  const piece = fc.oneof(
    fc.constantFrom(
      '\x1b',
      '\x1b]',
      '\x1b]633;',
      `\x1b]633;${SECRET}`,
      `\x1b]633;${SECRET};`,
      '\x07',
      ';',
      'text\r\n',
      SECRET,
      '\x1b[31m',
    ),
    fc.nat(9).map((number) => mark(number, 'D;;0')),
    fc
      .tuple(fc.nat(9), fc.string({ unit: 'binary-ascii', maxLength: 12 }))
      .map(([number, text]) => mark(number, `C;${text}`)),
    fc.nat(9).map((number) => mark(number, 'B', 'a'.repeat(32))),
    fc.string({ unit: 'binary-ascii', maxLength: 20 }),
  );

  test('any way of cutting the stream gives the same result', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.array(fc.nat(300), { maxLength: 12 }), (pieces, cuts) => {
        const bytes = Buffer.from(pieces.join(''), 'latin1');
        const whole = parse([bytes]);
        const ends = [...new Set([...cuts.filter((cut) => cut < bytes.length), bytes.length])].sort((a, b) => a - b);
        const chunks = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
        expect(parse(chunks)).toEqual(whole);
        expect(parse([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  test('without the secret nothing is ever taken away', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        fc.pre(!text.includes(SECRET));
        const noise = `\x1b]633;${text}\x1b]633;${'a'.repeat(32)};1;D\x07`;
        const bytes = Buffer.from(noise);
        expect(parse([bytes])).toEqual({ plain: bytes.toString('latin1'), marks: [], order: bytes.toString('latin1') });
      }),
    );
  });

  test('large output passes as a view, not as a copy', () => {
    const big = Buffer.alloc(1 << 20, 'x');
    const slices: Uint8Array[] = [];
    new MarkParser(SECRET, { plain: (bytes) => slices.push(bytes), mark: () => {} }).push(big);
    expect(slices).toHaveLength(1);
    expect(slices[0]?.buffer).toBe(big.buffer);
  });
});
