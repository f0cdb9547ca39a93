import { CertaintyBadge } from '../parts/certainty-badge.tsx';
import { useCase } from '../stores/case-store.ts';
import styles from './decide.module.css';

const MOST = 6;

/** What the rules found in the output, with the very lines that prove it. */
export function ReadingBox({ question }: { question: string }) {
  const reading = useCase((state) => state.view?.step?.reading ?? null);
  const captured = useCase((state) => (state.view?.step?.captures.length ?? 0) > 0);
  const outcomes = useCase((state) => state.view?.step?.outcomes ?? null);
  if (!reading) {
    if (captured)
      return <p className={styles.none}>The output was recorded. No rule reads it: compare it with the samples.</p>;
    return <p className={styles.none}>{question}</p>;
  }
  const { suggested, evidence, certainty, note } = reading.reading;
  const label = outcomes?.find((outcome) => outcome.id === suggested)?.label;
  return (
    <div className={styles.reading} role="status">
      <p>
        {label ? (
          <>
            The output says: <strong>{label}</strong>
          </>
        ) : (
          <strong>The output suggests no outcome.</strong>
        )}{' '}
        <CertaintyBadge certainty={certainty} />
      </p>
      {evidence.length > 0 && (
        <ul className={styles.evidence}>
          {evidence.slice(0, MOST).map((line) => (
            <li key={line.line}>
              <span className={styles.line}>line {line.line}</span> <mark>{line.text.trim()}</mark>
            </li>
          ))}
          {evidence.length > MOST && <li className={styles.line}>and {evidence.length - MOST} more lines</li>}
        </ul>
      )}
      {note && <p className={styles.readingNote}>{note}</p>}
    </div>
  );
}
