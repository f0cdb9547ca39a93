/** From state and verb to the rule that says what is answered. */
import type { LabRule } from '../schema/lab-servers.ts';
import { holds, type Situation } from './conditions.ts';

/** The first rule that holds. A verb that the server does not have, or for which none holds, is one of `*`. */
export function ruleFor(situation: Situation): LabRule | null {
  const { rules } = situation.conversation;
  const { verb, masked, tooLong } = situation.command;
  const own = masked || tooLong ? [] : (rules.get(verb) ?? []);
  const fits = ({ when = [] }: LabRule): boolean => when.every((condition) => holds(condition, situation));
  return own.find(fits) ?? rules.get('*')?.find(fits) ?? null;
}
