/**
 * Gives `next` with every part that is deeply equal to the same part of `before` replaced by that old part.
 * The core sends whole views; with shared parts the screen redraws only what changed. For plain JSON values.
 */
export function share<T>(before: unknown, next: T): T {
  if (Object.is(before, next)) return next;
  if (!isObject(before) || !isObject(next) || Array.isArray(before) !== Array.isArray(next)) return next;
  return Array.isArray(next) ? (shareList(before as unknown[], next) as T) : shareRecord(before, next);
}

function shareList(before: unknown[], next: unknown[]): unknown[] {
  let same = before.length === next.length;
  const list = next.map((value, index) => {
    const kept = share(before[index], value);
    same &&= Object.is(kept, before[index]);
    return kept;
  });
  return same ? before : list;
}

function shareRecord<T>(before: object, next: T & object): T {
  const old = before as Record<string, unknown>;
  const keys = Object.keys(next);
  let same = keys.length === Object.keys(old).length;
  const record: Record<string, unknown> = {};
  for (const key of keys) {
    record[key] = share(old[key], (next as Record<string, unknown>)[key]);
    same &&= key in old && Object.is(record[key], old[key]);
  }
  return (same ? before : record) as T;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
