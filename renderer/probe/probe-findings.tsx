import { Button } from '@fluentui/react-components';
import { compareProbes } from '../../wizards/engine/probe/compare-probes.ts';
import type { ProbeResult } from '../../wizards/engine/probe/probe-result.ts';
import { Badge } from '../parts/badge.tsx';
import { useApp } from '../stores/app-store.ts';
import { createCase } from '../stores/intake-store.ts';
import styles from './probe.module.css';

/** What the conversation shows: findings with their lines, the wizard that goes on, what is normal, what changed. */
export function ProbeFindings({ result, before }: { result: ProbeResult; before: ProbeResult | null }) {
  const { findings, notes, tls, software } = result;
  const isOfNames = result.kind === 'dns' || result.kind === 'ip';
  const differences = before && !isOfNames ? compareProbes(before, result) : null;
  return (
    <aside className={styles.side} aria-label="What this shows">
      <h2>What this shows</h2>
      <Wizards result={result} />
      {findings.length === 0 && <p className={styles.well}>Nothing is wrong, as far as this goes.</p>}
      {findings.map(({ code, message, evidence }) => (
        <section key={code} className={styles.finding}>
          <Badge tone="bad">{code}</Badge>
          <p>{message}</p>
          {evidence.slice(0, 2).map(({ line, text }) => (
            <code key={line}>{`${line}: ${text}`}</code>
          ))}
        </section>
      ))}
      {differences !== null && (
        <section aria-label="Compared with before">
          <h3>Compared with before</h3>
          {differences.length === 0 ? (
            <p>The same as before.</p>
          ) : (
            <dl className={styles.differences}>
              {differences.map(({ what, a, b }) => (
                <div key={what}>
                  <dt>{what}</dt>
                  <dd>
                    <del>{a ?? 'nothing'}</del> <ins>{b ?? 'nothing'}</ins>
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </section>
      )}
      <section className={styles.seen}>
        <h3>Seen on the way</h3>
        <ul className={styles.notes}>
          {software !== null && <li>The server says to be {software}.</li>}
          {tls && (
            <li>
              {tls.protocol}, {tls.cipher}
              {tls.chain[0] && `, certificate ${tls.chain[0].subject}, valid to ${tls.chain[0].valid_to.slice(0, 10)}`}
            </li>
          )}
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
          {!isOfNames && <li>No message was sent: it ends before DATA, and takes back what it began.</li>}
          <li>Seen from {result.run_from.host}. From another computer it may look different.</li>
        </ul>
      </section>
    </aside>
  );
}

function Wizards({ result: { suggestions, target } }: { result: ProbeResult }) {
  const wizards = useApp((state) => state.info?.wizards);
  return (
    <>
      {suggestions.slice(0, 3).map(({ wizard, step, parameters }, index) => {
        const title = wizards?.find(({ id }) => id === wizard)?.title ?? wizard;
        return (
          <Button
            key={wizard}
            appearance={index === 0 ? 'primary' : 'secondary'}
            onClick={() => void createCase({ wizard, step, title: `Probe of ${target}`, parameters })}
          >
            Start wizard: {title}
          </Button>
        );
      })}
    </>
  );
}
