/** Texts for PowerShell, written out with the examples of their parameters, have to be PowerShell. */
import { renderCommand, templatesOf } from '../render.ts';
import { ENVIRONMENTS, POWERSHELLS } from '../schema.ts';
import type { Context, FoundCommand } from './context.ts';

/** Both count from 1; the column counts UTF-16 units, as editors do. */
export type SyntaxErrorPlace = { line: number; column: number };
/** Where a text is not PowerShell. */
export type SyntaxCheck = (text: string) => readonly SyntaxErrorPlace[];

export function checkPowerShell(context: Context, errorsIn: SyntaxCheck): void {
  for (const found of context.commands.values()) {
    if (!context.silent.has(found.source)) checkTexts(context, found, errorsIn);
  }
}

function checkTexts({ parameters, report }: Context, found: FoundCommand, errorsIn: SyntaxCheck): void {
  const { source, command, path } = found;
  const values = Object.fromEntries(
    (command.parameters ?? []).map(({ name }) => [name, parameters.get(name)?.example ?? '']),
  );
  const seen = new Set<string>();
  for (const environment of ENVIRONMENTS) {
    for (const { shell, template } of templatesOf(command, environment)) {
      if (!POWERSHELLS.includes(shell)) continue;
      const rendered = renderCommand({ command, parameters, shell, environment, values });
      if (!rendered.ok || seen.has(rendered.text)) continue;
      seen.add(rendered.text);
      const [error] = errorsIn(rendered.text);
      if (!error) continue;
      const line = rendered.text.split('\n')[error.line - 1] ?? '';
      const near = line.slice(Math.max(0, error.column - 1)).slice(0, 30);
      const place = near === '' ? 'at its end' : `at \`${near}\``;
      const at = [...path, 'templates', command.templates.indexOf(template), 'text'];
      report('FG415', source, at, `${command.id}: this is not PowerShell ${place}.`);
    }
  }
}
