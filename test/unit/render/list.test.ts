import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinList, splitList } from '../../../wizards/engine/parameters.ts';

describe('splitting a list', () => {
  test.each([
    ['', []],
    ['Tls, Integrated', ['Tls', 'Integrated']],
    ['a,,b,', ['a', 'b']],
    ['MBX01\\Default,x', ['MBX01\\Default', 'x']],
    ['"CN=Smith\\, Ann,OU=Staff",second', ['CN=Smith\\, Ann,OU=Staff', 'second']],
    ['"say ""hi"""', ['say "hi"']],
    ['""', ['']],
    ['a"b,c', ['a"b', 'c']],
    ['"never closed, b', ['"never closed', 'b']],
    ['"closed" and more, b', ['"closed" and more', 'b']],
  ])('%j gives %j', (text, items) => {
    expect(splitList(text)).toEqual(items);
  });
});

test('every list of items survives joining and splitting', () => {
  const item = fc.string({
    unit: fc.oneof(
      fc.constantFrom(',', '"', ' ', '\\', 'a', '\u00a0'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    ),
  });
  fc.assert(
    fc.property(fc.array(item), (items) => {
      expect(splitList(joinList(items))).toEqual(items);
    }),
    { numRuns: 500 },
  );
});

test('splitting any text and joining it again changes nothing any more', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(',', '"', ' ', 'a', '\\') }), (text) => {
      const once = splitList(text);
      expect(splitList(joinList(once))).toEqual(once);
    }),
    { numRuns: 500 },
  );
});
