import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cut, widthOf, wrap } from '../../../electron/export/text-layout.ts';

test('wrapping breaks at blanks and hangs the lines that follow', () => {
  expect(wrap('one two three', '- ', '  ', 9)).toEqual(['- one two', '  three']);
});

test('a word longer than a line is broken at its last column', () => {
  expect(wrap('abcdefghij', '', '', 4)).toEqual(['abcd', 'efgh', 'ij']);
});

test('a word that fits a line of its own is not broken', () => {
  expect(wrap('ab cdef', '', '', 5)).toEqual(['ab', 'cdef']);
});

test('letters of East Asia take two columns, a family of faces stays one sign', () => {
  expect(widthOf('你好')).toBe(4);
  expect(widthOf('\u{1F468}\u200D\u{1F469}\u200D\u{1F467}')).toBe(2);
  expect(cut('你好你好', '', '', 5)).toEqual(['你好', '你好']);
});

test('no line is wider than it may be, and no sign but blanks is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 6, max: 80 }), (text, columns) => {
      const lines = wrap(text, '  ', '  ', columns);
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
      const signs = (value: string) => value.replace(/\s/g, '');
      expect(signs(lines.join(''))).toBe(signs(text));
    }),
  );
});
