/** Who brought which sender and recipient before, as greylisting remembers it (RFC 6647, section 2.1). */
const MOST = 10_000;

export class Contacts {
  readonly #since = new Map<string, number>();
  readonly #waitMs: number;
  readonly #now: () => Date;

  constructor(waitMs: number, now: () => Date) {
    this.#waitMs = waitMs;
    this.#now = now;
  }

  /** True for a key that is new, and until its time has passed. */
  isFirst(key: string): boolean {
    const now = this.#now().getTime();
    const since = this.#since.get(key);
    if (since !== undefined) return now - since < this.#waitMs;
    if (this.#since.size >= MOST) this.#since.delete(this.#since.keys().next().value as string);
    this.#since.set(key, now);
    return true;
  }
}
