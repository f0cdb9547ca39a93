import { Button } from '@fluentui/react-components';
import { offsetWords, plural } from '../lib/format.ts';
import { clockOf } from '../lib/session-words.ts';
import { chooseNone, startWith, useSessions } from '../stores/sessions-store.ts';
import styles from './sessions.module.css';

/** How many are listed, on whose clock, and what to do with those that were chosen. */
export function ListFoot() {
  const total = useSessions((state) => state.total);
  const since = useSessions((state) => state.summary?.since ?? null);
  const clock = useSessions((state) => (state.summary ? clockOf(state.summary) : 'UTC'));
  const opened = useSessions((state) => state.opened !== null);
  const chosen = useSessions((state) => state.chosen);
  // The offset at the time of the logs, which may be that of the other half of the year.
  const offset = offsetWords(since === null ? new Date() : new Date(since));
  return (
    <div className={styles.foot}>
      <span>
        {plural(total, 'session')} listed. Times are {clock}; this computer is {offset}.
      </span>
      {chosen.length > 0 && (
        <>
          <strong>{chosen.length} chosen</strong>
          <Button
            size="small"
            appearance={opened ? 'secondary' : 'primary'}
            onClick={() => void startWith(chosen.map(({ row }) => row))}
          >
            Start wizard with these…
          </Button>
          <Button size="small" appearance="subtle" onClick={chooseNone}>
            Choose none
          </Button>
        </>
      )}
    </div>
  );
}
