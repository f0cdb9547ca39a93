import { useState } from 'react';
import { type ProbeRung, probeLadder } from '../../wizards/engine/probe/probe-ladder.ts';
import type { ProbeResult } from '../../wizards/engine/probe/probe-result.ts';
import { cx } from '../lib/cx.ts';
import { count } from '../lib/format.ts';
import styles from './probe.module.css';

/** Lines of a rung that are shown before somebody asks for all. */
const MOST_LINES = 2;
const ARROWS = { sender: '→', receiver: '←', both: '↔' } as const;

/** The conversation step by step: what was said, the break in red, what was not reached. */
export function ProbeRungs({ result, running, target }: { result: ProbeResult; running: boolean; target: string }) {
  const here = result.run_from.address ? `${result.run_from.host}, ${result.run_from.address}` : result.run_from.host;
  return (
    <section className={styles.ladder} aria-label="The conversation">
      <div className={styles.ends} aria-hidden="true">
        <span>{here}</span>
        <span>{target}</span>
      </div>
      <ol className={styles.rungs}>
        {probeLadder(result, running).map((rung) => (
          <Rung key={`${rung.n ?? rung.stage} ${rung.says}`} rung={rung} />
        ))}
      </ol>
    </section>
  );
}

function Rung({ rung }: { rung: ProbeRung }) {
  const { n, says, from, state, steps, ms, why } = rung;
  const [all, setAll] = useState(false);
  const more = steps.length - MOST_LINES;
  return (
    <li className={cx(styles.rung, styles[state])} data-state={state}>
      <span className={styles.number}>{n ?? ''}</span>
      <span className={styles.says}>{says}</span>
      <span className={styles.arrow} aria-hidden="true">
        {ARROWS[from]}
      </span>
      <span className={styles.lines}>
        {(all ? steps : steps.slice(0, MOST_LINES)).map(({ line, text }) => (
          <code key={line} title={`line ${line}`}>
            {text}
          </code>
        ))}
        {more > 0 && (
          <button type="button" className={styles.more} aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Show less' : `and ${count(more)} more`}
          </button>
        )}
        {state === 'failed' && <strong className={styles.why}>{why ?? 'It failed here.'}</strong>}
        {state === 'left-out' && <span className={styles.quiet}>{why ?? 'left out'}</span>}
        {state === 'behind' && <span className={styles.quiet}>not reached</span>}
        {state === 'open' && <span className={styles.quiet}>…</span>}
      </span>
      <span className={styles.ms}>{ms === null ? '' : `${count(ms)} ms`}</span>
    </li>
  );
}
