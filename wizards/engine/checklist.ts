/** The case as a checklist: everything that a colleague needs who was not there. Pure; see checklist/model.ts. */

import { openActions } from './checklist/actions.ts';
import { branchesOf, stateOnBranch } from './checklist/branches.ts';
import { excerptOf, linesOf, type Texts } from './checklist/excerpt.ts';
import { verdictItems } from './checklist/fixes.ts';
import {
  CHECKLIST_FORMAT,
  CHECKLIST_SCHEMA,
  type Checklist,
  type EvidenceBrought,
  type ParameterItem,
  type PathItem,
  type PlaceItem,
  type WizardItem,
} from './checklist/model.ts';
import { clockFor } from './checklist/moment.ts';
import { isSecret, secretValues, without } from './checklist/secrets.ts';
import { type Source, wizardTitleOf } from './checklist/source.ts';
import { noteItems, stepItem } from './checklist/steps.ts';
import { summaryOf } from './checklist/summary.ts';
import { CHAIN_STATEMENT } from './checklist/words.ts';
import { labelOf } from './labels.ts';
import { type Library, pinnedLibrary, wizardByHash } from './library.ts';
import { type CaseState, type EvidenceItem, type Visit, valuesOf } from './model.ts';

export type { Checklist } from './checklist/model.ts';

/**
 * What the state alone does not hold. `head` is the hash of the journal's last line; times are ISO 8601 in UTC;
 * `timeZone` is the reader's IANA zone. `outputOf` and `lines` give stored texts by hash, undefined when missing.
 */
export type ChecklistContext = Texts & {
  head: string;
  exportedAt: string;
  exportedBy: string;
  product: string;
  timeZone: string;
};

const MOST_EVENT_LINES = 40;
/** A session is worth nothing without its end, so more of it is kept. */
const MOST_SESSION_LINES = 150;

export function checklist(product: Library, state: CaseState, context: ChecklistContext): Checklist {
  const library = pinnedLibrary(product, state.files);
  const clock = clockFor(context.timeZone);
  const source: Source = { library, state, texts: context, clock };
  const path = pathItem(
    source,
    state.visits.filter((visit) => !visit.superseded),
  );
  const superseded = branchesOf(state).map(({ visits, replacedBy }) => ({
    ...pathItem({ ...source, state: stateOnBranch(state, visits) }, visits),
    replacedBy,
  }));
  const parameters = parameterItems(source);
  const told: Omit<Checklist, 'summary'> = {
    schema: CHECKLIST_SCHEMA,
    format: CHECKLIST_FORMAT,
    exported: {
      at: clock.moment(context.exportedAt),
      by: context.exportedBy,
      product: context.product,
      timeZone: clock.timeZone,
    },
    chain: { head: context.head, events: state.seq, statement: CHAIN_STATEMENT },
    case: {
      id: state.id,
      title: state.title,
      ticket: state.ticket,
      operator: state.operator,
      people: peopleOf(state),
      state: state.status,
      practice: state.practice,
      openedAt: clock.moment(state.openedAt),
      changedAt: clock.moment(state.changedAt),
      product: state.product,
    },
    wizards: wizardItems(source),
    environment: parameters.find(({ name }) => name === 'environment') ?? null,
    parameters: parameters.filter(({ name }) => name !== 'environment'),
    places: placesOf(state),
    evidence: evidenceBrought(source),
    notes: noteItems(clock, state.notes),
    path,
    superseded,
    verdict: path.verdicts.at(-1) ?? null,
    openActions: openActions(state.status, path, superseded),
  };
  return without({ ...told, summary: summaryOf(told) }, secretValues(library, state));
}

function pathItem(source: Source, visits: Visit[]): PathItem {
  return { steps: visits.map((visit) => stepItem(source, visit)), verdicts: verdictItems(source, visits) };
}

function peopleOf(state: CaseState): string[] {
  const notes = [...state.notes, ...state.visits.flatMap((visit) => visit.notes)];
  const all = [state.operator, ...state.visits.map((visit) => visit.by ?? ''), ...notes.map((note) => note.by)];
  return [...new Set(all)].filter((name) => name !== '');
}

function wizardItems({ library, state }: Source): WizardItem[] {
  const items = new Map<string, WizardItem>();
  for (const { target } of state.visits) {
    const { wizard: id, hash } = target;
    const version = wizardByHash(library, hash)?.version ?? null;
    items.set(`${id} ${hash}`, { id, title: wizardTitleOf(library, target), version, hash });
  }
  return [...items.values()];
}

function parameterItems({ library, state, clock }: Source): ParameterItem[] {
  return Object.entries(valuesOf(state)).flatMap(([name, value]) => {
    if (isSecret(library, name)) return [];
    const setting = state.settings.findLast(
      (entry) =>
        entry.name === name &&
        entry.value === value &&
        (entry.visit === null || !state.visits[entry.visit - 1]?.superseded),
    );
    if (!setting) return [];
    return [{ name, label: labelOf(library, name), value, from: setting.from, at: clock.moment(setting.at) }];
  });
}

function placesOf(state: CaseState): PlaceItem[] {
  const places = new Map<string, PlaceItem>();
  for (const { host, user, shell, shellVersion } of Object.values(state.captures)) {
    if (!host && !user && !shellVersion) continue;
    places.set(JSON.stringify([host, user, shell, shellVersion]), { host, user, shell, shellVersion });
  }
  return [...places.values()];
}

/** Each item with the lines from where it begins to where the next one of the same text does, bounded. */
function evidenceBrought({ library, state, texts }: Source): EvidenceBrought[] {
  return state.evidence.map((item) => {
    const later = state.evidence
      .filter((other) => other.text.sha256 === item.text.sha256 && other.line > item.line)
      .map((other) => other.line);
    const most = item.kind === 'session' ? MOST_SESSION_LINES : MOST_EVENT_LINES;
    const to = Math.min(item.line + most, ...later) - 1;
    return {
      kind: item.kind,
      id: item.id,
      source: item.source,
      title: item.title,
      line: item.line,
      fields: Object.entries(item.fields)
        .filter(([name]) => !isSecret(library, name))
        .map(([name, value]) => ({ name, label: labelOf(library, name), value })),
      text: excerptOf(texts, item.text, decisiveLines(texts, item, to), { from: item.line, to }),
    };
  });
}

/** Of a session that failed the lines with the reply that decided it, and the last one; of anything else none. */
function decisiveLines(texts: Texts, { kind, id, line, fields, text }: EvidenceItem, to: number): number[] {
  if (kind !== 'session' || id === 'none') return [];
  const all = linesOf(texts, text.sha256)?.slice(0, to) ?? [];
  const last = all.findLastIndex((words) => words.trim() !== '') + 1;
  // Quotes within a field are doubled in a log.
  const reply = fields.reply?.replaceAll('"', '""');
  const said = reply ? all.flatMap((words, index) => (index >= line && words.includes(reply) ? [index + 1] : [])) : [];
  return [...said, ...(last > line ? [last] : [])];
}
