/**
 * The path of a case as it travels to a watcher: a long case has a thousand visits, and a choice changes two of them.
 */
import type { PathView } from '../wizards/engine/view.ts';

/** The first `kept` visits of the path that went before, and then these. */
export type PathChange = { kept: number; visits: PathView[] };

/** Visits that are the same object count as unchanged. */
export function pathChange(before: readonly PathView[], now: readonly PathView[]): PathChange {
  const different = now.findIndex((visit, index) => visit !== before[index]);
  const kept = different === -1 ? now.length : different;
  return { kept, visits: now.slice(kept) };
}

/** The path after a change; the very one from before where nothing changed. */
export function pathAfter(before: PathView[], { kept, visits }: PathChange): PathView[] {
  if (visits.length === 0 && kept === before.length) return before;
  return [...before.slice(0, kept), ...visits];
}
