/** The pages in which rows of a long list come, of which only those near the eye are kept. */

/** Rows that are asked for at once. */
export const PAGE = 200;
export const MOST_PAGES = 40;

type Pages<T> = ReadonlyMap<number, readonly T[]>;

/** The row at a place of the list, once it is here. */
export const rowAt = <T>(pages: Pages<T>, index: number): T | undefined =>
  pages.get(Math.floor(index / PAGE))?.[index % PAGE];

/** Pages that hold these places, both included, and are not here. */
export function missingPages<T>(pages: Pages<T>, first: number, last: number): number[] {
  const missing: number[] = [];
  for (let page = Math.floor(Math.max(0, first) / PAGE); page * PAGE <= last; page += 1)
    if (!pages.has(page)) missing.push(page);
  return missing;
}

/** The page among the others; those farthest from it go when there are too many. */
export function withPage<T>(pages: Pages<T>, page: number, rows: readonly T[]): Map<number, readonly T[]> {
  const next = new Map(pages).set(page, rows);
  if (next.size <= MOST_PAGES) return next;
  const far = [...next.keys()].sort((a, b) => Math.abs(b - page) - Math.abs(a - page));
  for (const other of far.slice(0, next.size - MOST_PAGES)) next.delete(other);
  return next;
}
