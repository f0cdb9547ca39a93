import { describe, expect, it } from 'vitest';
import {
  ago,
  bytes,
  count,
  duration,
  fromUtc,
  localTime,
  offsetWords,
  plural,
  shortHash,
  utc,
  utcSpan,
  when,
} from '../../../renderer/lib/format.ts';

describe('durations', () => {
  it.each([
    [0, '0.00 s'],
    [840, '0.84 s'],
    [9_999, '10.00 s'],
    [10_000, '10.0 s'],
    [59_900, '59.9 s'],
    [60_000, '1 min 00 s'],
    [65_400, '1 min 05 s'],
    [3_600_000, '60 min 00 s'],
  ])('%i ms is %s', (ms, words) => {
    expect(duration(ms)).toBe(words);
  });
});

describe('sizes', () => {
  it.each([
    [1, '1 byte'],
    [1023, '1,023 bytes'],
    [1024, '1.0 KB'],
    [5 * 1024 * 1024, '5.0 MB'],
    [5 * 1024 * 1024 * 1024, '5.0 GB'],
  ])('%i is %s', (count, words) => {
    expect(bytes(count)).toBe(words);
  });
});

describe('how long ago something was', () => {
  const now = new Date('2026-03-10T12:00:00Z');
  const earlier = (seconds: number) => new Date(now.getTime() - seconds * 1000).toISOString();

  it.each([
    [59, 'just now'],
    [60, '1 minute ago'],
    [3599, '59 minutes ago'],
    [3600, '1 hour ago'],
    [86_399, '23 hours ago'],
    [86_400, '1 day ago'],
    [6 * 86_400, '6 days ago'],
  ])('%i seconds is %s', (seconds, words) => {
    expect(ago(earlier(seconds), now)).toBe(words);
  });

  it('after a week says the date', () => {
    expect(ago(earlier(8 * 86_400), now)).toContain('2026');
  });

  it('of a time to come, as a clock that was put back leaves it, says when and not how long ago', () => {
    expect(ago(earlier(-59), now)).toBe('just now');
    expect(ago(earlier(-60), now)).toBe(when(earlier(-60), now));
    expect(ago(earlier(-400 * 86_400), now)).toContain('2027');
  });

  it('shows a time that is none as it is', () => {
    expect(ago('yesterday', now)).toBe('yesterday');
    expect(when('yesterday', now)).toBe('yesterday');
  });

  it('leaves the date out on the same day alone', () => {
    expect(when(now.toISOString(), now)).toMatch(/^\d\d:\d\d$/);
    expect(when('2025-01-02T12:00:00Z', now)).toContain('2025');
  });
});

describe('times of the logs', () => {
  const at = Date.UTC(2025, 0, 6, 8, 0, 12, 345);

  it('are in UTC, as the logs write them', () => {
    expect(utc(at)).toBe('2025-01-06 08:00:12');
    expect(utc(Number.NaN)).toBe('no time');
  });

  it('name the day once in a span within it', () => {
    expect(utcSpan(at, at + 3_600_000)).toBe('2025-01-06 08:00:12 to 09:00:12');
    expect(utcSpan(at, at + 86_400_000)).toBe('2025-01-06 08:00:12 to 2025-01-07 08:00:12');
    expect(utcSpan(at, at + 1)).toBe('2025-01-06 08:00:12');
  });

  it.each([
    [0, 'UTC'],
    [-60, 'UTC+1'],
    [-330, 'UTC+5:30'],
    [210, 'UTC-3:30'],
    [Number.NaN, 'UTC'],
  ])('an offset of %i minutes is %s', (offset, words) => {
    expect(offsetWords({ getTimezoneOffset: () => offset } as Date)).toBe(words);
  });

  it('are told on the clock of this computer too, with its offset', () => {
    expect(localTime(at)).toContain('2025');
    expect(localTime(at)).toMatch(/\(UTC[^)]*\)$/);
  });

  it.each([
    ['2025-01-06', Date.UTC(2025, 0, 6)],
    ['2025-01-06 08:15', Date.UTC(2025, 0, 6, 8, 15)],
    [' 2025-01-06T08:15:30Z ', Date.UTC(2025, 0, 6, 8, 15, 30)],
    ['2025-13-06', null],
    ['6.1.2025', null],
    ['', null],
  ])('%s is read as UTC, or not at all', (text, ms) => {
    expect(fromUtc(text)).toBe(ms);
  });
});

describe('small words', () => {
  it('counts one without an s', () => {
    expect([plural(0, 'capture'), plural(1, 'capture'), plural(2, 'capture')]).toEqual([
      '0 captures',
      '1 capture',
      '2 captures',
    ]);
  });

  it('groups the digits of a large number', () => {
    expect([count(840), count(84_012), plural(84_012, 'session')]).toEqual(['840', '84,012', '84,012 sessions']);
  });

  it('shortens a hash and leaves a short one alone', () => {
    expect(shortHash(`3f9a${'0'.repeat(56)}e0c2`)).toBe('3f9a…e0c2');
    expect(shortHash('abc')).toBe('abc');
  });
});
