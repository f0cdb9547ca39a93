import { Button } from '@fluentui/react-components';
import { useEffect } from 'react';
import type { ProbeKind, ProbeView } from '../../electron/contract-probe.ts';
import { probeLadder } from '../../wizards/engine/probe/probe-ladder.ts';
import { Note } from '../parts/note.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { useApp } from '../stores/app-store.ts';
import { useCase } from '../stores/case-store.ts';
import { closeProbeProblem, copyProbe, followProbe, isOfNames, keepProbe, useProbe } from '../stores/probe-store.ts';
import styles from './probe.module.css';
import { ProbeFindings } from './probe-findings.tsx';
import { ProbeForm } from './probe-form.tsx';
import { ProbeLines } from './probe-lines.tsx';
import { ProbeRungs } from './probe-rungs.tsx';

/** A conversation with a mail server, step by step: started here, drawn as it happens, kept as evidence. */
export function ProbeScreen() {
  const id = useApp((state) => (state.route.screen === 'probe' ? state.route.id : null));
  useEffect(() => followProbe(id), [id]);
  const view = useProbe((state) => state.view);
  const before = useProbe((state) => state.before);
  const gone = useProbe((state) => state.gone);
  const problem = useProbe((state) => state.problem);
  const kind = useProbe((state) => state.form.kind);
  useEffect(() => {
    document.title = 'Probe · Fieldguide';
  }, []);
  const result = view?.result ?? null;
  return (
    <main className={styles.screen}>
      <header className={styles.head}>
        <h1>{view ? headline(view) : TITLES[kind]}</h1>
        {view && view.phase !== 'running' && <Actions done={view.phase === 'done'} />}
      </header>
      <ProbeForm />
      <ProblemNote problem={problem ?? view?.fault ?? null} {...(problem ? { onClose: closeProbeProblem } : {})} />
      {gone && <Note>This probe is not there any more. Run it again.</Note>}
      {result ? (
        <div className={styles.body}>
          {result.kind === 'smtp' ? (
            <ProbeRungs result={result} running={view?.phase === 'running'} target={result.target} />
          ) : (
            <ProbeLines result={result} />
          )}
          {view?.phase === 'done' && <ProbeFindings result={result} before={before} />}
        </div>
      ) : (
        !view && <p className={styles.lead}>{LEADS[kind]}</p>
      )}
    </main>
  );
}

const TITLES: Record<ProbeKind, string> = {
  smtp: 'Speak to a mail server',
  relay: 'Does a server relay for strangers?',
  dns: 'What do the name servers say about a domain?',
  ip: 'Do others take mail from an address?',
};
const LEADS: Record<ProbeKind, string> = {
  smtp: 'The 15 steps of an SMTP conversation, from here to the server that you name. Nothing is delivered: it ends before the message itself.',
  relay:
    'Each usual way of asking, up to the recipient; no message is sent. Only test servers that you run: others may take it for an attack, and some lists note who does it.',
  dns: 'Each name server of this computer on its own, by UDP and TCP, with short answers and with long ones. Nothing is asked but the domain and the mail servers that it names.',
  ip: 'The name of the address, whether it leads back, and the lists of senders of spam that address-lists.yaml names.',
};

function headline({ phase, result, request: { kind, target } }: ProbeView): string {
  const names = isOfNames(kind);
  if (phase === 'running') return names ? `Asking about ${target}…` : `Speaking to ${target}…`;
  if (phase === 'stopped') return names ? `Stopped asking about ${target}` : `Stopped on the way to ${target}`;
  if (phase === 'failed' || !result)
    return names ? `Nothing was asked about ${target}` : `No conversation with ${target}`;
  if (result.stage === 'none') return WELL[kind](target)[result.findings.length === 0 ? 0 : 1];
  const failed = result.stages.find(({ name }) => name === result.stage);
  const why = (failed?.why ?? 'it failed').replace(/\.$/, '');
  if (names) return `${target}: ${why}`;
  const n = kind === 'smtp' ? probeLadder(result, false).find(({ state }) => state === 'failed')?.n : null;
  return `Stopped at ${n == null ? result.stage : `step ${n}`}: ${why}`;
}

/** Without a fault; with findings though each step went well. */
const WELL: Record<ProbeKind, (target: string) => [string, string]> = {
  smtp: (target) => [`${target} answers as it should`, 'Every step is answered, but not as it should be'],
  relay: (target) => [`${target} took no foreign recipient`, 'Every step is answered, but not as it should be'],
  dns: (target) => [`Mail to ${target} finds its way`, `Mail to ${target} finds its way, but not all is well`],
  ip: (target) => [`Nothing speaks against ${target}`, `Not all about ${target} is as it should be`],
};

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
