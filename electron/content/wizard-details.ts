import type { Library } from '../../wizards/engine/library.ts';
import { verdictsOf } from '../../wizards/engine/route.ts';
import { ENVIRONMENTS, type Wizard } from '../../wizards/engine/schema.ts';
import type { WizardDetails } from '../contract.ts';

/** What each wizard covers, for whoever looks at the content as a whole. */
export function wizardDetails(library: Library): WizardDetails[] {
  return [...library.wizards.values()].map(({ hash, wizard }) => ({
    id: wizard.id,
    title: wizard.title,
    partOf: wizard.part_of ?? null,
    steps: wizard.steps.length,
    verdicts: verdictsOf(library, hash),
    environments: wizard.environments ?? [...ENVIRONMENTS],
    covers: coversOf(wizard),
  }));
}

/** The rows of the source inventory that the wizard or one of its steps carries. */
function coversOf(wizard: Wizard): string[] {
  return [...new Set([...(wizard.covers ?? []), ...wizard.steps.flatMap((step) => step.covers ?? [])])].sort();
}
