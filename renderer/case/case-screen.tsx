import { lazy, Suspense, useEffect, useMemo, useRef } from 'react';
import { afterPaint } from '../lib/after-paint.ts';
import { cx } from '../lib/cx.ts';
import { clockWithSeconds } from '../lib/format.ts';
import { ProblemNote } from '../parts/problem-note.tsx';
import { useNarrow, useShort } from '../shell/window-size.ts';
import { announce, changeLayout, useApp } from '../stores/app-store.ts';
import { useCase } from '../stores/case-store.ts';
import { tabsOf, useTerminals } from '../stores/terminal-store.ts';
import styles from './case.module.css';
import { CasePanel } from './case-panel.tsx';
import { PathPanel } from './path-panel.tsx';
import { Splitter } from './splitter.tsx';
import { useCaseKeys } from './use-case-keys.ts';

/** The emulator is larger than the rest of the page together; the question can be read before it is there. */
const TerminalPanel = lazy(async () => {
  await afterPaint();
  const { TerminalPanel } = await import('../terminal-panel/terminal-panel.tsx');
  return { default: TerminalPanel };
});

/** One case: the path at the left, the step in the middle, the terminal below. */
export function CaseScreen() {
  useCaseKeys();
  useRecordedNews();
  const loaded = useCase((state) => state.view !== null);
  const failure = useCase((state) => state.failure);
  const isNarrow = useNarrow();
  const layout = useApp((state) => state.settings.layout);
  const folded = isNarrow ? layout.pathOpenNarrow !== true : layout.pathFolded === true;
  const pathWidth = folded ? 47 : Math.min(numberOr(layout.pathWidth, 268), 520);
  const work = useRef<HTMLDivElement>(null);
  const sizes = useTerminalSize();
  const practice = useCase((state) => state.view?.practice != null);
  const hasTabs = useTerminals((state) => tabsOf(state.tabs, practice).length > 0);
  const columns = useMemo(() => ({ gridTemplateColumns: `${pathWidth}px minmax(0, 1fr)` }), [pathWidth]);
  if (failure) {
    return (
      <main className={styles.alone}>
        <h1 className={styles.question}>This case cannot be opened</h1>
        <ProblemNote problem={failure} />
        <p>
          <a href="#/">Back to the start page</a>
        </p>
      </main>
    );
  }
  return (
    <div className={styles.case} style={columns}>
      <PathPanel folded={folded} foldName={isNarrow ? 'pathOpenNarrow' : 'pathFolded'} width={pathWidth} />
      <div className={styles.work} ref={work}>
        <main className={styles.step} data-region="step">
          {loaded ? <CasePanel /> : <p className={styles.quiet}>Opening the case…</p>}
        </main>
        <section
          className={cx(styles.terminal, sizes.folded && styles.terminalFolded)}
          style={sizes.folded || !hasTabs ? undefined : { height: sizes.height }}
          aria-label="Terminal"
          data-region="terminal"
        >
          <Splitter
            label="Height of the terminal"
            orientation="horizontal"
            value={sizes.height}
            min={96}
            max={900}
            disabled={sizes.folded || !hasTabs}
            onChange={(height) => changeLayout(sizes.heightName, height)}
          />
          {loaded && (
            <Suspense fallback={<p className={styles.quiet}>Opening the terminal…</p>}>
              <TerminalPanel folded={sizes.folded} onFold={sizes.fold} />
            </Suspense>
          )}
        </section>
      </div>
    </div>
  );
}

const numberOr = (value: number | boolean | undefined, standard: number): number =>
  typeof value === 'number' ? value : standard;

/**
 * On a short window the terminal is folded; a run opens it, and once the output suggests an outcome it folds again,
 * so that the decision has the room. On a tall one it is as the person left it.
 */
function useTerminalSize() {
  const isShort = useShort();
  const layout = useApp((state) => state.settings.layout);
  const unfolded = useTerminals((state) => state.unfolded);
  const running = useCase((state) => state.view?.running != null);
  const suggesting = useCase((state) => (state.view?.step?.suggestion ?? null) !== null);
  useEffect(() => {
    const { unfolded: by } = useTerminals.getState();
    if (running) useTerminals.setState({ unfolded: by ?? 'run' });
    // Who types in the terminal, or has opened it by hand, keeps it.
    else if (by === 'run' && suggesting && !document.activeElement?.closest('.xterm'))
      useTerminals.setState({ unfolded: null });
  }, [running, suggesting]);
  const visit = useCase((state) => state.view?.step?.visit);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step needs the room for its question.
  useEffect(() => useTerminals.setState({ unfolded: null }), [visit]);
  const folded = isShort ? unfolded === null : layout.terminalFolded === true;
  const heightName = isShort ? 'terminalHeightShort' : 'terminalHeight';
  const height = numberOr(layout[heightName], isShort ? 200 : 270);
  const fold = (fold: boolean) =>
    isShort ? useTerminals.setState({ unfolded: fold ? null : 'hand' }) : changeLayout('terminalFolded', fold);
  return { folded, height, heightName, fold };
}

/** Screen readers hear that something was recorded and which question comes next; the window's title names the case. */
function useRecordedNews(): void {
  const recordedAt = useCase((state) => state.view?.recordedAt);
  const title = useCase((state) => (state.view ? `${state.view.ticket} ${state.view.title}`.trim() : null));
  const told = useRef<number | null>(null);
  useEffect(() => {
    if (!recordedAt) return;
    const step = useCase.getState().view?.step;
    const question = step && told.current !== step.visit ? `. ${step.step.title}` : '';
    // What is there when the case opens is no news: the heading takes the focus and is read.
    if (told.current !== null) announce(`Recorded ${clockWithSeconds(recordedAt)}${question}`);
    told.current = step?.visit ?? 0;
  }, [recordedAt]);
  useEffect(() => {
    if (title) document.title = `${title} · Fieldguide`;
  }, [title]);
}
