/** Times at fixed places to milliseconds since 1970. The day is worked out once. */
export class LogClock {
  #day = -1;
  #midnight = 0;

  /**
   * `2024-01-25T15:14:39.026Z`; NaN where no such time stands. The fraction may be missing, and the blank of IIS may
   * stand for the T.
   */
  read(bytes: Uint8Array, from: number, to: number): number {
    if (to - from < 19) return Number.NaN;
    const time = this.midnight(bytes, from, from + 10) + timeOfDay(bytes, from + 11, from + 19);
    if (to - from < 23 || bytes[from + 19] !== 46) return time;
    return time + digit(bytes, from + 20) * 100 + two(bytes, from + 21);
  }

  /** The beginning of the day `2024-01-25`, or NaN. */
  midnight(bytes: Uint8Array, from: number, to: number): number {
    if (to - from !== 10 || bytes[from + 4] !== 45) return Number.NaN;
    const year = two(bytes, from) * 100 + two(bytes, from + 2);
    const month = two(bytes, from + 5);
    const date = two(bytes, from + 8);
    const day = (year * 16 + month) * 32 + date;
    if (day !== this.#day) {
      const midnight = midnightOf(year, month, date);
      if (Number.isNaN(midnight)) return midnight;
      this.#midnight = midnight;
      this.#day = day;
    }
    return this.#midnight;
  }
}

/** The beginning of a day, the month counted from 1; NaN where there is no such day. */
export function midnightOf(year: number, month: number, date: number): number {
  return month >= 1 && month <= 12 && date >= 1 && date <= 31 ? Date.UTC(year, month - 1, date) : Number.NaN;
}

/** Milliseconds since midnight of `15:14:39` or `5:14:39`, or NaN. */
export function timeOfDay(bytes: Uint8Array, from: number, to: number): number {
  const short = to - from === 7;
  if (!short && to - from !== 8) return Number.NaN;
  const hour = short ? digit(bytes, from) : two(bytes, from);
  const colon = short ? from + 1 : from + 2;
  const minute = two(bytes, colon + 1);
  const second = two(bytes, colon + 4);
  if (bytes[colon] !== 58 || bytes[colon + 3] !== 58 || hour > 23 || minute > 59 || second > 60) return Number.NaN;
  return ((hour * 60 + minute) * 60 + second) * 1000;
}

/** One digit; anything else makes the time not a number. */
function digit(bytes: Uint8Array, at: number): number {
  const value = (bytes[at] as number) - 48;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}

const two = (bytes: Uint8Array, at: number): number => digit(bytes, at) * 10 + digit(bytes, at + 1);
