import type { Library } from '../../wizards/engine/library.ts';
import { hintFor } from '../../wizards/engine/lint/did-you-mean.ts';
import type { Wizard } from '../../wizards/engine/schema.ts';
import { Fault } from '../fault.ts';

/** The wizard in use. Throws a Fault for one that is not there, and says what to do instead of one still to come. */
export function findWizard(library: Library, id: string): Wizard {
  const found = library.wizards.get(id);
  if (found) return found.wizard;
  const planned = library.planned.get(id)?.planned;
  if (planned) {
    const meanwhile = planned.by_hand.join(' ');
    throw new Fault(
      'planned-wizard',
      `The wizard "${id}" comes in a later version.`,
      `Meanwhile by hand: ${meanwhile}`,
    );
  }
  throw new Fault(
    'unknown-wizard',
    `There is no wizard "${id}".`,
    hintFor(id, library.wizards.keys(), 'See `fieldguide wizards`.'),
  );
}
