import type { CaseView } from '../../electron/contract.ts';
import type { CommandView } from '../../wizards/engine/view.ts';

export type Runnable = CaseView['runnable'];

/** Whether a command can run here, else why not. */
export function runnableOf(runnable: Runnable, command: Pick<CommandView, 'id' | 'shell'>): Runnable[string] {
  return runnable[`${command.id}:${command.shell}`] ?? { runnable: false, reason: null };
}

/** Of one command's texts for several shells: the preferred one, else the first that runs here, else the first. */
export function chooseShell(
  views: readonly CommandView[],
  runnable: Runnable,
  preferred: string | null,
): CommandView | undefined {
  return (
    views.find((view) => view.shell === preferred) ??
    views.find((view) => runnableOf(runnable, view).runnable) ??
    views[0]
  );
}

/** The commands of a step in order, each with its texts for the shells. */
export function groupCommands(
  commands: readonly CommandView[],
  roles: readonly CommandView['role'][],
): { id: string; role: CommandView['role']; views: CommandView[] }[] {
  const groups = new Map<string, { id: string; role: CommandView['role']; views: CommandView[] }>();
  for (const command of commands) {
    if (!roles.includes(command.role)) continue;
    const group = groups.get(command.id);
    if (group) group.views.push(command);
    else groups.set(command.id, { id: command.id, role: command.role, views: [command] });
  }
  return [...groups.values()];
}
