import { Button } from '@fluentui/react-components';
import { useEffect, useMemo, useState } from 'react';
import { SHELL_WORDS } from '../lib/words.ts';
import { ProblemNote } from '../parts/problem-note.tsx';
import { useApp } from '../stores/app-store.ts';
import { useCase } from '../stores/case-store.ts';
import {
  activate,
  closeProblem,
  openTab,
  restartTab,
  tabsOf,
  useTerminals,
  watchTabs,
} from '../stores/terminal-store.ts';
import { FindBar } from './find-bar.tsx';
import { TabBar } from './tab-bar.tsx';
import styles from './terminal-panel.module.css';
import { TerminalScreen } from './terminal-screen.tsx';

interface Props {
  folded: boolean;
  onFold: (folded: boolean) => void;
}

/** The terminal below the step: its tabs, and the screen of the one in front. Loaded after the first screen. */
export function TerminalPanel({ folded, onFold }: Props) {
  useEffect(watchTabs, []);
  const all = useTerminals((state) => state.tabs);
  const chosen = useTerminals((state) => state.active);
  const problem = useTerminals((state) => state.problem);
  const practice = useCase((state) => state.view?.practice != null);
  const [finding, setFinding] = useState(false);
  const tabs = useMemo(() => tabsOf(all, practice), [all, practice]);
  const tab = tabs.find((item) => item.id === chosen) ?? tabs.at(-1);
  useEffect(() => {
    if (tab && tab.id !== chosen) activate(tab.id);
  }, [tab, chosen]);
  return (
    <div className={styles.panel}>
      <TabBar
        tabs={tabs}
        active={tab?.id ?? null}
        practice={practice}
        folded={folded}
        onFold={onFold}
        finding={finding}
        onFind={() => setFinding(!finding)}
      />
      {finding && !folded && <FindBar onClose={() => setFinding(false)} />}
      <ProblemNote problem={problem} onClose={closeProblem} />
      {tab?.state === 'dead' && (
        <div className={styles.dead} role="status">
          <span>{tab.message ?? 'The shell has ended.'} What it printed is kept.</span>
          <Button size="small" onClick={() => void restartTab(tab.id)}>
            Start it again
          </Button>
        </div>
      )}
      {tab && tab.state !== 'dead' && !tab.marked && tab.state !== 'starting' && tab.kind === 'shell' && (
        <div className={styles.dead} role="status">
          {tab.message ?? 'Commands cannot be captured in this shell: copy them and paste their output.'}
        </div>
      )}
      {tab ? (
        <TerminalScreen key={tab.id} tab={tab.id} folded={folded} onUnfold={() => onFold(false)} />
      ) : (
        !folded && <Empty practice={practice} />
      )}
    </div>
  );
}

function Empty({ practice }: { practice: boolean }) {
  const shells = useApp((state) => state.shells);
  const found = shells.filter((shell) => shell.path !== null);
  if (practice) return <p className={styles.empty}>The simulated server answers here as soon as you run a command.</p>;
  return (
    <div className={styles.empty}>
      <p>
        {found.length > 0
          ? 'No terminal is open. Run opens one; or open one yourself:'
          : 'No shell was found here. Copy the commands, and paste what they print.'}
      </p>
      <div className={styles.shells}>
        {found.map((shell) => (
          <Button key={shell.shell} size="small" onClick={() => void openTab(shell.shell)}>
            {shell.title || SHELL_WORDS[shell.shell]}
          </Button>
        ))}
      </div>
    </div>
  );
}
