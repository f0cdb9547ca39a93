/** Practice cases: what they name must be there. */
import { checkValue } from '../parameters.ts';
import type { Context } from './context.ts';
import { hintFor } from './did-you-mean.ts';
import { commandExists, parameterExists, wizardExists } from './exists.ts';
import type { Path } from './place.ts';
import type { SourceFile } from './source-file.ts';

export function checkLabs(context: Context): void {
  for (const { source, lab } of context.labs) {
    wizardExists(context, source, lab.wizard, ['wizard']);
    for (const [name, value] of Object.entries(lab.parameters ?? {}))
      checkParameter(context, source, name, value, ['parameters', name]);
    for (const [i, answer] of lab.answers.entries()) {
      const path = ['answers', i];
      checkAnswer(context, source, answer, path);
      for (const name of Object.keys(answer.parameters ?? {}))
        parameterExists(context, source, name, [...path, 'parameters', name]);
    }
    for (const [i, question] of lab.questions.entries()) checkQuestion(context, source, question, ['questions', i]);
    const { verdicts, broken, report } = context;
    if (!verdicts.has(lab.verdict) && !broken.has(lab.verdict)) {
      report(
        'FG206',
        source,
        ['verdict'],
        `No wizard gives the verdict "${lab.verdict}".`,
        hintFor(lab.verdict, verdicts, 'Correct the id.'),
      );
    }
  }
}

function checkParameter(context: Context, source: SourceFile, name: string, value: string, path: Path): void {
  if (!parameterExists(context, source, name, path)) return;
  const parameter = context.parameters.get(name);
  const checked = parameter && checkValue(parameter, value);
  if (checked && !checked.ok)
    context.report('FG209', source, path, `${checked.refusal.message}.`, checked.refusal.hint);
}

type Answer = { command: string; sample: string; after?: string | undefined };

function checkAnswer(context: Context, source: SourceFile, answer: Answer, path: Path): void {
  if (answer.after !== undefined) commandExists(context, source, answer.after, [...path, 'after']);
  if (!commandExists(context, source, answer.command, [...path, 'command'])) return;
  const samples = context.commands.get(answer.command)?.samples ?? new Set<string>();
  if (samples.has(answer.sample)) return;
  const hint = hintFor(answer.sample, samples, `It has: ${[...samples].join(', ') || 'none'}.`);
  context.report('FG207', source, [...path, 'sample'], `${answer.command} has no sample "${answer.sample}".`, hint);
}

type Question = { wizard: string; step: string; outcome: string };

function checkQuestion(context: Context, source: SourceFile, question: Question, path: Path): void {
  if (!wizardExists(context, source, question.wizard, [...path, 'wizard'])) return;
  const steps = context.wizards.get(question.wizard)?.steps;
  // A planned wizard has no steps yet.
  if (!steps) return;
  const step = steps.get(question.step)?.step;
  if (!step) {
    const hint = hintFor(question.step, steps.keys(), 'Correct the id.');
    context.report(
      'FG201',
      source,
      [...path, 'step'],
      `The wizard ${question.wizard} has no step "${question.step}".`,
      hint,
    );
    return;
  }
  const outcomes = step.kind === 'question' || step.kind === 'check' ? step.outcomes.map((outcome) => outcome.id) : [];
  if (outcomes.includes(question.outcome)) return;
  const hint = hintFor(question.outcome, outcomes, `It has: ${outcomes.join(', ') || 'none'}.`);
  context.report(
    'FG208',
    source,
    [...path, 'outcome'],
    `The step "${question.step}" has no outcome "${question.outcome}".`,
    hint,
  );
}
