/**
 * In each environment that is known when a step is reached there must be a way to do it. It is known where an
 * outcome before has set it, or where the wizard is made for some environments only; else the person has to see.
 */
import { templatesOf } from '../render.ts';
import { ENVIRONMENTS, type Environment, type Step } from '../schema.ts';
import type { Context, FoundWizard } from './context.ts';
import { targetsOfNext } from './next-targets.ts';

/** A set of environments as bits, so that joining two is cheap. */
type Bits = number;
const ALL: Bits = 2 ** ENVIRONMENTS.length - 1;
const UNKNOWN: Bits = 0;
const bitOf = (environment: string): Bits => (1 << ENVIRONMENTS.indexOf(environment as Environment)) & ALL;

export function checkEnvironments(context: Context): void {
  for (const found of context.wizards.values()) {
    const { source, steps } = found;
    for (const [id, bits] of environmentsOf(found)) {
      const entry = steps.get(id);
      if (!entry) continue;
      const { step, path } = entry;
      if (step.kind === 'verdict' || step.kind === 'return') continue;
      const lacking = ENVIRONMENTS.filter(
        (environment) => bits & bitOf(environment) && !canBeDone(context, step, environment),
      );
      if (lacking.length === 0) continue;
      const key = step.kind === 'fix' ? 'change' : 'commands';
      const message = `At "${id}" there is neither a command nor a console path for ${lacking.join(', ')}.`;
      context.report('FG409', source, source.keyAt([...path, key]), message);
    }
  }
}

/** Follows the outcomes: one that sets the environment narrows what comes after it. */
function environmentsOf({ wizard, steps }: FoundWizard): Map<string, Bits> {
  const made = (wizard.environments ?? []).reduce<Bits>((bits, environment) => bits | bitOf(environment), 0);
  const start = made === ALL ? UNKNOWN : made;
  const known = new Map<string, Bits>();
  const queue: [string, Bits][] = [[wizard.start, start]];
  for (const trigger of wizard.triggers ?? []) if (trigger.step !== undefined) queue.push([trigger.step, start]);
  for (let item = queue.pop(); item; item = queue.pop()) {
    const [id, bits] = item;
    const before = known.get(id);
    const after = (before ?? UNKNOWN) | bits;
    if (after === before) continue;
    known.set(id, after);
    const step = steps.get(id)?.step;
    if (step) queue.push(...onward(step, after));
  }
  return known;
}

function onward(step: Step, bits: Bits): [string, Bits][] {
  if (step.kind === 'question' || step.kind === 'check') {
    return step.outcomes.flatMap(({ next, set }) => {
      const narrowed = set?.environment === undefined ? bits : bitOf(set.environment);
      return stepsIn(next, narrowed);
    });
  }
  if (step.kind === 'verdict') return (step.fixes ?? []).map((id) => [id, bits]);
  return step.kind === 'fix' && step.not_verified !== undefined ? stepsIn(step.not_verified, bits) : [];
}

function stepsIn(next: Parameters<typeof targetsOfNext>[0], bits: Bits): [string, Bits][] {
  return targetsOfNext(next, [])
    .filter((target) => target.way === 'step')
    .map((target) => [target.id, bits]);
}

function canBeDone(
  { commands }: Context,
  step: Exclude<Step, { kind: 'verdict' | 'return' }>,
  environment: Environment,
): boolean {
  const names = step.kind === 'fix' ? [step.change] : (step.commands ?? []);
  const used = names.filter((id) => id !== undefined);
  // A question without commands is answered by the person, whatever the environment.
  if (used.length === 0) return true;
  if (step.console?.some((one) => !one.environments || one.environments.includes(environment))) return true;
  return used.some((id) => {
    const command = commands.get(id)?.command;
    return !command || templatesOf(command, environment).length > 0;
  });
}
