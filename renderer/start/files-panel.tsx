import { Button } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useState } from 'react';
import type { IntakeView } from '../../electron/contract-intake.ts';
import { cx } from '../lib/cx.ts';
import { bytes, count, plural, utcSpan } from '../lib/format.ts';
import { hashOf } from '../lib/route.ts';
import { clockOf, countWords } from '../lib/session-words.ts';
import { Note } from '../parts/note.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { useLabels } from '../stores/app-store.ts';
import { broughtBeginning, startBrought } from '../stores/brought-cases.ts';
import { closeFiles, isUnderWay, stopReading, useFiles } from '../stores/files-store.ts';
import { FileDetails } from './file-details.tsx';
import styles from './files.module.css';
import { Offers } from './offers.tsx';
import { filledWords } from './recognised.tsx';

const FIRST_OFFERS = 3;
const MOST_OFFERS = 12;

/** The files that were brought: how far they are read, what was found in them, and the wizards that fit. */
export function FilesPanel({ primary }: { primary: boolean }) {
  const view = useFiles((state) => state.view);
  const beginning = useFiles((state) => state.beginning);
  const problem = useFiles((state) => state.problem);
  return (
    <>
      <ProblemNote problem={problem} onClose={() => useFiles.setState({ problem: null })} />
      {beginning && view === null && <p className={styles.quiet}>Looking at the files…</p>}
      {view && <Brought view={view} primary={primary} />}
    </>
  );
}

function Brought({ view, primary }: { view: IntakeView; primary: boolean }) {
  const { title, phase, fault, summary, suggestions, texts } = view;
  const labels = useLabels();
  const underWay = isUnderWay(phase);
  const [all, setAll] = useState(false);
  const sessions = summary?.sessions ?? 0;
  const found = sessions > 0 || texts.length > 0;
  return (
    <>
      <section className={styles.panel} aria-label="Files">
        <div className={styles.top}>
          <h2 className={styles.title} title={title}>
            {title}
          </h2>
          {underWay ? (
            <Button onClick={() => void stopReading()}>Stop</Button>
          ) : (
            <Button
              appearance="subtle"
              icon={<DismissRegular />}
              aria-label="Put these files away"
              title="Put these files away"
              onClick={closeFiles}
            />
          )}
        </div>
        <div className={styles.result}>
          {summary && (sessions > 0 || (phase === 'stopped' && texts.length === 0)) && (
            <p className={styles.counts}>
              {phase === 'stopped' && 'Stopped. Until then: '}
              {sessions > 0 ? countWords(summary) : 'No session was found'}
              {summary.since && summary.until && (
                <span className={styles.quiet}>
                  {' '}
                  {utcSpan(Date.parse(summary.since), Date.parse(summary.until))} {clockOf(summary)}
                </span>
              )}
            </p>
          )}
          {sessions > 0 && (
            <a
              className={cx(styles.action, primary && !underWay && suggestions.length === 0 && styles.actionPrimary)}
              href={hashOf({ screen: 'sessions', id: view.id })}
            >
              Look at the sessions
            </a>
          )}
        </div>
        <Progress view={view} underWay={underWay} />
        {phase === 'failed' && (
          <ProblemNote problem={{ message: fault ?? 'The files could not be read.', hint: 'Bring them once more.' }} />
        )}
        {phase === 'stopped' && !summary && <p>Stopped before anything was read.</p>}
        {phase === 'done' && !found && (
          <Note>
            Nothing that Fieldguide knows stands in these files. It reads protocol logs of Exchange and IIS, events,
            delivery reports, headers and message tracking; packed as .gz or .zip too.
          </Note>
        )}
        <FileDetails view={view} openSkipped={phase === 'done' && !found} />
      </section>
      <Offers
        heading={underWay ? 'Suggested so far' : 'Suggested by the files'}
        primary={primary}
        offers={suggestions.slice(0, all ? MOST_OFFERS : FIRST_OFFERS).map((suggestion, index) => ({
          id: suggestion.wizard,
          title: suggestion.title,
          why: suggestion.why,
          filled: index === 0 ? filledWords(suggestion, labels) : [],
          caseTitle: broughtBeginning(suggestion, view).title,
          start: () => void startBrought(suggestion, view),
        }))}
      />
      {!all && suggestions.length > FIRST_OFFERS && (
        <button type="button" className={styles.link} onClick={() => setAll(true)}>
          Show {plural(Math.min(suggestions.length, MOST_OFFERS) - FIRST_OFFERS, 'more wizard')} that may fit
        </button>
      )}
    </>
  );
}

/**
 * Told to a screen reader when it is asked, not with each step. Once all is read the line stays, and says how much it
 * was: nothing that somebody may be about to press moves.
 */
function Progress({ view: { phase, progress }, underWay }: { view: IntakeView; underWay: boolean }) {
  const { files, filesRead, bytes: size, bytesRead, lines, sessions } = progress;
  const part = size === 0 ? 0 : Math.min(100, Math.floor((bytesRead / size) * 100));
  const done = `${bytes(bytesRead)} of ${bytes(size)}`;
  const read = underWay
    ? `Reading ${done} · ${count(filesRead)} of ${plural(files, 'file')}`
    : `Read: ${phase === 'done' ? bytes(size) : done}`;
  const words =
    phase === 'receiving'
      ? `Taking over ${done} of ${plural(files, 'file')}`
      : `${read} · ${plural(lines, 'line')} · ${plural(sessions, 'session')}`;
  return (
    <>
      {underWay ? (
        <div
          className={styles.track}
          role="progressbar"
          aria-label={phase === 'receiving' ? 'Files handed over' : 'Files read'}
          aria-valuenow={part}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <div className={styles.bar} style={{ width: `${part}%` }} />
        </div>
      ) : (
        <div className={styles.trackSpace} />
      )}
      <p className={styles.progress}>{words}</p>
    </>
  );
}
