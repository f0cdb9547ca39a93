import { verdictsOf } from '../../wizards/engine/route.ts';
import { ENVIRONMENTS, type Wizard } from '../../wizards/engine/schema.ts';
import { loadContent } from './content.ts';
import type { Output } from './output.ts';
import { printTable } from './table.ts';

export async function wizards(out: Output): Promise<number> {
  const library = await loadContent(out);
  const list = [...library.wizards.values()].map(({ hash, wizard }) => ({
    id: wizard.id,
    title: wizard.title,
    ...(wizard.part_of ? { partOf: wizard.part_of } : {}),
    steps: wizard.steps.length,
    verdicts: verdictsOf(library, hash),
    environments: wizard.environments ?? [...ENVIRONMENTS],
    covers: coversOf(wizard),
  }));
  if (out.json) out.document(list);
  else
    printTable(
      out,
      ['id', 'steps', 'verdicts', 'title'],
      list.map((w) => [w.id, `${w.steps}`, `${w.verdicts.length}`, w.title]),
    );
  return 0;
}

/** The rows of the source inventory that the wizard or one of its steps carries. */
function coversOf(wizard: Wizard): string[] {
  return [...new Set([...(wizard.covers ?? []), ...wizard.steps.flatMap((step) => step.covers ?? [])])].sort();
}
