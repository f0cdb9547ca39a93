/** What a simulated server answers in a practice case: samples of the catalogue, chosen by the scenario. */
import type { Library } from '../../wizards/engine/library.ts';
import type { CaseState } from '../../wizards/engine/model.ts';
import type { Lab } from '../../wizards/engine/schema.ts';
import { Fault } from '../fault.ts';

/** The scenario of a practice case, or null for a real one. */
export function labOf(library: Library, state: CaseState): Lab | null {
  return state.practice === null ? null : (library.labs.get(state.practice) ?? null);
}

/** The output that the scenario's server gives to a command now, after the changes made so far. */
export function simulatedOutput(
  library: Library,
  lab: Lab,
  state: CaseState,
  command: string,
  values: Record<string, string>,
): string {
  const done = new Set([
    ...Object.values(state.captures).map((capture) => capture.command),
    ...state.visits.flatMap((visit) => visit.byHand.map((change) => change.command)),
  ]);
  const entry = library.commands.get(command)?.command;
  const answer = lab.answers.findLast(
    (candidate) =>
      candidate.command === command &&
      (candidate.after === undefined || done.has(candidate.after)) &&
      Object.entries(candidate.parameters ?? {}).every(([name, value]) => values[name] === value),
  );
  const sample = entry?.samples?.find((candidate) => candidate.id === answer?.sample);
  if (sample) return sample.output;
  if (entry?.effect === 'change') return '';
  throw new Fault(
    'not-simulated',
    'The simulated server has no answer to this command.',
    'Use another command of the step, or go on with "I could not tell".',
  );
}

/** Answers on the live path that agree with the scenario, of those it has an opinion on; and a hint for the step. */
export function scoreOf(lab: Lab, state: CaseState): { right: number; asked: number; hint: string | null } {
  let right = 0;
  let asked = 0;
  for (const visit of state.visits) {
    if (visit.superseded || visit.outcome === null || visit.target.kind === 'fix') continue;
    const known = lab.questions.find((q) => q.wizard === visit.target.wizard && q.step === visit.target.step);
    const expected = known?.outcome ?? visit.suggested;
    if (expected === null) continue;
    asked += 1;
    if (expected === visit.outcome) right += 1;
  }
  const at = state.current === null ? undefined : state.visits[state.current - 1]?.target;
  const hint = lab.questions.find((q) => q.wizard === at?.wizard && q.step === at?.step)?.hint ?? null;
  return { right, asked, hint };
}
