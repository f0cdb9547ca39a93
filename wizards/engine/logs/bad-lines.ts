/** Lines that could not be read: counted by reason, with the first of each. */
export type BadLine = { why: string; count: number; line: number };

export class BadLines {
  count = 0;
  readonly #byReason = new Map<string, BadLine>();

  add(why: string, line: number): void {
    this.count += 1;
    const known = this.#byReason.get(why);
    if (known) known.count += 1;
    else this.#byReason.set(why, { why, count: 1, line });
  }

  list(): BadLine[] {
    return [...this.#byReason.values()];
  }
}
