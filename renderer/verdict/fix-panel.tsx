import { useEffect, useRef } from 'react';
import caseStyles from '../case/case.module.css';
import { CommandList } from '../case/command-list.tsx';
import { Decide } from '../case/decide.tsx';
import { RecordBar } from '../case/record-bar.tsx';
import { StepInfo } from '../case/step-info.tsx';
import { TypedEvidence } from '../case/typed-evidence.tsx';
import { changeMade } from '../lib/primary.ts';
import { MACHINE_WORDS, RISK_WORDS } from '../lib/words.ts';
import { Badge } from '../parts/badge.tsx';
import { CertaintyBadge } from '../parts/certainty-badge.tsx';
import { focusDue } from '../stores/case-actions.ts';
import { useCase } from '../stores/case-store.ts';
import { Advice } from './advice.tsx';
import { NowThenTable } from './now-then-table.tsx';
import styles from './verdict.module.css';
import { VerdictHead } from './verdict-head.tsx';

/** A verdict with the fix whose turn it is: what changes, the way back, the proof, and what became of it. */
export function FixPanel() {
  const visit = useCase((state) => state.view?.step?.visit ?? null);
  const step = useCase((state) => state.view?.step?.step ?? null);
  const hasChange = useCase(
    (state) => state.view?.step?.commands.some((command) => command.role === 'change') ?? false,
  );
  const proof = useProofFocus(visit);
  if (visit === null || step?.kind !== 'fix') return null;
  return (
    <div className={caseStyles.columns}>
      <div className={caseStyles.left}>
        <VerdictHead />
        <section className={styles.fix} aria-label={`Fix: ${step.title}`} key={visit}>
          <h2 className={styles.heading}>{step.title}</h2>
          {step.text && <p className={styles.more}>{step.text}</p>}
          <div className={styles.badges}>
            <Badge>{MACHINE_WORDS[step.runs_on]}</Badge>
            <Badge tone={step.risk === 'low' ? 'good' : step.risk === 'high' ? 'bad' : 'caution'}>
              {RISK_WORDS[step.risk]}
            </Badge>
            <CertaintyBadge certainty={step.certainty} />
          </div>
          <NowThenTable />
          <CommandList roles={['preview', 'change']} />
          {!hasChange && <p className={styles.more}>This is done by hand. Record at the side what became of it.</p>}
          <dl className={styles.facts}>
            <Fact name="Touches" value={step.affects} />
            <Fact name="Takes effect" value={step.effective} />
            <Fact name="Interruption" value={step.interruption} />
            <Fact name="Privilege" value={step.privilege} />
            <Fact name="Wait before the proof" value={step.wait} />
            <Fact name="Way back" value={step.rollback} />
          </dl>
          <StepInfo hint={null} />
        </section>
        <section className={styles.fix} aria-label="Proof" ref={proof}>
          <h2 className={styles.heading}>Proof</h2>
          <p className={styles.more}>{step.verify.expect}</p>
          <CommandList roles={['proof']} />
          <TypedEvidence />
        </section>
      </div>
      <div className={caseStyles.right}>
        <Decide heading="What became of it" question="What became of it?" />
        <RecordBar />
        <Advice />
      </div>
    </div>
  );
}

/** Once the change is made, by a command or by hand, the proof is next: the focus goes there, not out of a terminal. */
function useProofFocus(visit: number | null) {
  const proof = useRef<HTMLElement>(null);
  const made = useCase((state) => (state.view?.step ? changeMade(state.view.step) : false));
  const before = useRef({ visit, made });
  useEffect(() => {
    const fresh = made && !before.current.made && before.current.visit === visit;
    before.current = { visit, made };
    if (!fresh || document.activeElement?.closest('.xterm, [role="alertdialog"], [role="dialog"]')) return;
    if (proof.current) focusDue(proof.current);
  }, [visit, made]);
  return proof;
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
