/** Times as the Internet Mail Service of Exchange 5.5 writes them: in the way of the Windows it runs on. */
import { midnightOf, timeOfDay } from './log-clock.ts';

const SEPARATORS = [45, 46, 47]; // - . /
const NOON = 12 * 3_600_000;

export class ImsTime {
  /** Milliseconds since 1970 of the line that was read last; local time, taken as it stands. */
  time = Number.NaN;
  /** Where the text behind the time begins. */
  textFrom = 0;
  /** A day beyond 12 was seen in front: then the month is never there. */
  #dayFirst = false;

  reset(): void {
    this.#dayFirst = false;
  }

  /** `5/13/00 2:36:27 PM : …`, `13.05.00 14:36:27 : …`, `2000-05-13 14:36:27 : …`. False when no such time stands. */
  read(bytes: Uint8Array, from: number, to: number): boolean {
    const first = wholeNumber(bytes, from, to);
    const separator = bytes[first.end] as number;
    if (first.end === from || first.end >= to || !SEPARATORS.includes(separator)) return false;
    const second = wholeNumber(bytes, first.end + 1, to);
    if (bytes[second.end] !== separator || second.end >= to) return false;
    const third = wholeNumber(bytes, second.end + 1, to);
    if (third.end === second.end + 1 || bytes[third.end] !== 32) return false;
    let end = third.end + 1;
    while (end < to && end < third.end + 9 && bytes[end] !== 32) end += 1;
    const clock = timeOfDay(bytes, third.end + 1, end);
    const half = bytes[end + 2] === 77 && end + 3 <= to ? bytes[end + 1] : 0; // A or P, then M
    const colon = half === 65 || half === 80 ? end + 3 : end;
    if (to - colon < 2 || bytes[colon] !== 32 || bytes[colon + 1] !== 58) return false;
    const midnight = this.#midnight(first.value, second.value, third.value, separator);
    this.time = midnight + (half === 65 || half === 80 ? (clock % NOON) + (half === 80 ? NOON : 0) : clock);
    this.textFrom = bytes[colon + 2] === 32 ? colon + 3 : Math.min(colon + 2, to);
    return !Number.isNaN(this.time);
  }

  #midnight(first: number, second: number, third: number, separator: number): number {
    if (first > 31) return midnightOf(first, second, third);
    if (first > 12) this.#dayFirst = true;
    const year = third > 99 ? third : third < 70 ? 2000 + third : 1900 + third;
    // The American order is the one of slashes, until a day shows that it is not.
    const isDayFirst = separator !== 47 || this.#dayFirst;
    return isDayFirst ? midnightOf(year, second, first) : midnightOf(year, first, second);
  }
}

/** Up to four digits as a number, and where they end. */
function wholeNumber(bytes: Uint8Array, from: number, to: number): { value: number; end: number } {
  let value = 0;
  let end = from;
  while (end < to && end < from + 4) {
    const digit = (bytes[end] as number) - 48;
    if (!(digit >= 0 && digit <= 9)) break;
    value = value * 10 + digit;
    end += 1;
  }
  return { value, end };
}
