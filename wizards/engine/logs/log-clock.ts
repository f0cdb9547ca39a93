/** `2024-01-25T15:14:39.026Z` at fixed places to milliseconds since 1970. The day is worked out once. */
export class LogClock {
  #day = -1;
  #midnight = 0;

  /** NaN where no such time stands. The fraction may be missing, and the blank of IIS may stand for the T. */
  read(bytes: Uint8Array, from: number, to: number): number {
    if (to - from < 19) return Number.NaN;
    const year = two(bytes, from) * 100 + two(bytes, from + 2);
    const month = two(bytes, from + 5);
    const date = two(bytes, from + 8);
    const hour = two(bytes, from + 11);
    const minute = two(bytes, from + 14);
    const second = two(bytes, from + 17);
    if (bytes[from + 4] !== 45 || bytes[from + 13] !== 58) return Number.NaN;
    const day = (year * 16 + month) * 32 + date;
    if (day !== this.#day) {
      if (!(month >= 1 && month <= 12 && date >= 1 && date <= 31)) return Number.NaN;
      this.#midnight = Date.UTC(year, month - 1, date);
      this.#day = day;
    }
    let milliseconds = 0;
    if (to - from >= 23 && bytes[from + 19] === 46) {
      milliseconds =
        ((bytes[from + 20] as number) - 48) * 100 +
        ((bytes[from + 21] as number) - 48) * 10 +
        (bytes[from + 22] as number) -
        48;
    }
    return this.#midnight + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds;
  }
}

/** Two digits; anything else makes the time not a number. */
function two(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - 48;
  const ones = (bytes[at + 1] as number) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}
