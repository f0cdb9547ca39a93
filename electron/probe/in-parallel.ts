/** What `work` gives for each item, as soon as it is there, with at most `limit` under way. */
export async function* inParallel<T, R>(
  items: Iterable<T>,
  limit: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const iterator = items[Symbol.iterator]();
  const under = new Map<number, Promise<{ id: number; result: R }>>();
  let next = 0;
  const start = (): void => {
    const { value, done } = iterator.next();
    if (done) return;
    const id = next;
    next += 1;
    under.set(
      id,
      work(value).then((result) => ({ id, result })),
    );
  };
  while (under.size < limit) {
    const before = under.size;
    start();
    if (under.size === before) break;
  }
  while (under.size > 0) {
    const { id, result } = await Promise.race(under.values());
    under.delete(id);
    start();
    yield result;
  }
}
