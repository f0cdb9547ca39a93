/** What a screen, a terminal or a program shows of a case: derived from state and library, nothing stored. */
import { commandsOfStep, type Library, pinnedLibrary, wizardByHash } from './library.ts';
import { listOf } from './read.ts';
import { fieldsOf } from './output-structure.ts';
import { normaliseOutput } from './output-text.ts';
import {
  type Capture,
  type CaseState,
  type CaseStatus,
  currentVisit,
  environmentOf,
  type Reading,
  readingAt,
  valuesOf,
  verdictVisit,
  type Visit,
} from './model.ts';
import { checkValue, joinList } from './parameters.ts';
import { type Piece, renderCommand, templatesOf } from './render.ts';
import { type ShownStep, stepAt } from './route.ts';
import type { CapturedValue, Certainty, Command, Environment, Machine, Parameter, Sample, Shell } from './schema.ts';
import { FIX_LABELS, newerVersion, suggestionOf } from './walk.ts';

export type OutputOf = (sha256: string) => string | undefined;
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
export type RollbackView = { command: string | null; text: string | null; note: string | null; missing: string[] };
export type CommandView = {
  id: string;
  shell: Shell;
  title: string;
  about: string | null;
  text: string | null;
  pieces: Piece[];
  file: { name: string; text: string } | null;
  effect: 'read' | 'change';
  changes: string | null;
  runs_on: Machine;
  needs: string[];
  warning: string | null;
  interactive: boolean;
  preview: string | null;
  rollback: RollbackView | null;
  missing: string[];
  refusals: string[];
  parameters: string[];
  certainty: Certainty;
  sources: string[];
  samples: Pick<Sample, 'id' | 'kind' | 'origin' | 'note' | 'output'>[];
  /** Proof of a fix rather than the change itself. */
  role: 'check' | 'change' | 'preview' | 'proof';
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
  superseded: boolean;
  depth: number;
  via: string | null;
};
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
  suggestion: string | null;
  reading: { capture: Capture; reading: Reading } | null;
  /** Captures of the same command with the same parameters from elsewhere in the case. */
  offered: { capture: string; command: string; startedAt: string }[];
  newer: boolean;
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
};

/** The whole view of a case. `outputOf` gives the stored text of a capture for the values taken from it. */
export function viewOf(product: Library, state: CaseState, outputOf: OutputOf = () => undefined): WalkView {
  const library = pinnedLibrary(product, state.files);
  const visit = currentVisit(state);
  const verdict = verdictVisit(state);
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
  };
}

function pathView(visit: Visit): PathView {
  const { target } = visit;
  return {
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
    superseded: visit.superseded,
    depth: target.stack.length,
    via: target.via ?? null,
  };
}

function stepView(product: Library, library: Library, state: CaseState, visit: Visit, outputOf: OutputOf): StepView | null {
  const step = stepAt(library, visit.target);
  if (!step) return null;
  const environment = environmentOf(state);
  const commands = commandViews(library, state, step, outputOf);
  const names = [...new Set(commands.flatMap((command) => command.parameters))];
  const captures = visit.captures.flatMap((id) => {
    const capture = state.captures[id];
    return capture ? [{ ...capture, reading: readingAt(state, visit, id) }] : [];
  });
  const last = captures.findLast((capture) => capture.reading !== null);
  const suggestion = suggestionOf(state, visit);
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
    outcomes: outcomeViews(state, step, suggestion),
    parameters: names.flatMap((name) => parameterView(library, state, name)),
    captures,
    suggestion,
    reading: last?.reading ? { capture: last, reading: last.reading } : null,
    offered: offeredTo(state, visit, step, valuesOf(state)),
    newer: newerVersion(product, visit.target) !== null,
  };
}

function fits(environments: readonly string[] | undefined, environment: Environment | undefined): boolean {
  return !environments || !environment || environments.includes(environment);
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

/** One view for each command of the step and each shell that it can be written for in this environment. */
export function commandViews(library: Library, state: CaseState, step: ShownStep, outputOf: OutputOf): CommandView[] {
  const proof = step.kind === 'fix' ? new Set(step.verify.commands) : null;
  const views: CommandView[] = [];
  for (const id of commandsOfStep(step)) {
    const command = library.commands.get(id)?.command;
    if (!command) continue;
    const role = proof === null ? 'check' : step.kind === 'fix' && step.change === id ? 'change' : 'proof';
    if (role === 'change' && command.preview) {
      const preview = library.commands.get(command.preview)?.command;
      if (preview) views.push(...viewsOfCommand(library, state, preview, 'preview', outputOf));
    }
    views.push(...viewsOfCommand(library, state, command, role, outputOf));
  }
  return views;
}

function viewsOfCommand(
  library: Library,
  state: CaseState,
  command: Command,
  role: CommandView['role'],
  outputOf: OutputOf,
): CommandView[] {
  const environment = environmentOf(state);
  return templatesOf(command, environment).map(({ shell, template }) => {
    const values = startingValues(library, state, command, outputOf);
    const rendered = renderCommand({ command, parameters: library.parameters, shell, environment, values });
    const used = (command.parameters ?? []).map((parameter) => parameter.name);
    return {
      id: command.id,
      shell,
      title: command.title,
      about: command.about ?? null,
      text: rendered.ok ? rendered.text : null,
      pieces: rendered.ok ? rendered.pieces : [{ text: template.text }],
      file: rendered.ok ? (rendered.file ?? null) : null,
      effect: command.effect,
      changes: command.changes ? fill(command.changes, values) : null,
      runs_on: command.runs_on,
      needs: command.needs,
      warning: command.warning ?? null,
      interactive: command.interactive ?? false,
      preview: command.preview ?? null,
      rollback: rollbackOf(library, state, command, shell, outputOf),
      missing: rendered.ok ? [] : rendered.missing,
      refusals: rendered.ok ? [] : rendered.refusals.map((refusal) => refusal.message),
      parameters: used,
      certainty: command.certainty,
      sources: command.sources,
      samples: (command.samples ?? [])
        .filter((sample) => fits(sample.environments, environment))
        .map(({ id, kind, origin, note, output }) => ({ id, kind, origin, note, output })),
      role,
    };
  });
}

const fill = (text: string, values: Record<string, string>) =>
  text.replace(/\{([a-z][a-z0-9_]*)\}/g, (_, name: string) => values[name] ?? `<${name}>`);

/** What is set, then what an earlier capture gives, then the command's own default. */
export function startingValues(library: Library, state: CaseState, command: Command, outputOf: OutputOf): Record<string, string> {
  const values = { ...valuesOf(state) };
  for (const { name, from, default: standard } of command.parameters ?? []) {
    if (values[name] !== undefined) continue;
    const captured = from && capturedValue(state, from, library.parameters.get(name), outputOf);
    const value = captured ?? standard;
    if (value !== undefined && value !== null) values[name] = value;
  }
  return values;
}

/** The value of a property in the first capture of a command that the live path holds; null when there is none. */
export function capturedValue(
  state: CaseState,
  wanted: CapturedValue | CapturedValue[],
  parameter: Parameter | undefined,
  outputOf: OutputOf,
): string | null {
  if (!parameter) return null;
  for (const from of [wanted].flat()) {
    const value = oldestValue(state, from, parameter, outputOf);
    if (value !== null) return value;
  }
  return null;
}

function oldestValue(state: CaseState, from: CapturedValue, parameter: Parameter, outputOf: OutputOf): string | null {
  const captures = state.visits
    .filter((visit) => !visit.superseded)
    .flatMap((visit) => visit.captures)
    .map((id) => state.captures[id])
    .filter((capture) => capture?.command === from.command);
  // The oldest capture holds the value from before any change.
  for (const capture of captures) {
    const text = capture && outputOf(capture.output.sha256);
    const cells = text === undefined ? [] : fieldsOf({ lines: normaliseOutput(text, capture?.text) }, from.field);
    if (cells.length !== 1 || !cells[0] || cells[0].cut) continue;
    const value = shaped(cells[0].value, from, parameter);
    const checked = checkValue(parameter, value);
    if (checked.ok) return checked.value;
  }
  return null;
}

function shaped(value: string, from: CapturedValue, parameter: Parameter): string {
  if (parameter.list) {
    const list = listOf(value);
    const missing = (from.add ?? []).filter((item) => !list.some((entry) => entry.toLowerCase() === item.toLowerCase()));
    return joinList([...list, ...missing]);
  }
  const plain = value.replace(/^\([A-Z]+\)\s*/, '');
  return from.bits && /^\d+$/.test(plain) ? String(Number(plain) | from.bits) : plain;
}

function rollbackOf(library: Library, state: CaseState, command: Command, shell: Shell, outputOf: OutputOf): RollbackView | null {
  if (command.effect !== 'change') return null;
  const { rollback } = command;
  if (!rollback) return null;
  const undo = rollback.command ? library.commands.get(rollback.command)?.command : undefined;
  if (!undo) return { command: null, text: null, note: rollback.note ?? null, missing: [] };
  const values = { ...valuesOf(state) };
  const missing: string[] = [];
  for (const [name, from] of Object.entries(rollback.with ?? {})) {
    const old = capturedValue(state, from, library.parameters.get(name), outputOf);
    if (old === null) {
      delete values[name];
      missing.push(name);
    } else values[name] = old;
  }
  const environment = environmentOf(state);
  const rendered = renderCommand({ command: undo, parameters: library.parameters, shell, environment, values });
  return {
    command: undo.id,
    text: rendered.ok ? rendered.text : null,
    note: rollback.note ?? null,
    missing: rendered.ok ? missing : rendered.missing,
  };
}

function offeredTo(state: CaseState, visit: Visit, step: ShownStep, values: Record<string, string>): StepView['offered'] {
  const wanted = commandsOfStep(step);
  return Object.values(state.captures)
    .filter(
      (capture) =>
        capture.command !== null &&
        wanted.includes(capture.command) &&
        !visit.captures.includes(capture.id) &&
        Object.entries(capture.parameters).every(([name, value]) => values[name] === value),
    )
    .map((capture) => ({ capture: capture.id, command: capture.command as string, startedAt: capture.startedAt }));
}
