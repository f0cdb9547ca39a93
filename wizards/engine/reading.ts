/** What an output means at the place where the walk stands. */
import { type Library, wizardByHash } from './library.ts';
import type { Reading, Visit } from './model.ts';
import { readForOwnProof, readForProof, readForStep } from './read.ts';
import { stepAt } from './route.ts';

/**
 * Reads the output of `command` for the step of `visit`. At a fix the proof is read as the check that failed
 * before: an outcome that leads to the same verdict again means "not verified", one that the fix calls good, or the
 * only other one, "verified". Null for an unknown command.
 */
export function readingFor(
  library: Library,
  visit: Visit,
  command: string,
  text: string,
  values: Record<string, string>,
  sent?: string,
): Reading | null {
  const step = stepAt(library, visit.target);
  const entry = library.commands.get(command)?.command;
  if (!step || !entry) return null;
  if (step.kind !== 'fix') return readForStep(step, entry, text, values, sent);
  const { verify } = step;
  if (!verify.commands.includes(command)) return { ...readForStep(step, entry, text, values, sent), suggested: null };
  if (verify.shown_by) return readForOwnProof(verify.shown_by, command, readForStep(step, entry, text, values, sent));
  const wizard = wizardByHash(library, visit.target.hash);
  const check = wizard?.steps.find((candidate) => candidate.id === verify.step);
  if (check?.kind !== 'check' && check?.kind !== 'question') return null;
  const failing = check.outcomes.filter((outcome) => outcome.next === visit.target.verdict).map(({ id }) => id);
  const says = (outcome: string) => {
    if (failing.includes(outcome)) return 'not-verified';
    return verify.good === undefined || verify.good.includes(outcome) ? 'verified' : null;
  };
  return readForProof(says, readForStep(check, entry, text, values, sent));
}
