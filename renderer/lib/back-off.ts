/** Milliseconds to wait before attempt `n` (from 1): soon at first, then every five seconds at most. */
export function backOff(n: number): number {
  return Math.min(5000, 250 * 2 ** Math.max(0, n - 1));
}
