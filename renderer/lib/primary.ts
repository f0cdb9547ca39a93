import type { StepView } from '../../wizards/engine/view.ts';

/** The one primary button of a step. */
export type Primary = 'run' | 'review' | 'record';

/**
 * What the person most likely does next: bring the evidence, then record. An outcome picked by hand means that
 * they know already; for a change it is the review first and its proof after it.
 */
export function primaryOf(step: StepView, picked: string | null): Primary {
  if (picked !== null) return 'record';
  const done = new Set(step.captures.map((capture) => capture.command));
  if (step.step.kind === 'fix') {
    if (step.commands.some((command) => command.role === 'change' && !done.has(command.id))) return 'review';
    const proofs = step.commands.filter((command) => command.role === 'proof');
    return proofs.length > 0 && !proofs.some((command) => done.has(command.id)) ? 'run' : 'record';
  }
  if (step.reading !== null || step.captures.length > 0) return 'record';
  return step.commands.length > 0 ? 'run' : 'record';
}

/** The command that Run and Ctrl+Enter mean: of the kind that is due, the first without a capture. */
export function dueCommand(step: StepView): string | null {
  const done = new Set(step.captures.map((capture) => capture.command));
  const changed = step.commands.every((command) => command.role !== 'change' || done.has(command.id));
  const wanted = step.step.kind !== 'fix' ? 'check' : changed ? 'proof' : 'change';
  const commands = step.commands.filter((command) => command.role === wanted);
  return (commands.find((command) => !done.has(command.id)) ?? commands[0])?.id ?? null;
}

/** The command that stands open: the one whose output decided, as long as it suggests something, else the due one. */
export function openCommand(step: StepView): string | null {
  const read = step.reading?.reading.suggested ? step.reading.capture.command : null;
  return read ?? dueCommand(step);
}
