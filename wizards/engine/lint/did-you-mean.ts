/** The known word that was probably meant, or null when none comes near. Of equals the one that begins alike. */
export function nearest(word: string, known: Iterable<string>): string | null {
  const wanted = word.toLowerCase();
  let best: string | null = null;
  let least = Math.min(3, Math.floor((word.length + 1) / 3));
  for (const candidate of known) {
    const other = candidate.toLowerCase();
    if (Math.abs(other.length - wanted.length) > least) continue;
    const distance = distanceBetween(wanted, other, least + 1);
    if (distance > least) continue;
    if (best !== null && distance === least && sharedStart(wanted, other) <= sharedStart(wanted, best)) continue;
    best = candidate;
    least = distance;
  }
  return best;
}

function sharedStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]?.toLowerCase()) length += 1;
  return length;
}

/** “Did you mean …?”, or what to do instead. */
export function hintFor(word: string, known: Iterable<string>, otherwise: string): string {
  const meant = nearest(word, known);
  return meant === null ? otherwise : `Did you mean "${meant}"?`;
}

/** Steps (put in, take out, change, swap two neighbours) from one word to the other; gives up at `most`. */
function distanceBetween(a: string, b: string, most: number): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(change, (previous[j] as number) + 1, (row[j - 1] as number) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] as number) + 1);
      }
      row.push(cost);
    }
    if (Math.min(...row) >= most) return most;
    before = previous;
    previous = row;
  }
  return previous[b.length] as number;
}
