/**
 * Every verdict is reached by a real walk: outputs of the samples are brought, the reading suggests, the walker
 * accepts. Where no sample leads on, a person answers, and that is counted.
 */
import { describe, expect, test } from 'vitest';
import { compileLibrary, readYamlFolder } from '../../../electron/content/library-loader.ts';
import { createLibrary } from '../../../wizards/engine/library.ts';
import {
  type CaseState,
  EMPTY_CASE,
  environmentOf,
  evolve,
  type RecordedEvent,
  type Visit,
} from '../../../wizards/engine/model.ts';
import { readingFor } from '../../../wizards/engine/reading.ts';
import { nextsOf } from '../../../wizards/engine/route.ts';
import type { Next, Wizard } from '../../../wizards/engine/schema.ts';
import { triage } from '../../../wizards/engine/triage.ts';
import { viewOf } from '../../../wizards/engine/view.ts';
import { decide, type Input } from '../../../wizards/engine/walk.ts';
import { TYPICAL } from '../../fixtures/typical-walks.ts';
import { captureInput } from '../engine/player.ts';

const { files } = await compileLibrary(readYamlFolder('wizards'));
const library = createLibrary(files);
const wizards = [...library.wizards.values()].map(({ wizard }) => wizard);

type Walk = { state: CaseState; steps: string[]; reads: number; answers: number };

function play(state: CaseState, ...inputs: Input[]): CaseState {
  let now = state;
  for (const input of inputs) {
    const decision = decide(library, now, input);
    if ('refusal' in decision) throw new Error(`${decision.refusal.code}: ${decision.refusal.message}`);
    for (const event of decision.events) {
      const recorded = { seq: now.seq + 1, at: '2026-01-01T00:00:00.000Z', actor: 'tester', host: 'pc', ...event };
      now = evolve(now, recorded as RecordedEvent);
    }
  }
  return now;
}

const opened = (wizard: string, step?: string): CaseState =>
  play(EMPTY_CASE, {
    type: 'open',
    case: 'c',
    title: 'Test',
    ticket: '',
    operator: 'tester',
    product: 'Fieldguide',
    wizard,
    ...(step ? { step } : {}),
    evidence: [],
    parameters: {},
  });

const visitOf = (state: CaseState): Visit | null =>
  state.current === null ? null : (state.visits[state.current - 1] ?? null);

function placeOf(state: CaseState): string {
  const target = state.visits.at(-1)?.target;
  const stack = target?.stack.map((call) => JSON.stringify(call)).join('>') ?? '';
  return `${target?.wizard}/${target?.step} ${environmentOf(state) ?? ''} ${stack}`;
}

/** The outcome that each sample of the step's commands suggests here, with the inputs that lead on. */
function readingWays(state: CaseState): Map<string, Input[]> {
  const visit = visitOf(state) as Visit;
  const ways = new Map<string, Input[]>();
  const environment = environmentOf(state);
  for (const { id, effect } of viewOf(library, state).step?.commands ?? []) {
    const command = library.commands.get(id)?.command;
    if (!command || effect === 'change') continue;
    for (const sample of command.samples ?? []) {
      if (environment && sample.environments && !sample.environments.includes(environment)) continue;
      const reading = readingFor(library, visit, id, sample.output, sample.parameters ?? {});
      const outcome = reading?.suggested;
      if (outcome && !ways.has(outcome)) ways.set(outcome, [captureInput(id, outcome), { type: 'choose', outcome }]);
    }
  }
  return ways;
}

/** The walks to all verdicts of a wizard with the fewest answers of a person, then the fewest steps. */
function walksOf(wizard: Wizard, start?: string): Map<string, Walk> {
  const found = new Map<string, Walk>();
  const seen = new Set<string>();
  let frontier: Walk[] = [{ state: opened(wizard.id, start), steps: [], reads: 0, answers: 0 }];
  while (frontier.length > 0) {
    const later: Walk[] = [];
    // All that is reached with this many answers, in order of steps.
    for (let queue = frontier; queue.length > 0; ) {
      const next: Walk[] = [];
      for (const walk of queue) {
        const visit = visitOf(walk.state);
        const verdict = walk.state.visits.at(-1)?.target;
        if (verdict?.kind === 'verdict' || verdict?.kind === 'fix') {
          record(wizard, walk, found);
          continue;
        }
        const key = placeOf(walk.state);
        if (seen.has(key)) continue;
        seen.add(key);
        if (!visit || visit.target.kind === 'fix' || visit.target.stack.length > 3) continue;
        const view = viewOf(library, walk.state).step;
        const data = library.wizards
          .get(visit.target.wizard)
          ?.wizard.steps.find((step) => step.id === visit.target.step);
        if (data && 'outcomes' in data)
          expect(view?.outcomes.map(({ id }) => id)).toEqual(data.outcomes.map(({ id }) => id));
        const steps = [...walk.steps, `${visit.target.wizard}/${visit.target.step}`];
        const ways = readingWays(walk.state);
        for (const { id } of view?.outcomes ?? []) {
          const inputs = ways.get(id);
          const state = play(walk.state, ...(inputs ?? [{ type: 'choose', outcome: id }]));
          if (leftFor(state, visit)) continue;
          if (inputs) next.push({ state, steps, reads: walk.reads + 1, answers: walk.answers });
          else later.push({ state, steps, reads: walk.reads, answers: walk.answers + 1 });
        }
      }
      queue = next;
    }
    frontier = later;
  }
  return found;
}

/** Handed over for good: the other wizard has walks of its own. */
function leftFor(state: CaseState, before: Visit): boolean {
  const target = state.visits.at(-1)?.target;
  return target !== undefined && target.wizard !== before.target.wizard && target.via === 'handover';
}

function record(wizard: Wizard, walk: Walk, found: Map<string, Walk>): void {
  for (const visit of walk.state.visits) {
    if (visit.superseded || visit.target.wizard !== wizard.id || visit.target.kind !== 'verdict') continue;
    const step = wizard.steps.find((one) => one.id === visit.target.step);
    if (step?.kind === 'verdict' && !found.has(step.verdict)) found.set(step.verdict, walk);
  }
}

const all = new Map(wizards.map((wizard) => [wizard.id, walksOf(wizard)]));
const verdictsIn = (wizard: Wizard) => wizard.steps.flatMap((step) => (step.kind === 'verdict' ? [step.verdict] : []));

describe('every verdict is reached by a walk', () => {
  test.each(wizards.map((wizard) => [wizard.id, wizard] as const))('%s', (id, wizard) => {
    const walks = all.get(id) as Map<string, Walk>;
    const missing = verdictsIn(wizard).filter((verdict) => !walks.has(verdict));
    expect(missing).toEqual([]);
  });

  test('most of them by readings, once the generation is known', () => {
    const rows = wizards.map((wizard) => {
      const walks = [...(all.get(wizard.id) as Map<string, Walk>).values()];
      const alone = walks.filter(({ answers }) => answers === 0).length;
      const one = walks.filter(({ answers }) => answers === 1).length;
      return [wizard.id, walks.length, alone, one, walks.length - alone - one] as const;
    });
    const sum = (column: 1 | 2 | 3 | 4) => rows.reduce((total, row) => total + row[column], 0);
    const line = (cells: readonly (string | number)[]) =>
      cells.map((cell, i) => (i === 0 ? `${cell}`.padEnd(22) : `${cell}`.padStart(9))).join('');
    const table = [
      line(['verdicts of', 'all', 'readings', '1 answer', 'more']),
      ...rows.map(line),
      line(['together', sum(1), sum(2), sum(3), sum(4)]),
    ];
    console.info(table.join('\n'));
    expect(sum(1)).toBe(wizards.flatMap(verdictsIn).length);
    expect(sum(2) + sum(3)).toBeGreaterThan(sum(1) * 0.4);
  });
});

describe('from typical evidence to the right verdict', () => {
  test.each(TYPICAL.map((typical) => [typical.wizard, typical] as const))('%s', (id, { evidence, verdict }) => {
    const wizard = library.wizards.get(id)?.wizard as Wizard;
    const suggestion = triage(library, evidence).suggestions.find((one) => one.wizard === id);
    const known = suggestion !== undefined || wizard.symptoms?.includes(evidence) === true;
    expect(known, `"${evidence}" is neither recognised as evidence for ${id} nor one of its symptoms`).toBe(true);
    const walk = walksOf(wizard, suggestion?.step).get(verdict);
    expect(walk?.steps.length).toBeLessThanOrEqual(9);
  });

  test('there is one for each wizard', () => {
    expect(TYPICAL.map(({ wizard }) => wizard).sort()).toEqual(wizards.map(({ id }) => id).sort());
    const rows = TYPICAL.map(({ wizard, verdict }) => {
      const walk = all.get(wizard)?.get(verdict);
      const step = library.wizards
        .get(wizard)
        ?.wizard.steps.find((one) => one.kind === 'verdict' && one.verdict === verdict);
      const changes = step?.kind === 'verdict' ? (step.fixes?.length ?? 0) : 0;
      return `${wizard.padEnd(22)}${verdict.padEnd(34)}${`${walk?.steps.length}`.padStart(6)}${`${walk?.reads}`.padStart(6)}${`${changes}`.padStart(8)}`;
    });
    console.info(
      [
        `${'tree'.padEnd(22)}${'verdict'.padEnd(34)}${'steps'.padStart(6)}${'reads'.padStart(6)}${'changes'.padStart(8)}`,
        ...rows,
      ].join('\n'),
    );
  });
});

describe('no walk goes on without end', () => {
  const bounds = new Map<string, number>();

  /**
   * Visits that no walk exceeds which enters each step once, and each circle therefore at most once: the heaviest
   * way through the circles, of which each counts with all of its steps. A call counts with the wizard it calls.
   */
  function most(wizard: Wizard, withCalls: boolean): number {
    const key = `${wizard.id} ${withCalls}`;
    const known = bounds.get(key);
    if (known !== undefined) return known;
    const ways = new Map(wizard.steps.map((step) => [step.id, nextsOf(step)]));
    const weight = (id: string): number => {
      const called = withCalls ? (ways.get(id) ?? []).flatMap(callsIn) : [];
      return 1 + Math.max(0, ...called.map((call) => most(library.wizards.get(call)?.wizard as Wizard, true)));
    };
    const reach = new Map([...ways.keys()].map((id) => [id, reachable(id, ways)]));
    const circleOf = (id: string): string[] =>
      [id, ...[...(reach.get(id) ?? [])].filter((other) => other !== id && reach.get(other)?.has(id))].sort();
    const done = new Map<string, number>();
    const from = (id: string): number => {
      const circle = circleOf(id);
      const name = circle.join();
      const there = done.get(name);
      if (there !== undefined) return there;
      const out = circle
        .flatMap((one) => (ways.get(one) ?? []).flatMap(stepsIn))
        .filter((next) => !circle.includes(next));
      const bound = circle.reduce((sum, one) => sum + weight(one), 0) + Math.max(0, ...out.map(from));
      done.set(name, bound);
      return bound;
    };
    const bound = from(wizard.start);
    bounds.set(key, bound);
    return bound;
  }

  const stepsIn = (next: Next): string[] =>
    typeof next === 'string' ? [next] : 'call' in next ? [...stepsIn(next.clear), ...stepsIn(next.unsure)] : [];
  const callsIn = (next: Next): string[] =>
    typeof next === 'string' || !('call' in next) ? [] : [next.call, ...callsIn(next.clear), ...callsIn(next.unsure)];

  function reachable(start: string, ways: ReadonlyMap<string, Next[]>): Set<string> {
    const found = new Set<string>();
    const queue = [start];
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      for (const next of (ways.get(id) ?? []).flatMap(stepsIn)) {
        if (found.has(next)) continue;
        found.add(next);
        queue.push(next);
      }
    }
    return found;
  }

  test.each(wizards.map((wizard) => [wizard.id, wizard] as const))(
    '%s: at most 25 visits in it, 80 with the wizards it calls',
    (_, wizard) => {
      expect(most(wizard, false)).toBeLessThanOrEqual(25);
      expect(most(wizard, true)).toBeLessThanOrEqual(80);
    },
  );
});
