/**
 * Rows and cells of a grid that draws only what is in sight. A real table cannot: its rows do not stand at places of
 * their own choice. The grid itself has the focus and names the active row.
 */
import type { CSSProperties, ReactNode } from 'react';
import { cx } from '../lib/cx.ts';
import styles from './list.module.css';

interface RowProps {
  index: number;
  children: ReactNode;
  id?: string;
  className?: string;
  style?: CSSProperties;
  selected?: boolean;
  current?: boolean;
  onClick?: () => void;
}

/** `index` counts from 1, the head included. */
export function GridRow({ index, children, id, className, style, selected, current, onClick }: RowProps) {
  return (
    // biome-ignore-start lint/a11y: see above.
    <div
      role="row"
      id={id}
      className={cx(styles.row, className)}
      style={style}
      aria-rowindex={index}
      aria-selected={selected}
      aria-current={current ? 'true' : undefined}
      onClick={onClick}
    >
      {children}
    </div>
    // biome-ignore-end lint/a11y: see above.
  );
}

interface CellProps {
  children?: ReactNode;
  className?: string | undefined;
  title?: string | undefined;
  head?: boolean;
}

export function GridCell({ children, className, title, head }: CellProps) {
  return (
    <span role={head ? 'columnheader' : 'gridcell'} className={cx(styles.cell, className)} title={title}>
      {children}
    </span>
  );
}
