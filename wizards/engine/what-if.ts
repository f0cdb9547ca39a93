/** Previews that PowerShell gives by itself: the change with -WhatIf at its end. */
import { shellsOf } from './render/faults.ts';
import { POWERSHELLS } from './schema/names.ts';
import type { Command, CommandFile, Template } from './schema.ts';

const WHAT_IF = 'what-if';

/**
 * Cmdlets that change something know -WhatIf; these verbs cover those of Exchange, AD and Windows.
 * Source: about_CommonParameters and about_Functions_CmdletBindingAttribute (SupportsShouldProcess).
 */
const CHANGING =
  /^(?:Add|Clear|Disable|Dismount|Enable|Import|Install|Mount|Move|New|Remove|Rename|Reset|Restart|Restore|Resume|Retry|Set|Start|Stop|Suspend|Uninstall|Update)-[A-Z]\w+/;

/** The id of the command that shows what a change would do. */
export function previewOf(command: Command): string | undefined {
  return command.preview === WHAT_IF ? `${command.id}-preview` : command.preview;
}

/** The commands of a file, and for each that asks for it the preview with -WhatIf. */
export function commandsOf(file: CommandFile): Command[] {
  return file.commands.flatMap((command) => (command.preview === WHAT_IF ? [command, whatIf(command)] : [command]));
}

/**
 * The template with -WhatIf, or null where it would not reach the change: other shells, programs, more than one
 * statement (all but the last would be carried out), a call that is no cmdlet.
 */
export function whatIfTemplate(template: Template): Template | null {
  const shell = shellsOf(template).filter((one) => POWERSHELLS.includes(one));
  if (shell.length === 0 || template.native || /[;&=]|\{\{/.test(template.text)) return null;
  const change = template.text.split(/\s\|\s/).at(-1) as string;
  if (!CHANGING.test(change.trim())) return null;
  return { ...template, shell, text: `${template.text} -WhatIf` };
}

function whatIf(command: Command): Command {
  const { title, runs_on, needs, parameters, literals, templates, sources, certainty } = command;
  return {
    id: previewOf(command) as string,
    title: `Preview: ${title}`,
    effect: 'read',
    runs_on,
    needs,
    ...(parameters ? { parameters } : {}),
    ...(literals ? { literals } : {}),
    templates: templates.flatMap((template) => whatIfTemplate(template) ?? []),
    reads: [
      {
        id: 'would-change',
        title: 'The command would make the change.',
        when: { line: { pattern: '^What if: ', english: true } },
      },
      {
        id: 'refused',
        title: 'The command would be refused.',
        when: { line: { pattern: '^\\s*\\+ CategoryInfo\\s+: ', english: false } },
      },
    ],
    sources,
    certainty,
  };
}
