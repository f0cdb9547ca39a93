import { useCase } from '../stores/case-store.ts';
import styles from './verdict.module.css';

/** What the verdict advises beside its fixes. */
export function Advice() {
  const advice = useCase((state) => state.view?.verdict?.step.advice ?? null);
  if (!advice || advice.length === 0) return null;
  return (
    <section aria-label="Advice">
      <h2 className={styles.heading}>Advice</h2>
      <ul className={styles.advice}>
        {advice.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </section>
  );
}
