import type { ReactNode } from 'react';
import { cx } from '../lib/cx.ts';
import styles from './parts.module.css';

/** One of several texts that open below a line of links: at most one at a time, and none moves the others. */
export interface Unfolding {
  id: string;
  label: string;
  content: ReactNode;
}

export function UnfoldLinks(props: { items: Unfolding[]; open: string | null; onOpen: (id: string | null) => void }) {
  const { items, open, onOpen } = props;
  const shown = items.find((item) => item.id === open);
  if (items.length === 0) return null;
  return (
    <div>
      <div className={styles.links}>
        {items.map((item) => (
          <button
            key={item.id}
            type="button"
            className={cx(styles.link, item.id === open && styles.linkOpen)}
            aria-expanded={item.id === open}
            onClick={() => onOpen(item.id === open ? null : item.id)}
          >
            {item.label}
          </button>
        ))}
      </div>
      {shown && (
        <section className={styles.unfolded} aria-label={shown.label}>
          {shown.content}
        </section>
      )}
    </div>
  );
}
