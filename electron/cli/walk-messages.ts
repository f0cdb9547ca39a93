/** What the walk protocol says: one object for each line that goes out. */
import type { Capture, Reading } from '../../wizards/engine/model.ts';
import type { CommandView, WalkView } from '../../wizards/engine/view.ts';
import type { CaseView } from '../contract.ts';

/** The step at which the walk stands, or the end of the walk where there is none. */
export function standing(view: CaseView) {
  return view.step ? stepMessage(view, view.step) : endMessage(view);
}

function stepMessage(view: CaseView, { step, wizard, parameters, commands, outcomes }: NonNullable<WalkView['step']>) {
  const asked = 'why' in step ? step : null;
  return {
    type: 'step' as const,
    case: view.id,
    step: {
      id: step.id,
      wizard,
      kind: step.kind,
      title: step.title,
      text: step.text ?? null,
      why: asked?.why ?? null,
      runs_on: asked?.runs_on ?? null,
    },
    parameters: parameters.map(({ name, type, value, prompt }) => ({ name, type, value, prompt })),
    commands: oneEach(commands).map((command) => commandMessage(command, view)),
    outcomes: outcomes.map(({ id, label }) => ({ id, label })),
    path: pathMessage(view.path),
  };
}

/** The proof of a fix may name a command that the step has anyway. */
export function oneEach(commands: CommandView[]): CommandView[] {
  return [...new Map(commands.map((command) => [`${command.id} ${command.shell}`, command])).values()];
}

function commandMessage(command: CommandView, view: CaseView) {
  const { id, shell, text, effect, needs, rollback, missing } = command;
  const reason = whyNotRunnable(command, view);
  return {
    id,
    shell,
    text,
    effect,
    needs,
    rollback: rollback?.text ?? rollback?.note ?? null,
    runnable: reason === null,
    reason,
    missing,
  };
}

/** Missing parameters are no reason: they can still be set. */
export function whyNotRunnable(command: CommandView, { practice, runnable }: CaseView): string | null {
  const { id, shell, refusals, interactive } = command;
  if (refusals.length > 0) return refusals.join(' ');
  const byHand = shell === 'console' || shell === 'device';
  if (interactive && (practice === null || byHand)) return 'It asks questions, so it needs a terminal with a person.';
  return runnable[`${id}:${shell}`]?.reason ?? null;
}

export function pathMessage(path: WalkView['path']) {
  return path.map(({ n, step, wizard, title, outcome, at, captures, superseded }) => ({
    n,
    step,
    wizard,
    title,
    outcome,
    at,
    captures,
    superseded,
  }));
}

export function endMessage(view: WalkView) {
  return { type: 'end' as const, state: view.status, verdict: view.verdict?.step.verdict ?? null };
}

export function verdictMessage({ step, wizard }: NonNullable<WalkView['verdict']>) {
  const { verdict, title, cause, certainty, advice = [], fixes = [], sources } = step;
  return { type: 'verdict' as const, id: verdict, wizard, title, cause, certainty, advice, fixes, sources };
}

export function captureMessage({ command, shell, result, exit, ended, ms }: Capture, output: string) {
  return { type: 'capture' as const, command, shell, result, exit, ended, ms, output };
}

export function readingMessage(command: string, reading: Reading | null) {
  const { suggested = null, evidence = [], certainty = 'unverified' } = reading ?? {};
  return { type: 'reading' as const, command, suggested, evidence, certainty };
}
