import { Button } from '@fluentui/react-components';
import { useMemo } from 'react';
import type { CaptureItem } from '../../wizards/engine/checklist/model.ts';
import { clock, duration, plural, when } from '../lib/format.ts';
import { recordOf } from '../lib/visit-record.ts';
import { resultWords, SHELL_WORDS, SOURCE_WORDS } from '../lib/words.ts';
import { Badge } from '../parts/badge.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { answerAgain } from '../stores/case-actions.ts';
import { lookAt, useCase } from '../stores/case-store.ts';
import { OutputLines } from './capture-output.tsx';
import styles from './case.module.css';
import { StepHead } from './step-head.tsx';
import { useChecklist } from './use-checklist.ts';

/** What was recorded at an earlier step, to read; and the way to answer it again from here. */
export function RecordPanel({ visit }: { visit: number }) {
  const path = useCase((state) => state.view?.path.find((item) => item.n === visit));
  const pending = useCase((state) => state.pending === 'back');
  const { checklist, problem } = useChecklist(visit);
  const record = useMemo(() => checklist && recordOf(checklist, visit), [checklist, visit]);
  if (!path) return null;
  const again = !path.superseded && path.kind !== 'verdict';
  return (
    <div className={styles.recordPanel}>
      <StepHead
        visit={visit}
        above={`Record of step ${visit}${path.superseded ? ' · superseded, kept in the journal' : ''}`}
        title={path.title}
        text={record?.text ?? null}
        certainty={record?.certainty ?? 'confirmed'}
      />
      <p>
        {path.label ? (
          <>
            Answered <strong>{path.label}</strong>
          </>
        ) : path.kind === 'verdict' ? (
          'The verdict of this branch'
        ) : (
          'Not answered'
        )}
        {path.by && ` by ${path.by}`}
        {path.at && `, ${when(path.at, new Date())}`}
        {record?.followed === 'against' && record.suggested && <> against the suggestion “{record.suggested.label}”</>}
      </p>
      {record?.note && <p className={styles.noteText}>Note: {record.note}</p>}
      {record?.notes.map((note) => (
        <p key={`${note.at.utc}${note.text}`} className={styles.noteText}>
          Note by {note.by}: {note.text}
        </p>
      ))}
      {record?.byHand.map((change) => (
        <section key={change.at.utc} className={styles.card} aria-label="Done by hand">
          <div className={styles.code}>{change.text}</div>
          <div className={styles.capture}>
            Done by hand {clock(change.at.utc)} · recorded by {change.by}
          </div>
        </section>
      ))}
      <div className={styles.recordActions}>
        {again && (
          <Button disabled={pending} onClick={() => void answerAgain(visit).then((done) => done && lookAt(null))}>
            Answer again from here
          </Button>
        )}
        <Button appearance="subtle" onClick={() => lookAt(null)}>
          Back to the present step
        </Button>
      </div>
      {again && <p className={styles.quiet}>What follows this step stays in the journal and is shown as superseded.</p>}
      <ProblemNote problem={problem} />
      {record && record.captures.length > 0 && (
        <h2 className={styles.recordHeading}>{plural(record.captures.length, 'capture')}</h2>
      )}
      {record?.captures.map((capture) => (
        <CaptureCard key={capture.id} capture={capture} />
      ))}
    </div>
  );
}

function CaptureCard({ capture }: { capture: CaptureItem }) {
  const parts = [
    clock(capture.startedAt.utc),
    capture.ms === null ? null : duration(capture.ms),
    capture.source === 'run' || capture.source === 'typed' ? resultWords(capture) : null,
    capture.host && `on ${capture.host}`,
    capture.user && `as ${capture.user}`,
    capture.directory && `in ${capture.directory}`,
    capture.truncated && 'output cut at its bound',
  ].filter(Boolean);
  return (
    <section className={styles.card} aria-label={capture.title ?? 'Typed command'}>
      <div className={styles.cardHead}>
        <h2>{capture.title ?? 'Typed by hand'}</h2>
        <div className={styles.badges}>
          <Badge>{SHELL_WORDS[capture.shell]}</Badge>
          <Badge tone={capture.source === 'simulated' ? 'caution' : 'plain'}>{SOURCE_WORDS[capture.source]}</Badge>
        </div>
      </div>
      <div className={styles.code}>{capture.text}</div>
      <div className={styles.capture}>
        {parts.join(' · ')}
        <OutputLines lines={capture.output.lines} />
      </div>
    </section>
  );
}
