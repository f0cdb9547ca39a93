import { Button } from '@fluentui/react-components';
import { useApp } from '../stores/app-store.ts';
import { practise } from '../stores/intake-store.ts';
import styles from './start.module.css';

/** Cases against simulated servers, to learn the trade without touching anything. */
export function Practise() {
  const labs = useApp((state) => state.info?.labs);
  if (!labs || labs.length === 0) return null;
  return (
    <section aria-label="Practise">
      <h2 className={styles.sideHeading}>Practise</h2>
      <ul className={styles.list}>
        {labs.map((lab) => (
          <li key={lab.id} className={styles.row}>
            <div className={styles.rowText}>
              <h3>{lab.title}</h3>
              <p>
                {lab.about} {lab.minutes} minutes. Nothing real is touched.
              </p>
            </div>
            <Button aria-label={`Begin ${lab.title}`} onClick={() => void practise(lab.id)}>
              Begin
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
