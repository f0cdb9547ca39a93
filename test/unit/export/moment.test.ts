import { describe, expect, test } from 'vitest';
import { clockFor } from '../../../wizards/engine/checklist/moment.ts';

describe('a moment is shown in the zone of the reader with its offset', () => {
  test.each([
    ['UTC', '2026-03-29T00:59:59.000Z', '2026-03-29 00:59:59 +00:00'],
    ['Europe/Berlin', '2026-03-29T00:59:59.000Z', '2026-03-29 01:59:59 +01:00'],
    ['Europe/Berlin', '2026-03-29T01:00:00.000Z', '2026-03-29 03:00:00 +02:00'],
    ['America/St_Johns', '2026-01-01T00:00:00.000Z', '2025-12-31 20:30:00 -03:30'],
    ['Asia/Kathmandu', '2026-01-01T18:15:00.000Z', '2026-01-02 00:00:00 +05:45'],
  ])('%s %s', (zone, utc, local) => {
    expect(clockFor(zone).moment(utc)).toEqual({ utc, local });
  });
});

test('an unknown zone falls back to UTC and says so', () => {
  const clock = clockFor('Mars/Olympus');
  expect(clock.timeZone).toBe('UTC');
  expect(clock.moment('2026-01-01T00:00:00.000Z').local).toBe('2026-01-01 00:00:00 +00:00');
});

test('what is no time is shown as it stands', () => {
  expect(clockFor('UTC').moment('yesterday').local).toBe('yesterday');
});
