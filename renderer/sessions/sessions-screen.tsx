import { Button } from '@fluentui/react-components';
import { useEffect } from 'react';
import { cx } from '../lib/cx.ts';
import { count } from '../lib/format.ts';
import { countWords } from '../lib/session-words.ts';
import { ProblemNote } from '../parts/problem-note.tsx';
import { isUnderWay, useFiles } from '../stores/files-store.ts';
import { closeSessionsProblem, showSessions, useSessions } from '../stores/sessions-store.ts';
import { FilterRow } from './filter-row.tsx';
import { GroupTables } from './group-tables.tsx';
import { ListFoot } from './list-foot.tsx';
import { NothingYet } from './nothing.tsx';
import { SessionList } from './session-list.tsx';
import { SessionPanel } from './session-panel.tsx';
import styles from './sessions.module.css';
import { StageLegend } from './stage-legend.tsx';
import { StartDialog } from './start-dialog.tsx';
import { Timeline } from './timeline.tsx';

/** All sessions of the files that were brought: narrowed down, grouped, drawn in time, and each opened as a ladder. */
export function SessionsScreen({ intake }: { intake: string }) {
  const view = useFiles((state) => (state.view?.id === intake ? state.view : null));
  const gone = useFiles((state) => state.gone);
  const sessions = view?.summary?.sessions ?? 0;
  const failed = sessions - (view?.summary?.by_stage.none ?? 0);
  const underWay = isUnderWay(view?.phase);
  const shown = useSessions((state) => state.intake === intake);
  const seen = useSessions((state) => state.seen);
  const opened = useSessions((state) => state.opened !== null);
  const starting = useSessions((state) => state.starting);
  const problem = useSessions((state) => state.problem);
  useEffect(() => {
    document.title = 'Sessions · Fieldguide';
  }, []);
  useEffect(() => {
    // A list that somebody has begun to read stays as it is, until they ask for what has come since.
    const { active, opened: row, chosen } = useSessions.getState();
    const untouched = active === 0 && row === null && chosen.length === 0;
    if (sessions > 0 && (!shown || (!underWay && untouched))) showSessions(intake, { sessions, failed });
  }, [intake, shown, underWay, sessions, failed]);
  if (!view || !shown) return <NothingYet waiting={!gone && (view === null || underWay)} />;
  return (
    <main className={cx(styles.screen, opened && styles.withSession)} data-stages="">
      <header className={styles.head}>
        <h1 className={styles.heading}>Sessions</h1>
        <p className={styles.about} title={view.title}>
          {view.title}
          {view.summary && `: ${countWords(view.summary)}`}
        </p>
        {sessions > seen && (
          <Button size="small" onClick={() => showSessions(intake, { sessions, failed })}>
            {underWay && 'Still reading. '}Show {count(sessions - seen)} more
          </Button>
        )}
      </header>
      <ProblemNote problem={problem} onClose={closeSessionsProblem} />
      <FilterRow />
      <StageLegend all={view.summary?.by_stage ?? {}} />
      <div className={styles.middle}>
        <section className={styles.main} aria-label="List of sessions">
          <Timeline />
          <SessionList />
          <ListFoot />
        </section>
        {opened ? <SessionPanel /> : <GroupTables />}
      </div>
      {starting && <StartDialog />}
    </main>
  );
}
