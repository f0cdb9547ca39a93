/** Verdicts with their fixes: what was sent or would be, the way back with the old values, the proof. */

import { type CommandView, commandViews } from '../command-view.ts';
import { labelOf } from '../labels.ts';
import type { Library } from '../library.ts';
import type { ByHand, CaseState, Target, Visit } from '../model.ts';
import { environmentOf } from '../model.ts';
import { type ShownStep, stepAt } from '../route.ts';
import type { Shell, StepOf } from '../schema.ts';
import { captureItems } from './captures.ts';
import type { CaptureItem, CommandText, FixItem, FixStatus, VerdictItem } from './model.ts';
import { consoleOf, type Source, verdictTarget, wizardTitleOf } from './source.ts';
import { followedBy, noteItems } from './steps.ts';

/** The verdicts of a path in order, each with its fixes, those that were never come to included. */
export function verdictItems(source: Source, visits: readonly Visit[]): VerdictItem[] {
  const found: { target: Target; visit: Visit | null; fixes: Visit[] }[] = [];
  for (const visit of visits) {
    if (visit.target.kind === 'verdict') found.push({ target: visit.target, visit, fixes: [] });
    if (visit.target.kind !== 'fix') continue;
    const target = verdictTarget(visit.target);
    const same = found.findLast((entry) => entry.target.hash === target.hash && entry.target.step === target.step);
    // A branch may begin at a fix: its verdict then stands on the path before it.
    if (same) same.fixes.push(visit);
    else found.push({ target, visit: null, fixes: [visit] });
  }
  return found.map(({ target, visit, fixes }) => verdictItem(source, target, visit, fixes));
}

function verdictItem(source: Source, target: Target, visit: Visit | null, tried: Visit[]): VerdictItem {
  const step = stepAt(source.library, target);
  const verdict = step?.kind === 'verdict' ? step : null;
  const listed = visit ? (verdict?.fixes ?? []) : [];
  const untried = listed.filter((id) => !tried.some((fix) => fix.target.step === id));
  return {
    n: visit?.n ?? null,
    wizard: target.wizard,
    wizardTitle: wizardTitleOf(source.library, target),
    id: verdict?.verdict ?? `${target.wizard}.${target.step}`,
    title: verdict?.title ?? target.title,
    cause: verdict?.cause ?? target.title,
    certainty: verdict?.certainty ?? 'unverified',
    advice: verdict?.advice ?? [],
    asks: verdict?.asks ?? [],
    sources: verdict?.sources ?? [],
    at: visit ? source.clock.moment(visit.enteredAt) : null,
    fixes: [
      ...tried.flatMap((fix) => fixItem(source, fix.target, fix)),
      ...untried.flatMap((id) => fixItem(source, { ...target, step: id, kind: 'fix', verdict: target.step }, null)),
    ],
  };
}

function fixItem(source: Source, target: Target, visit: Visit | null): FixItem[] {
  const step = stepAt(source.library, target);
  if (step?.kind !== 'fix') return [];
  const captures = visit ? captureItems(source, visit) : [];
  const sent = captures.filter((capture) => capture.command !== null && capture.command === step.change);
  const proofs = captures.filter((capture) => isProof(step, capture));
  const byHand = visit?.byHand.filter((done) => done.command === step.change) ?? [];
  const views = changeViews(source, step, sent, byHand);
  const { change, text, verify } = step;
  const check = verify.step === undefined ? step : stepAt(source.library, { ...target, step: verify.step });
  return [
    {
      n: visit?.n ?? null,
      step: step.id,
      title: step.title,
      text: text ?? null,
      why: step.why,
      machine: step.runs_on,
      console: consoleOf(source, target, environmentOf(source.state)),
      status: statusOf(visit),
      label: visit?.label ?? null,
      followed: visit ? followedBy(source, visit) : null,
      at: visit?.at ? source.clock.moment(visit.at) : null,
      by: visit?.by ?? null,
      note: visit?.note ?? null,
      notes: noteItems(source.clock, visit?.notes ?? []),
      affects: step.affects,
      effective: step.effective,
      wait: step.wait,
      interruption: step.interruption,
      privilege: step.privilege,
      risk: step.risk,
      change: change === undefined ? null : changeOf(source, change, views, sent, byHand),
      rollback: rollbackOf(source, step, views),
      proof: {
        step: verify.step ?? step.id,
        title: check?.title ?? verify.step ?? step.title,
        expect: verify.expect,
        captures: proofs,
      },
      captures: captures.filter((capture) => !sent.includes(capture) && !proofs.includes(capture)),
      reminders: step.reminders ?? [],
      certainty: step.certainty,
      sources: step.sources,
    },
  ];
}

function isProof(step: StepOf<'fix'>, capture: CaptureItem): boolean {
  return capture.command !== null && capture.command !== step.change && step.verify.commands.includes(capture.command);
}

function statusOf(visit: Visit | null): FixStatus {
  if (!visit) return 'not-tried';
  return (visit.outcome as FixStatus | null) ?? 'pending';
}

/**
 * The change as it was sent, in that shell and with those values; else as it would be sent, in each shell. Values
 * that were changed later must not find their way into the rollback of what was sent before.
 */
function changeViews(
  source: Source,
  step: ShownStep,
  sent: readonly CaptureItem[],
  byHand: readonly ByHand[],
): CommandView[] {
  const last = sent.at(-1);
  const values = last ? source.state.captures[last.id]?.parameters : byHand.at(-1)?.parameters;
  const state = values ? withValues(source.state, values) : source.state;
  const views = commandViews(source.library, state, step, source.texts.outputOf).filter(
    (view) => view.role === 'change',
  );
  const inShell = last && views.filter((view) => view.shell === last.shell);
  return inShell && inShell.length > 0 ? inShell : views;
}

function withValues(state: CaseState, values: Record<string, string>): CaseState {
  const at = state.changedAt;
  const added = Object.entries(values).map(([name, value]) => ({
    name,
    value,
    from: 'capture' as const,
    visit: null,
    at,
  }));
  return { ...state, settings: [...state.settings, ...added] };
}

function changeOf(
  { library, clock }: Source,
  id: string,
  views: readonly CommandView[],
  sent: CaptureItem[],
  byHand: readonly ByHand[],
): FixItem['change'] {
  const planned = views.map(({ shell, text, missing }) => commandText(library, shell, text, missing));
  return {
    command: id,
    title: library.commands.get(id)?.command.title ?? id,
    object: views[0]?.changes ?? null,
    sent,
    byHand: byHand.map(({ text, at, by }) => ({ text, at: clock.moment(at), by })),
    planned: sent.length + byHand.length > 0 ? [] : planned,
  };
}

function commandText(library: Library, shell: Shell, text: string | null, missing: string[]): CommandText {
  return { shell, text, missing, missingLabels: missing.map((name) => labelOf(library, name)) };
}

function rollbackOf({ library }: Source, step: StepOf<'fix'>, views: readonly CommandView[]): FixItem['rollback'] {
  const texts: CommandText[] = views.flatMap(({ shell, rollback }) =>
    rollback?.command ? [commandText(library, shell, rollback.text, rollback.missing)] : [],
  );
  const first = views[0]?.rollback ?? null;
  return { words: step.rollback, note: first?.note ?? null, command: first?.command ?? null, texts };
}
