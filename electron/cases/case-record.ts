import { valuesOf } from '../../wizards/engine/model.ts';
import type { CaseRecord } from '../contract.ts';
import { CaseSession, type SessionOptions } from './case-session.ts';
import { verdictId } from './case-store.ts';
import { readJournal } from './journal.ts';

/** The case as it stands, without its lock. One whose journal is broken is shown up to the fault. */
export async function readRecord(folder: string, options: SessionOptions): Promise<CaseRecord> {
  const session = await CaseSession.read(folder, options);
  const { fault } = await readJournal(folder);
  const { state, recorded, view, library } = session;
  return {
    id: session.id,
    title: state.title,
    ticket: state.ticket,
    operator: state.operator,
    state: state.status,
    wizard: state.visits[0]?.target.wizard ?? '',
    verdict: verdictId(library, state),
    parameters: valuesOf(state),
    path: view.path,
    captures: Object.values(state.captures),
    evidence: state.evidence,
    head: recorded.head,
    fault: fault?.message ?? null,
  };
}
