/** What a screen, a terminal or a program shows of a case: derived from state and library, nothing stored. */
import { type Ahead, aheadOf } from './ahead.ts';
import { type OutputOf, startingValues } from './captured-values.ts';
import { type CommandView, commandViews, fits } from './command-view.ts';
import { commandsOfStep, type Library, pinnedLibrary, wizardByHash } from './library.ts';
import {
  type ByHand,
  type Capture,
  type CaseState,
  type CaseStatus,
  currentVisit,
  type Evidence,
  environmentOf,
  type Reading,
  readingAt,
  type Visit,
  valuesOf,
  verdictVisit,
} from './model.ts';
import { type ShownStep, stepAt } from './route.ts';
import type { Environment } from './schema.ts';
import { type CaptureRead, findingsAt } from './suggestion.ts';
import { FIX_LABELS, newerVersion } from './walk.ts';

export type { CommandView } from './command-view.ts';
export type ParameterView = {
  name: string;
  type: string;
  value: string | null;
  prompt: string;
  help: string | null;
  example: string;
  list: boolean;
  values: string[] | null;
  from: string | null;
};
export type OutcomeView = { id: string; label: string; hint: string | null; suggested: boolean; again: boolean };
export type PathView = {
  n: number;
  step: string;
  wizard: string;
  kind: string;
  title: string;
  outcome: string | null;
  label: string | null;
  at: string | null;
  by: string | null;
  captures: string[];
  /** A change of it was made along a path in a console. */
  byHand: boolean;
  superseded: boolean;
  depth: number;
  via: string | null;
};
export type Disagreement = { capture: string; command: string; label: string; evidence: Evidence[] };
export type StepView = {
  visit: number;
  wizard: string;
  wizardTitle: string;
  step: ShownStep;
  console: string[];
  commands: CommandView[];
  outcomes: OutcomeView[];
  parameters: ParameterView[];
  captures: Capture[];
  /** Changes of this step that were made along a path in a console. */
  byHand: ByHand[];
  suggestion: string | null;
  /** The reading that stands above the outcomes: the one that carries the suggestion where there is one. */
  reading: { capture: Capture; reading: Reading } | null;
  /** What each command says where their newest outputs suggest different outcomes; then nothing is suggested. */
  disagreement: Disagreement[];
  /** Captures of the same command with the same parameters from elsewhere in the case. */
  offered: { capture: string; command: string; startedAt: string }[];
  newer: boolean;
  /** How much may still come; null where nothing can. */
  ahead: Ahead | null;
};
export type WalkView = {
  id: string;
  title: string;
  ticket: string;
  operator: string;
  status: CaseStatus;
  practice: string | null;
  seq: number;
  changedAt: string;
  environment: Environment | null;
  step: StepView | null;
  verdict: { visit: number; wizard: string; step: Extract<ShownStep, { kind: 'verdict' }> } | null;
  path: PathView[];
  parameters: ParameterView[];
  /** What was brought when the case was opened: how many findings, and what the first of them is. */
  brought: { items: number; first: string } | null;
};

/** The whole view of a case. `outputOf` gives the stored text of a capture for the values taken from it. */
export function viewOf(product: Library, state: CaseState, outputOf: OutputOf = () => undefined): WalkView {
  const library = pinnedLibrary(product, state.files);
  const visit = currentVisit(state);
  const verdict = verdictVisit(state);
  const [first] = state.evidence;
  const verdictStep = verdict && stepAt(library, verdict.target);
  return {
    id: state.id,
    title: state.title,
    ticket: state.ticket,
    operator: state.operator,
    status: state.status,
    practice: state.practice,
    seq: state.seq,
    changedAt: state.changedAt,
    environment: environmentOf(state) ?? null,
    step: visit ? stepView(product, library, state, visit, outputOf) : null,
    verdict:
      verdict && verdictStep?.kind === 'verdict'
        ? { visit: verdict.n, wizard: verdict.target.wizard, step: verdictStep }
        : null,
    path: state.visits.map(pathView),
    parameters: Object.keys(valuesOf(state)).flatMap((name) => parameterView(library, state, name)),
    brought: first ? { items: state.evidence.length, first: first.title } : null,
  };
}

/** By visit: one that did not change keeps its view, so that only what changed travels and is drawn. */
const pathViews = new WeakMap<Visit, PathView>();

function pathView(visit: Visit): PathView {
  const known = pathViews.get(visit);
  if (known) return known;
  const { target } = visit;
  const view: PathView = {
    n: visit.n,
    step: target.step,
    wizard: target.wizard,
    kind: target.kind,
    title: target.title,
    outcome: visit.outcome,
    label: visit.label,
    at: visit.at,
    by: visit.by,
    captures: visit.captures,
    byHand: visit.byHand.length > 0,
    superseded: visit.superseded,
    depth: target.stack.length,
    via: target.via ?? null,
  };
  pathViews.set(visit, view);
  return view;
}

function stepView(
  product: Library,
  library: Library,
  state: CaseState,
  visit: Visit,
  outputOf: OutputOf,
): StepView | null {
  const step = stepAt(library, visit.target);
  if (!step) return null;
  const environment = environmentOf(state);
  const commands = commandViews(library, state, step, outputOf);
  const names = [...new Set(commands.flatMap((command) => command.parameters))];
  const captures = visit.captures.flatMap((id) => {
    const capture = state.captures[id];
    return capture ? [{ ...capture, reading: readingAt(state, visit, id) }] : [];
  });
  const { suggestion, shown, disagreeing } = findingsAt(state, visit);
  const outcomes = outcomeViews(state, step, suggestion);
  return {
    visit: visit.n,
    wizard: visit.target.wizard,
    wizardTitle: wizardByHash(library, visit.target.hash)?.title ?? visit.target.title,
    step,
    console:
      'console' in step && step.console
        ? step.console.filter((c) => fits(c.environments, environment)).map((c) => c.path)
        : [],
    commands,
    outcomes,
    parameters: names.flatMap((name) => parameterView(library, state, name)),
    captures,
    byHand: visit.byHand,
    suggestion,
    reading: shown,
    disagreement: disagreeing.map((read) => disagreementOf(library, outcomes, read)),
    offered: offeredTo(library, state, visit, step, outputOf),
    newer: newerVersion(product, visit.target) !== null,
    ahead: aheadOf(library, visit.target),
  };
}

function disagreementOf(
  library: Library,
  outcomes: readonly OutcomeView[],
  { capture, reading }: CaptureRead,
): Disagreement {
  const { suggested, evidence } = reading;
  return {
    capture: capture.id,
    command: library.commands.get(capture.command ?? '')?.command.title ?? capture.text,
    label: outcomes.find(({ id }) => id === suggested)?.label ?? suggested ?? '',
    evidence,
  };
}

function outcomeViews(state: CaseState, step: ShownStep, suggestion: string | null): OutcomeView[] {
  if (step.kind === 'fix') {
    return Object.entries(FIX_LABELS).map(([id, label]) => ({
      id,
      label,
      hint: null,
      suggested: id === suggestion,
      again: false,
    }));
  }
  if (step.kind === 'verdict') return [];
  const visited = new Set(state.visits.filter((v) => !v.superseded).map((v) => v.target.wizard));
  return step.outcomes.map(({ id, label, hint, next }) => {
    const other = typeof next === 'string' ? null : 'call' in next ? next.call : next.handover;
    return { id, label, hint: hint ?? null, suggested: id === suggestion, again: other !== null && visited.has(other) };
  });
}

function parameterView(library: Library, state: CaseState, name: string): ParameterView[] {
  const parameter = library.parameters.get(name);
  if (!parameter) return [];
  const value = valuesOf(state)[name] ?? null;
  const from = state.settings.findLast((setting) => setting.name === name && setting.value === value)?.from ?? null;
  return [
    {
      name,
      type: parameter.type,
      value,
      prompt: parameter.prompt,
      help: parameter.help ?? null,
      example: parameter.example,
      list: parameter.list ?? false,
      values: parameter.values ?? null,
      from: value === null ? null : from,
    },
  ];
}

function offeredTo(
  library: Library,
  state: CaseState,
  visit: Visit,
  step: ShownStep,
  outputOf: OutputOf,
): StepView['offered'] {
  const wanted = commandsOfStep(step);
  const isSame = ({ command: id, parameters }: Capture): boolean => {
    const command = library.commands.get(id ?? '')?.command;
    // As the command would be sent now, its defaults included.
    const values = command ? startingValues(library, state, command, outputOf) : valuesOf(state);
    return Object.entries(parameters).every(([name, value]) => values[name] === value);
  };
  return Object.values(state.captures)
    .filter(
      (capture) =>
        capture.command !== null &&
        wanted.includes(capture.command) &&
        !visit.captures.includes(capture.id) &&
        isSame(capture),
    )
    .map((capture) => ({ capture: capture.id, command: capture.command as string, startedAt: capture.startedAt }));
}
