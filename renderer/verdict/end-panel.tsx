import { Button } from '@fluentui/react-components';
import caseStyles from '../case/case.module.css';
import { Sources } from '../case/step-info.tsx';
import { openDialog } from '../stores/app-store.ts';
import { useCase } from '../stores/case-store.ts';
import { Advice } from './advice.tsx';
import { StateChoice } from './state-choice.tsx';
import styles from './verdict.module.css';
import { VerdictHead } from './verdict-head.tsx';

/** The walk has ended: the verdict, the state of the case, and the way into the ticket. */
export function EndPanel() {
  const verdict = useCase((state) => state.view?.verdict ?? null);
  return (
    <div className={caseStyles.columns}>
      <div className={caseStyles.left}>
        {verdict ? <VerdictHead /> : <h1 className={caseStyles.question}>The walk has ended</h1>}
        <Advice />
        {verdict && (
          <section aria-label="Sources">
            <h2 className={styles.heading}>Sources</h2>
            <Sources sources={verdict.step.sources} />
          </section>
        )}
      </div>
      <section className={styles.end} aria-label="End of the walk">
        <h2 className={styles.heading}>The walk ends here</h2>
        <p className={styles.more}>
          Everything is in the case: each answer, each command with its output, and the branches that were left. To
          answer a step differently, choose it in the path.
        </p>
        <StateChoice />
        <div>
          <Button appearance="primary" onClick={() => openDialog('export')}>
            Export for the ticket
          </Button>
        </div>
      </section>
    </div>
  );
}
