import type { ProbeResult, ProbeStep } from '../../wizards/engine/probe/probe-result.ts';
import { cx } from '../lib/cx.ts';
import { count } from '../lib/format.ts';
import styles from './probe.module.css';

const ARROWS: Record<ProbeStep['direction'], string> = { sent: '→', received: '←', note: '' };

/** What was asked and answered, line by line with its number; what findings lean on is marked. */
export function ProbeLines({ result }: { result: ProbeResult }) {
  const proof = new Set(result.findings.flatMap(({ evidence }) => evidence.map(({ line }) => line)));
  const steps = result.stages.flatMap(({ name, steps: own }) => own.map((step) => ({ ...step, stage: name })));
  const failed = result.stages.find(({ status, why }) => status === 'fail' && why !== undefined);
  return (
    <section className={styles.ladder} aria-label="Questions and answers">
      {failed && <p className={styles.failedWhy}>{failed.why}</p>}
      <ol className={styles.rungs}>
        {steps.map(({ direction, text, ms, stage }, index) => (
          // Lines are only ever added at the end.
          // biome-ignore lint/suspicious/noArrayIndexKey: the number of a line is what it is known by
          <li key={index} className={cx(styles.plainLine, proof.has(index + 1) && styles.proof)}>
            <span className={styles.number}>{index + 1}</span>
            <span className={styles.arrow} aria-hidden="true">
              {ARROWS[direction]}
            </span>
            <code title={stage}>{text}</code>
            <span className={styles.ms}>{`${count(ms)} ms`}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
