import { type ReactNode, useEffect, useRef } from 'react';
import type { Certainty, Machine } from '../../wizards/engine/schema.ts';
import { MACHINE_WORDS } from '../lib/words.ts';
import { Badge } from '../parts/badge.tsx';
import { CertaintyBadge } from '../parts/certainty-badge.tsx';
import styles from './case.module.css';

interface Props {
  /** The visit it heads: another one takes the focus. */
  visit: number;
  above: ReactNode;
  title: string;
  text: string | null;
  machine?: Machine;
  certainty: Certainty;
}

/** The question as the page's heading. A new step takes the focus here, so that it is read first. */
export function StepHead({ visit, above, title, text, machine, certainty }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each visit takes the focus once, whatever else changes.
  useEffect(() => {
    // Not while somebody types in the terminal: there the keys belong to the shell.
    if (!document.activeElement?.closest('.xterm')) heading.current?.focus({ preventScroll: true });
  }, [visit]);
  return (
    <header className={styles.head}>
      <div className={styles.above}>
        <span>{above}</span>
        {machine && <Badge>{MACHINE_WORDS[machine]}</Badge>}
        <CertaintyBadge certainty={certainty} />
      </div>
      <h1 ref={heading} className={styles.question} tabIndex={-1}>
        {title}
      </h1>
      {text && <p className={styles.text}>{text}</p>}
    </header>
  );
}
