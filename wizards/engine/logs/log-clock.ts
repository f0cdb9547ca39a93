/** Where the times of a log come from: UTC, local time whose offset is written beside it, or local time without. */
export type LogTimes = 'utc' | 'offset' | 'local';

/** Times at fixed places to milliseconds since 1970. The day is worked out once. */
export class LogClock {
  #day = -1;
  #midnight = 0;
  /** The bytes of the day. */
  readonly #date = new Uint8Array(10);

  /**
   * `2024-01-25T15:14:39.026Z`; NaN where no such time stands. The fraction may be missing, and the blank of IIS may
   * stand for the T.
   */
  read(bytes: Uint8Array, from: number, to: number): number {
    if (to - from < 19) return Number.NaN;
    if (!this.#isSameDay(bytes, from) && Number.isNaN(this.midnight(bytes, from, from + 10))) return Number.NaN;
    const seconds = secondsOfDay(bytes, from + 11);
    if (seconds < 0) return Number.NaN;
    const time = this.#midnight + seconds * 1000;
    if (to - from < 23 || bytes[from + 19] !== 46) return time;
    const tenth = (bytes[from + 20] as number) - 48;
    const rest = pair(bytes, from + 21);
    return tenth < 0 || tenth > 9 || rest < 0 ? Number.NaN : time + tenth * 100 + rest;
  }

  /** Most lines bear the date of the one before: then nothing of it is worked out. */
  #isSameDay(bytes: Uint8Array, from: number): boolean {
    const date = this.#date;
    for (let i = 9; i >= 0; i -= 1) if (bytes[from + i] !== date[i]) return false;
    return true;
  }

  /** The beginning of the day `2024-01-25`, or NaN. */
  midnight(bytes: Uint8Array, from: number, to: number): number {
    if (to - from !== 10 || bytes[from + 4] !== 45) return Number.NaN;
    const century = pair(bytes, from);
    const ofCentury = pair(bytes, from + 2);
    const month = pair(bytes, from + 5);
    const date = pair(bytes, from + 8);
    if (century < 0 || ofCentury < 0) return Number.NaN;
    const year = century * 100 + ofCentury;
    const day = (year * 16 + month) * 32 + date;
    if (day !== this.#day) {
      const midnight = midnightOf(year, month, date);
      if (Number.isNaN(midnight)) return midnight;
      this.#midnight = midnight;
      this.#day = day;
      this.#date.set(bytes.subarray(from, to));
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
  const hour = short ? digit(bytes, from) : pair(bytes, from);
  const seconds = hour < 0 ? -1 : minutesAndSeconds(bytes, short ? from + 1 : from + 2, hour);
  return seconds < 0 ? Number.NaN : seconds * 1000;
}

/** Of `15:14:39`; -1 where no such time stands. On the hot path: whole numbers only. */
const secondsOfDay = (bytes: Uint8Array, from: number): number => minutesAndSeconds(bytes, from + 2, pair(bytes, from));

function minutesAndSeconds(bytes: Uint8Array, colon: number, hour: number): number {
  const minute = pair(bytes, colon + 1);
  const second = pair(bytes, colon + 4);
  if (bytes[colon] !== 58 || bytes[colon + 3] !== 58) return -1;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return -1;
  return (hour * 60 + minute) * 60 + second;
}

/** One digit, or -1. */
function digit(bytes: Uint8Array, at: number): number {
  const value = (bytes[at] as number) - 48;
  return value >= 0 && value <= 9 ? value : -1;
}

/** The number of two digits, or -1. */
function pair(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - 48;
  const ones = (bytes[at + 1] as number) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}
