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
  const entries = Object.entries(next);
  let same = entries.length === Object.keys(old).length;
  const kept = entries.map(([key, value]): [string, unknown] => {
    const known = Object.hasOwn(old, key) ? old[key] : undefined;
    const part = share(known, value);
    same &&= Object.hasOwn(old, key) && Object.is(part, known);
    return [key, part];
  });
  // Not by assignment, which a key of the name __proto__ would not survive.
  return (same ? before : Object.fromEntries(kept)) as T;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
