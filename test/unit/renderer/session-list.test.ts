import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listMove } from '../../../renderer/lib/list-move.ts';
import { MOST_PAGES, missingPages, PAGE, rowAt, withPage } from '../../../renderer/lib/row-pages.ts';
import { barsOf, stepWords, stretch } from '../../../renderer/lib/time-bars.ts';

describe('the keys of a list', () => {
  it.each([
    ['ArrowDown', 0, 1],
    ['ArrowDown', 99, 99],
    ['ArrowUp', 0, 0],
    ['PageDown', 5, 25],
    ['PageUp', 5, 0],
    ['Home', 50, 0],
    ['End', 50, 99],
  ])('%s leads from %i to %i', (key, from, to) => {
    expect(listMove(key, from, 100, 20)).toBe(to);
  });

  it('move nothing in an empty list, and nothing when they mean something else', () => {
    expect(listMove('ArrowDown', 0, 0, 20)).toBeNull();
    expect(listMove('a', 3, 100, 20)).toBeNull();
  });
});

describe('the pages of a list', () => {
  it('are asked for where they are missing', () => {
    const pages = new Map([[1, ['x']]]);
    expect(missingPages(pages, 0, PAGE * 3 - 1)).toEqual([0, 2]);
    expect(missingPages(pages, PAGE, PAGE * 2 - 1)).toEqual([]);
    expect(missingPages(pages, -5, 3)).toEqual([0]);
    expect(missingPages(pages, 0, -1)).toEqual([]);
  });

  it('give the row at a place', () => {
    const pages = withPage(new Map(), 2, ['a', 'b']);
    expect(rowAt(pages, PAGE * 2 + 1)).toBe('b');
    expect(rowAt(pages, PAGE * 2 + 2)).toBeUndefined();
    expect(rowAt(pages, 0)).toBeUndefined();
  });

  it('stay few, and the newest is always among them', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5000), { maxLength: 200 }), (order) => {
        let pages: ReadonlyMap<number, readonly number[]> = new Map();
        for (const page of order) {
          pages = withPage(pages, page, [page]);
          expect(rowAt(pages, page * PAGE)).toBe(page);
        }
        expect(pages.size).toBeLessThanOrEqual(MOST_PAGES);
      }),
    );
  });
});

describe('the bars over time', () => {
  const at = Date.UTC(2025, 0, 6, 8);
  const bars = barsOf({
    from: at,
    step: 60_000,
    count: 3,
    bars: [
      { at, by_stage: { none: 6, blob: 2 } },
      { at: at + 120_000, by_stage: { data: 4 } },
    ],
  });

  it('are as many as the time is long, those without a session too', () => {
    expect(bars.slice(0, 3).map(({ sessions, failed }) => [sessions, failed])).toEqual([
      [8, 2],
      [0, 0],
      [4, 4],
    ]);
  });

  it('are at least twelve, the last of them empty, and none where there is no session', () => {
    expect(bars).toHaveLength(12);
    expect(bars.slice(3).every(({ sessions }) => sessions === 0)).toBe(true);
    expect(barsOf({ from: 0, step: 1000, count: 0, bars: [] })).toEqual([]);
  });

  it('are as high as their share of the highest, what did not fail at the bottom', () => {
    expect(bars[0]?.parts).toEqual([
      { stage: 'none', part: 0.75 },
      { stage: 'blob', part: 0.25 },
    ]);
    expect(bars[2]?.parts).toEqual([{ stage: 'data', part: 0.5 }]);
  });

  it('say their time and counts in words', () => {
    expect(bars[0]?.words).toBe('2025-01-06 08:00:00 to 08:01:00: 8 sessions, 2 failed');
  });

  it('give the stretch between two of them, in either order', () => {
    expect(stretch(bars, 2, 1)).toEqual({ since: at + 60_000, until: at + 180_000 });
    expect(stretch(bars, 0, 12)).toBeNull();
  });

  it('call their width by its largest unit', () => {
    expect([1000, 60_000, 900_000, 3_600_000, 86_400_000].map(stepWords)).toEqual([
      '1 second',
      '1 minute',
      '15 minutes',
      '1 hour',
      '1 day',
    ]);
  });
});
