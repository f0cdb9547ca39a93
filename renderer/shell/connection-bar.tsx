import { Button } from '@fluentui/react-components';
import { connection } from '../connection/session.ts';
import { useApp } from '../stores/app-store.ts';
import styles from './shell.module.css';

/** Says calmly that the core is away. What was entered stays where it is. */
export function ConnectionBar() {
  const state = useApp((app) => app.connection);
  const door = useApp((app) => app.info?.door);
  if (state === 'lost') {
    return (
      <div className={styles.bar} role="status">
        <span>Connection to Fieldguide lost. Reconnecting…</span>
        {door !== 'desktop' && (
          <Button size="small" onClick={() => connection().retry()}>
            Try now
          </Button>
        )}
      </div>
    );
  }
  if (state === 'refused') {
    return (
      <div className={styles.bar} role="alert">
        <span>
          Fieldguide does not take this page’s key: it was started anew, or the page was opened without it. Open the
          address again that Fieldguide printed when it started.
        </span>
      </div>
    );
  }
  return null;
}
