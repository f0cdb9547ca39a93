/** Superseded visits, cut into the branches that they were walked in. */
import type { CaseState, Target, Visit } from '../model.ts';

export type VisitBranch = { visits: Visit[]; replacedBy: number | null };

export function branchesOf(state: CaseState): VisitBranch[] {
  const branches: Visit[][] = [];
  for (const visit of state.visits) {
    if (!visit.superseded) continue;
    const branch = branches.at(-1);
    const before = branch?.at(-1);
    if (branch && before?.n === visit.n - 1 && leadsTo(before, visit)) branch.push(visit);
    else branches.push([visit]);
  }
  return branches.map((visits) => ({ visits, replacedBy: replacementOf(state, visits) }));
}

/** A visit is entered in the moment in which the one before is answered; going back enters it later. */
function leadsTo(before: Visit, visit: Visit): boolean {
  if (before.target.kind === 'verdict') {
    return visit.target.verdict === before.target.step && visit.enteredAt === before.enteredAt;
  }
  return before.at === visit.enteredAt;
}

function replacementOf(state: CaseState, visits: readonly Visit[]): number | null {
  const first = visits[0];
  if (!first) return null;
  const same = (target: Target) =>
    target.wizard === first.target.wizard && target.step === first.target.step && target.kind === first.target.kind;
  return state.visits.find((visit) => !visit.superseded && visit.n > first.n && same(visit.target))?.n ?? null;
}

/** The case as it stood on a branch: values and captures of the branch count, those walked later do not. */
export function stateOnBranch(state: CaseState, visits: readonly Visit[]): CaseState {
  const members = new Set(visits.map((visit) => visit.n));
  const first = visits[0]?.n ?? 0;
  return {
    ...state,
    visits: state.visits.map((visit) => ({ ...visit, superseded: !(visit.n < first || members.has(visit.n)) })),
  };
}
