import { memo, type RefObject, useEffect, useRef } from 'react';
import type { OutcomeView } from '../../wizards/engine/view.ts';
import { cx } from '../lib/cx.ts';
import { Badge } from '../parts/badge.tsx';
import { useNarrow, useShort } from '../shell/window-size.ts';
import { changeDraft, useCase } from '../stores/case-store.ts';
import { useTerminals } from '../stores/terminal-store.ts';
import styles from './decide.module.css';
import { ReadingBox } from './reading-box.tsx';

const NONE: OutcomeView[] = [];

/** Beside the command: what the output says, and the outcomes below it. */
export function Decide({ heading, question }: { heading: string; question: string }) {
  const visit = useCase((state) => state.view?.step?.visit ?? 0);
  const outcomes = useCase((state) => state.view?.step?.outcomes ?? NONE);
  const inForce = useCase((state) => state.draft.picked ?? state.view?.step?.suggestion ?? null);
  const section = useRef<HTMLElement>(null);
  useInSight(section);
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
    </section>
  );
}

/**
 * On a narrow window the outcomes stand below the command, often out of sight: once there is a reading it comes into
 * view with them, and at any rate the outcome in force. Again when the room around it changes.
 */
function useInSight(section: RefObject<HTMLElement | null>): void {
  const reading = useCase((state) => state.view?.step?.reading?.capture.id ?? null);
  const running = useCase((state) => state.view?.running != null);
  const folded = useTerminals((state) => state.unfolded === null);
  const isNarrow = useNarrow();
  const isShort = useShort();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the terminal and the window change the room.
  useEffect(() => {
    if (reading === null || running) return;
    // After the terminal has taken its new height.
    const planned = requestAnimationFrame(() => {
      section.current?.scrollIntoView({ block: 'nearest' });
      section.current?.querySelector('[data-chosen]')?.scrollIntoView({ block: 'nearest' });
    });
    return () => cancelAnimationFrame(planned);
  }, [reading, running, folded, isNarrow, isShort]);
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
    <label className={cx(styles.outcome, chosen && styles.chosen)} data-chosen={chosen || undefined}>
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
