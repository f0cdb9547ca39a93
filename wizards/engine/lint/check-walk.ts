/** Whether a person can get everywhere and out again. */
import { UNKNOWN } from '../schema.ts';
import type { Context, FoundWizard } from './context.ts';
import { type Target, targetsOf } from './next-targets.ts';

type Edges = Map<string, Target[]>;

export function checkWalk(context: Context): void {
  const closed = onlyComeBack(context);
  for (const found of context.wizards.values()) {
    const edges: Edges = new Map();
    for (const { step, path } of found.steps.values()) edges.set(step.id, targetsOf(step, path));
    checkReached(context, found, edges);
    checkFixes(context, found, edges);
    checkWayOut(context, found, edges, closed);
    checkOutcomes(context, found);
  }
  checkCalls(context);
}

function checkReached({ report }: Context, { source, wizard, steps }: FoundWizard, edges: Edges): void {
  const roots = [wizard.start, ...(wizard.triggers ?? []).map((trigger) => trigger.step)];
  const reached = spread(
    roots.filter((id) => id !== undefined),
    (id) => (edges.get(id) ?? []).filter((target) => target.way === 'step').map((target) => target.id),
  );
  for (const { step, path } of steps.values()) {
    // A fix belongs to its verdict; a check of its own names one without.
    if (reached.has(step.id) || step.kind === 'fix') continue;
    if (step.kind === 'verdict') report('FG310', source, [...path, 'id'], `No way leads to the verdict "${step.id}".`);
    else report('FG301', source, [...path, 'id'], `No way leads to the step "${step.id}".`);
  }
}

function checkFixes({ report }: Context, { source, wizard, steps }: FoundWizard, edges: Edges): void {
  const listed = new Set<string>();
  for (const { step } of steps.values()) {
    if (step.kind === 'verdict') for (const id of step.fixes ?? []) listed.add(id);
  }
  const past = (id: string | undefined, path: Target['path']): void => {
    if (id === undefined || steps.get(id)?.step.kind !== 'fix') return;
    report('FG306', source, path, `"${id}" is a fix, and no verdict stands before it.`);
  };
  past(wizard.start, ['start']);
  for (const [i, trigger] of (wizard.triggers ?? []).entries()) past(trigger.step, ['triggers', i, 'step']);
  for (const { step, path } of steps.values()) {
    if (step.kind === 'fix' && !listed.has(step.id))
      report('FG305', source, [...path, 'id'], `No verdict lists the fix "${step.id}".`);
    if (step.kind === 'verdict') {
      if (!step.fixes?.length && !step.advice?.length && !step.ends) {
        report('FG302', source, [...path, 'id'], `The verdict "${step.id}" has neither fixes nor advice.`);
      }
      continue;
    }
    for (const target of edges.get(step.id) ?? []) if (target.way === 'step') past(target.id, target.path);
  }
}

/** Backwards from everything that ends the wizard or leaves it. */
function checkWayOut({ report }: Context, { source, steps }: FoundWizard, edges: Edges, closed: Set<string>): void {
  const back = new Map<string, string[]>();
  const outs: string[] = [];
  for (const { step } of steps.values()) {
    if (step.kind === 'verdict' || step.kind === 'return' || step.kind === 'fix') outs.push(step.id);
    for (const target of edges.get(step.id) ?? []) {
      if (target.way === 'step' && steps.has(target.id)) {
        const list = back.get(target.id) ?? [];
        list.push(step.id);
        back.set(target.id, list);
      } else if (target.way !== 'call' || !closed.has(target.id)) outs.push(step.id);
    }
  }
  const free = spread(outs, (id) => back.get(id) ?? []);
  for (const { step, path } of steps.values()) {
    if (!free.has(step.id)) {
      report('FG303', source, [...path, 'id'], `From "${step.id}" no verdict, return or hand-over can be reached.`);
    }
  }
}

/** Wizards that end in nothing but a return: calling one is no way out of a circle. */
function onlyComeBack({ wizards }: Context): Set<string> {
  const closed = new Set<string>();
  for (const [id, { steps }] of wizards) {
    const all = [...steps.values()];
    const ends = all.some(
      ({ step, path }) => step.kind === 'verdict' || targetsOf(step, path).some((t) => t.way !== 'step'),
    );
    if (!ends) closed.add(id);
  }
  return closed;
}

function checkOutcomes({ report }: Context, { source, steps }: FoundWizard): void {
  for (const { step, path } of steps.values()) {
    if (step.kind !== 'question' && step.kind !== 'check') continue;
    const ids = step.outcomes.map((outcome) => outcome.id);
    const unknown = ids.indexOf(UNKNOWN);
    if (unknown < 0)
      report(
        'FG304',
        source,
        source.keyAt([...path, 'outcomes']),
        `The step "${step.id}" has no outcome "${UNKNOWN}".`,
      );
    else if (unknown < ids.length - 1) {
      report(
        'FG308',
        source,
        [...path, 'outcomes', unknown, 'id'],
        `"${UNKNOWN}" is outcome ${unknown + 1} of ${ids.length}.`,
      );
    }
    for (const [i, outcome] of step.outcomes.entries()) {
      if (outcome.next !== step.id) continue;
      report('FG309', source, [...path, 'outcomes', i, 'next'], `"${outcome.id}" leads back to its own step.`);
    }
  }
}

function checkCalls({ wizards, report }: Context): void {
  const calls = new Map<string, (Target & { by: FoundWizard })[]>();
  for (const [id, found] of wizards) {
    const all = [...found.steps.values()].flatMap(({ step, path }) => targetsOf(step, path));
    calls.set(
      id,
      all.filter((target) => target.way === 'call').map((target) => ({ ...target, by: found })),
    );
  }
  const called = (id: string) => (calls.get(id) ?? []).map((call) => call.id);
  const reach = new Map<string, Set<string>>();
  for (const [id, list] of calls) {
    for (const call of list) {
      const reached = reach.get(call.id) ?? spread([call.id], called);
      reach.set(call.id, reached);
      if (!reached.has(id)) continue;
      const message =
        call.id === id
          ? `The wizard ${id} calls itself.`
          : `The wizard ${id} calls ${call.id}, which leads back to it by calls.`;
      report('FG307', call.by.source, call.path, message);
    }
  }
}

/** All ids that can be reached from some. Linear in the number of edges. */
function spread(from: readonly string[], next: (id: string) => readonly string[]): Set<string> {
  const reached = new Set(from);
  const queue = [...reached];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const other of next(id)) {
      if (reached.has(other)) continue;
      reached.add(other);
      queue.push(other);
    }
  }
  return reached;
}
