/** Whether something that a file names is there; where it is not, it is reported with what was probably meant. */
import type { CapturedValue } from '../schema.ts';
import type { Context, FoundWizard } from './context.ts';
import { hintFor } from './did-you-mean.ts';
import type { Path } from './place.ts';
import type { SourceFile } from './source-file.ts';

export function stepExists({ report }: Context, { source, wizard, steps }: FoundWizard, id: string, path: Path): void {
  if (steps.has(id)) return;
  const hint = hintFor(id, steps.keys(), 'Correct the id, or write the step.');
  report('FG201', source, path, `The wizard ${wizard.id} has no step "${id}".`, hint);
}

export function wizardExists(context: Context, source: SourceFile, id: string, path: Path): boolean {
  const { wizards, planned, broken, report } = context;
  if (wizards.has(id) || planned.has(id)) return true;
  if (broken.has(id)) return false;
  const known = [...wizards.keys(), ...planned];
  report(
    'FG202',
    source,
    path,
    `There is no wizard "${id}", nor is one planned.`,
    hintFor(id, known, 'Correct the id, or add it to the planned wizards.'),
  );
  return false;
}

export function commandExists(
  { commands, broken, report }: Context,
  source: SourceFile,
  id: string,
  path: Path,
): boolean {
  if (commands.has(id)) return true;
  if (broken.has(id)) return false;
  report(
    'FG203',
    source,
    path,
    `There is no command "${id}".`,
    hintFor(id, commands.keys(), 'Correct the id, or add the command.'),
  );
  return false;
}

export function parameterExists(
  { parameters, broken, report }: Context,
  source: SourceFile,
  name: string,
  path: Path,
  on: 'keyAt' | 'valueAt' = 'keyAt',
): boolean {
  if (parameters.has(name)) return true;
  if (broken.has(name)) return false;
  const hint = hintFor(name, parameters.keys(), 'Correct the name, or describe it in parameters.yaml.');
  report('FG204', source, source[on](path), `No parameter "${name}" is described.`, hint);
  return false;
}

export function capturedExists(
  context: Context,
  source: SourceFile,
  from: CapturedValue | CapturedValue[],
  path: Path,
): void {
  for (const { value, at } of eachCaptured(from, path))
    commandExists(context, source, value.command, [...at, 'command']);
}

/** One source of an old value, or several of which the first that was captured counts; each with its place. */
export function eachCaptured(from: CapturedValue | CapturedValue[], path: Path): { value: CapturedValue; at: Path }[] {
  return Array.isArray(from) ? from.map((value, i) => ({ value, at: [...path, i] })) : [{ value: from, at: path }];
}

export function readingExists(
  context: Context,
  source: SourceFile,
  reference: string,
  commands: readonly string[],
  path: Path,
): void {
  const { report } = context;
  const [id = '', reading = ''] = reference.split('.');
  const found = context.commands.get(id);
  if (!found) {
    commandExists(context, source, id, path);
    return;
  }
  if (!found.reads.has(reading)) {
    const known = [...found.reads];
    report(
      'FG205',
      source,
      path,
      `${id} has no reading "${reading}".`,
      hintFor(reading, known, `It has: ${known.join(', ') || 'none'}.`),
    );
  } else if (!commands.includes(id)) {
    report('FG211', source, path, `The step does not run ${id}, so it never reads "${reading}".`);
  }
}
