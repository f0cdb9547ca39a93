/** Walks through the product's own wizards, as a test takes them: by the samples of the commands, else by answers. */
import { expect } from 'vitest';
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
import type { Wizard } from '../../../wizards/engine/schema.ts';
import { viewOf } from '../../../wizards/engine/view.ts';
import { decide, type Input } from '../../../wizards/engine/walk.ts';
import { captureInput } from '../engine/player.ts';

const { files } = await compileLibrary(readYamlFolder('wizards'));
export const library = createLibrary(files);
export const wizards = [...library.wizards.values()].map(({ wizard }) => wizard);

export type Walk = { state: CaseState; steps: string[]; reads: number; answers: number };

export function play(state: CaseState, ...inputs: Input[]): CaseState {
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

export const visitOf = (state: CaseState): Visit | null =>
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
export function walksOf(wizard: Wizard, start?: string): Map<string, Walk> {
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
