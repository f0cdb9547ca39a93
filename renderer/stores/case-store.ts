import { create } from 'zustand';
import type { CaseNews, CaseView } from '../../electron/contract.ts';
import { pathAfter } from '../../electron/contract-path.ts';
import type { Capture } from '../../wizards/engine/model.ts';
import type { Shell } from '../../wizards/engine/schema.ts';
import { follow } from '../connection/follow.ts';
import { connection } from '../connection/session.ts';
import { type Problem, problemOf } from '../lib/problem.ts';
import { share } from '../lib/share.ts';

/** What the person has begun to enter at the present step and not recorded yet. */
export interface Draft {
  visit: number | null;
  /** Picked by hand; null while only the suggestion stands. */
  picked: string | null;
  note: string;
  noteOpen: boolean;
  /** The command whose card is open; null follows the walk. */
  command: string | null;
}

/** What is asked in a dialog of the case. */
export type Asking =
  | { kind: 'paste'; command: string; shell: Shell; text: string }
  | { kind: 'typed' }
  | { kind: 'review'; command: string; shell: Shell };

export type Pending = 'choose' | 'run' | 'paste' | 'use' | 'back' | null;

interface CaseStore {
  id: string | null;
  view: CaseView | null;
  /** Why there is no view. */
  failure: Problem | null;
  /** What the last action ran into. */
  problem: Problem | null;
  pending: Pending;
  draft: Draft;
  /** The visit whose record is shown instead of the present step. */
  looking: number | null;
  /** Captures seen in this session, by id. */
  captures: Record<string, Capture>;
  /** The last setting that the core refused, shown at its field. */
  refused: { name: string; value: string; problem: Problem } | null;
  preferredShell: Shell | null;
  asking: Asking | null;
}

const EMPTY_DRAFT: Draft = { visit: null, picked: null, note: '', noteOpen: false, command: null };

export const useCase = create<CaseStore>(() => ({
  id: null,
  view: null,
  failure: null,
  problem: null,
  pending: null,
  draft: EMPTY_DRAFT,
  looking: null,
  captures: {},
  refused: null,
  preferredShell: null,
  asking: null,
}));

/** Opens a case and shows what the core pushes; returns how to stop. */
export function watchCase(id: string): () => void {
  const abort = new AbortController();
  if (useCase.getState().id !== id) {
    useCase.setState({
      id,
      view: null,
      failure: null,
      problem: null,
      pending: null,
      draft: EMPTY_DRAFT,
      looking: null,
      captures: {},
      refused: null,
      asking: null,
    });
  }
  void follow(
    connection(),
    (signal) => connection().client.walk.watch({ case: id }, { signal }),
    abort.signal,
    receiveView,
    (error) => useCase.setState({ failure: problemOf(error) }),
  );
  return () => abort.abort();
}

/** Takes a pushed view; parts that did not change keep their identity, so their screens are not drawn again. */
export function receiveView({ path, ...rest }: CaseNews): void {
  useCase.setState((state) => {
    const view: CaseView = share(state.view, { ...rest, path: pathAfter(state.view?.path ?? [], path) });
    if (view === state.view && state.failure === null) return state;
    const visit = view.step?.visit ?? null;
    const moved = state.view !== null && visit !== state.draft.visit;
    return {
      view,
      failure: null,
      draft: visit === state.draft.visit ? state.draft : { ...EMPTY_DRAFT, visit },
      looking: moved ? null : state.looking,
      refused: moved ? null : state.refused,
      asking: moved ? null : state.asking,
      captures: withCaptures(state.captures, view.step?.captures ?? []),
    };
  });
}

function withCaptures(known: Record<string, Capture>, seen: readonly Capture[]): Record<string, Capture> {
  if (seen.every((capture) => known[capture.id] === capture)) return known;
  return { ...known, ...Object.fromEntries(seen.map((capture) => [capture.id, capture])) };
}

export function changeDraft(part: Partial<Draft>): void {
  useCase.setState(({ draft }) => ({ draft: { ...draft, ...part } }));
}

/** To look at what was brought when the case was opened, in place of a visit; those count from 1. */
export const BROUGHT = 0;
export const lookAt = (looking: number | null): void => useCase.setState({ looking });
export const clearCaseProblem = (): void => useCase.setState({ problem: null });
export const ask = (asking: Asking | null): void => useCase.setState({ asking });
