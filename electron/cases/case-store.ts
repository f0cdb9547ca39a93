/** The folder of cases: finding, listing, making and opening them. */
import { randomBytes } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve, sep } from 'node:path';
import type { Library } from '../../wizards/engine/library.ts';
import { type CaseState, currentVisit, EMPTY_CASE, valuesOf, verdictVisit } from '../../wizards/engine/model.ts';
import { stepAt } from '../../wizards/engine/route.ts';
import type { CaseSummary } from '../contract.ts';
import { Fault } from '../fault.ts';
import { FIRST_PREV, JOURNAL, type JournalContent, readJournal } from './journal.ts';

export class CaseStore {
  readonly folder: string;
  readonly #summaries = new Map<string, { key: string; summary: CaseSummary | null }>();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** A name that sorts by day and does not repeat. */
  newId(now: Date): string {
    const day = now.toISOString().slice(0, 10).replaceAll('-', '');
    return `${day}-${randomBytes(4).toString('hex')}`;
  }

  /** The folder of a case given as id or as path. */
  pathOf(idOrPath: string): string {
    if (isAbsolute(idOrPath) || idOrPath.includes(sep) || idOrPath.includes('/') || idOrPath.startsWith('.')) {
      return resolve(idOrPath);
    }
    return join(this.folder, idOrPath);
  }

  /** As pathOf, for ids that come over the contract: they never name a path. */
  pathOfId(id: string): string {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(id)) throw new Fault('no-case', `There is no case "${id}".`);
    return join(this.folder, id);
  }

  /** All cases, the last changed first. A case that cannot be read is listed with its fault. */
  async list(library: Library): Promise<CaseSummary[]> {
    const names = await readdir(this.folder).catch(() => []);
    const summaries: CaseSummary[] = [];
    for (const name of names) {
      const folder = join(this.folder, name);
      const info = await stat(join(folder, JOURNAL)).catch(() => null);
      if (!info) continue;
      const key = `${info.size}-${info.mtimeMs}`;
      let known = this.#summaries.get(name);
      if (known?.key !== key) {
        known = { key, summary: await summarise(folder, name, library) };
        this.#summaries.set(name, known);
      }
      if (known.summary) summaries.push(known.summary);
    }
    return summaries.sort((a, b) => (a.changedAt < b.changedAt ? 1 : -1));
  }
}

/** Null for a case that was never begun: its journal has no whole line, so nobody was told that it is there. */
async function summarise(folder: string, name: string, library: Library): Promise<CaseSummary | null> {
  const { state, head, fault, length } = await readJournal(folder).catch(unreadable);
  if (length === 0 && fault === null) return null;
  const first = state.visits[0]?.target;
  return {
    id: name,
    title: state.title,
    ticket: state.ticket,
    operator: state.operator,
    state: state.status,
    wizard: first?.wizard ?? '',
    wizardTitle: library.wizards.get(first?.wizard ?? '')?.wizard.title ?? first?.wizard ?? '',
    verdict: verdictId(library, state),
    standing: standingOf(state),
    practice: state.practice !== null,
    changedAt: state.changedAt,
    parameters: valuesOf(state),
    head,
    fault: fault?.message ?? null,
  };
}

/** One case that cannot be read does not hide the others. One that went away in the meantime is not there any more. */
function unreadable(error: Error): Pick<JournalContent, 'state' | 'head' | 'length'> & { fault: Error | null } {
  const gone = error instanceof Fault && error.code === 'no-case';
  return { state: EMPTY_CASE, head: FIRST_PREV, length: 0, fault: gone ? null : error };
}

/** Where a case stands, in a line: its verdict with the fix under way or proven, else the step that is asked. */
function standingOf(state: CaseState): string {
  const at = currentVisit(state);
  const verdict = verdictVisit(state)?.target.title ?? '';
  if (at) return at.target.kind === 'fix' ? `${verdict} · fix under way: ${at.target.title}` : at.target.title;
  const last = state.visits.findLast((visit) => !visit.superseded);
  return last?.outcome === 'verified' ? `${verdict} · fixed and proven` : verdict;
}

/** The id of the verdict that the live path reached; null when there is none or its wizard cannot be looked up. */
export function verdictId(library: Library, state: CaseState): string | null {
  const visit = verdictVisit(state);
  const step = visit && stepAt(library, visit.target);
  if (step?.kind === 'verdict') return step.verdict;
  return visit ? `${visit.target.wizard}.${visit.target.step}` : null;
}
