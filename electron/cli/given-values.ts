/** `--set name=value` and `--environment E`. */
import { ENVIRONMENTS } from '../../wizards/engine/schema.ts';
import { Fault } from '../fault.ts';

export type GivenOptions = { set?: string[]; environment?: string };

/** What was given, by name, not checked yet but for the form of the options themselves. */
export function givenValues({ set = [], environment }: GivenOptions): Record<string, string> {
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
  return Object.fromEntries(pairs);
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
