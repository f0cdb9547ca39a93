/** `--set name=value` and `--environment E`: checked before anything is done with them. */
import type { Library } from '../../wizards/engine/library.ts';
import { hintFor } from '../../wizards/engine/lint/did-you-mean.ts';
import { checkValue } from '../../wizards/engine/parameters.ts';
import { ENVIRONMENTS } from '../../wizards/engine/schema.ts';
import { Fault } from '../fault.ts';

export type GivenOptions = { set?: string[]; environment?: string };

/** The values by name, in normal form. Throws a Fault for the first that is unknown, secret or refused by its type. */
export function givenValues(library: Library, { set = [], environment }: GivenOptions): Record<string, string> {
  const pairs = set.map(splitPair);
  if (environment !== undefined) {
    if (!ENVIRONMENTS.some((known) => known === environment)) {
      throw new Fault(
        'unknown-environment',
        `There is no environment "${environment}".`,
        `One of: ${ENVIRONMENTS.join(', ')}.`,
      );
    }
    pairs.push(['environment', environment]);
  }
  const values: Record<string, string> = {};
  for (const [name, raw] of pairs) {
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

function splitPair(pair: string): [name: string, value: string] {
  const at = pair.indexOf('=');
  if (at < 1)
    throw new Fault(
      'bad-set',
      `--set ${pair}: a name, "=" and a value are needed.`,
      'For example: --set remote_host=mail2.contoso.com',
    );
  return [pair.slice(0, at).trim(), pair.slice(at + 1)];
}
