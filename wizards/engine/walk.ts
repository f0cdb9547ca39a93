/** The walk: what a person may do next, as events for the journal or as a refusal that says why. */
import { type Library, pinnedLibrary, wizardByHash } from './library.ts';
import {
  type Capture,
  type CaseEvent,
  type CaseState,
  type CaseStatus,
  currentVisit,
  type EvidenceItem,
  type Reading,
  type SettingFrom,
  type Target,
  type Visit,
} from './model.ts';
import { checkValue } from './parameters.ts';
import { fixTarget, type Route, RouteError, routeFrom, routeInto, stepAt } from './route.ts';
import type { FIX_OUTCOMES, Outcome, StepOf } from './schema.ts';
import { findingsAt } from './suggestion.ts';

export type Input =
  | {
      type: 'open';
      case: string;
      title: string;
      ticket: string;
      operator: string;
      product: string;
      practice?: string;
      wizard: string;
      step?: string;
      evidence: EvidenceItem[];
      parameters: Record<string, { value: string; from: SettingFrom }>;
    }
  | { type: 'describe'; title?: string; ticket?: string; operator?: string }
  | { type: 'set'; name: string; value: string; from?: SettingFrom }
  | { type: 'capture'; capture: Omit<Capture, 'id' | 'visit'> }
  | { type: 'reuse'; capture: string; reading: Reading | null }
  | { type: 'by-hand'; command: string; text: string; parameters: Record<string, string> }
  | { type: 'choose'; outcome: string; note?: string }
  | { type: 'back'; to: number }
  | { type: 'note'; text: string }
  | { type: 'state'; state: CaseStatus }
  | { type: 'take-version' };
export type Refusal = { code: string; message: string; hint?: string };
export type Decision = { events: CaseEvent[] } | { refusal: Refusal };
type Of<T extends Input['type']> = Extract<Input, { type: T }>;

const LONGEST_NOTE = 10_000;
export const FIX_LABELS: Record<(typeof FIX_OUTCOMES)[number], string> = {
  verified: 'Done, and the proof succeeded',
  'not-verified': 'Done, but the fault is still there',
  'rolled-back': 'Undone again',
  left: 'Not done now',
};

/** One input gives at most one event, so a journal never holds half a decision. */
export function decide(product: Library, state: CaseState, input: Input): Decision {
  const library = pinnedLibrary(product, state.files);
  try {
    switch (input.type) {
      case 'open':
        return open(product, state, input);
      case 'describe':
        return one({ ...input, type: 'described' });
      case 'set':
        return set(library, input);
      case 'capture':
        return capture(state, input);
      case 'reuse':
        return reuse(state, input);
      case 'by-hand':
        return byHand(library, state, input);
      case 'choose':
        return choose(product, library, state, input);
      case 'back':
        return back(state, input);
      case 'note':
        return note(state, input);
      case 'state':
        return one({ type: 'state-set', state: input.state });
      case 'take-version':
        return takeVersion(product, state);
    }
  } catch (error) {
    if (error instanceof RouteError) return refuse('broken-wizard', error.message, 'Run `fieldguide lint`.');
    throw error;
  }
}

const one = (event: CaseEvent): Decision => ({ events: [event] });
const refuse = (code: string, message: string, hint?: string): Decision => ({
  refusal: { code, message, ...(hint ? { hint } : {}) },
});

function open(library: Library, state: CaseState, input: Of<'open'>): Decision {
  if (state.seq > 0) return refuse('already-open', 'This case has begun already.');
  if (!library.wizards.has(input.wizard)) {
    return refuse('unknown-wizard', `There is no wizard "${input.wizard}".`, 'See `fieldguide wizards`.');
  }
  const { type: _, wizard, step, ...rest } = input;
  return one({ type: 'opened', format: 1, ...rest, ...routeInto(library, wizard, step) });
}

function set(library: Library, input: Of<'set'>): Decision {
  const parameter = library.parameters.get(input.name);
  if (!parameter) return refuse('unknown-parameter', `There is no parameter "${input.name}".`);
  const from = input.from ?? 'person';
  if (input.value.trim() === '') return one({ type: 'parameter-set', name: input.name, value: null, from });
  const checked = checkValue(parameter, input.value);
  if (!checked.ok) return { refusal: { code: checked.refusal.code, ...pick(checked.refusal) } };
  return one({ type: 'parameter-set', name: input.name, value: checked.value, from });
}

const pick = ({ message, hint }: Refusal) => ({ message, ...(hint ? { hint } : {}) });

function capture(state: CaseState, input: Of<'capture'>): Decision {
  const visit = currentVisit(state);
  if (!visit) return refuse('ended', 'The walk has ended: go back to a step to add evidence.');
  const id = `c${Object.keys(state.captures).length + 1}`;
  return one({ type: 'captured', capture: { id, visit: visit.n, ...input.capture } });
}

function reuse(state: CaseState, input: Of<'reuse'>): Decision {
  const visit = currentVisit(state);
  if (!visit) return refuse('ended', 'The walk has ended: go back to a step to add evidence.');
  if (!state.captures[input.capture]) return refuse('unknown-capture', `There is no capture "${input.capture}".`);
  if (visit.captures.includes(input.capture))
    return refuse('already-used', 'This capture belongs to the step already.');
  return one({ type: 'reused', visit: visit.n, capture: input.capture, reading: input.reading });
}

function byHand(library: Library, state: CaseState, input: Of<'by-hand'>): Decision {
  const visit = currentVisit(state);
  const step = visit && stepAt(library, visit.target);
  if (!visit || step?.kind !== 'fix' || step.change !== input.command)
    return refuse('no-such-change', `The walk does not stand at a fix with the change "${input.command}".`);
  const { command, text, parameters } = input;
  return one({ type: 'done-by-hand', visit: visit.n, command, text, parameters });
}

function choose(product: Library, library: Library, state: CaseState, input: Of<'choose'>): Decision {
  const visit = currentVisit(state);
  if (!visit) return refuse('ended', 'The walk has ended: go back to a step to answer otherwise.');
  const step = stepAt(library, visit.target);
  if (!step) return refuse('broken-wizard', `The step ${visit.target.step} is not in the kept copy of its wizard.`);
  if (input.note && input.note.length > LONGEST_NOTE)
    return refuse('too-long', 'A note holds at most 10,000 characters.');
  const base = {
    type: 'chosen' as const,
    visit: visit.n,
    outcome: input.outcome,
    ...(input.note ? { note: input.note } : {}),
    suggested: findingsAt(state, visit).suggestion,
    captures: visit.captures,
  };
  if (step.kind === 'fix') {
    const route = afterFix(library, state, visit, step, input.outcome);
    if (!route) return unknownOutcome(input.outcome, Object.keys(FIX_LABELS));
    return one({ ...base, label: FIX_LABELS[input.outcome as keyof typeof FIX_LABELS], ...route });
  }
  if (step.kind === 'verdict') return refuse('ended', 'A verdict has no outcomes.');
  const outcome = step.outcomes.find((entry) => entry.id === input.outcome);
  if (!outcome)
    return unknownOutcome(
      input.outcome,
      step.outcomes.map((entry) => entry.id),
    );
  // A wizard that is entered now is entered as it is now; the one under way stays as the case keeps it.
  const route = routeFrom(mixed(product, library), visit.target, outcome.next);
  return one({ ...base, label: outcome.label, ...setOf(outcome), ...route });
}

function setOf(outcome: Outcome): { set?: Record<string, string> } {
  return outcome.set ? { set: outcome.set } : {};
}

/** Files of both, so that kept versions are found by hash; ids resolve to what the case pinned, else to the product's. */
function mixed(product: Library, pinned: Library): Library {
  return pinned === product ? product : { ...pinned, files: new Map([...product.files, ...pinned.files]) };
}

function unknownOutcome(given: string, known: string[]): Decision {
  return refuse('unknown-outcome', `This step has no outcome "${given}".`, `One of: ${known.join(', ')}.`);
}

function afterFix(
  library: Library,
  state: CaseState,
  visit: Visit,
  step: StepOf<'fix'>,
  outcome: string,
): Route | null {
  if (!(outcome in FIX_LABELS)) return null;
  if (outcome === 'verified') return { to: [], files: [], end: 'closed' };
  if (outcome === 'not-verified' && step.not_verified !== undefined) {
    return routeFrom(library, visit.target, step.not_verified);
  }
  const next = nextFix(library, visit.target);
  if (next) return { to: [next], files: [] };
  const leftSomething = outcome === 'left' || siblings(state, visit).some((other) => other.outcome === 'left');
  return { to: [], files: [], end: leftSomething ? 'waiting' : 'open' };
}

function nextFix(library: Library, target: Target): Target | null {
  const wizard = wizardByHash(library, target.hash);
  const verdict = wizard?.steps.find((step) => step.id === target.verdict);
  if (verdict?.kind !== 'verdict') return null;
  const fixes = verdict.fixes ?? [];
  const next = fixes[fixes.indexOf(target.step) + 1];
  return next ? fixTarget(library, { ...target, step: verdict.id, kind: 'verdict' }, next) : null;
}

function siblings(state: CaseState, visit: Visit): Visit[] {
  const { wizard, verdict } = visit.target;
  return state.visits.filter((v) => !v.superseded && v.target.wizard === wizard && v.target.verdict === verdict);
}

function back(state: CaseState, input: Of<'back'>): Decision {
  const visit = state.visits[input.to - 1];
  if (!visit || visit.superseded) {
    const live = state.visits.filter((v) => !v.superseded && v.target.kind !== 'verdict').map((v) => v.n);
    return refuse('no-such-step', `There is no step ${input.to} to go back to.`, `One of: ${live.join(', ')}.`);
  }
  if (visit.target.kind === 'verdict') {
    return refuse('no-such-step', 'A verdict cannot be answered again; go back to the step before it.');
  }
  if (visit.n === state.current && visit.outcome === null)
    return refuse('already-here', 'The walk stands at this step.');
  return one({ type: 'went-back', to: visit.n, target: visit.target });
}

function note(state: CaseState, input: Of<'note'>): Decision {
  const text = input.text.trim();
  if (text === '') return refuse('empty', 'The note is empty.');
  if (text.length > LONGEST_NOTE) return refuse('too-long', 'A note holds at most 10,000 characters.');
  return one({ type: 'noted', visit: state.current, text });
}

function takeVersion(product: Library, state: CaseState): Decision {
  const visit = currentVisit(state);
  if (!visit) return refuse('ended', 'The walk has ended.');
  const newer = newerVersion(product, visit.target);
  if (!newer) return refuse('no-newer', 'The case uses the newest version already.');
  const route = routeInto(product, visit.target.wizard, visit.target.step);
  return one({ type: 'version-taken', visit: visit.n, target: { ...visit.target, hash: newer }, files: route.files });
}

/** The hash of the version in use when it is another than the case's and still has the step; else null. */
export function newerVersion(product: Library, target: Target): string | null {
  const now = product.wizards.get(target.wizard);
  if (!now || now.hash === target.hash) return null;
  return now.wizard.steps.some((step) => step.id === target.step) ? now.hash : null;
}
