/** Follows `next` through steps, calls, returns and hand-overs to the places where a person is asked again. */
import { filesOfWizard, findStep, type Library, wizardByHash } from './library.ts';
import type { CaseStatus, Frame, Target } from './model.ts';
import type { Next, Step, StepOf } from './schema.ts';

export type Route = { to: Target[]; files: string[]; end?: CaseStatus };
/** Content that leads nowhere (lint finds it before): said, never thrown at a person as a stack trace. */
export class RouteError extends Error {}

type Place = { wizard: string; hash: string; stack: Frame[] };
const MOST_HOPS = 200;

/** A step as shown: a return without a caller is a verdict, and so is a wizard that is still to come. */
export type ShownStep = Exclude<Step, StepOf<'return'>>;

/** Enters a wizard at its start, or at `step`. */
export function routeInto(library: Library, id: string, step?: string): Route {
  return hop(library, { wizard: '', hash: '', stack: [] }, { handover: id }, 'start', 0, step);
}

/** From a place (the step that was answered) along `next`. */
export function routeFrom(library: Library, from: Place, next: Next): Route {
  return hop(library, from, next, undefined, 0);
}

function hop(library: Library, from: Place, next: Next, via: Target['via'], depth: number, at?: string): Route {
  if (depth > MOST_HOPS) throw new RouteError(`The wizard ${from.wizard} goes in a circle without asking anything.`);
  if (typeof next === 'string') return arrive(library, from, next, via, depth);
  const id = 'call' in next ? next.call : next.handover;
  const found = library.wizards.get(id);
  if (!found) return toPlanned(library, id);
  const frame = 'call' in next ? frameOf(from, next) : null;
  const place = { wizard: id, hash: found.hash, stack: frame ? [...from.stack, frame] : [] };
  const start = at ?? found.wizard.start;
  const route = arrive(library, place, start, via ?? (frame ? 'call' : 'handover'), depth + 1);
  return { ...route, files: [...filesOfWizard(library, found.hash), ...route.files] };
}

function frameOf(from: Place, next: { call: string; clear: Next; unsure: Next }): Frame {
  return { wizard: from.wizard, hash: from.hash, step: next.call, clear: next.clear, unsure: next.unsure };
}

function arrive(library: Library, place: Place, id: string, via: Target['via'], depth: number): Route {
  const wizard = wizardByHash(library, place.hash);
  const step = wizard && findStep(wizard, id);
  if (!step) throw new RouteError(`The wizard ${place.wizard} has no step "${id}".`);
  if (step.kind === 'return') {
    const frame = place.stack.at(-1);
    if (!frame) {
      const target = targetOf(place, step.id, 'verdict', step.title, via);
      return { to: [target], files: [], end: 'open' };
    }
    const back = { wizard: frame.wizard, hash: frame.hash, stack: place.stack.slice(0, -1) };
    return hop(library, back, step.result === 'clear' ? frame.clear : frame.unsure, 'return', depth + 1);
  }
  const target = targetOf(place, step.id, step.kind, step.title, via);
  if (step.kind !== 'verdict') return { to: [target], files: [] };
  const first = step.fixes?.[0];
  if (!first) return { to: [target], files: [], end: step.ends ?? 'open' };
  return { to: [target, fixTarget(library, target, first)], files: [] };
}

/** The fix `id` of a verdict, as a place of its own. */
export function fixTarget(library: Library, verdict: Target, id: string): Target {
  const wizard = wizardByHash(library, verdict.hash);
  const step = wizard && findStep(wizard, id);
  if (step?.kind !== 'fix') throw new RouteError(`The verdict ${verdict.step} names "${id}", which is no fix.`);
  return { ...verdict, step: id, kind: 'fix', title: step.title, verdict: verdict.step, via: undefined };
}

function toPlanned(library: Library, id: string): Route {
  const planned = library.planned.get(id);
  if (!planned) throw new RouteError(`There is no wizard "${id}".`);
  const place = { wizard: id, hash: planned.hash, stack: [] };
  const target = targetOf(place, 'next', 'verdict', `Next: ${planned.planned.title}`, 'handover');
  return { to: [target], files: [planned.hash], end: 'open' };
}

function targetOf(place: Place, step: string, kind: Target['kind'], title: string, via: Target['via']): Target {
  const { wizard, hash, stack } = place;
  return { wizard, hash, step, kind, title, stack, ...(via ? { via } : {}) };
}

/** The step that a target stands for, from the version that the case keeps. */
export function stepAt(library: Library, target: Target): ShownStep | null {
  const file = library.files.get(target.hash);
  if (file?.kind === 'planned') {
    const planned = file.content.planned.find((entry) => entry.id === target.wizard);
    if (!planned) return null;
    return {
      kind: 'verdict',
      id: 'next',
      title: `Next: ${planned.title}`,
      verdict: `next.${planned.id}`,
      cause: planned.about,
      advice: planned.by_hand,
      sources: ['Fieldguide: the wizards still to come'],
      certainty: 'confirmed',
    };
  }
  if (file?.kind !== 'wizard') return null;
  const step = findStep(file.content, target.step);
  if (!step) return null;
  if (step.kind === 'return') return returnAsVerdict(file.content.id, step);
  return step.kind === 'verdict' && step.known_faults ? withKnownFaults(library, step, step.known_faults) : step;
}

/** What is known of a fault stands before the verdict's own advice: which builds, how to see it, what mends it. */
function withKnownFaults(library: Library, step: StepOf<'verdict'>, ids: readonly string[]): StepOf<'verdict'> {
  const advice = ids.flatMap((id) => {
    const known = library.knownFaults.get(id);
    if (!known) return [];
    const { asOf, fault } = known;
    return [
      `Known fault, as of ${asOf} - ${fault.title}. It affects ${fault.affects}.`,
      ...fault.recognise,
      ...fault.remedy,
      ...(fault.mended === undefined ? [] : [`Mended by ${fault.mended}.`]),
    ];
  });
  return { ...step, advice: [...advice, ...(step.advice ?? [])] };
}

function returnAsVerdict(wizard: string, step: StepOf<'return'>): StepOf<'verdict'> {
  return {
    kind: 'verdict',
    id: step.id,
    title: step.title,
    verdict: `${wizard}.${step.result === 'clear' ? 'not-here' : 'unsure'}`,
    cause: step.text ?? step.title,
    sources: step.sources,
    certainty: step.certainty,
  };
}

/** Every verdict that a wizard can end in, `return` and planned hand-overs included. */
export function verdictsOf(library: Library, hash: string): string[] {
  const wizard = wizardByHash(library, hash);
  if (!wizard) return [];
  const verdicts = new Set<string>();
  const visit = (next: Next): void => {
    if (typeof next === 'string') return;
    const id = 'call' in next ? next.call : next.handover;
    if (!library.wizards.has(id)) verdicts.add(`next.${id}`);
    if ('call' in next) {
      visit(next.clear);
      visit(next.unsure);
    }
  };
  for (const step of wizard.steps) {
    if (step.kind === 'verdict') verdicts.add(step.verdict);
    if (step.kind === 'return') verdicts.add(returnAsVerdict(wizard.id, step).verdict);
    for (const next of nextsOf(step)) visit(next);
  }
  return [...verdicts];
}

/** All ways out of a step, as written. */
export function nextsOf(step: Step): Next[] {
  if (step.kind === 'question' || step.kind === 'check') return step.outcomes.map((outcome) => outcome.next);
  if (step.kind === 'fix') return step.not_verified === undefined ? [] : [step.not_verified];
  if (step.kind === 'verdict') return step.fixes ?? [];
  return [];
}
