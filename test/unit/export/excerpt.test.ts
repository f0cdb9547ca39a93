import { describe, expect, test } from 'vitest';
import { closeUp, excerptOf, MOST_LINES } from '../../../wizards/engine/checklist/excerpt.ts';

const stored = { sha256: '1'.repeat(64), bytes: 1 };
const texts = (lines: string[]) => ({ outputOf: () => undefined, lines: () => lines });
const many = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`);

describe('an output', () => {
  test.each([
    ['just below the bound is kept whole', MOST_LINES - 1, MOST_LINES - 1, true],
    ['at the bound is kept whole', MOST_LINES, MOST_LINES, true],
    ['above it is bounded', MOST_LINES + 1, MOST_LINES, false],
  ])('%s', (_, size, kept, complete) => {
    expect(excerptOf(texts(many(size)), stored, [])).toMatchObject({ totalLines: size, complete });
    expect(excerptOf(texts(many(size)), stored, []).lines).toHaveLength(kept);
  });

  test('that is bounded keeps its evidence with what stands around it', () => {
    const { lines } = excerptOf(texts(many(10_000)), stored, [9000]);
    expect(lines).toHaveLength(MOST_LINES);
    expect(lines.map((line) => line.n)).toEqual(expect.arrayContaining([1, 8995, 9000, 9005]));
    expect(lines.find((line) => line.evidence)).toEqual({ n: 9000, text: 'line 9000', evidence: true });
  });

  test('with more evidence than the bound stays within it', () => {
    expect(
      excerptOf(
        texts(many(10_000)),
        stored,
        many(5000).map((_, index) => index + 1),
      ).lines,
    ).toHaveLength(MOST_LINES);
  });

  test('loses the blank lines at its end only', () => {
    expect(excerptOf(texts(['', 'a', '', '']), stored, []).lines.map((line) => line.text)).toEqual(['', 'a']);
  });

  test('with a very long line is cut there, and says by how much', () => {
    const { lines, complete } = excerptOf(texts(['x'.repeat(5000)]), stored, []);
    expect(lines[0]?.text).toBe(`${'x'.repeat(2000)} … (3000 more characters)`);
    expect(complete).toBe(false);
  });

  test('whose lines are not at hand is made from its text', () => {
    const source = { outputOf: () => 'a\r\n\u001b[31mb\u001b[0m\r\n', lines: () => undefined };
    expect(excerptOf(source, stored, []).lines.map((line) => line.text)).toEqual(['a', 'b']);
  });
});

describe('a close-up', () => {
  const lines = (evidence: number[]) =>
    many(50).map((text, index) => ({ n: index + 1, text, evidence: evidence.includes(index + 1) }));

  test('shows the evidence and its neighbours', () => {
    expect(closeUp(lines([10, 40]), 1, 5).map((line) => line.n)).toEqual([9, 10, 11, 39, 40, 41]);
  });

  test('without evidence shows the beginning', () => {
    expect(closeUp(lines([]), 1, 5).map((line) => line.n)).toEqual([1, 2, 3, 4, 5]);
  });

  test('of a short output shows all of it', () => {
    expect(closeUp(lines([40]), 1, 50)).toHaveLength(50);
  });
});
