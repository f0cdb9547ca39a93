import { Button } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useEffect, useRef } from 'react';
import type { SessionView } from '../../electron/contract-intake.ts';
import { count, localTime, utc } from '../lib/format.ts';
import { rowAt } from '../lib/row-pages.ts';
import { sessionHeadline } from '../lib/session-words.ts';
import { Note } from '../parts/note.tsx';
import { choose, closeSession, startWith, useSessions } from '../stores/sessions-store.ts';
import styles from './session.module.css';
import { SessionFacts } from './session-facts.tsx';
import { SessionLadder } from './session-ladder.tsx';
import { SessionLines } from './session-lines.tsx';

/** The session that is open: one sentence, the ladder, what was found in it, and its lines as they stand in the log. */
export function SessionPanel() {
  const opened = useSessions((state) => state.opened);
  const session = useSessions((state) => state.session);
  const close = () => {
    closeSession();
    document.querySelector<HTMLElement>('[role="grid"]')?.focus();
  };
  return (
    <section
      className={styles.panel}
      aria-label="Session"
      aria-busy={session?.row !== opened}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      {session === null ? <p className={styles.waiting}>Reading the session…</p> : <Session session={session} />}
      <Button
        className={styles.close}
        appearance="subtle"
        icon={<DismissRegular />}
        aria-label="Close the session"
        title="Close the session (Esc)"
        onClick={close}
      />
    </section>
  );
}

/** In UTC, with this computer's time beside it; a log without an offset is taken at its word. */
function When({ session: { start, clock } }: { session: SessionView }) {
  const began = Date.parse(start);
  if (clock === 'local') return <span>{utc(began)}, local time of the server</span>;
  return <span title={localTime(began)}>{utc(began)} UTC</span>;
}

function Session({ session }: { session: SessionView }) {
  const { row, ms, local, remote, connector, direction, file, line, whole, ended } = session;
  const focus = useSessions((state) => state.focusSession);
  const chosen = useSessions((state) => state.chosen.some((other) => other.row === row));
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another session is read from its heading on.
  useEffect(() => {
    if (focus) heading.current?.focus();
  }, [row, focus]);
  const ends = direction === 'receive' ? [remote, local] : [local, remote];
  const toggle = () => {
    const { pages, active } = useSessions.getState();
    const listed = [rowAt(pages, active), ...[...pages.values()].flat()].find((other) => other?.row === row);
    if (listed) choose(listed);
  };
  return (
    <>
      <header className={styles.head}>
        <h2 ref={heading} tabIndex={-1} className={styles.heading}>
          {sessionHeadline(session)}
        </h2>
        <p className={styles.about}>
          {ends.filter(Boolean).join(' → ')}
          {connector && ` · ${connector}`}
        </p>
        <p className={styles.about}>
          <When session={session} /> · {count(ms)} ms · {file}, line {line}
        </p>
        <div className={styles.actions}>
          <Button appearance="primary" onClick={() => void startWith([row])}>
            Start wizard with this…
          </Button>
          <Button aria-pressed={chosen} onClick={toggle}>
            {chosen ? 'Chosen as evidence' : 'Choose as evidence'}
          </Button>
        </div>
      </header>
      <div className={styles.body}>
        {!whole && (
          <Note>
            {ended ? 'The beginning' : 'The beginning or the end'} of this session is in no file that was brought, or
            some of its lines are missing.
          </Note>
        )}
        <SessionLadder session={session} />
        <SessionFacts session={session} />
        <SessionLines session={session} />
      </div>
    </>
  );
}
