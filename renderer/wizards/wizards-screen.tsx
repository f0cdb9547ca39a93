import { Button } from '@fluentui/react-components';
import { useEffect } from 'react';
import type { ContentFault, WizardSummary } from '../../electron/contract.ts';
import { plural } from '../lib/format.ts';
import { ENVIRONMENT_WORDS } from '../lib/words.ts';
import { Badge } from '../parts/badge.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { clearProblem, openOwnWizards, useApp } from '../stores/app-store.ts';
import { createCase, useIntake } from '../stores/intake-store.ts';
import styles from './wizards.module.css';

/** All wizards that are there, and what is wrong with those that are not. */
export function WizardsScreen() {
  const info = useApp((state) => state.info);
  const problem = useIntake((state) => state.problem);
  useEffect(() => {
    document.title = 'Wizards · Fieldguide';
  }, []);
  return (
    <main className={styles.screen}>
      <h1 className={styles.title}>Wizards</h1>
      <p className={styles.lead}>Each one asks its way to a cause. Start any of them when you know where to look.</p>
      <ProblemNote problem={problem} onClose={() => useIntake.setState({ problem: null })} />
      {info !== null && info.faults.length > 0 && <Faults faults={info.faults} />}
      {info !== null && <OwnWizards folder={info.ownWizards} />}
      <ul className={styles.list}>
        {(info?.wizards ?? []).map((wizard) => (
          <Row key={wizard.id} wizard={wizard} />
        ))}
      </ul>
    </main>
  );
}

function OwnWizards({ folder }: { folder: string }) {
  const problem = useApp((state) => state.problem);
  return (
    <section className={styles.own} aria-label="Your own wizards">
      <div className={styles.text}>
        <h2>Your own wizards</h2>
        <p>
          YAML files in <code>{folder}</code> add wizards and commands, or replace those of the product. They are read
          again as soon as you save them.
        </p>
        <ProblemNote problem={problem} onClose={clearProblem} />
      </div>
      <Button onClick={() => void openOwnWizards()}>Open folder</Button>
    </section>
  );
}

function Row({ wizard }: { wizard: WizardSummary }) {
  const creating = useIntake((state) => state.creating);
  return (
    <li className={styles.row}>
      <div className={styles.text}>
        <h2>{wizard.title}</h2>
        <p>{wizard.summary}</p>
        <div className={styles.badges}>
          {wizard.environments.map((environment) => (
            <Badge key={environment}>{ENVIRONMENT_WORDS[environment]}</Badge>
          ))}
          <span className={styles.quiet}>
            {plural(wizard.steps, 'step')} · version {wizard.version}
          </span>
        </div>
      </div>
      <Button
        aria-label={`Start ${wizard.title}`}
        disabled={creating}
        onClick={() => void createCase({ wizard: wizard.id, title: wizard.title, parameters: {} })}
      >
        Start
      </Button>
    </li>
  );
}

function Faults({ faults }: { faults: ContentFault[] }) {
  return (
    <section className={styles.faults} aria-label="Faults in the files">
      <h2>
        {plural(faults.length, 'fault')} in the files. The other wizards work; of these the last good version, where
        there is one.
      </h2>
      <ul>
        {faults.map((fault) => (
          <li key={`${fault.file}:${fault.line}:${fault.column}:${fault.message}`}>
            <code>
              {fault.file}:{fault.line}:{fault.column}
            </code>
            <div>{fault.message}</div>
            <div className={styles.quiet}>{fault.hint}</div>
          </li>
        ))}
      </ul>
    </section>
  );
}
