import { lazy, Suspense, useEffect, useMemo, useRef } from 'react';
import { cx } from '../lib/cx.ts';
import { clockWithSeconds } from '../lib/format.ts';
import { ProblemNote } from '../parts/problem-note.tsx';
import { useMedia } from '../shell/use-theme.ts';
import { announce, changeLayout, useApp } from '../stores/app-store.ts';
import { useCase, watchCase } from '../stores/case-store.ts';
import { tabsOf, useTerminals } from '../stores/terminal-store.ts';
import styles from './case.module.css';
import { CasePanel } from './case-panel.tsx';
import { PathPanel } from './path-panel.tsx';
import { Splitter } from './splitter.tsx';
import { useCaseKeys } from './use-case-keys.ts';

const TerminalPanel = lazy(() =>
  import('../terminal-panel/terminal-panel.tsx').then((m) => ({ default: m.TerminalPanel })),
);

const narrow = matchMedia('(max-width: 1100px)');
const short = matchMedia('(max-height: 780px)');

/** One case: the path at the left, the step in the middle, the terminal below. */
export function CaseScreen({ id }: { id: string }) {
  useEffect(() => watchCase(id), [id]);
  useCaseKeys();
  useRecordedNews();
  const loaded = useCase((state) => state.view !== null);
  const failure = useCase((state) => state.failure);
  const isNarrow = useMedia(narrow);
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

/** On a short window the terminal is folded until a command runs; on a tall one as the person left it. */
function useTerminalSize() {
  const isShort = useMedia(short);
  const layout = useApp((state) => state.settings.layout);
  const unfolded = useTerminals((state) => state.unfolded);
  const running = useCase((state) => state.view?.running != null);
  useEffect(() => {
    if (running) useTerminals.setState({ unfolded: true });
  }, [running]);
  const visit = useCase((state) => state.view?.step?.visit);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step needs the room for its question.
  useEffect(() => useTerminals.setState({ unfolded: false }), [visit]);
  const folded = isShort ? !unfolded : layout.terminalFolded === true;
  const heightName = isShort ? 'terminalHeightShort' : 'terminalHeight';
  const height = numberOr(layout[heightName], isShort ? 200 : 270);
  const fold = (fold: boolean) =>
    isShort ? useTerminals.setState({ unfolded: !fold }) : changeLayout('terminalFolded', fold);
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
