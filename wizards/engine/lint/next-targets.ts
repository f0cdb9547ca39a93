import type { Next, Step } from '../schema.ts';
import type { Path } from './place.ts';

/** One place that a step leads to. `way` says how: on to a step, into a call, or over to another wizard. */
export type Target = { way: 'step' | 'call' | 'handover'; id: string; path: Path };

/** Everything that a step leads to, with the place where it is written; the fixes of a verdict included. */
export function targetsOf(step: Step, path: Path): Target[] {
  if (step.kind === 'question' || step.kind === 'check') {
    return step.outcomes.flatMap((outcome, i) => targetsOfNext(outcome.next, [...path, 'outcomes', i, 'next']));
  }
  if (step.kind === 'fix') {
    return step.not_verified === undefined ? [] : targetsOfNext(step.not_verified, [...path, 'not_verified']);
  }
  if (step.kind === 'verdict') {
    return (step.fixes ?? []).map((id, i) => ({ way: 'step', id, path: [...path, 'fixes', i] }));
  }
  return [];
}

export function targetsOfNext(next: Next, path: Path): Target[] {
  if (typeof next === 'string') return [{ way: 'step', id: next, path }];
  if ('handover' in next) return [{ way: 'handover', id: next.handover, path: [...path, 'handover'] }];
  return [
    { way: 'call', id: next.call, path: [...path, 'call'] },
    ...targetsOfNext(next.clear, [...path, 'clear']),
    ...targetsOfNext(next.unsure, [...path, 'unsure']),
  ];
}
