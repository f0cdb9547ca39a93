import { aheadWords } from '../lib/ahead-words.ts';
import { useCase } from '../stores/case-store.ts';
import styles from './path.module.css';

/** The quiet end of the path: how much may still come. */
export function PathAhead() {
  const ahead = useCase((state) => state.view?.step?.ahead ?? null);
  const kind = useCase((state) => state.view?.step?.step.kind ?? 'question');
  if (!ahead) return null;
  return (
    <li className={styles.ahead}>
      <span className={styles.sign} aria-hidden="true">
        ·
      </span>
      <span className={styles.words}>
        <span>{aheadWords(ahead, kind)}</span>
        {ahead.verdicts.length > 0 && (
          <span className={styles.standing}>
            verdicts still possible: {ahead.verdicts.length}
            {ahead.elsewhere && ahead.most > 0 && ', or another wizard'}
          </span>
        )}
      </span>
    </li>
  );
}
