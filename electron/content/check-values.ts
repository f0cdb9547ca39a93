import type { Library } from '../../wizards/engine/library.ts';
import { hintFor } from '../../wizards/engine/lint/did-you-mean.ts';
import { checkValue } from '../../wizards/engine/parameters.ts';
import { Fault } from '../fault.ts';

/** The values by name, in normal form. Throws a Fault for the first that is unknown, secret or refused by its type. */
export function checkValues(library: Library, given: Record<string, string>): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, raw] of Object.entries(given)) {
    const parameter = library.parameters.get(name);
    if (!parameter) {
      const hint = hintFor(
        name,
        library.parameters.keys(),
        'See `fieldguide commands` for the parameters of each command.',
      );
      throw new Fault('unknown-parameter', `There is no parameter "${name}".`, hint);
    }
    const checked = checkValue(parameter, raw);
    if (!checked.ok) throw new Fault(checked.refusal.code, checked.refusal.message, checked.refusal.hint ?? null);
    values[name] = checked.value;
  }
  return values;
}
