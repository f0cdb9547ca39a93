/** The case in two to five sentences: what was reported, found, changed, proven, and what is left. */

import { wasByHand, wasDone, wasMade } from './actions.ts';
import type { Checklist, FixItem, VerdictItem } from './model.ts';

type Told = Omit<Checklist, 'summary'>;

export function summaryOf(told: Told): string[] {
  const fixes = told.path.verdicts.flatMap((verdict) => verdict.fixes);
  const done = fixes.filter((fix) => wasDone(fix) || fix.status === 'rolled-back');
  const abandoned = told.superseded
    .flatMap((branch) => branch.verdicts)
    .flatMap((verdict) => verdict.fixes)
    .filter((fix) => wasDone(fix) || wasMade(fix));
  const proof = proofOf(done);
  return [reported(told), found(told), changed(done, abandoned), ...(proof ? [proof] : []), open(told)];
}

function reported({ evidence, case: { title }, parameters }: Told): string {
  const [first] = evidence;
  if (!first) return sentence(`Reported: “${title}”; no event or other text was brought`);
  const what = first.kind === 'event' ? `event ${first.id} of ${first.source}` : first.source;
  const remote = parameters.find(({ name }) => name === 'remote_host')?.value;
  const about = remote ? ` about ${remote}` : '';
  const rest = evidence.length > 1 ? `, and ${evidence.length - 1} more` : '';
  return sentence(`Reported: ${what} (“${first.title}”)${about}${rest}`);
}

function found({ path, verdict }: Told): string {
  if (!verdict) {
    const last = path.steps.at(-1);
    const where = last ? `; the walk stands at step ${last.n}, “${last.title}”` : '';
    return sentence(`No cause is established yet${where}`);
  }
  const before = path.verdicts.slice(0, -1).map(named);
  const earlier = before.length > 0 ? `; before that: ${before.join('; ')}` : '';
  const last = path.steps.at(-1);
  const goesOn = last && last.kind !== 'verdict' && last.kind !== 'fix' && last.outcome === null;
  const still = goesOn ? `; the search goes on at step ${last.n}, “${last.title}”` : '';
  return sentence(`Found: ${named(verdict)}${earlier}${still}`);
}

const named = ({ title, id, certainty }: VerdictItem) => `“${title}” (${id}, certainty: ${certainty})`;

function changed(done: readonly FixItem[], abandoned: readonly FixItem[]): string {
  const parts = done.map((fix) => {
    const who = fix.by && fix.at ? ` by ${fix.by}, ${fix.at.local}` : '';
    const how = wasByHand(fix) ? ', done by hand' : wasMade(fix) ? '' : ', done without a recorded command';
    return `“${fix.title}”${fix.status === 'rolled-back' ? ', undone again' : ''}${who}${how}`;
  });
  const given = abandoned.map((fix) => `“${fix.title}” on a branch that was given up`);
  const all = [...parts, ...given];
  return all.length === 0 ? 'Nothing was changed.' : sentence(`Changed: ${all.join('; ')}`);
}

function proofOf(done: readonly FixItem[]): string | null {
  const fix = done.findLast((entry) => entry.status !== 'rolled-back');
  if (!fix) return null;
  const { proof, status } = fix;
  const by = fix.by ?? 'the operator';
  const last = proof.captures.at(-1);
  if (status === 'pending') return sentence(`The proof is outstanding; expected: ${proof.expect}`);
  const result = status === 'verified' ? 'succeeded' : 'failed';
  if (!last) return sentence(`The proof ${result} according to ${by}; no output of the check is recorded`);
  const against = fix.followed === 'against' ? ', against what the reading suggested' : '';
  const check = `the check “${proof.title}” was repeated ${last.startedAt.local}`;
  return sentence(`The proof ${result} according to ${by}${against}: ${check}; expected: ${proof.expect}`);
}

function open({ openActions, case: { state } }: Told): string {
  const [first] = openActions;
  if (!first) return `Nothing is left open; the case is ${state}.`;
  const count = openActions.length === 1 ? 'one action' : `${openActions.length} actions`;
  return sentence(`Open (the case is ${state}): ${count}, first: ${first.text}`);
}

/** Ends a sentence once, whatever the data end with. */
function sentence(text: string): string {
  return `${text.replace(/[.\s]+$/, '')}.`;
}
