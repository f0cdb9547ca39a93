import { Button } from '@fluentui/react-components';
import { lazy, Suspense } from 'react';
import { bytes } from '../lib/format.ts';
import { Note } from '../parts/note.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { takeVersion } from '../stores/case-actions.ts';
import { BROUGHT, clearCaseProblem, useCase } from '../stores/case-store.ts';
import { EndPanel } from '../verdict/end-panel.tsx';
import { FixPanel } from '../verdict/fix-panel.tsx';
import styles from './case.module.css';
import { StepPanel } from './step-panel.tsx';

const CaseDialogs = lazy(() => import('./case-dialogs.tsx').then((m) => ({ default: m.CaseDialogs })));
const BroughtPanel = lazy(() => import('./brought-panel.tsx').then((m) => ({ default: m.BroughtPanel })));
const RecordPanel = lazy(() => import('./record-panel.tsx').then((m) => ({ default: m.RecordPanel })));

/** What stands in the middle: the present step, a fix of the verdict, the end, or the record of an earlier step. */
export function CasePanel() {
  const looking = useCase((state) => state.looking);
  const kind = useCase((state) => state.view?.step?.step.kind ?? 'end');
  const asking = useCase((state) => state.asking !== null);
  return (
    <>
      <CaseNotes />
      {looking !== null ? (
        <Suspense fallback={null}>{looking === BROUGHT ? <BroughtPanel /> : <RecordPanel visit={looking} />}</Suspense>
      ) : kind === 'end' ? (
        <EndPanel />
      ) : kind === 'fix' ? (
        <FixPanel />
      ) : (
        <StepPanel />
      )}
      {asking && (
        <Suspense fallback={null}>
          <CaseDialogs />
        </Suspense>
      )}
    </>
  );
}

function CaseNotes() {
  const problem = useCase((state) => state.problem);
  const torn = useCase((state) => state.view?.tornBytes ?? 0);
  const newer = useCase((state) => state.view?.step?.newer ?? false);
  if (!problem && torn === 0 && !newer) return null;
  return (
    <div className={styles.notes}>
      <ProblemNote problem={problem} onClose={clearCaseProblem} />
      {torn > 0 && (
        <Note>
          The journal ended in the middle of a line. Those {bytes(torn)} were set aside in the case’s folder; everything
          before them is here.
        </Note>
      )}
      {newer && (
        <Note
          action={
            <Button size="small" onClick={() => void takeVersion()}>
              Go on with the newer version
            </Button>
          }
        >
          This case follows the version of the wizard that it began with. There is a newer one.
        </Note>
      )}
    </div>
  );
}
