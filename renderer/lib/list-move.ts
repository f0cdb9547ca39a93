/** The place in a list to which a key leads from another; null for keys that move nothing. `page`: rows in sight. */
export function listMove(key: string, from: number, count: number, page: number): number | null {
  if (count === 0) return null;
  const places: Record<string, number> = {
    ArrowUp: from - 1,
    ArrowDown: from + 1,
    PageUp: from - page,
    PageDown: from + page,
    Home: 0,
    End: count - 1,
  };
  const wanted = places[key];
  return wanted === undefined ? null : Math.max(0, Math.min(count - 1, wanted));
}
