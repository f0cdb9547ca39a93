/** What the parts of the checklist are made from: the case as one path sees it, the library, the texts. */
import { type Library, wizardByHash } from '../library.ts';
import type { CaseState, Target } from '../model.ts';
import { stepAt } from '../route.ts';
import type { Machine } from '../schema.ts';
import type { Texts } from './excerpt.ts';
import type { Clock } from './moment.ts';

export type Source = { library: Library; state: CaseState; texts: Texts; clock: Clock };

export function wizardTitleOf(library: Library, target: Pick<Target, 'wizard' | 'hash'>): string {
  const file = library.files.get(target.hash);
  if (file?.kind === 'planned') {
    return file.content.planned.find((entry) => entry.id === target.wizard)?.title ?? target.wizard;
  }
  return wizardByHash(library, target.hash)?.title ?? target.wizard;
}

/** The verdict that a fix belongs to, as a target of its own. */
export function verdictTarget(fix: Target): Target {
  return { ...fix, step: fix.verdict ?? fix.step, kind: 'verdict' };
}

export function consoleOf(source: Source, target: Target, environment: string | undefined): string[] {
  const step = stepAt(source.library, target);
  if (!step || step.kind === 'verdict') return [];
  const paths = step.console ?? [];
  const fits = (list: readonly string[] | undefined) => !list || !environment || list.includes(environment);
  return paths.filter((entry) => fits(entry.environments)).map((entry) => entry.path);
}

export function machineOf(source: Source, target: Target): Machine | null {
  const step = stepAt(source.library, target);
  return step && step.kind !== 'verdict' ? step.runs_on : null;
}
