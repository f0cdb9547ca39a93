import { create } from 'zustand';
import type { TabInfo } from '../../electron/contract.ts';
import type { TabShell } from '../../electron/contract-terminal.ts';
import { follow } from '../connection/follow.ts';
import { client, connection } from '../connection/session.ts';
import { type Problem, problemOf } from '../lib/problem.ts';
import { share } from '../lib/share.ts';

interface TerminalStore {
  tabs: TabInfo[];
  active: string | null;
  /** A run just began: the tab that turns busy, or comes new, gets to the front. */
  following: boolean;
  problem: Problem | null;
  /** What opened it on a short window, where the terminal is folded as a rule; null while it is folded. */
  unfolded: 'run' | 'hand' | null;
}

export const useTerminals = create<TerminalStore>(() => ({
  tabs: [],
  active: null,
  following: false,
  problem: null,
  unfolded: null,
}));

/** Listens to the list of tabs; returns how to stop. */
export function watchTabs(): () => void {
  const abort = new AbortController();
  void follow(
    connection(),
    (signal) => client().terminal.watch(undefined, { signal }),
    abort.signal,
    receiveTabs,
    (error) => useTerminals.setState({ problem: problemOf(error) }),
  );
  return () => abort.abort();
}

export function receiveTabs(next: TabInfo[]): void {
  useTerminals.setState((state) => {
    const tabs = share(state.tabs, next);
    if (tabs === state.tabs) return state;
    const known = new Map(state.tabs.map((tab) => [tab.id, tab]));
    const begun = tabs.find((tab) => tab.running !== null && known.get(tab.id)?.running !== tab.running);
    const fresh = tabs.find((tab) => tab.kind === 'simulated' && !known.has(tab.id));
    const front = begun ?? fresh;
    if (state.following && front) return { tabs, active: front.id, following: false };
    const kept = tabs.some((tab) => tab.id === state.active);
    return { tabs, active: kept ? state.active : (tabs.at(-1)?.id ?? null) };
  });
}

/** The tabs that belong to a case: its simulated servers in practice, else the real shells. */
export function tabsOf(tabs: readonly TabInfo[], practice: boolean): TabInfo[] {
  return tabs.filter((tab) => (tab.kind === 'simulated') === practice);
}

async function attempt(work: () => Promise<unknown>): Promise<void> {
  useTerminals.setState({ problem: null });
  try {
    await work();
  } catch (error) {
    useTerminals.setState({ problem: problemOf(error) });
  }
}

/** The answer may come before the list that names the tab; a tab that no list names would not stay in front. */
function bringToFront(tab: TabInfo): void {
  useTerminals.setState(({ tabs }) => ({
    tabs: tabs.some(({ id }) => id === tab.id) ? tabs : [...tabs, tab],
    active: tab.id,
  }));
}

export const activate = (tab: string): void => useTerminals.setState({ active: tab });
export const closeProblem = (): void => useTerminals.setState({ problem: null });
export const openTab = (shell: TabShell): Promise<void> =>
  attempt(async () => {
    // The viewer tells the real size as soon as it is on the screen.
    const tab = await client().terminal.open({ shell, columns: 120, rows: 24 });
    bringToFront(tab);
  });
export const closeTab = (tab: string): Promise<void> => attempt(() => client().terminal.close({ tab }));
export const restartTab = (tab: string): Promise<void> =>
  attempt(async () => {
    bringToFront(await client().terminal.restart({ tab }));
  });
