/** A command as a step shows it: its text for each shell, what is missing, its way back. */
import { capturedValue, type OutputOf, startingValues } from './captured-values.ts';
import { labelOf } from './labels.ts';
import { commandsOfStep, type Library } from './library.ts';
import { type CaseState, environmentOf, valuesOf } from './model.ts';
import { type NowThen, nowThenOf } from './now-then.ts';
import { parseTemplate } from './render/template.ts';
import { type Piece, renderCommand, templatesOf } from './render.ts';
import type { ShownStep } from './route.ts';
import type { Certainty, Command, Environment, Machine, Sample, Shell } from './schema.ts';
import { previewOf } from './what-if.ts';

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
  /** Which probe of the program it is, if it is one. */
  probe: NonNullable<Command['probe']> | null;
  preview: string | null;
  rollback: RollbackView | null;
  /** For a change: what it replaces. */
  nowThen: NowThen | null;
  missing: string[];
  refusals: string[];
  parameters: string[];
  certainty: Certainty;
  sources: string[];
  samples: Pick<Sample, 'id' | 'kind' | 'origin' | 'note' | 'output'>[];
  /** Proof of a fix rather than the change itself. */
  role: 'check' | 'change' | 'preview' | 'proof';
};

/** One view for each command of the step and each shell that it can be written for in this environment. */
export function commandViews(library: Library, state: CaseState, step: ShownStep, outputOf: OutputOf): CommandView[] {
  const proof = step.kind === 'fix' ? new Set(step.verify.commands) : null;
  const views: CommandView[] = [];
  for (const id of commandsOfStep(step)) {
    const command = library.commands.get(id)?.command;
    if (!command) continue;
    const role = proof === null ? 'check' : step.kind === 'fix' && step.change === id ? 'change' : 'proof';
    if (role === 'change') {
      const preview = library.commands.get(previewOf(command) ?? '')?.command;
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
      changes: command.changes ? fill(library, command.changes, values) : null,
      runs_on: command.runs_on,
      needs: command.needs,
      warning: command.warning ?? null,
      interactive: command.interactive ?? false,
      probe: command.probe ?? null,
      preview: previewOf(command) ?? null,
      rollback: rollbackOf(library, state, command, shell, outputOf),
      nowThen: nowThenOf(library, state, command, values, outputOf),
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

/** The command as text; where values are missing, with their names in braces. Its own braces are single again. */
export function readableText({ text, pieces }: Pick<CommandView, 'text' | 'pieces'>): string {
  if (text !== null) return text;
  const { parts } = parseTemplate(pieces.map((piece) => piece.text).join(''));
  return parts.map((part) => ('name' in part ? `{${part.name}}` : part.text)).join('');
}

const fill = (library: Library, text: string, values: Record<string, string>) =>
  text.replace(/\{([a-z][a-z0-9_]*)\}/g, (_, name: string) => values[name] ?? `‹${labelOf(library, name)}›`);

function rollbackOf(
  library: Library,
  state: CaseState,
  command: Command,
  shell: Shell,
  outputOf: OutputOf,
): RollbackView | null {
  if (command.effect !== 'change') return null;
  const { rollback } = command;
  if (!rollback) return null;
  const undo = rollback.command ? library.commands.get(rollback.command)?.command : undefined;
  if (!undo) return { command: null, text: null, note: rollback.note ?? null, missing: [] };
  const values = { ...valuesOf(state) };
  const missing: string[] = [];
  for (const [name, from] of Object.entries(rollback.with ?? {})) {
    const old = capturedValue(library, state, from, library.parameters.get(name), outputOf);
    if (old === null) {
      delete values[name];
      missing.push(name);
    } else values[name] = old;
  }
  const environment = environmentOf(state);
  const rendered = renderCommand({ command: undo, parameters: library.parameters, shell, environment, values });
  return {
    command: undo.id,
    // A default would stand in for the old value, and look like it.
    text: rendered.ok && missing.length === 0 ? rendered.text : null,
    note: rollback.note ?? null,
    missing: [...new Set([...missing, ...(rendered.ok ? [] : rendered.missing)])],
  };
}

/** Whether something that is given for some environments holds in this one; without one, everything does. */
export function fits(environments: readonly string[] | undefined, environment: Environment | undefined): boolean {
  return !environments || !environment || environments.includes(environment);
}
