import { create } from 'zustand';
import { MOST_SESSIONS_AS_EVIDENCE } from '../../electron/contract-files.ts';
import type { SessionFilter, SessionRowView, SessionsSummary, SessionView } from '../../electron/contract-intake.ts';
import type { Suggestion } from '../../wizards/engine/triage.ts';
import { client } from '../connection/session.ts';
import { type Problem, problemOf } from '../lib/problem.ts';
import { missingPages, PAGE, withPage } from '../lib/row-pages.ts';
import { sessionHeadline } from '../lib/session-words.ts';
import { announce } from './app-store.ts';

const PAUSE_MS = 180;

interface SessionsStore {
  intake: string | null;
  filter: SessionFilter;
  /** The person chose what to see; until then the files themselves decide. */
  touched: boolean;
  summary: SessionsSummary | null;
  total: number;
  /** By their number; those of the last filter stay until the next are there. */
  pages: ReadonlyMap<number, readonly SessionRowView[]>;
  loading: boolean;
  /** Sessions that the files had when this list was asked for. */
  seen: number;
  problem: Problem | null;
  /** The place in the list at which the keys are. */
  active: number;
  /** The row that is open, and its session once it was read. */
  opened: number | null;
  session: SessionView | null;
  focusSession: boolean;
  /** Rows that are to become evidence. */
  chosen: readonly SessionRowView[];
  /** The dialog that starts a wizard with these rows. */
  starting: { rows: readonly number[]; suggestions: Suggestion[] | null } | null;
}

const EMPTY: SessionsStore = {
  intake: null,
  filter: {},
  touched: false,
  summary: null,
  total: 0,
  pages: new Map(),
  loading: false,
  seen: 0,
  problem: null,
  active: 0,
  opened: null,
  session: null,
  focusSession: false,
  chosen: [],
  starting: null,
};

export const useSessions = create<SessionsStore>(() => EMPTY);
const set = useSessions.setState;
const get = useSessions.getState;

let asked = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
const pending = new Set<number>();

/**
 * Shows the sessions of these files. Who comes back finds the list as it was left. `sessions` and `failed` are what
 * the files have by now: where some failed, these are shown first.
 */
export function showSessions(intake: string, { sessions, failed }: { sessions: number; failed: number }): void {
  const before = get();
  const same = before.intake === intake;
  if (same && before.seen === sessions) return;
  if (!same) set({ ...EMPTY, intake });
  const filter = same && before.touched ? before.filter : failed > 0 ? { failed: true } : {};
  set({ filter, seen: sessions });
  void load();
}

/** Shows what the filter lets through, from its first row on. `pause`: the person may still be typing. */
export function changeFilter(filter: SessionFilter, { pause = false } = {}): void {
  set({ filter, touched: true });
  clearTimeout(timer);
  if (pause) timer = setTimeout(() => void load(), PAUSE_MS);
  else void load();
}

async function load(): Promise<void> {
  const { intake, filter } = get();
  if (intake === null) return;
  asked += 1;
  const mine = asked;
  pending.clear();
  set({ loading: true });
  try {
    const [summary, page] = await Promise.all([
      client().intake.summary({ intake, filter }),
      client().intake.sessions({ intake, filter, from: 0, count: PAGE }),
    ]);
    if (mine !== asked) return;
    set({
      summary,
      total: page.total,
      pages: new Map([[0, page.rows]]),
      loading: false,
      active: 0,
      problem: null,
    });
  } catch (error) {
    if (mine === asked) set({ loading: false, problem: problemOf(error) });
  }
}

/** Asks for the pages of these places that are not here yet. */
export function needRows(first: number, last: number): void {
  const { total, pages, loading } = get();
  // Those of the filter before are of no use.
  if (loading) return;
  for (const page of missingPages(pages, first, Math.min(last, total - 1)))
    if (!pending.has(page)) void fetchPage(page);
}

async function fetchPage(page: number): Promise<void> {
  const { intake, filter } = get();
  const mine = asked;
  if (intake === null) return;
  pending.add(page);
  try {
    const { rows, total } = await client().intake.sessions({ intake, filter, from: page * PAGE, count: PAGE });
    if (mine !== asked) return;
    set(({ pages }) => ({ total, pages: withPage(pages, page, rows) }));
  } catch (error) {
    if (mine === asked) set({ problem: problemOf(error) });
  } finally {
    if (mine === asked) pending.delete(page);
  }
}

export const moveTo = (active: number): void => set({ active });

/** Opens a session beside the list. `focus`: the keys go on there. */
export async function openSession(row: number, { focus = false } = {}): Promise<void> {
  const { intake } = get();
  if (intake === null) return;
  set({ opened: row, focusSession: focus, problem: null });
  try {
    const session = await client().intake.session({ intake, row });
    if (get().opened !== row || get().intake !== intake) return;
    set({ session });
    announce(sessionHeadline(session));
  } catch (error) {
    if (get().opened === row) set({ problem: problemOf(error), opened: null });
  }
}

export const closeSession = (): void => set({ opened: null, session: null });
export const closeSessionsProblem = (): void => set({ problem: null });

/** Takes a row to the evidence, or away from it. */
export function choose(row: SessionRowView): void {
  const { chosen } = get();
  if (chosen.some((other) => other.row === row.row)) {
    set({ chosen: chosen.filter((other) => other.row !== row.row) });
  } else if (chosen.length < MOST_SESSIONS_AS_EVIDENCE) set({ chosen: [...chosen, row] });
  else {
    const message = `At most ${MOST_SESSIONS_AS_EVIDENCE} sessions can become evidence of one case.`;
    set({ problem: { message, hint: 'Take one away first. A few that show the fault say as much as many.' } });
  }
}

export const chooseNone = (): void => set({ chosen: [] });

/** Asks which wizards fit these rows, for the dialog that starts one with them. */
export async function startWith(rows: readonly number[]): Promise<void> {
  const { intake } = get();
  if (intake === null || rows.length === 0) return;
  set({ starting: { rows, suggestions: null } });
  try {
    const suggestions = await client().intake.suggest({ intake, rows: [...rows] });
    if (get().starting?.rows === rows) set({ starting: { rows, suggestions } });
  } catch (error) {
    set({ starting: null, problem: problemOf(error) });
  }
}

export const stopStarting = (): void => set({ starting: null });
