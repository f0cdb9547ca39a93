import type { Evidence } from '../../wizards/engine/model.ts';
import type { Disagreement, StepView } from '../../wizards/engine/view.ts';
import { CertaintyBadge } from '../parts/certainty-badge.tsx';
import { useCase } from '../stores/case-store.ts';
import styles from './decide.module.css';

const MOST = 6;
const NONE: Disagreement[] = [];

/** What the rules found in the output, with the very lines that prove it. */
export function ReadingBox({ question }: { question: string }) {
  const reading = useCase((state) => state.view?.step?.reading ?? null);
  const disagreement = useCase((state) => state.view?.step?.disagreement ?? NONE);
  const captured = useCase((state) => (state.view?.step?.captures.length ?? 0) > 0);
  const outcomes = useCase((state) => state.view?.step?.outcomes ?? null);
  const silent = useCase((state) => (state.view?.step ? laterAndSilent(state.view.step) : null));
  if (disagreement.length > 0) return <Disagreeing readings={disagreement} />;
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
      <EvidenceLines evidence={evidence} />
      {note && <p className={styles.readingNote}>{note}</p>}
      {silent && <p className={styles.readingNote}>The output of “{silent}” came later and suggests no outcome.</p>}
    </div>
  );
}

function Disagreeing({ readings }: { readings: Disagreement[] }) {
  return (
    <div className={styles.reading} role="status">
      <p>
        <strong>The outputs disagree, so no outcome is suggested.</strong> Decide by the lines.
      </p>
      {readings.map(({ capture, command, label, evidence }) => (
        <div key={capture}>
          <p>
            “{command}” says: <strong>{label}</strong>
          </p>
          <EvidenceLines evidence={evidence} />
        </div>
      ))}
    </div>
  );
}

function EvidenceLines({ evidence }: { evidence: Evidence[] }) {
  if (evidence.length === 0) return null;
  return (
    <ul className={styles.evidence}>
      {evidence.slice(0, MOST).map((line) => (
        <li key={line.line}>
          <span className={styles.line}>line {line.line}</span> <mark>{line.text.trim()}</mark>
        </li>
      ))}
      {evidence.length > MOST && <li className={styles.line}>and {evidence.length - MOST} more lines</li>}
    </ul>
  );
}

/** The title of the command whose output came after the reading that is shown, and says nothing; else null. */
function laterAndSilent({ reading, captures, commands }: StepView): string | null {
  const last = captures.at(-1);
  if (!reading?.reading.suggested || !last || last.id === reading.capture.id || last.reading?.suggested !== null)
    return null;
  return commands.find((command) => command.id === last.command)?.title ?? null;
}
