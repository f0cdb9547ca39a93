import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interpret, plainLines, terminalLines } from '../../../electron/terminal/interpret.ts';

const SIZE = { columns: 20, rows: 6 };
const read = async (
  text: string,
  size: { columns: number; rows: number; startColumn?: number } = SIZE,
): Promise<string[]> => (await interpret(Buffer.from(text), size)).lines;

describe('output is read as a person saw it', () => {
  test('wrapped rows are one line', async () => {
    const long = 'ä'.repeat(55);
    expect(await read(`${long}\r\nnext\r\n`)).toEqual([long, 'next']);
  });

  test('a progress bar that rewrites its line counts once', async () => {
    expect(await read('10%\r50%\r100%\r\ndone\r\n')).toEqual(['100%', 'done']);
  });

  test('a shorter text over a longer one leaves the rest of the longer', async () => {
    expect(await read('abcdef\rXY\r\n')).toEqual(['XYcdef']);
    expect(await read('abcdef\r\x1b[KXY\r\n')).toEqual(['XY']);
  });

  test('backspaces, cursor moves and erasing are applied', async () => {
    expect(await read('abd\bc\r\none\r\ntwo\x1b[1A\rONE\r\n')).toEqual(['abc', 'ONE', 'two']);
  });

  test('colours and titles are gone', async () => {
    expect(
      await read('\x1b]0;a title\x07\x1b[31;1mred\x1b[0m text\x1b]8;;http://contoso.com\x07link\x1b]8;;\x07\r\n'),
    ).toEqual(['red textlink']);
  });

  test('a full-screen program leaves nothing', async () => {
    expect(await read('before\r\n\x1b[?1049h\x1b[Hscreen\x1b[?1049lafter\r\n')).toEqual(['before', 'after']);
  });

  test('wide characters that do not fit at the edge leave no gap', async () => {
    expect(await read(`${'x'.repeat(19)}漢字\r\n`)).toEqual([`${'x'.repeat(19)}漢字`]);
  });

  test('combining marks and emoji stay whole', async () => {
    expect(await read('e\u0301 👍\r\n')).toEqual(['e\u0301 👍']);
  });

  test('trailing blanks go, blank lines between stay, those at the end go', async () => {
    expect(await read('\r\na   \r\n\r\nb\r\n\r\n\r\n')).toEqual(['', 'a', '', 'b']);
  });

  test('tabs become the blanks that were seen', async () => {
    expect(await read('a\tb\r\n')).toEqual(['a       b']);
  });

  test('pasted text with bare line feeds has its lines', async () => {
    expect(await read('a\nb\x1b[0m\n\tc\n')).toEqual(['a', 'b', '        c']);
  });

  test('invalid UTF-8 does no harm', async () => {
    const { lines } = await interpret(Buffer.from([0x61, 0xff, 0xfe, 0x62, 13, 10, 0x63, 13, 10]), SIZE);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toBe('c');
  });

  test('more lines than the screen and the scrollback hold are all there, in order', async () => {
    const expected = Array.from({ length: 30_000 }, (_, n) => `line ${n} ü`);
    expect(await read(`${expected.join('\r\n')}\r\n`, { columns: 80, rows: 24 })).toEqual(expected);
  });

  test('one line of a megabyte is one line, even in a terminal of one column', async () => {
    const long = `${'0123456789'.repeat(100_000)}\u00fc`;
    expect(await read(`${long}\r\n`, { columns: 80, rows: 24 })).toEqual([long]);
    expect(await read(`${long.slice(-5000)}\r\n`, { columns: 1, rows: 1 })).toEqual([long.slice(-5000)]);
  });

  test('the number of lines is bounded, and the answer says so', async () => {
    for (const ending of ['\r\n', '\u00fc\r\n']) {
      const answer = await interpret(Buffer.from(`a${ending}`.repeat(50)), { ...SIZE, maxLines: 10 });
      expect(answer.lines).toHaveLength(10);
      expect(answer.truncated).toBe(true);
    }
  });

  test('an empty output has no lines', async () => {
    expect(await read('')).toEqual([]);
  });
});

describe('plain text takes a short way', () => {
  const text = fc
    .array(
      fc.oneof(
        fc.constantFrom('\r\n', '\n', '\t', '\r\r\n', ' ', '     ', '\r'),
        fc.string({ unit: 'grapheme-ascii', maxLength: 30 }),
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join(''));

  test('with the same result as the terminal', async () => {
    let short = 0;
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 40 }), async (sample, columns) => {
        const bytes = Buffer.from(sample);
        const plain = plainLines(bytes, columns, 0, 1000);
        if (plain === null) return;
        short++;
        expect(plain).toEqual(await terminalLines(bytes, { columns, rows: 5 }, 1000));
      }),
      { numRuns: 300 },
    );
    expect(short).toBeGreaterThan(50);
  });

  test('but not when anything moves the cursor', () => {
    for (const sample of ['a\rb', 'a\bb', 'a\x1b[0m', 'a\x07', 'a\r\nb\nc\r\n', 'ü', `${'x'.repeat(19)}\ty`]) {
      expect(plainLines(Buffer.from(sample), 20, 0, 1000)).toBeNull();
    }
  });
});
