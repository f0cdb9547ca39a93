/** Longer than this nothing is put off, however busy the page is. */
const PATIENCE_MS = 600;

/** Resolves when the page has drawn and has nothing to do: the time for what the first screen does without. */
export function afterPaint(): Promise<void> {
  return new Promise((resolve) => {
    // A hidden page draws no frames, and Safari knows no idle callback.
    const timer = setTimeout(resolve, PATIENCE_MS);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    requestAnimationFrame(() => {
      if (typeof requestIdleCallback === 'function') requestIdleCallback(done);
      else setTimeout(done);
    });
  });
}
