import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import type { SessionView } from '../../electron/contract-intake.ts';
import { count, plural } from '../lib/format.ts';
import { announce } from '../stores/app-store.ts';
import { useSessions } from '../stores/sessions-store.ts';
import styles from './session.module.css';

const MOST_LINES = 200;

/** All lines of the session as they stand in the log, each with its number. */
export function SessionLines({ session: { file, row, lines } }: { session: SessionView }) {
  const [all, setAll] = useState<number | null>(null);
  const shown = all === row ? lines : lines.slice(0, MOST_LINES);
  const copy = async () => {
    const text = lines.map((one) => `${one.file}:${one.line}: ${one.text}`).join('\n');
    try {
      await navigator.clipboard.writeText(text);
      announce(`${plural(lines.length, 'line')} copied.`);
    } catch {
      const hint = 'Mark the lines and press Ctrl+C.';
      useSessions.setState({ problem: { message: 'The browser did not let the lines be copied.', hint } });
    }
  };
  return (
    <section aria-label="Lines of the log">
      <div className={styles.linesHead}>
        <h3 className={styles.subheading}>Lines of the log</h3>
        <Button size="small" onClick={() => void copy()}>
          Copy {plural(lines.length, 'line')}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable without a mouse. */}
      <ol className={styles.lines} tabIndex={0} aria-label="Lines">
        {shown.map((one, index) => (
          <li key={`${one.file}:${one.line}`}>
            {one.file !== file && lines[index - 1]?.file !== one.file && (
              <span className={styles.otherFile}>{one.file}</span>
            )}
            <span className={styles.lineNumber}>{one.line}</span>
            <span className={styles.lineText}>{one.text}</span>
          </li>
        ))}
      </ol>
      {lines.length > shown.length && (
        <Button size="small" onClick={() => setAll(row)}>
          Show all {count(lines.length)} lines
        </Button>
      )}
    </section>
  );
}
