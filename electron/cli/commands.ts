import type { Library } from '../../wizards/engine/library.ts';
import { type Command, ENVIRONMENTS, SHELLS } from '../../wizards/engine/schema.ts';
import { loadContent } from './content.ts';
import type { Output } from './output.ts';
import { printTable } from './table.ts';

export async function commands(out: Output): Promise<number> {
  const library = await loadContent(out);
  const list = [...library.commands.values()].map(({ command }) => describe(library, command));
  if (out.json) out.document(list);
  else
    printTable(
      out,
      ['id', 'effect', 'shells', 'title'],
      list.map((c) => [c.id, c.effect, c.shells.join(' '), c.title]),
    );
  return 0;
}

function describe(library: Library, command: Command) {
  const { id, title, effect, runs_on, templates } = command;
  return {
    id,
    title,
    effect,
    runs_on,
    shells: shellsOf(command),
    environments: environmentsOf(templates),
    parameters: parametersOf(library, command),
  };
}

/** Every shell that the command has a form for, in the order of the schema. */
export function shellsOf({ templates }: Command): string[] {
  const written = new Set(templates.flatMap(({ shell }) => shell));
  return SHELLS.filter((shell) => written.has(shell));
}

/** A form without environments fits all of them. */
function environmentsOf(templates: Command['templates']): string[] {
  return ENVIRONMENTS.filter((each) => templates.some(({ environments }) => environments?.includes(each) ?? true));
}

function parametersOf(library: Library, { parameters = [] }: Command) {
  return parameters.map(({ name, required = true, default: standard }) => {
    const parameter = library.parameters.get(name);
    return {
      name,
      type: parameter?.type ?? 'text',
      required,
      example: parameter?.example ?? '',
      ...(parameter?.list ? { list: true } : {}),
      ...(parameter?.values ? { values: parameter.values } : {}),
      ...(standard === undefined ? {} : { default: standard }),
    };
  });
}
