import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LogClock, timeOfDay } from '../../../wizards/engine/logs/log-clock.ts';
import { bytesOf } from '../../fixtures/logs/read-log.ts';

const read = (text: string, clock = new LogClock()): number => clock.read(bytesOf(text), 0, bytesOf(text).length);

describe('the time of a record', () => {
  test('is read to the millisecond, on any day and one after the other', () => {
    const clock = new LogClock();
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        (date) => {
          const text = date.toISOString();
          expect(read(text, clock)).toBe(date.getTime());
          expect(read(text.replace('T', ' ').slice(0, 19), clock)).toBe(Math.floor(date.getTime() / 1000) * 1000);
        },
      ),
    );
  });

  test('may lack the fraction', () => {
    expect(read('2024-01-25T15:14:39Z')).toBe(Date.UTC(2024, 0, 25, 15, 14, 39));
    expect(read('2024-01-25T15:14:39.026123Z')).toBe(Date.UTC(2024, 0, 25, 15, 14, 39, 26));
  });

  test.each([
    '',
    '2024-01-25',
    '2024-13-25T15:14:39Z',
    '2024-00-25T15:14:39Z',
    '2024-01-32T15:14:39Z',
    '2024-01-25T24:14:39Z',
    '2024-01-25T15:60:39Z',
    '2024-01-25T15:14:6_Z',
    '2024/01/25T15:14:39Z',
    '2O24-01-25T15:14:39Z',
    '2024-01-25T15:14:39.0x6Z',
    'x'.repeat(24),
  ])('%j is none', (text) => {
    expect(read(text)).toBeNaN();
  });

  test('is none after a good one either, and good again afterwards', () => {
    const clock = new LogClock();
    expect(read('2024-01-25T15:14:39Z', clock)).not.toBeNaN();
    expect(read('2024-99-25T15:14:39Z', clock)).toBeNaN();
    expect(read('2024-01-25T15:14:39Z', clock)).toBe(Date.UTC(2024, 0, 25, 15, 14, 39));
  });
});

test('a time of day has one digit for the hour, or two', () => {
  const of = (text: string): number => timeOfDay(bytesOf(text), 0, text.length);
  expect(of('2:36:27')).toBe(9_387_000);
  expect(of('02:36:27')).toBe(9_387_000);
  expect(of('2:36')).toBeNaN();
  expect(of('2:366:27')).toBeNaN();
  expect(of('25:36:27')).toBeNaN();
});
