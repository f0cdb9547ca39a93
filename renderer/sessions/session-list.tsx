import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { count } from '../lib/format.ts';
import { listMove } from '../lib/list-move.ts';
import { rowAt } from '../lib/row-pages.ts';
import { choose, moveTo, needRows, openSession, useSessions } from '../stores/sessions-store.ts';
import styles from './list.module.css';
import { NothingLeft } from './nothing.tsx';
import { SessionHeads, SessionRow } from './session-row.tsx';

/** In pixels; the same as in the style sheet. */
const ROW = 30;
/** Browsers draw no box that is higher than some 17 million pixels. */
const MOST_SHOWN = 500_000;

/** The sessions by their time, however many: only the rows in sight are drawn, and asked for as they come into sight. */
export function SessionList() {
  const total = useSessions((state) => state.total);
  const loading = useSessions((state) => state.loading);
  const pages = useSessions((state) => state.pages);
  const active = useSessions((state) => state.active);
  const opened = useSessions((state) => state.opened);
  const chosen = useSessions((state) => state.chosen);
  const summary = useSessions((state) => state.summary);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const shown = Math.min(total, MOST_SHOWN);
  const virtual = useVirtualizer({
    count: shown,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 10,
    // The head stays above the rows.
    scrollPaddingStart: ROW,
    initialOffset: () => Math.max(0, useSessions.getState().active * ROW - 4 * ROW),
  });
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  // biome-ignore lint/correctness/useExhaustiveDependencies: a list that was asked for anew wants its rows too.
  useEffect(() => {
    if (!loading && shown > 0) needRows(first, last);
  }, [first, last, loading, shown, summary]);
  const known = useRef(summary);
  useEffect(() => {
    if (known.current !== summary) box.current?.scrollTo({ top: 0 });
    known.current = summary;
  }, [summary]);
  const onKey = (event: KeyboardEvent) => {
    if (event.target !== box.current || event.altKey || event.ctrlKey || event.metaKey) return;
    const row = rowAt(pages, active);
    const rowsInSight = Math.max(1, Math.floor((box.current?.clientHeight ?? ROW) / ROW) - 2);
    const next = listMove(event.key, active, shown, rowsInSight);
    if (next !== null) {
      moveTo(next);
      virtual.scrollToIndex(next);
    } else if (event.key === 'Enter' && row) void openSession(row.row, { focus: true });
    else if (event.key === ' ' && row) choose(row);
    else return;
    event.preventDefault();
  };
  if (total === 0 && !loading && summary) return <NothingLeft />;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a real table cannot draw only what is in sight.
    <div
      ref={box}
      className={styles.list}
      role="grid"
      aria-label="Sessions"
      aria-rowcount={shown + 1}
      aria-multiselectable="true"
      aria-busy={loading}
      aria-activedescendant={items.some(({ index }) => index === active) ? `${id}${active}` : undefined}
      tabIndex={0}
      onKeyDown={onKey}
    >
      <SessionHeads />
      {/* biome-ignore lint/a11y: its rows stand at places of their own (grid-parts.tsx). */}
      <div className={styles.space} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const row = rowAt(pages, index);
          return (
            <SessionRow
              key={index}
              id={`${id}${index}`}
              index={index}
              top={start}
              row={row}
              isActive={index === active}
              isOpen={row !== undefined && row.row === opened}
              isChosen={row !== undefined && chosen.some((other) => other.row === row.row)}
            />
          );
        })}
      </div>
      {total > shown && (
        <p className={styles.more}>
          The first {count(shown)} of {count(total)} sessions. Narrow the time down to see later ones.
        </p>
      )}
    </div>
  );
}
