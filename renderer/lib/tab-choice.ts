import type { TabInfo } from '../../electron/contract.ts';
import type { Shell } from '../../wizards/engine/schema.ts';

/** Whether a command written for `shell` can be sent to this tab: the Exchange shell is a loaded PowerShell. */
export function accepts(tab: TabInfo, shell: Shell): boolean {
  if (tab.state === 'dead' || !tab.marked) return false;
  return tab.shell === shell || (shell === 'ems' && tab.shell === 'powershell');
}

/** The tab for a command: the one in front when it fits, else a ready one. Null leaves the choice to the core. */
export function tabFor(tabs: readonly TabInfo[], active: string | null, shell: Shell): string | null {
  const fitting = tabs.filter((tab) => tab.kind === 'shell' && accepts(tab, shell));
  const front = fitting.find((tab) => tab.id === active);
  return (front ?? fitting.find((tab) => tab.state === 'ready'))?.id ?? null;
}
