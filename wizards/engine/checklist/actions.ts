/** What is left to do, as the data say. */
import type { CaseStatus } from '../model.ts';
import type { Branch, FixItem, OpenAction, PathItem, VerdictItem } from './model.ts';

export function openActions(status: CaseStatus, path: PathItem, superseded: readonly Branch[]): OpenAction[] {
  const verdict = path.verdicts.at(-1) ?? null;
  return [
    ...unanswered(path, status),
    ...path.verdicts.flatMap((entry) => entry.fixes).flatMap(ofFix),
    ...superseded.flatMap((branch) => branch.verdicts.flatMap((entry) => entry.fixes)).flatMap(ofAbandoned),
    ...ofVerdict(verdict),
    ...ofCase(status, path, verdict),
  ];
}

function unanswered({ steps }: PathItem, status: CaseStatus): OpenAction[] {
  const last = steps.at(-1);
  if (!last || last.outcome || status === 'closed' || last.kind === 'verdict' || last.kind === 'fix') return [];
  return [{ kind: 'answer', text: `Step ${last.n} is not answered yet: “${last.title}”`, n: last.n }];
}

/** A fix that was done, whether it helped or not. */
export function wasDone(fix: FixItem): boolean {
  return fix.status === 'verified' || fix.status === 'not-verified' || (fix.status === 'pending' && wasMade(fix));
}

/** Its change is on record: sent as a command, or made by hand along a path in a console. */
export function wasMade(fix: FixItem): boolean {
  return (fix.change?.sent.length ?? 0) > 0 || wasByHand(fix);
}

export function wasByHand(fix: FixItem): boolean {
  return (fix.change?.byHand.length ?? 0) > 0;
}

const howMade = (fix: FixItem): string => (wasByHand(fix) ? 'made by hand' : 'sent');

function ofFix(fix: FixItem): OpenAction[] {
  const { n, title, reminders } = fix;
  const actions: OpenAction[] = [];
  if (fix.status === 'pending') {
    const text = wasMade(fix)
      ? `The change “${title}” was ${howMade(fix)}; its proof is outstanding: ${fix.proof.expect}`
      : `Decide on the fix “${title}”`;
    actions.push({ kind: 'fix-pending', text, n });
  }
  if (fix.status === 'left') {
    const text = wasMade(fix)
      ? `“${title}” is marked as not done, but its change was ${howMade(fix)}: check what is in place`
      : `The fix “${title}” was left for later`;
    actions.push({ kind: 'fix-left', text, n });
  }
  if (fix.status === 'not-verified') {
    actions.push({ kind: 'fix-failed', text: `“${title}” did not help and is still in place: keep it or undo it`, n });
  }
  if (!wasDone(fix)) return actions;
  return [...actions, ...reminders.map((text): OpenAction => ({ kind: 'reminder', text, n }))];
}

/** Going back in the walk undoes nothing on a server. */
function ofAbandoned(fix: FixItem): OpenAction[] {
  if (!wasDone(fix) && !(fix.status === 'left' && wasMade(fix))) return [];
  const text = `“${fix.title}” was done on a branch that was given up, and is still in place: keep it or undo it`;
  const reminders = fix.reminders.map((reminder): OpenAction => ({ kind: 'reminder', text: reminder, n: fix.n }));
  return [{ kind: 'abandoned-change', text, n: fix.n }, ...reminders];
}

function ofVerdict(verdict: VerdictItem | null): OpenAction[] {
  if (!verdict?.id.startsWith('next.')) return [];
  return [
    { kind: 'next-wizard', text: `Go on with “${verdict.wizardTitle}”; this wizard is still to come`, n: verdict.n },
  ];
}

function ofCase(status: CaseStatus, path: PathItem, verdict: VerdictItem | null): OpenAction[] {
  if (status === 'waiting') return [{ kind: 'waiting', text: 'The case waits: see it through and close it', n: null }];
  const ended = path.steps.at(-1);
  const stands = ended !== undefined && ended.outcome === null && ended.kind !== 'verdict';
  if (status !== 'open' || stands || !verdict || verdict.id.startsWith('next.')) return [];
  return [{ kind: 'unsolved', text: 'The walk has ended without a proven fix; the case is still open', n: null }];
}
