import { Button } from '@fluentui/react-components';
import { PanelLeftContractRegular } from '@fluentui/react-icons/svg/panel-left-contract';
import { PanelLeftExpandRegular } from '@fluentui/react-icons/svg/panel-left-expand';
import { memo, useEffect, useRef, useState } from 'react';
import type { PathView } from '../../wizards/engine/view.ts';
import { cx } from '../lib/cx.ts';
import { plural, when } from '../lib/format.ts';
import { changeLayout } from '../stores/app-store.ts';
import { BROUGHT, lookAt, useCase } from '../stores/case-store.ts';
import styles from './path.module.css';
import { PathAhead } from './path-ahead.tsx';
import { Splitter } from './splitter.tsx';

/** A longer path shows its end first: drawing a thousand steps would delay each new one. */
const MOST = 100;
/** Stays the same while there is no case, so that nothing is drawn again for it. */
const NO_PATH: PathView[] = [];

interface Props {
  folded: boolean;
  foldName: 'pathFolded' | 'pathOpenNarrow';
  /** In pixels. */
  width: number;
}

/** The way so far: each step with its answer, abandoned branches quiet and struck through, the present one marked. */
export function PathPanel({ folded, foldName, width }: Props) {
  const path = useCase((state) => state.view?.path ?? NO_PATH);
  const current = useCase((state) => state.view?.step?.visit ?? null);
  const looking = useCase((state) => state.looking);
  const score = useCase((state) => state.view?.score ?? null);
  const [all, setAll] = useState(false);
  const earlier = all ? 0 : Math.max(0, path.length - MOST);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    // A new step comes into view, after it is painted; the list is scrolled alone, never the page.
    const planned = requestAnimationFrame(() => {
      const box = list.current;
      const item = current === null ? null : box?.querySelector<HTMLElement>(`[data-visit="${current}"]`);
      if (box && item) box.scrollTop = Math.max(0, item.offsetTop - box.clientHeight + item.clientHeight + 60);
    });
    return () => cancelAnimationFrame(planned);
  }, [current]);
  const fold = () => changeLayout(foldName, foldName === 'pathFolded' ? !folded : folded);
  return (
    <nav className={cx(styles.panel, folded && styles.folded)} aria-label="Path so far" data-region="path">
      <div className={styles.top}>
        {!folded && <h2>Path so far</h2>}
        <Button
          appearance="subtle"
          size="small"
          icon={folded ? <PanelLeftExpandRegular /> : <PanelLeftContractRegular />}
          aria-label={folded ? 'Unfold the path' : 'Fold the path'}
          onClick={fold}
        />
      </div>
      <Brought folded={folded} looked={looking === BROUGHT} />
      <ol className={styles.list} ref={list}>
        {earlier > 0 && (
          <li>
            <button type="button" className={styles.earlier} onClick={() => setAll(true)}>
              {folded ? '…' : `Show ${plural(earlier, 'earlier step')}`}
            </button>
          </li>
        )}
        {(earlier > 0 ? path.slice(earlier) : path).map((item) => (
          <PathItem key={item.n} item={item} folded={folded} now={item.n === current} looked={item.n === looking} />
        ))}
        {!folded && <PathAhead />}
      </ol>
      <Splitter
        label="Width of the path"
        orientation="vertical"
        value={width}
        min={180}
        max={520}
        disabled={folded}
        onChange={(wanted) => changeLayout('pathWidth', wanted)}
      />
      {score && !folded && (
        <p className={styles.score}>
          Practice: {score.right} of {score.asked} answers right
        </p>
      )}
    </nav>
  );
}

/** What the walk began with, above its steps. */
function Brought({ folded, looked }: { folded: boolean; looked: boolean }) {
  const brought = useCase((state) => state.view?.brought ?? null);
  if (!brought) return null;
  const words = brought.items > 1 ? `${brought.first}, and ${brought.items - 1} more` : brought.first;
  return (
    <button
      type="button"
      className={cx(styles.entry, looked && styles.looked)}
      aria-label={folded ? `What was brought: ${words}` : undefined}
      title={words}
      onClick={() => lookAt(looked ? null : BROUGHT)}
    >
      <span className={styles.sign} aria-hidden="true">
        +
      </span>
      {!folded && (
        <span className={styles.words}>
          <span className={styles.title}>What was brought</span>
          <span className={cx(styles.standing, styles.oneLine)}>{words}</span>
        </span>
      )}
    </button>
  );
}

const PathItem = memo(function PathItem(props: { item: PathView; folded: boolean; now: boolean; looked: boolean }) {
  const { item, folded, now, looked } = props;
  const words = standing(item, now);
  return (
    <li className={styles.item} data-visit={item.n}>
      <button
        type="button"
        className={cx(styles.entry, now && styles.now, looked && styles.looked, item.superseded && styles.superseded)}
        style={folded || item.depth === 0 ? undefined : { paddingLeft: 16 + Math.min(item.depth, 4) * 14 }}
        aria-current={now ? 'step' : undefined}
        aria-label={folded ? `${item.n}. ${item.title}: ${words}` : undefined}
        data-name={item.title}
        title={folded ? `${item.title}\n${words}` : undefined}
        onClick={() => lookAt(now || looked ? null : item.n)}
      >
        <Sign item={item} now={now} />
        {!folded && (
          <span className={styles.words}>
            <span className={styles.title}>{item.title}</span>
            <span className={styles.standing}>{words}</span>
          </span>
        )}
      </button>
    </li>
  );
});

function Sign({ item, now }: { item: PathView; now: boolean }) {
  const answered = item.outcome !== null && !item.superseded;
  const verdict = item.kind === 'verdict' && !item.superseded;
  return (
    <span
      className={cx(styles.sign, answered && styles.done, verdict && styles.verdict, now && styles.present)}
      aria-hidden="true"
    >
      {item.superseded ? '–' : verdict ? '!' : answered && !now ? '✓' : item.n}
    </span>
  );
}

function standing(item: PathView, now: boolean): string {
  const parts: string[] = [];
  if (item.kind === 'verdict') parts.push('Verdict');
  if (item.label) parts.push(item.label);
  if (item.superseded) parts.push('superseded, kept in the journal');
  if (item.at) parts.push(when(item.at, new Date()));
  if (item.captures.length > 0) parts.push(plural(item.captures.length, 'capture'));
  if (item.byHand) parts.push('done by hand');
  if (now) parts.push('now');
  return parts.join(' · ') || 'not answered';
}
