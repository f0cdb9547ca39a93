import { useCase } from '../stores/case-store.ts';
import styles from './case.module.css';
import { CommandList } from './command-list.tsx';
import { ConversationLadder } from './conversation.tsx';
import { Decide } from './decide.tsx';
import { Offered } from './offered.tsx';
import { RecordBar } from './record-bar.tsx';
import { StepHead } from './step-head.tsx';
import { StepInfo } from './step-info.tsx';
import { TypedEvidence } from './typed-evidence.tsx';

/** A question or a check: what is asked, how to find out, and the outcomes beside it. */
export function StepPanel() {
  const visit = useCase((state) => state.view?.step?.visit ?? null);
  const step = useCase((state) => state.view?.step?.step ?? null);
  const wizardTitle = useCase((state) => state.view?.step?.wizardTitle ?? '');
  const hint = useCase((state) => state.view?.score?.hint ?? null);
  if (visit === null || !step || step.kind === 'verdict') return null;
  return (
    <div className={styles.columns}>
      <div className={styles.left}>
        <StepHead
          visit={visit}
          above={`${wizardTitle} · step ${visit}`}
          title={step.title}
          text={step.text ?? null}
          machine={step.runs_on}
          certainty={step.certainty}
        />
        <StepInfo key={`info${visit}`} hint={hint} />
        <ConversationLadder />
        <Offered />
        <CommandList roles={['check']} />
        <TypedEvidence />
      </div>
      <div className={styles.right}>
        <Decide heading="Outcome" question={step.kind === 'check' ? 'What did you find?' : 'What is the answer?'} />
        <RecordBar />
      </div>
    </div>
  );
}
