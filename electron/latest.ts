/**
 * A stream of the newest value: one at once, then one after each change, never a backlog. Ends with the signal.
 */
export async function* latest<T>(
  subscribe: (listener: () => void) => () => void,
  read: () => T,
  signal?: AbortSignal,
): AsyncGenerator<T, void> {
  let stale = false;
  let wake: (() => void) | null = null;
  const notify = (): void => {
    stale = true;
    wake?.();
  };
  const unsubscribe = subscribe(notify);
  const stop = (): void => wake?.();
  signal?.addEventListener('abort', stop);
  try {
    yield read();
    while (!signal?.aborted) {
      if (!stale) await new Promise<void>((resolve) => (wake = resolve));
      wake = null;
      if (signal?.aborted) return;
      if (!stale) continue;
      stale = false;
      yield read();
    }
  } finally {
    unsubscribe();
    signal?.removeEventListener('abort', stop);
  }
}
