import type { ReactNode } from 'react';
import { cx } from '../lib/cx.ts';
import styles from './parts.module.css';

export type Tone = 'plain' | 'good' | 'caution' | 'bad' | 'accent';

/** A word in a pill. The word alone says it; the colour only helps to find it. */
export function Badge(props: { children: ReactNode; tone?: Tone; title?: string }) {
  return (
    <span className={cx(styles.badge, styles[props.tone ?? 'plain'])} title={props.title}>
      {props.children}
    </span>
  );
}
