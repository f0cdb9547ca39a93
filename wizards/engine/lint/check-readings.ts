/** Rules and samples prove each other: every sample is read as it declares, and as one thing only. */
import { readOutput } from '../read.ts';
import { shellsOf } from '../render/faults.ts';
import { type Condition, POWERSHELLS, type Sample, type Shell } from '../schema.ts';
import { partsOf } from './check-references.ts';
import type { Context, FoundCommand, FoundWizard } from './context.ts';
import type { Path } from './place.ts';
import type { SourceFile } from './source-file.ts';

type Readings = Map<string, string[][]>;

export function checkReadings(context: Context): void {
  const found: Readings = new Map();
  for (const [id, command] of context.commands) {
    const compile = (command.command.reads ?? []).map((read, i) =>
      checkRule(context, command, read.when, [...command.path, 'reads', i, 'when']),
    );
    if (compile.every((fine) => fine)) found.set(id, checkSamples(context, command));
  }
  for (const wizard of context.wizards.values()) checkSuggestions(context, wizard, found);
}

/** Nobody runs these, so nothing can be asked of their output. */
const isByHand = (shell: Shell): boolean => shell === 'console' || shell === 'device';

/** Whether all its patterns compile. */
function checkRule({ report }: Context, { source, command }: FoundCommand, when: Condition, path: Path): boolean {
  let fine = true;
  for (const { part, path: at } of partsOf(when, path)) {
    for (const [pattern, place] of patternsOf(part, at)) {
      const fault = patternFault(pattern);
      if (!fault) continue;
      fine = false;
      report('FG501', source, place, `${command.id}: ${fault}.`);
    }
  }
  for (const { part } of partsOf(when, path)) {
    if (!('whole' in part)) continue;
    const lines = [`BeginOf${part.whole} : 1`, `EndOf${part.whole} : 1`];
    const silent = command.templates.findIndex(
      (template) => !shellsOf(template).some(isByHand) && !lines.every((line) => template.text.includes(line)),
    );
    if (silent < 0) continue;
    const place = source.valueAt([...path.slice(0, 2), 'templates', silent, 'text']);
    report('FG507', source, place, `${command.id}: this template does not print "${lines.join('" and "')}".`);
  }
  checkLanguage({ report }, { source, command }, when, path);
  if (!provesItself(when)) {
    report('FG502', source, source.keyAt(path), `${command.id}: this rule can hold without a line that proves it.`);
  }
  return fine;
}

const WINDOWS: readonly Shell[] = ['cmd', ...POWERSHELLS];
/** Two words that follow each other, or a state that Windows prints in its own language. */
const SENTENCE = /[A-Za-z]{2,}(?: |\\s[+*]?)[a-z]{2,}|\b(?:LISTENING|ESTABLISHED)\b/;

/** Windows programs print sentences in the language of the system; a rule that waits for one has to say so. */
function checkLanguage(
  { report }: Pick<Context, 'report'>,
  { source, command }: Pick<FoundCommand, 'source' | 'command'>,
  when: Condition,
  path: Path,
): void {
  if (!command.templates.some((template) => shellsOf(template).some((shell) => WINDOWS.includes(shell)))) return;
  for (const { part, path: at } of partsOf(when, path)) {
    const [kind, rule] = 'line' in part ? ['line', part.line] : 'count' in part ? ['count', part.count] : ['', null];
    if (!rule || rule.english !== undefined || !SENTENCE.test(rule.pattern)) continue;
    report(
      'FG508',
      source,
      [...at, kind, 'pattern'],
      `${command.id}: this rule waits for words and does not say whether Windows translates them.`,
    );
  }
}

function patternsOf(part: Condition, path: Path): [string, Path][] {
  if ('line' in part) return [[part.line.pattern, [...path, 'line', 'pattern']]];
  if ('typed' in part) return [[part.typed, [...path, 'typed']]];
  if ('count' in part) return [[part.count.pattern, [...path, 'count', 'pattern']]];
  if ('field' in part && part.field.matches !== undefined) return [[part.field.matches, [...path, 'field', 'matches']]];
  if ('column' in part && part.column.matches !== undefined)
    return [[part.column.matches, [...path, 'column', 'matches']]];
  return [];
}

/** Why a pattern does not compile, or null. */
export function patternFault(pattern: string): string | null {
  try {
    new RegExp(pattern, 'i');
    return null;
  } catch (error) {
    return `the pattern does not compile (${String((error as Error).message).replace(/^Invalid regular expression: /, '')})`;
  }
}

/** Whether every way in which the condition holds brings at least one line as evidence. */
function provesItself(condition: Condition): boolean {
  if ('all' in condition) return condition.all.some(provesItself);
  if ('any' in condition) return condition.any.every(provesItself);
  if ('not' in condition) return false;
  if ('block' in condition) return provesItself(condition.block);
  if ('count' in condition) return (condition.count.at_least ?? 0) >= 1;
  return true;
}

function checkSamples({ report }: Context, { source, command, path }: FoundCommand): string[][] {
  const rules = command.reads ?? [];
  const shown = new Set<string>();
  const results = (command.samples ?? []).map((sample, i) => {
    const { hits, unreadable } = readOutput(command, sample.output, sample.parameters);
    const found = hits.map((hit) => hit.id);
    for (const id of found) shown.add(id);
    checkDeclared({ report }, source, command.id, sample, found, [...path, 'samples', i]);
    // A value that is cut off is meant to stay unread.
    if (rules.length > 0 && sample.reads.length === 0 && found.length === 0 && unreadable.length === 0) {
      report(
        'FG503',
        source,
        [...path, 'samples', i, 'id'],
        `No rule of ${command.id} reads the sample "${sample.id}".`,
      );
    }
    return found;
  });
  for (const [i, read] of rules.entries()) {
    if (shown.has(read.id)) continue;
    report('FG506', source, [...path, 'reads', i, 'id'], `No sample of ${command.id} is read as "${read.id}".`);
  }
  return results;
}

function checkDeclared(
  { report }: Pick<Context, 'report'>,
  source: SourceFile,
  command: string,
  sample: Sample,
  found: string[],
  path: Path,
): void {
  const surplus = found.filter((id) => !sample.reads.includes(id));
  const absent = sample.reads.filter((id) => !found.includes(id));
  if (surplus.length === 0 && absent.length === 0) return;
  const parts = [
    ...(absent.length > 0 ? [`declared but not found: ${absent.join(', ')}`] : []),
    ...(surplus.length > 0 ? [`found but not declared: ${surplus.join(', ')}`] : []),
  ];
  report('FG504', source, [...path, 'reads'], `${command}, sample "${sample.id}": ${parts.join('; ')}.`);
}

function checkSuggestions({ commands, report }: Context, { source, steps }: FoundWizard, readings: Readings): void {
  for (const { step, path } of steps.values()) {
    if (step.kind !== 'question' && step.kind !== 'check') continue;
    const outcomeOf = new Map<string, { id: string; index: number }[]>();
    for (const [index, outcome] of step.outcomes.entries()) {
      for (const reference of outcome.when ?? []) {
        const list = outcomeOf.get(reference) ?? [];
        list.push({ id: outcome.id, index });
        outcomeOf.set(reference, list);
      }
    }
    for (const command of new Set(step.commands)) {
      const said = new Set<string>();
      for (const [i, found] of (readings.get(command) ?? []).entries()) {
        const outcomes = new Map(
          found.flatMap((id) => outcomeOf.get(`${command}.${id}`) ?? []).map((one) => [one.id, one.index]),
        );
        if (outcomes.size < 2) continue;
        const names = [...outcomes.keys()];
        const sample = commands.get(command)?.command.samples?.[i]?.id;
        if (said.has(names.join())) continue;
        said.add(names.join());
        const last = Math.max(...outcomes.values());
        const message = `The sample "${sample}" of ${command} suggests ${names.join(' and ')} at "${step.id}".`;
        report('FG505', source, [...path, 'outcomes', last, 'when'], message);
      }
    }
  }
}
