import type { StepView } from '../../wizards/engine/view.ts';

/** The one primary button of a step. */
export type Primary = 'run' | 'review' | 'record';

/** The commands of the step that are behind it: captured, or made by hand. */
export function doneCommands({ captures, byHand }: Pick<StepView, 'captures' | 'byHand'>): Set<string | null> {
  return new Set([...captures.map((capture) => capture.command), ...byHand.map((change) => change.command)]);
}

/** Whether everything that this fix changes is done; false where it changes nothing by a command or a path. */
export function changeMade(step: StepView): boolean {
  const done = doneCommands(step);
  const changes = step.commands.filter((command) => command.role === 'change');
  return changes.length > 0 && changes.every((command) => done.has(command.id));
}

/**
 * What the person most likely does next: bring the evidence, then record. An outcome picked by hand means that
 * they know already; for a change it is the review first and its proof after it.
 */
export function primaryOf(step: StepView, picked: string | null): Primary {
  if (picked !== null) return 'record';
  const done = doneCommands(step);
  if (step.step.kind === 'fix') {
    if (step.commands.some((command) => command.role === 'change') && !changeMade(step)) return 'review';
    const proofs = step.commands.filter((command) => command.role === 'proof');
    return proofs.length > 0 && !proofs.some((command) => done.has(command.id)) ? 'run' : 'record';
  }
  if (step.reading !== null || step.captures.length > 0) return 'record';
  return step.commands.length > 0 ? 'run' : 'record';
}

/** The command that Run and Ctrl+Enter mean: of the kind that is due, the first without a capture. */
export function dueCommand(step: StepView): string | null {
  const done = doneCommands(step);
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
