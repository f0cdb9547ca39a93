/** Templates that cannot be rendered safely, changes without a way back, proofs that prove nothing. */
import { fieldsOf } from '../output-structure.ts';
import { normaliseOutput } from '../output-text.ts';
import { shellsOf } from '../render/faults.ts';
import { placeholdersOf } from '../render/template.ts';
import { templateFaults } from '../render.ts';
import { type CapturedValue, type Outcome, POWERSHELLS, type Step, type Template, UNKNOWN } from '../schema.ts';
import { whatIfTemplate } from '../what-if.ts';
import type { Context, FoundCommand, FoundWizard } from './context.ts';
import { eachCaptured } from './exists.ts';
import type { Path } from './place.ts';

/** Windows programs whose bare name is an alias in Windows PowerShell. */
const ALIASES = new Set([
  'sc',
  'curl',
  'wget',
  'where',
  'fc',
  'sort',
  'set',
  'start',
  'kill',
  'compare',
  'diff',
  'tee',
]);
/** Faults that the check of references names already, at a better place. */
const SAID_ELSEWHERE = new Set(['unknown-parameter']);

export function checkCommands(context: Context): void {
  for (const found of context.commands.values()) {
    checkTemplates(context, found);
    checkUnused(context, found);
    checkPreview(context, found);
    checkRollback(context, found);
    for (const [i, parameter] of (found.command.parameters ?? []).entries()) {
      if (parameter.from) checkCaptured(context, found, parameter.from, [...found.path, 'parameters', i, 'from']);
    }
    for (const [name, from] of Object.entries(found.command.sets ?? {}))
      checkCaptured(context, found, from, [...found.path, 'sets', name]);
  }
  for (const wizard of context.wizards.values()) checkSteps(context, wizard);
}

function checkTemplates({ parameters, report }: Context, { source, command, path }: FoundCommand): void {
  for (const [i, template] of command.templates.entries()) {
    const at = [...path, 'templates', i, 'text'];
    for (const fault of templateFaults(command, template, parameters)) {
      if (SAID_ELSEWHERE.has(fault.code)) continue;
      const elsewhere = /^(literal|file)\b/.test(fault.message);
      const place = elsewhere || fault.position === undefined ? at : source.within(at, fault.position);
      report('FG401', source, place, `${command.id}: ${fault.message}.`, fault.hint);
    }
    checkAlias({ report }, { source, command }, template, at);
    checkWidth({ report }, { source, command }, template, at);
  }
}

function checkAlias(
  { report }: Pick<Context, 'report'>,
  { source, command }: Pick<FoundCommand, 'source' | 'command'>,
  template: Template,
  at: Path,
): void {
  if (!shellsOf(template).some((shell) => shell === 'powershell' || shell === 'ems')) return;
  for (const match of template.text.matchAll(/(?:^|;|&&|\{\{)\s*([a-z]+)(?=\s|$)/gi)) {
    const word = match[1] as string;
    if (!ALIASES.has(word.toLowerCase())) continue;
    const place = source.within(at, match.index + match[0].length - word.length + 1);
    report(
      'FG410',
      source,
      place,
      `${command.id}: "${word}" is an alias in Windows PowerShell.`,
      `Write ${word}.exe for the program.`,
    );
  }
}

function checkWidth(
  { report }: Pick<Context, 'report'>,
  { source, command }: Pick<FoundCommand, 'source' | 'command'>,
  template: Template,
  at: Path,
): void {
  const { native, text } = template;
  if (native || !shellsOf(template).some((shell) => POWERSHELLS.includes(shell))) return;
  const format = /\|\s*(Format-List|Format-Table|fl|ft)\b/i.exec(text);
  if (!format || /Out-String\s+-Width\s+\d{4}/i.test(text)) return;
  const name = format[1] as string;
  const place = source.within(at, format.index + format[0].length - name.length + 1);
  report('FG413', source, place, `${command.id}: ${name} cuts values at the width of the window.`);
}

function checkUnused({ report }: Context, { source, command, path }: FoundCommand): void {
  const texts = [
    ...command.templates.flatMap(({ text, file }) => [text, ...(file ? file.text.split('\n') : [])]),
    ...Object.values(command.literals ?? {}).map((literal) => literal.text),
    command.changes ?? '',
  ];
  const used = new Set(texts.flatMap(placeholdersOf));
  for (const [i, { name }] of (command.parameters ?? []).entries()) {
    if (used.has(name)) continue;
    report('FG411', source, [...path, 'parameters', i, 'name'], `${command.id} never uses the parameter "${name}".`);
  }
}

function checkPreview({ commands, report }: Context, { source, command, path }: FoundCommand): void {
  const { id, effect, preview, templates } = command;
  const possible = templates.some((template) => whatIfTemplate(template) !== null);
  if (effect === 'change' && preview === undefined && possible) {
    report(
      'FG414',
      source,
      [...path, 'id'],
      `${id} can be shown with -WhatIf before it is made, and names no preview.`,
    );
  }
  if (preview === 'what-if' && (!possible || effect !== 'change')) {
    const message = `${id} cannot be shown with -WhatIf: no text of it is one changing cmdlet of PowerShell.`;
    report('FG407', source, [...path, 'preview'], message, 'Name a command that reads what the change would touch.');
  }
  if (preview === 'what-if' && commands.has(`${id}-preview`)) {
    report(
      'FG121',
      source,
      [...path, 'preview'],
      `There is a command "${id}-preview", which is the id of this preview.`,
    );
  }
  if (preview === undefined || commands.get(preview)?.command.effect !== 'change') return;
  report('FG407', source, [...path, 'preview'], `${preview} is a change itself.`);
}

function checkRollback(context: Context, found: FoundCommand): void {
  const { commands, report } = context;
  const { source, command, path } = found;
  const { rollback } = command;
  if (command.effect === 'change' && !rollback) {
    report('FG402', source, [...path, 'id'], `${command.id} changes something and names no rollback.`);
  }
  const back = rollback?.command === undefined ? undefined : commands.get(rollback.command)?.command;
  const given = Object.entries(rollback?.with ?? {});
  for (const [name, from] of given) {
    const at = [...path, 'rollback', 'with', name];
    checkCaptured(context, found, from, at);
    if (!back || back.parameters?.some((parameter) => parameter.name === name)) continue;
    report('FG404', source, source.keyAt(at), `${back.id} has no parameter "${name}".`);
  }
  if (!back) return;
  const captured = new Set(given.map(([name]) => name));
  const renewed = command.parameters?.find(
    ({ name, from }) =>
      from && alters(from) && !captured.has(name) && back.parameters?.some((other) => other.name === name),
  );
  const place = [...path, 'rollback', 'command'];
  if (renewed) {
    report('FG403', source, place, `The rollback of ${command.id} would take the new value of "${renewed.name}".`);
  } else if (given.length === 0 && back.id === command.id) {
    report('FG403', source, place, `The rollback of ${command.id} is the same change once more.`);
  } else if (given.length === 0 && back.templates.some(({ text }) => /^\s*Set-/i.test(text))) {
    report('FG403', source, place, `${back.id} sets a fixed value, not the one from before.`);
  }
}

/** Whether the change starts from an old value and makes another of it; else it only says what is changed. */
function alters(from: CapturedValue | CapturedValue[]): boolean {
  return [from].flat().some((one) => one.add !== undefined || one.bits !== undefined);
}

function checkCaptured(
  context: Context,
  { source }: FoundCommand,
  from: CapturedValue | CapturedValue[],
  path: Path,
): void {
  const { commands, report } = context;
  for (const { value, at } of eachCaptured(from, path)) {
    const command = commands.get(value.command)?.command;
    if (!command) continue;
    if (command.effect === 'change') {
      report('FG407', source, [...at, 'command'], `${value.command} is a change, so it cannot be run to read a value.`);
    }
    const samples = command.samples ?? [];
    if (samples.length === 0 || samples.some((sample) => holdsField(sample.output, value.field))) continue;
    report('FG412', source, [...at, 'field'], `No sample of ${value.command} prints the field "${value.field}".`);
  }
}

function holdsField(output: string, name: string): boolean {
  // The field is looked for properly only where its name stands at all.
  if (!output.toLowerCase().includes(name.toLowerCase())) return false;
  return fieldsOf({ lines: normaliseOutput(output) }, name).length > 0;
}

function checkSteps({ commands, report }: Context, { source, steps }: FoundWizard): void {
  for (const { step, path } of steps.values()) {
    if (step.kind === 'question' || step.kind === 'check') {
      for (const [i, id] of (step.commands ?? []).entries()) {
        if (commands.get(id)?.command.effect !== 'change') continue;
        report('FG408', source, [...path, 'commands', i], `${id} changes something, and "${step.id}" only looks.`);
      }
    }
    if (step.kind !== 'fix') continue;
    const proof = steps.get(step.verify.step ?? '')?.step;
    if (proof?.kind !== 'question' && proof?.kind !== 'check') continue;
    const { verify } = step;
    if (!verify.commands.some((id) => proof.commands?.includes(id))) {
      report(
        'FG405',
        source,
        [...path, 'verify', 'commands'],
        `The step "${proof.id}" runs none of ${verify.commands.join(', ')}.`,
      );
    }
    checkDecided({ report }, source, step, proof, steps, path);
  }
}

/** Of several outcomes that a reading can suggest, somebody has to say which of them prove the fix. */
function checkDecided(
  { report }: Pick<Context, 'report'>,
  source: FoundWizard['source'],
  fix: Extract<Step, { kind: 'fix' }>,
  proof: Extract<Step, { kind: 'question' | 'check' }>,
  steps: FoundWizard['steps'],
  path: Path,
): void {
  const { commands, good } = fix.verify;
  const verdicts = [...steps.values()].flatMap(({ step }) =>
    step.kind === 'verdict' && step.fixes?.includes(fix.id) ? [step.id] : [],
  );
  const isRead = (outcome: Outcome): boolean =>
    (outcome.when ?? []).some((reference) => commands.includes(reference.split('.')[0] as string));
  const proving = proof.outcomes.filter(
    (outcome) =>
      outcome.id !== UNKNOWN &&
      !verdicts.some((verdict) => verdict === outcome.next) &&
      (good === undefined || good.includes(outcome.id)) &&
      isRead(outcome),
  );
  if (proving.length === 0) {
    const message = `No outcome of "${proof.id}" that proves the fix is suggested by ${commands.join(', ')}.`;
    report('FG406', source, [...path, 'verify', 'commands'], message);
  }
  if (good !== undefined || proving.length < 2) return;
  const names = proving.map(({ id }) => id).join(', ');
  const message = `Each of ${names} at "${proof.id}" would count as the proof of "${fix.id}".`;
  report('FG416', source, [...path, 'verify', 'step'], message, 'Name those that prove it: `good: [...]`.');
}
