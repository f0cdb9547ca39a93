import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRows } from '../../../wizards/engine/intake/delimited.ts';

const rows = (text: string, separator?: ',' | '\t') => [...readRows(text, separator)];

describe('rows of separated text', () => {
  test('know on which lines they stand', () => {
    expect(rows('a,b\r\n"one\r\ntwo",c\r\n\r\nd,e')).toEqual([
      { line: 1, end: 1, fields: ['a', 'b'] },
      { line: 2, end: 3, fields: ['one\r\ntwo', 'c'] },
      { line: 5, end: 5, fields: ['d', 'e'] },
    ]);
  });

  test('undo doubled quotes, and keep separators within quotes', () => {
    expect(rows('"say ""no"", twice",x')[0]?.fields).toEqual(['say "no", twice', 'x']);
    expect(rows('a b\t"c\td"', '\t')[0]?.fields).toEqual(['a b', 'c\td']);
  });

  test('survive a quote that never closes', () => {
    expect(rows('"open,b\nc,d').map((row) => row.fields)).toEqual([
      ['"open', 'b'],
      ['c', 'd'],
    ]);
    expect(rows('a,"b" c,d')[0]?.fields).toEqual(['a', '"b" c', 'd']);
  });

  test('give back whatever was written by the rules', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', ' ', '\t') });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 });
    fc.assert(
      fc.property(table, (cells) => {
        const text = cells.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join('\r\n');
        expect(rows(text).map((row) => row.fields)).toEqual(cells);
      }),
    );
  });
});
