/** Names of things that are not there: steps, wizards, commands, readings, parameters. */
import { checkValue } from '../parameters.ts';
import type { Condition, ProbeFindingsFile, Step } from '../schema.ts';
import type { Context, FoundCommand, FoundWizard } from './context.ts';
import { hintFor } from './did-you-mean.ts';
import { capturedExists, commandExists, parameterExists, readingExists, stepExists, wizardExists } from './exists.ts';
import { targetsOf } from './next-targets.ts';
import type { Path } from './place.ts';
import type { SourceFile } from './source-file.ts';

export function checkReferences(context: Context): void {
  for (const wizard of context.wizards.values()) checkWizard(context, wizard);
  for (const command of context.commands.values()) checkCommand(context, command);
  for (const file of context.files)
    if (file.kind === 'probe-findings') checkProbeFindings(context, file.source, file.content);
  for (const { source, content } of context.knownFaults) {
    for (const [i, { wizard }] of content.known_faults.entries())
      if (wizard !== undefined) wizardExists(context, source, wizard, ['known_faults', i, 'wizard']);
  }
}

function checkWizard(context: Context, found: FoundWizard): void {
  const { source, wizard, steps } = found;
  stepExists(context, found, wizard.start, ['start']);
  if (wizard.part_of !== undefined) wizardExists(context, source, wizard.part_of, ['part_of']);
  for (const [i, trigger] of (wizard.triggers ?? []).entries()) {
    if (trigger.step !== undefined) stepExists(context, found, trigger.step, ['triggers', i, 'step']);
  }
  for (const [i, step] of wizard.steps.entries()) {
    const path = ['steps', i];
    for (const target of targetsOf(step, path)) {
      if (target.way !== 'step') wizardExists(context, source, target.id, target.path);
      else stepExists(context, found, target.id, target.path);
    }
    if (step.kind === 'verdict') checkKnownFaults(context, source, step.known_faults ?? [], [...path, 'known_faults']);
    if (step.kind === 'verdict') checkFixes(context, found, step.fixes ?? [], [...path, 'fixes']);
    if (step.kind === 'fix') checkFix(context, found, step, path, steps.get(step.verify.step ?? '')?.step);
    if (step.kind === 'question') {
      const known = step.outcomes.map((outcome) => outcome.id);
      for (const [n, part] of (step.conversation?.parts ?? []).entries()) {
        if (part.outcome === undefined || known.includes(part.outcome)) continue;
        const at = [...path, 'conversation', 'parts', n, 'outcome'];
        const hint = hintFor(part.outcome, known, `It has: ${known.join(', ')}.`);
        context.report('FG208', source, at, `The step "${step.id}" has no outcome "${part.outcome}".`, hint);
      }
    }
    if (step.kind === 'question' || step.kind === 'check') checkAsked(context, source, step, path);
  }
}

function checkKnownFaults(context: Context, source: SourceFile, ids: readonly string[], path: Path): void {
  const known = context.knownFaults.flatMap(({ content }) => content.known_faults.map((fault) => fault.id));
  for (const [i, id] of ids.entries()) {
    if (known.includes(id) || context.broken.has(id)) continue;
    const hint = hintFor(id, known, 'Correct the id, or describe the fault in known-faults.yaml.');
    context.report('FG212', source, [...path, i], `No known fault "${id}" is described.`, hint);
  }
}

function checkFixes({ report }: Context, { source, steps }: FoundWizard, fixes: readonly string[], path: Path): void {
  for (const [i, id] of fixes.entries()) {
    const kind = steps.get(id)?.step.kind;
    if (kind !== undefined && kind !== 'fix')
      report('FG210', source, [...path, i], `The step "${id}" is no fix but a ${kind}.`);
  }
}

function checkFix(
  context: Context,
  found: FoundWizard,
  step: Extract<Step, { kind: 'fix' }>,
  path: Path,
  proof?: Step,
): void {
  const { source } = found;
  if (step.change !== undefined) commandExists(context, source, step.change, [...path, 'change']);
  for (const [i, id] of step.verify.commands.entries())
    commandExists(context, source, id, [...path, 'verify', 'commands', i]);
  const { step: check, shown_by: shownBy = [], commands } = step.verify;
  for (const [i, reference] of shownBy.entries())
    readingExists(context, source, reference, commands, [...path, 'verify', 'shown_by', i]);
  if (check !== undefined) stepExists(context, found, check, [...path, 'verify', 'step']);
  for (const [i, outcome] of (step.verify.good ?? []).entries()) {
    if (proof?.kind !== 'question' && proof?.kind !== 'check') break;
    if (proof.outcomes.some(({ id }) => id === outcome)) continue;
    const ids = proof.outcomes.map(({ id }) => id);
    const message = `The step "${proof.id}" has no outcome "${outcome}".`;
    context.report('FG208', source, [...path, 'verify', 'good', i], message, hintFor(outcome, ids, ''));
  }
  if (proof && proof.kind !== 'question' && proof.kind !== 'check') {
    const message = `The step "${proof.id}" is a ${proof.kind}, which proves nothing.`;
    context.report('FG210', source, [...path, 'verify', 'step'], message);
  }
}

type Asked = Extract<Step, { kind: 'question' | 'check' }>;

function checkAsked(context: Context, source: SourceFile, step: Asked, path: Path): void {
  const { report, parameters } = context;
  const commands = step.commands ?? [];
  for (const [i, id] of commands.entries()) commandExists(context, source, id, [...path, 'commands', i]);
  for (const [i, outcome] of step.outcomes.entries()) {
    const at = [...path, 'outcomes', i];
    for (const [j, reference] of (outcome.when ?? []).entries()) {
      readingExists(context, source, reference, commands, [...at, 'when', j]);
    }
    for (const [name, value] of Object.entries(outcome.set ?? {})) {
      const place = [...at, 'set', name];
      if (!parameterExists(context, source, name, place)) continue;
      const parameter = parameters.get(name);
      const checked = parameter && checkValue(parameter, value);
      if (checked && !checked.ok) report('FG209', source, place, `${checked.refusal.message}.`, checked.refusal.hint);
    }
  }
}

function checkCommand(context: Context, { source, command, path }: FoundCommand): void {
  for (const [i, parameter] of (command.parameters ?? []).entries()) {
    const at = [...path, 'parameters', i];
    parameterExists(context, source, parameter.name, [...at, 'name'], 'valueAt');
    if (parameter.from) capturedExists(context, source, parameter.from, [...at, 'from']);
  }
  if (command.preview !== undefined && command.preview !== 'what-if')
    commandExists(context, source, command.preview, [...path, 'preview']);
  const { rollback } = command;
  if (rollback?.command !== undefined)
    commandExists(context, source, rollback.command, [...path, 'rollback', 'command']);
  for (const [name, from] of Object.entries(rollback?.with ?? {})) {
    const at = [...path, 'rollback', 'with', name];
    parameterExists(context, source, name, at);
    capturedExists(context, source, from, at);
  }
  for (const [name, from] of Object.entries(command.sets ?? {})) {
    const at = [...path, 'sets', name];
    parameterExists(context, source, name, at);
    capturedExists(context, source, from, at);
  }
  for (const [i, sample] of (command.samples ?? []).entries()) {
    const at = [...path, 'samples', i];
    for (const name of Object.keys(sample.parameters ?? {}))
      parameterExists(context, source, name, [...at, 'parameters', name]);
    for (const [j, id] of sample.reads.entries()) {
      const known = (command.reads ?? []).map((read) => read.id);
      if (known.includes(id)) continue;
      const message = `${command.id} has no reading "${id}".`;
      context.report(
        'FG205',
        source,
        [...at, 'reads', j],
        message,
        hintFor(id, known, `It has: ${known.join(', ') || 'none'}.`),
      );
    }
  }
  for (const [i, read] of (command.reads ?? []).entries()) {
    checkCondition(context, source, read.when, [...path, 'reads', i, 'when']);
  }
}

function checkCondition(context: Context, source: SourceFile, condition: Condition, path: Path): void {
  for (const { part, path: at } of partsOf(condition, path)) {
    if (!('field' in part) && !('column' in part)) continue;
    const [key, comparison] = 'field' in part ? (['field', part.field] as const) : (['column', part.column] as const);
    for (const comparator of ['same_as', 'not_same_as', 'holds_ip', 'holds_no_ip'] as const) {
      const name = comparison[comparator];
      if (name !== undefined) parameterExists(context, source, name, [...at, key, comparator], 'valueAt');
    }
  }
}

/** A condition and all that it is made of, with their places. */
export function partsOf(condition: Condition, path: Path): { part: Condition; path: Path }[] {
  const own = { part: condition, path };
  const many = 'all' in condition ? condition.all : 'any' in condition ? condition.any : null;
  if (many) {
    const key = 'all' in condition ? 'all' : 'any';
    return [own, ...many.flatMap((part, i) => partsOf(part, [...path, key, i]))];
  }
  if ('not' in condition) return [own, ...partsOf(condition.not, [...path, 'not'])];
  if ('block' in condition) return [own, ...partsOf(condition.block, [...path, 'block'])];
  return [own];
}

/** Each finding leads to a step that is there. */
function checkProbeFindings(context: Context, source: SourceFile, { probe_findings }: ProbeFindingsFile): void {
  for (const [i, { wizard, step }] of probe_findings.entries()) {
    if (!wizardExists(context, source, wizard, ['probe_findings', i, 'wizard'])) continue;
    const found = context.wizards.get(wizard);
    if (found && !found.steps.has(step)) {
      const hint = hintFor(step, found.steps.keys(), 'Correct the id, or write the step.');
      context.report(
        'FG201',
        source,
        ['probe_findings', i, 'step'],
        `The wizard ${wizard} has no step "${step}".`,
        hint,
      );
    }
  }
}
