import { memo, useEffect, useRef } from 'react';
import type { OutcomeView } from '../../wizards/engine/view.ts';
import { cx } from '../lib/cx.ts';
import { Badge } from '../parts/badge.tsx';
import { changeDraft, useCase } from '../stores/case-store.ts';
import styles from './decide.module.css';
import { ReadingBox } from './reading-box.tsx';
import { RecordBar } from './record-bar.tsx';

const NONE: OutcomeView[] = [];

/** Beside the command: what the output says, the outcomes below it, and the one button that records. */
export function Decide({ heading, question }: { heading: string; question: string }) {
  const visit = useCase((state) => state.view?.step?.visit ?? 0);
  const outcomes = useCase((state) => state.view?.step?.outcomes ?? NONE);
  const inForce = useCase((state) => state.draft.picked ?? state.view?.step?.suggestion ?? null);
  const section = useRef<HTMLElement>(null);
  const reading = useCase((state) => state.view?.step?.reading?.capture.id ?? null);
  useEffect(() => {
    // On a narrow window the outcomes stand below the command, often out of sight.
    if (reading !== null) section.current?.scrollIntoView({ block: 'nearest' });
  }, [reading]);
  return (
    <section className={styles.decide} aria-label={heading} ref={section}>
      <ReadingBox question={question} />
      <fieldset className={styles.outcomes}>
        <legend className="visually-hidden">{heading}</legend>
        {outcomes.map((outcome, index) => (
          <OutcomeChoice
            key={outcome.id}
            outcome={outcome}
            digit={index + 1}
            group={`outcome-${visit}`}
            chosen={outcome.id === inForce}
          />
        ))}
      </fieldset>
      <RecordBar />
    </section>
  );
}

interface ChoiceProps {
  outcome: OutcomeView;
  digit: number;
  group: string;
  chosen: boolean;
}

const OutcomeChoice = memo(function OutcomeChoice({ outcome, digit, group, chosen }: ChoiceProps) {
  const { id, label, hint, suggested, again } = outcome;
  return (
    <label className={cx(styles.outcome, chosen && styles.chosen)}>
      <input
        type="radio"
        className={styles.radio}
        name={group}
        value={id}
        checked={chosen}
        onChange={() => changeDraft({ picked: id })}
      />
      <span className={styles.digit} aria-hidden="true">
        {digit <= 9 ? digit : ''}
      </span>
      <span className={styles.words}>
        <span className={styles.label}>{label}</span>
        {hint && <span className={styles.hint}>{hint}</span>}
        {again && <span className={styles.hint}>Leads to a wizard that this case has been through already.</span>}
      </span>
      {suggested && <Badge tone="accent">suggested</Badge>}
    </label>
  );
});
