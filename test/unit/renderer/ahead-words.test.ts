import { expect, it } from 'vitest';
import { aheadWords } from '../../../renderer/lib/ahead-words.ts';

const verdicts = ['a.b'];

it.each([
  [{ least: 1, most: 4 }, 'question', 'Then 1 to 4 more steps'],
  [{ least: 0, most: 4 }, 'check', 'Then up to 4 more steps'],
  [{ least: 0, most: 1 }, 'check', 'Then up to 1 more step'],
  [{ least: 2, most: 2 }, 'check', 'Then 2 more steps'],
  [{ least: 0, most: 0 }, 'check', 'Then the verdict'],
  [{ least: 0, most: 0, elsewhere: true as const }, 'check', 'Then the verdict, or another wizard'],
  [{ least: 0, most: 0, elsewhere: true as const, verdicts: [] }, 'check', 'Then another wizard'],
  [{ least: 0, most: 3 }, 'fix', 'If it does not help, up to 3 more steps'],
])('of %o at a %s it says "%s"', (numbers, kind, words) => {
  expect(aheadWords({ verdicts, ...numbers }, kind)).toBe(words);
});
