import type { Capture } from '../../wizards/engine/model.ts';
import { useCase } from '../stores/case-store.ts';
import { CaptureLine } from './capture-line.tsx';
import styles from './case.module.css';

const NONE: Capture[] = [];

/** Commands that were typed by hand and put into this step, each under its own text. */
export function TypedEvidence() {
  const captures = useCase((state) => state.view?.step?.captures ?? NONE);
  return captures
    .filter((capture) => capture.command === null)
    .map((capture) => (
      <section key={capture.id} className={styles.card} aria-label={`Typed by hand: ${capture.text}`}>
        <div className={styles.code}>{capture.text}</div>
        <CaptureLine capture={capture} />
      </section>
    ));
}
