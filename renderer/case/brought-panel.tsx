import { Button } from '@fluentui/react-components';
import type { EvidenceBrought } from '../../wizards/engine/checklist/model.ts';
import { plural } from '../lib/format.ts';
import { ProblemNote } from '../parts/problem-note.tsx';
import { BROUGHT, lookAt } from '../stores/case-store.ts';
import { OutputLines } from './capture-output.tsx';
import styles from './case.module.css';
import { useChecklist } from './use-checklist.ts';

const MOST_CARDS = 40;

/** What the case began with: each event, session or report with its values and its lines, as the exports print it. */
export function BroughtPanel() {
  const { checklist, problem } = useChecklist(BROUGHT);
  const evidence = checklist?.evidence ?? [];
  return (
    <div className={styles.recordPanel}>
      <h1 className={styles.broughtHeading}>What was brought</h1>
      <div className={styles.recordActions}>
        <Button appearance="subtle" onClick={() => lookAt(null)}>
          Back to the present step
        </Button>
      </div>
      <ProblemNote problem={problem} />
      {evidence.slice(0, MOST_CARDS).map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list of a case never changes.
        <BroughtCard key={index} item={item} />
      ))}
      {evidence.length > MOST_CARDS && (
        <p className={styles.quiet}>{plural(evidence.length - MOST_CARDS, 'more finding')}: all stand in the export.</p>
      )}
    </div>
  );
}

function BroughtCard({ item: { title, source, fields, text } }: { item: EvidenceBrought }) {
  return (
    <section className={styles.card} aria-label={title}>
      <div className={styles.cardHead}>
        <h2>{title}</h2>
      </div>
      <dl className={styles.broughtFields}>
        {source !== '' && !fields.some(({ value }) => value === source) && (
          <div>
            <dt>Source</dt>
            <dd>{source}</dd>
          </div>
        )}
        {fields.map(({ name, label, value }) => (
          <div key={name}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.capture}>
        {text.missing ? 'The stored text is no longer in the folder of the case.' : <OutputLines lines={text.lines} />}
      </div>
    </section>
  );
}
