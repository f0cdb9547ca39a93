import { Button } from '@fluentui/react-components';
import { changeFilter, useSessions } from '../stores/sessions-store.ts';
import styles from './sessions.module.css';

/** The files are still on their way, hold no session, or are no longer there. */
export function NothingYet({ waiting }: { waiting: boolean }) {
  return (
    <main className={styles.nothing}>
      <h1 className={styles.heading}>Sessions</h1>
      <p>{waiting ? 'Reading the files…' : 'These files are no longer at hand, or no session stands in them.'}</p>
      {!waiting && (
        <p>
          <a href="#/">Bring files on the start page</a>
        </p>
      )}
    </main>
  );
}

/** What a list says in which nothing is left. */
export function NothingLeft() {
  const failed = useSessions((state) => state.filter.failed === true);
  return (
    <div className={styles.nothingLeft}>
      <p>{failed ? 'No failed session fits all of these.' : 'No session fits all of these.'}</p>
      <Button onClick={() => changeFilter({})}>Show all sessions</Button>
    </div>
  );
}
