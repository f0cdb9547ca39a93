/** Strongly connected components (Tarjan), without recursion: a long path must not overflow the stack. */
export type Component = { keys: ReadonlySet<string> };

/** The components that `start` leads to; each comes after those that it leads to, the one of `start` last. */
export function componentsOf(start: string, nextOf: (key: string) => readonly string[]): Component[] {
  const components: Component[] = [];
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const work: { key: string; next: readonly string[]; at: number }[] = [];
  const enter = (key: string): void => {
    order.set(key, order.size);
    low.set(key, order.size - 1);
    open.push(key);
    isOpen.add(key);
    work.push({ key, next: nextOf(key), at: 0 });
  };
  const lower = (key: string, to: number): void => {
    low.set(key, Math.min(low.get(key) as number, to));
  };
  enter(start);
  for (let top = work.at(-1); top; top = work.at(-1)) {
    const next = top.next[top.at];
    top.at += 1;
    if (next !== undefined) {
      if (!order.has(next)) enter(next);
      else if (isOpen.has(next)) lower(top.key, order.get(next) as number);
      continue;
    }
    work.pop();
    const above = work.at(-1);
    if (above) lower(above.key, low.get(top.key) as number);
    if (low.get(top.key) !== order.get(top.key)) continue;
    const members = open.splice(open.lastIndexOf(top.key));
    for (const member of members) isOpen.delete(member);
    components.push({ keys: new Set(members) });
  }
  return components;
}
