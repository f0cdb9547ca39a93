import { useEffect } from 'react';
import { ProblemNote } from '../parts/problem-note.tsx';
import { clearProblem, loadCases, useApp } from '../stores/app-store.ts';
import { useFiles } from '../stores/files-store.ts';
import { useIntake } from '../stores/intake-store.ts';
import { CaseList } from './case-list.tsx';
import { FileChoice } from './file-choice.tsx';
import { FilesPanel } from './files-panel.tsx';
import { PasteBox } from './paste-box.tsx';
import { Practise } from './practise.tsx';
import { Recognised } from './recognised.tsx';
import styles from './start.module.css';
import { StartNotes } from './start-notes.tsx';
import { Symptoms } from './symptoms.tsx';

/** The start page: it asks one thing, and shows the recent cases beside it. */
export function StartScreen() {
  const connected = useApp((state) => state.connection === 'connected');
  const appProblem = useApp((state) => state.problem);
  const problem = useIntake((state) => state.problem);
  const pasted = useIntake((state) => state.result !== null || state.symptom !== null);
  const brought = useFiles((state) => state.view !== null);
  // Beside what the person was about to start.
  const note = <ProblemNote problem={problem} onClose={() => useIntake.setState({ problem: null })} />;
  useEffect(() => {
    document.title = 'Fieldguide';
    if (connected) void loadCases();
  }, [connected]);
  return (
    <main className={styles.screen}>
      <div className={styles.columns}>
        <div className={styles.ask}>
          <h1 className={styles.title}>What do you have?</h1>
          <p className={styles.lead}>
            Paste an event, a bounce, a reply or headers, or say in a sentence what goes wrong.
          </p>
          <FileChoice />
          <StartNotes />
          <ProblemNote problem={appProblem} onClose={clearProblem} />
          {brought && note}
          <FilesPanel primary={!pasted} />
          <PasteBox />
          {!brought && note}
          <Recognised />
          <Symptoms />
        </div>
        <aside className={styles.side} aria-label="Cases and practice">
          <CaseList />
          <Practise />
        </aside>
      </div>
    </main>
  );
}
