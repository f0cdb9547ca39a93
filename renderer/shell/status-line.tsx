import { clockWithSeconds, duration, plural, shortHash } from '../lib/format.ts';
import { resultWords, SOURCE_WORDS } from '../lib/words.ts';
import { useApp } from '../stores/app-store.ts';
import { useCase } from '../stores/case-store.ts';
import styles from './shell.module.css';

/** What was recorded, when and by whom, and that nothing leaves this machine. */
export function StatusLine() {
  const onCase = useApp((state) => state.route.screen === 'case');
  return (
    <footer className={styles.status}>
      {onCase ? <Recorded /> : <Shells />}
      <span className={styles.spring} />
      <span>Local only, nothing leaves this machine</span>
    </footer>
  );
}

function Recorded() {
  const at = useCase((state) => state.view?.recordedAt);
  const by = useCase((state) => state.view?.recordedBy);
  const head = useCase((state) => state.view?.head);
  const capture = useCase((state) => state.view?.step?.captures.at(-1));
  if (!at) return null;
  return (
    <>
      <span className={styles.recorded}>
        <span aria-hidden="true">● </span>Recorded {clockWithSeconds(at)}
        {by ? ` by ${by}` : ''}
      </span>
      {capture && (
        <span className={styles.captured}>
          Captured: {capture.ms === null || capture.source !== 'run' ? '' : `${duration(capture.ms)}, `}
          {capture.source === 'run' ? resultWords(capture) : SOURCE_WORDS[capture.source]}
          {capture.host ? `, on ${capture.host}` : ''}
          {capture.user ? ` as ${capture.user}` : ''}
        </span>
      )}
      {head && <span title={`Head of the case’s hash chain: ${head}`}>Chain {shortHash(head)}</span>}
    </>
  );
}

function Shells() {
  const shells = useApp((state) => state.shells);
  const found = shells.filter((shell) => shell.path !== null);
  if (shells.length === 0) return <span>Looking for shells…</span>;
  if (found.length === 0) return <span>No shell found: commands can be copied and their output pasted</span>;
  return (
    <span className={styles.captured}>
      {plural(found.length, 'shell')} found: {found.map((shell) => shell.title).join(', ')}
    </span>
  );
}
