/** The visits of a path, in order, as the reader follows them. */
import { environmentOf, type Visit } from '../model.ts';
import { stepAt } from '../route.ts';
import { findingsAt } from '../suggestion.ts';
import { captureItems, labelOf } from './captures.ts';
import type { NoteItem, StepItem } from './model.ts';
import type { Clock } from './moment.ts';
import { consoleOf, machineOf, type Source, wizardTitleOf } from './source.ts';

export function stepItem(source: Source, visit: Visit): StepItem {
  const { target } = visit;
  const step = stepAt(source.library, target);
  // What is not answered yet has its suggestion from the readings as they stand.
  const suggested = visit.outcome === null ? findingsAt(source.state, visit).suggestion : visit.suggested;
  return {
    n: visit.n,
    wizard: target.wizard,
    wizardTitle: wizardTitleOf(source.library, target),
    step: target.step,
    kind: target.kind,
    title: step?.title ?? target.title,
    text: step?.text ?? null,
    why: step && step.kind !== 'verdict' ? step.why : null,
    machine: machineOf(source, target),
    console: consoleOf(source, target, environmentOf(source.state)),
    depth: target.stack.length,
    via: target.via ?? null,
    enteredAt: source.clock.moment(visit.enteredAt),
    outcome: visit.outcome === null ? null : { id: visit.outcome, label: visit.label ?? visit.outcome },
    suggested: suggested === null ? null : { id: suggested, label: labelOf(source, visit, suggested) },
    followed: followedBy(source, visit),
    at: visit.at === null ? null : source.clock.moment(visit.at),
    by: visit.by,
    note: visit.note,
    notes: noteItems(source.clock, visit.notes),
    captures: target.kind === 'fix' ? [] : captureItems(source, visit),
    // A step that the kept copy lacks cannot be vouched for.
    certainty: step?.certainty ?? 'unverified',
    sources: step?.sources ?? [],
  };
}

export function followedBy({ state }: Source, visit: Visit): StepItem['followed'] {
  if (visit.outcome === null) return null;
  if (visit.suggested === null)
    return findingsAt(state, visit).disagreeing.length > 0 ? 'disagreement' : 'no-suggestion';
  return visit.suggested === visit.outcome ? 'suggested' : 'against';
}

export function noteItems(clock: Clock, notes: readonly { text: string; at: string; by: string }[]): NoteItem[] {
  return notes.map(({ text, at, by }) => ({ text, at: clock.moment(at), by }));
}
