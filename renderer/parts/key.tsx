import styles from './parts.module.css';

/** The key of a button or choice, for the eye only: the keys are explained to everybody in the list of keys. */
export function Key({ children }: { children: string }) {
  return (
    <span className={styles.key} aria-hidden="true">
      {children}
    </span>
  );
}
