import { Button } from '@fluentui/react-components';
import { cx } from '../lib/cx.ts';
import { useIntake } from '../stores/intake-store.ts';
import { CaseFields } from './case-fields.tsx';
import styles from './start.module.css';

/** A wizard that could be started, why, and with which values filled in. */
export interface Offer {
  id: string;
  title: string;
  why: string;
  filled: string[];
  /** What the case would be called. */
  caseTitle: string;
  start: () => void;
}

interface Props {
  heading: string;
  offers: Offer[];
  /** False where the next thing to do stands elsewhere. */
  primary?: boolean;
}

/** Wizards to start, best first, and what the new case is called. */
export function Offers({ heading, offers, primary = true }: Props) {
  const creating = useIntake((state) => state.creating);
  const best = offers[0];
  if (!best) return null;
  return (
    <section aria-label={heading}>
      <h2 className={styles.heading}>{heading}</h2>
      <div className={styles.list}>
        {offers.map((offer) => (
          <div key={offer.id} className={cx(styles.row, offer === best && styles.best)}>
            <div className={styles.rowText}>
              <h3>{offer.title}</h3>
              <p>
                {offer.why}
                {offer.filled.length > 0 && ` Filled in: ${offer.filled.join(', ')}.`}
              </p>
            </div>
            <Button
              appearance={primary && offer === best ? 'primary' : 'secondary'}
              aria-label={`Start ${offer.title}`}
              disabled={creating}
              onClick={offer.start}
            >
              Start
            </Button>
          </div>
        ))}
        <CaseFields proposal={best.caseTitle} />
      </div>
    </section>
  );
}
