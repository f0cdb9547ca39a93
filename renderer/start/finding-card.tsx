import type { Finding } from '../../wizards/engine/triage.ts';
import { cx } from '../lib/cx.ts';
import { hopStops, trackedStops } from '../lib/way-stops.ts';
import { useLabels } from '../stores/app-store.ts';
import styles from './start.module.css';
import { Way } from './way.tsx';

/** What was recognised: what it is, its values, and the way of a message where it tells one. */
export function FindingCard({ finding }: { finding: Finding }) {
  const labels = useLabels();
  if (finding.kind === 'symptom') return <SymptomCard finding={finding} />;
  const fields = Object.entries(finding.fields).filter(([name, value]) => name !== 'event_id' || value !== finding.id);
  return (
    <article className={styles.finding}>
      <h3>
        {finding.title} <span className={styles.quiet}>line {finding.line}</span>
      </h3>
      <dl className={styles.fields}>
        <Field name="Source" value={finding.source} />
        <Field name="ID" value={finding.id} />
        {fields.map(([name, value]) => (
          <Field key={name} name={labels[name] ?? name} value={value} />
        ))}
        {finding.local && <Field name="Here" value={finding.local} plain />}
        {finding.remote && <Field name="Other side" value={finding.remote} plain />}
      </dl>
      {finding.hops && <Way stops={hopStops(finding.hops)} />}
      {finding.way && <Way stops={trackedStops(finding.way)} />}
    </article>
  );
}

/** What a person said is quoted; where it leads is said by the suggestions. */
function SymptomCard({ finding }: { finding: Finding }) {
  const { sentence = '', words = '' } = finding.fields;
  return (
    <article className={styles.finding}>
      <h3>
        Symptom <span className={styles.quiet}>line {finding.line}</span>
      </h3>
      <dl className={styles.fields}>
        <Field name="Sentence" value={sentence} plain />
        <Field name="Words" value={words} plain />
      </dl>
    </article>
  );
}

function Field({ name, value, plain }: { name: string; value: string; plain?: boolean }) {
  if (!value) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd className={cx(!plain && styles.code)}>{value}</dd>
    </div>
  );
}
