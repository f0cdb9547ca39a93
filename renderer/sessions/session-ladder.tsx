import { useEffect, useRef } from 'react';
import type { Rung, SessionView } from '../../electron/contract-intake.ts';
import { cx } from '../lib/cx.ts';
import { count, plural } from '../lib/format.ts';
import styles from './ladder.module.css';

/** Lines of a part that are shown in the ladder; all of them stand below it. */
const MOST_LINES = 2;

/** The session laid over the 15 steps of the conversation: what is there, what is missing first, what was never reached. */
export function SessionLadder({ session }: { session: Pick<SessionView, 'ladder'> }) {
  const { sender, receiver, rungs } = session.ladder;
  const box = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each session that is opened begins where it failed.
  useEffect(() => {
    const failed = box.current?.querySelector<HTMLElement>('[data-state="missing"]');
    const pane = box.current?.parentElement;
    if (!failed || !pane) return;
    const below = failed.getBoundingClientRect().bottom - pane.getBoundingClientRect().bottom;
    // The pane alone is scrolled, and only when the place is out of sight.
    pane.scrollTop = below > 0 ? pane.scrollTop + below + 60 : 0;
  }, [session]);
  if (rungs.length === 0) return null;
  return (
    <section ref={box} className={styles.ladder} aria-label="The conversation">
      <div className={styles.ends} aria-hidden="true">
        <span>{sender}</span>
        <span>{receiver}</span>
      </div>
      <ol className={styles.rungs}>
        {rungs.map((rung) => (
          <RungLine
            key={`${rung.n ?? ''} ${rung.says}`}
            rung={rung}
            who={rung.from === 'both' ? 'both' : rung.from === 'sender' ? sender : receiver}
          />
        ))}
      </ol>
    </section>
  );
}

const LONGEST = 140;
const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

const ARROWS = { sender: '→', receiver: '←', both: '↔' } as const;

function RungLine({ rung: { n, from, says, state, lines }, who }: { rung: Rung; who: string }) {
  const first = lines[0];
  return (
    <li className={cx(styles.rung, styles[state])} data-state={state}>
      <span className={styles.number}>{n ?? ''}</span>
      <span className={styles.says}>
        <span className="visually-hidden">{who}: </span>
        {says}
      </span>
      <span className={styles.arrow} aria-hidden="true">
        {ARROWS[from]}
      </span>
      <span className={styles.lines}>
        {lines.slice(0, MOST_LINES).map(({ text, line }) => (
          <code key={line} title={`line ${line}`}>
            {shortened(text) || (state === 'there' ? 'yes' : '')}
          </code>
        ))}
        {lines.length > MOST_LINES && (
          <span className={styles.quiet}>and {plural(lines.length - MOST_LINES, 'line')} more</span>
        )}
        {state === 'missing' && (
          <strong className={styles.mark}>{lines.length > 0 ? 'it failed here' : 'missing here'}</strong>
        )}
        {state === 'behind' && <span className={styles.quiet}>not reached</span>}
        {state === 'absent' && <span className={styles.quiet}>no line in the log</span>}
      </span>
      <span className={styles.ms}>{first ? `${count(first.ms)} ms` : ''}</span>
    </li>
  );
}
