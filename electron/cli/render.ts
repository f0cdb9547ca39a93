import type { Library } from '../../wizards/engine/library.ts';
import { hintFor } from '../../wizards/engine/lint/did-you-mean.ts';
import { renderCommand } from '../../wizards/engine/render.ts';
import { type Command, type Environment, SHELLS, type Shell } from '../../wizards/engine/schema.ts';
import { checkValues } from '../content/check-values.ts';
import { Fault } from '../fault.ts';
import { shellsOf } from './commands.ts';
import { loadContent } from './content.ts';
import { type GivenOptions, givenValues } from './given-values.ts';
import type { Output } from './output.ts';
import { plain } from './plain.ts';

type RenderOptions = GivenOptions & { shell?: string };

/** `commands render`: the text alone on stdout, so that it can be piped; with --json what belongs to it too. */
export async function render(out: Output, id: string, options: RenderOptions): Promise<number> {
  const library = await loadContent(out);
  const command = commandOf(library, id);
  const shell = chooseShell(command, options.shell);
  const values = checkValues(library, givenValues(options));
  noteUnused(out, command, values);
  const environment = values.environment as Environment | undefined;
  const rendered = renderCommand({
    command,
    parameters: library.parameters,
    shell,
    ...(environment ? { environment } : {}),
    values,
  });
  if (!rendered.ok) throw refusal(library, rendered);
  const { effect, needs } = command;
  const rollback = wayBack(library, command, shell, values);
  if (out.json) {
    const file = rendered.file ? { file: rendered.file } : {};
    out.document({ text: rendered.text, effect, needs, rollback, ...file });
    return 0;
  }
  out.line(plain(rendered.text));
  if (rendered.file) out.note(`Needs the file ${rendered.file.name}:\n${rendered.file.text}`);
  if (needs.length > 0) out.note(`Needs: ${needs.join('; ')}`);
  if (effect === 'change') out.note(`This changes something. The way back: ${rollback ?? 'read the old value first'}`);
  return 0;
}

function commandOf(library: Library, id: string): Command {
  const found = library.commands.get(id);
  if (found) return found.command;
  throw new Fault(
    'unknown-command',
    `There is no command "${id}".`,
    hintFor(id, library.commands.keys(), 'See `fieldguide commands`.'),
  );
}

function chooseShell(command: Command, wanted: string | undefined): Shell {
  const forms = shellsOf(command) as Shell[];
  const there = `${command.id} has forms for: ${forms.join(', ')}.`;
  if (wanted === undefined) {
    if (forms.length === 1 && forms[0]) return forms[0];
    throw new Fault('no-shell-named', `For which shell? ${there}`, 'Name it with --shell.');
  }
  const shell = SHELLS.find((known) => known === wanted);
  if (!shell) throw new Fault('unknown-shell', `There is no shell "${wanted}".`, hintFor(wanted, SHELLS, there));
  return shell;
}

type Refused = Extract<ReturnType<typeof renderCommand>, { ok: false }>;

function refusal(library: Library, { missing, refusals }: Refused): Fault {
  const [first] = refusals;
  if (first) return new Fault(first.code, refusals.map(({ message }) => message).join(' '), first.hint ?? null);
  const example = library.parameters.get(missing[0] ?? '')?.example ?? 'value';
  return new Fault(
    'missing-parameters',
    `Still missing: ${missing.join(', ')}.`,
    `For example: --set '${missing[0]}=${example}'`,
  );
}

/** Values of other commands do no harm, but a person who gave one should know that it is not in the text. */
function noteUnused(out: Output, command: Command, values: Record<string, string>): void {
  const used = new Set(['environment', ...(command.parameters ?? []).map(({ name }) => name)]);
  const unused = Object.keys(values).filter((name) => !used.has(name));
  if (unused.length > 0) out.note(`${command.id} does not use: ${unused.join(', ')}.`);
}

/**
 * The command that undoes this one. Only words when it needs a value from before the change: nobody has read one here,
 * and a given value or a default is the new one. Null for a command that changes nothing.
 */
function wayBack(library: Library, command: Command, shell: Shell, values: Record<string, string>): string | null {
  const { rollback } = command;
  const undo = rollback?.command ? library.commands.get(rollback.command)?.command : undefined;
  const inWords = rollback?.note ?? null;
  if (!undo || Object.keys(rollback?.with ?? {}).length > 0) return inWords;
  const environment = values.environment as Environment | undefined;
  const rendered = renderCommand({
    command: undo,
    parameters: library.parameters,
    shell,
    ...(environment ? { environment } : {}),
    values,
  });
  return rendered.ok ? rendered.text : inWords;
}
