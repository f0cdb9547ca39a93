import { create } from 'zustand';
import type { AppInfo, CaseSummary, Settings, ShellInfo } from '../../electron/contract.ts';
import type { ConnectionState } from '../client.ts';
import { follow } from '../connection/follow.ts';
import { client, connection } from '../connection/session.ts';
import { keepPlace, tokenIn } from '../connection/token.ts';
import { type Problem, problemOf } from '../lib/problem.ts';
import { hashOf, parseRoute, type Route } from '../lib/route.ts';

export type OpenDialog = 'keys' | 'settings' | 'export' | null;

interface AppStore {
  connection: ConnectionState;
  info: AppInfo | null;
  settings: Settings;
  shells: ShellInfo[];
  cases: CaseSummary[] | null;
  route: Route;
  /** The probe that was looked at last. */
  probe: string | null;
  /** What the last action of the start page or the settings ran into. */
  problem: Problem | null;
  /** Read out by screen readers. */
  announcement: string;
  dialog: OpenDialog;
}

export const useApp = create<AppStore>(() => ({
  connection: 'connecting',
  info: null,
  settings: { operator: '', theme: 'system', layout: {}, redaction: { on: false, keep: [], words: [] } },
  shells: [],
  cases: null,
  route: parseRoute(location.hash),
  probe: null,
  problem: null,
  announcement: '',
  dialog: null,
}));

const set = useApp.setState;

export const showProblem = (error: unknown): void => set({ problem: problemOf(error) });
export const clearProblem = (): void => set({ problem: null });
export const announce = (announcement: string): void => set({ announcement });
export const openDialog = (dialog: OpenDialog): void => set({ dialog });

/** Goes to a screen; the address follows, so that reload and the back button work. */
export function goTo(route: Route): void {
  location.hash = hashOf(route);
}

/** Begins to listen to the address and the connection, and loads what all screens need. */
export function startApp(): void {
  keepPlace(location.hash);
  window.addEventListener('hashchange', () => {
    if (tokenIn(location.hash) !== null) return;
    keepPlace(location.hash);
    set({ route: parseRoute(location.hash), problem: null, dialog: null });
  });
  const followState = (state: ConnectionState) => {
    set({ connection: state, route: parseRoute(location.hash) });
    if (state === 'connected') void load();
  };
  connection().onState(followState);
  followState(connection().state());
  void follow(
    connection(),
    (signal) => client().app.watch(undefined, { signal }),
    new AbortController().signal,
    (info) => set({ info }),
    showProblem,
  );
}

async function load(): Promise<void> {
  const { app } = client();
  try {
    set({ settings: await app.settings() });
  } catch (error) {
    if (useApp.getState().connection === 'connected') showProblem(error);
  }
}

/** Shows the folder of the person's own wizards in the file manager. */
export async function openOwnWizards(): Promise<void> {
  try {
    await client().app.openWizards();
  } catch (error) {
    showProblem(error);
  }
}

/** Every shell is started once to ask for its version, so the first screen is drawn before. */
export async function loadShells(): Promise<void> {
  try {
    set({ shells: await client().app.shells() });
  } catch (error) {
    if (useApp.getState().connection === 'connected') showProblem(error);
  }
}

export async function loadCases(): Promise<void> {
  try {
    set({ cases: await client().cases.list() });
  } catch (error) {
    if (useApp.getState().connection === 'connected') showProblem(error);
  }
}

export async function changeSettings(part: Partial<Settings>): Promise<void> {
  const before = useApp.getState().settings;
  set({ settings: { ...before, ...part, layout: { ...before.layout, ...part.layout } } });
  try {
    await client().app.change(part);
  } catch (error) {
    showProblem(error);
  }
}

let pendingLayout: Settings['layout'] = {};
let layoutTimer: ReturnType<typeof setTimeout> | undefined;

/** Keeps a size or switch of the layout; the core hears of it once the person stops dragging. */
export function changeLayout(name: string, value: number | boolean): void {
  const { settings } = useApp.getState();
  if (settings.layout[name] === value) return;
  pendingLayout[name] = value;
  set({ settings: { ...settings, layout: { ...settings.layout, [name]: value } } });
  clearTimeout(layoutTimer);
  layoutTimer = setTimeout(() => {
    const layout = pendingLayout;
    pendingLayout = {};
    void changeSettings({ layout });
  }, 400);
}

export type Labels = Record<string, string>;
const NO_LABELS: Labels = {};
/** What parameters and fields of the evidence are called, by name; the core has the one list. */
export const useLabels = (): Labels => useApp((state) => state.info?.labels ?? NO_LABELS);
