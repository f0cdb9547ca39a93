import type { ReactNode } from 'react';
import styles from './parts.module.css';

/** A calm line that needs attention but is no fault. */
export function Note({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles.note} role="note">
      <div>{children}</div>
      {action}
    </div>
  );
}
