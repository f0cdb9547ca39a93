import { Button } from '@fluentui/react-components';
import { useEffect } from 'react';
import type { ProbeView } from '../../electron/contract-probe.ts';
import { probeLadder } from '../../wizards/engine/probe/probe-ladder.ts';
import { Note } from '../parts/note.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { useApp } from '../stores/app-store.ts';
import { useCase } from '../stores/case-store.ts';
import { closeProbeProblem, copyProbe, followProbe, keepProbe, useProbe } from '../stores/probe-store.ts';
import styles from './probe.module.css';
import { ProbeFindings } from './probe-findings.tsx';
import { ProbeForm } from './probe-form.tsx';
import { ProbeRungs } from './probe-rungs.tsx';

/** A conversation with a mail server, step by step: started here, drawn as it happens, kept as evidence. */
export function ProbeScreen() {
  const id = useApp((state) => (state.route.screen === 'probe' ? state.route.id : null));
  useEffect(() => followProbe(id), [id]);
  const view = useProbe((state) => state.view);
  const before = useProbe((state) => state.before);
  const gone = useProbe((state) => state.gone);
  const problem = useProbe((state) => state.problem);
  useEffect(() => {
    document.title = 'Probe · Fieldguide';
  }, []);
  const result = view?.result ?? null;
  return (
    <main className={styles.screen}>
      <header className={styles.head}>
        <h1>{view ? headline(view) : 'Speak to a mail server'}</h1>
        {view && view.phase !== 'running' && <Actions done={view.phase === 'done'} />}
      </header>
      <ProbeForm />
      <ProblemNote problem={problem ?? view?.fault ?? null} {...(problem ? { onClose: closeProbeProblem } : {})} />
      {gone && <Note>This probe is not there any more. Run it again.</Note>}
      {result ? (
        <div className={styles.body}>
          <ProbeRungs result={result} running={view?.phase === 'running'} target={result.target} />
          {view?.phase === 'done' && <ProbeFindings result={result} before={before} />}
        </div>
      ) : (
        !view && (
          <p className={styles.lead}>
            The 15 steps of an SMTP conversation, from here to the server that you name. Nothing is delivered: it ends
            before the message itself.
          </p>
        )
      )}
    </main>
  );
}

function headline({ phase, result, request }: ProbeView): string {
  if (phase === 'running') return `Speaking to ${request.target}…`;
  if (phase === 'stopped') return `Stopped on the way to ${request.target}`;
  if (phase === 'failed' || !result) return `No conversation with ${request.target}`;
  if (result.stage === 'none')
    return result.findings.length === 0
      ? `${request.target} answers as it should`
      : `Every step is answered, but not as it should be`;
  const failed = probeLadder(result, false).find(({ state }) => state === 'failed');
  const where = failed?.n == null ? result.stage : `step ${failed.n}`;
  return `Stopped at ${where}: ${(failed?.why ?? 'it failed').replace(/\.$/, '')}`;
}

function Actions({ done }: { done: boolean }) {
  const caseId = useCase((state) => (state.view?.step ? state.id : null));
  const kept = useProbe((state) => state.kept);
  return (
    <div className={styles.actions}>
      <Button onClick={() => void copyProbe()}>Copy as text</Button>
      {done && caseId !== null && (
        <Button disabled={kept} onClick={() => void keepProbe()}>
          {kept ? 'Kept as evidence' : 'Keep as evidence of the case'}
        </Button>
      )}
    </div>
  );
}
