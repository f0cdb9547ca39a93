import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COLUMN, COLUMNS, type RowBlock, WIDE, WIDES } from '../../../wizards/engine/logs/session-rows.ts';
import { stageIndex } from '../../../wizards/engine/logs/stages.ts';
import { MOST_BARS, stepFor, timelineOf } from '../../../wizards/engine/logs/timeline.ts';

const SECOND = 1000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('the width of a bar', () => {
  test.each([
    ['a moment', 0, SECOND],
    ['a minute', 60 * SECOND, SECOND],
    ['two minutes', 120 * SECOND, 5 * SECOND],
    ['an hour', HOUR, 60 * SECOND],
    ['three hours', 3 * HOUR, 5 * 60 * SECOND],
    ['a day', DAY, 30 * 60 * SECOND],
    ['a month', 30 * DAY, 12 * HOUR],
    ['a year', 365 * DAY, 7 * DAY],
    ['twenty years', 20 * 365 * DAY, 112 * DAY],
  ])('suits %s', (_, time, step) => {
    expect(stepFor(time)).toBe(step);
  });

  test('never makes more bars than can be drawn', () => {
    fc.assert(
      fc.property(fc.nat(1e13), (time) => {
        expect(Math.ceil(time / stepFor(time)) + 1).toBeLessThanOrEqual(MOST_BARS + 1);
      }),
    );
  });
});

const block = (sessions: { start: number; stage: Parameters<typeof stageIndex>[0] }[]): RowBlock => {
  const whole = new Int32Array(sessions.length * COLUMNS);
  const wide = new Float64Array(sessions.length * WIDES);
  sessions.forEach(({ start, stage }, row) => {
    // Flags stand above the stage.
    whole[row * COLUMNS + COLUMN.state] = stageIndex(stage) | (3 << 8);
    wide[row * WIDES + WIDE.start] = start;
  });
  return { count: sessions.length, whole, wide };
};

describe('sessions in time', () => {
  const at = Date.UTC(2025, 0, 6, 8, 0, 30);
  const sessions = [
    { start: at, stage: 'none' },
    { start: at + 20 * SECOND, stage: 'blob' },
    { start: at + 20 * SECOND, stage: 'blob' },
    { start: at + 60 * SECOND, stage: 'data' },
  ] as const;

  test('are counted by bar and stage, from the beginning of a bar on', () => {
    const timeline = timelineOf(() => [block(sessions.slice(0, 2)), block(sessions.slice(2))], null);
    expect(timeline).toEqual({
      from: at,
      step: SECOND,
      count: 61,
      bars: [
        { at, by_stage: { none: 1 } },
        { at: at + 20 * SECOND, by_stage: { blob: 2 } },
        { at: at + 60 * SECOND, by_stage: { data: 1 } },
      ],
    });
  });

  test('leave out what the filter does', () => {
    const failed = (whole: Int32Array, _: Float64Array, row: number) =>
      ((whole[row * COLUMNS + COLUMN.state] as number) & 0xff) !== stageIndex('none');
    const { bars } = timelineOf(() => [block([...sessions])], failed);
    expect(bars.map(({ by_stage }) => by_stage)).toEqual([{ blob: 2 }, { data: 1 }]);
  });

  test('are none where there is none', () => {
    expect(timelineOf(() => [], null)).toMatchObject({ count: 0, bars: [] });
    expect(
      timelineOf(
        () => [block([...sessions])],
        () => false,
      ),
    ).toMatchObject({ count: 0, bars: [] });
  });

  test('add up, whenever they were', () => {
    const starts = fc.array(fc.nat(4e12), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(starts, (times) => {
        const rows = times.map((start) => ({ start, stage: 'mail' as const }));
        const { bars, from, step, count } = timelineOf(() => [block(rows)], null);
        expect(bars.reduce((sum, { by_stage }) => sum + (by_stage.mail ?? 0), 0)).toBe(times.length);
        expect(count).toBeLessThanOrEqual(MOST_BARS + 1);
        for (const bar of bars) expect((bar.at - from) / step).toBeLessThan(count);
      }),
    );
  });
});
