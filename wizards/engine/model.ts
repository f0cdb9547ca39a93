/**
 * What a case consists of: the events of its journal and the state they fold into. `evolve` is the fold: same
 * journal, same state, nothing else looked at. Every event carries what it led to, so that a case can be read
 * without the wizard that it was made with.
 */
import type { Environment, FindingKind, Next, Shell } from './schema.ts';

/** Where a case stands: a step of one version of a wizard, and the calls that it has to come back from. */
export type Target = {
  wizard: string;
  hash: string;
  step: string;
  kind: 'question' | 'check' | 'verdict' | 'fix';
  title: string;
  stack: Frame[];
  /** For a fix: the verdict step that lists it. */
  verdict?: string;
  via?: 'start' | 'call' | 'return' | 'handover';
};
/** A call under way: where to go on in the calling wizard. */
export type Frame = { wizard: string; hash: string; step: string; clear: Next; unsure: Next };

export type CaseStatus = 'open' | 'waiting' | 'closed';
export type Evidence = { line: number; text: string };
/** What the rules found. `suggested` is an outcome of the step, or null. Lines count from 1. */
export type Reading = {
  suggested: string | null;
  reads: string[];
  evidence: Evidence[];
  certainty: 'confirmed' | 'reconstructed' | 'unverified';
  /** Why there is no suggestion, or a caution. */
  note?: string;
};
export type Capture = {
  id: string;
  visit: number;
  /** Null for a command that the person typed by hand and brought in as evidence. */
  command: string | null;
  shell: Shell;
  /** The exact text as sent. */
  text: string;
  source: 'run' | 'pasted' | 'typed' | 'simulated';
  /** The output as a person saw it: UTF-8 text with line feeds. Evidence lines count in it. */
  output: { sha256: string; bytes: number };
  /** The bytes as they came from the shell, where the app ran the command. */
  raw: { sha256: string; bytes: number } | null;
  truncated: boolean;
  result: 'ok' | 'failed' | 'parse-error' | 'unknown';
  exit: number | null;
  ended: 'exit' | 'timeout' | 'shell-died';
  startedAt: string;
  ms: number | null;
  host: string | null;
  user: string | null;
  directory: string | null;
  shellVersion: string | null;
  parameters: Record<string, string>;
  reading: Reading | null;
};
/** A capture with who put it into the case. */
export type RecordedCapture = Capture & { by: string };
/** Something the person brought: a pasted event, say. `output` names the stored text. */
export type EvidenceItem = {
  kind: FindingKind | 'text';
  id: string;
  source: string;
  title: string;
  line: number;
  fields: Record<string, string>;
  text: { sha256: string; bytes: number };
};
export type SettingFrom = 'evidence' | 'person' | 'outcome' | 'capture' | 'default';

export type CaseEvent =
  | {
      type: 'opened';
      format: 1;
      case: string;
      title: string;
      ticket: string;
      operator: string;
      product: string;
      practice?: string;
      evidence: EvidenceItem[];
      parameters: Record<string, { value: string; from: SettingFrom }>;
      to: Target[];
      files: string[];
      end?: CaseStatus;
    }
  | { type: 'described'; title?: string; ticket?: string; operator?: string }
  | { type: 'parameter-set'; name: string; value: string | null; from: SettingFrom }
  | { type: 'captured'; capture: Capture }
  | { type: 'reused'; visit: number; capture: string; reading: Reading | null }
  | {
      type: 'chosen';
      visit: number;
      outcome: string;
      label: string;
      note?: string;
      suggested: string | null;
      captures: string[];
      set?: Record<string, string>;
      to: Target[];
      files: string[];
      end?: CaseStatus;
    }
  | { type: 'went-back'; to: number; target: Target }
  | {
      type: 'done-by-hand';
      visit: number;
      command: string;
      /** The path in the console, as it was shown. */
      text: string;
      parameters: Record<string, string>;
    }
  | { type: 'noted'; visit: number | null; text: string }
  | { type: 'state-set'; state: CaseStatus }
  | { type: 'version-taken'; visit: number; target: Target; files: string[] };

/** What the output of a capture means at a visit. */
export function readingAt(state: CaseState, visit: Visit, capture: string): Reading | null {
  const again = visit.rereadings[capture];
  return again === undefined ? (state.captures[capture]?.reading ?? null) : again;
}

/** A line of the journal without its hash: who, when, where, and the event. `at` is ISO 8601 in UTC. */
export type RecordedEvent = Envelope & CaseEvent;
type Envelope = { seq: number; at: string; actor: string; host: string };

/** A change that a person made along a path in a console: no output, but who and when. */
export type ByHand = { command: string; text: string; parameters: Record<string, string>; at: string; by: string };
export type Visit = {
  n: number;
  target: Target;
  enteredAt: string;
  outcome: string | null;
  label: string | null;
  note: string | null;
  suggested: string | null;
  at: string | null;
  by: string | null;
  captures: string[];
  /** What a capture that was brought here from an earlier visit means at this step. */
  rereadings: Record<string, Reading | null>;
  byHand: ByHand[];
  notes: { text: string; at: string; by: string }[];
  superseded: boolean;
};
export type Setting = { name: string; value: string | null; from: SettingFrom; visit: number | null; at: string };
export type CaseState = {
  id: string;
  title: string;
  ticket: string;
  operator: string;
  product: string;
  practice: string | null;
  openedAt: string;
  changedAt: string;
  seq: number;
  status: CaseStatus;
  /** The visit that waits for an answer; null when the walk has ended. */
  current: number | null;
  visits: Visit[];
  settings: Setting[];
  captures: Record<string, RecordedCapture>;
  evidence: EvidenceItem[];
  files: string[];
  notes: { text: string; at: string; by: string }[];
};

export const EMPTY_CASE: CaseState = {
  id: '',
  title: '',
  ticket: '',
  operator: '',
  product: '',
  practice: null,
  openedAt: '',
  changedAt: '',
  seq: 0,
  status: 'open',
  current: null,
  visits: [],
  settings: [],
  captures: {},
  evidence: [],
  files: [],
  notes: [],
};

/** Folds one event into the state. Never throws on an event that `decide` produced. */
export const evolve = (state: CaseState, event: RecordedEvent): CaseState => fold(state, event, false);

/** What evolve makes of these events, one after the other, in time that grows with their number alone. */
export function replay(events: Iterable<RecordedEvent>): CaseState {
  let state: CaseState = { ...EMPTY_CASE, visits: [], settings: [], captures: {}, notes: [] };
  for (const event of events) state = fold(state, event, true);
  return state;
}

/** `own`: nobody else has seen this state, so what only grows in it grows in place and is not copied. */
function fold(state: CaseState, event: RecordedEvent, own: boolean): CaseState {
  const base = { ...state, seq: event.seq, changedAt: event.at };
  switch (event.type) {
    case 'opened':
      return enter(
        {
          ...base,
          id: event.case,
          title: event.title,
          ticket: event.ticket,
          operator: event.operator,
          product: event.product,
          practice: event.practice ?? null,
          openedAt: event.at,
          evidence: event.evidence,
          settings: Object.entries(event.parameters).map(([name, { value, from }]) => ({
            name,
            value,
            from,
            visit: null,
            at: event.at,
          })),
        },
        event.to,
        event.files,
        event.end,
        event.at,
        own,
      );
    case 'described':
      return {
        ...base,
        title: event.title ?? state.title,
        ticket: event.ticket ?? state.ticket,
        operator: event.operator ?? state.operator,
      };
    case 'parameter-set': {
      const visit = event.from === 'person' ? null : state.current;
      const setting = { name: event.name, value: event.value, from: event.from, visit, at: event.at };
      return { ...base, settings: extended(state.settings, [setting], own) };
    }
    case 'captured': {
      const { capture } = event;
      return {
        ...base,
        captures: withCapture(state.captures, { ...capture, by: event.actor }, own),
        visits: changeVisit(state, capture.visit, own, ({ captures }) => ({
          captures: extended(captures, [capture.id], own),
        })),
      };
    }
    case 'reused': {
      const capture = state.captures[event.capture];
      if (!capture) return base;
      return {
        ...base,
        visits: changeVisit(state, event.visit, own, (visit) => ({
          captures: [...visit.captures, capture.id],
          rereadings: { ...visit.rereadings, [capture.id]: event.reading },
        })),
      };
    }
    case 'chosen': {
      const settings = Object.entries(event.set ?? {}).map(([name, value]) => ({
        name,
        value,
        from: 'outcome' as const,
        visit: event.visit,
        at: event.at,
      }));
      const next = settings.length > 0 ? { ...base, settings: extended(state.settings, settings, own) } : base;
      return enter(next, event.to, event.files, event.end, event.at, own, (visits) => {
        const visit = visits[event.visit - 1];
        if (!visit) return;
        visits[event.visit - 1] = {
          ...visit,
          outcome: event.outcome,
          label: event.label,
          note: event.note ?? null,
          suggested: event.suggested,
          at: event.at,
          by: event.actor,
        };
      });
    }
    case 'went-back':
      return enter({ ...base, status: 'open' }, [event.target], [], undefined, event.at, own, (visits) => {
        for (let i = Math.max(0, event.to - 1); i < visits.length - 1; i += 1) {
          const visit = visits[i] as Visit;
          if (!visit.superseded) visits[i] = { ...visit, superseded: true };
        }
      });
    case 'done-by-hand': {
      const { command, text, parameters } = event;
      const done = { command, text, parameters, at: event.at, by: event.actor };
      return { ...base, visits: changeVisit(state, event.visit, own, ({ byHand }) => ({ byHand: [...byHand, done] })) };
    }
    case 'noted': {
      const note = { text: event.text, at: event.at, by: event.actor };
      if (event.visit === null) return { ...base, notes: extended(state.notes, [note], own) };
      return {
        ...base,
        visits: changeVisit(state, event.visit, own, ({ notes }) => ({ notes: extended(notes, [note], own) })),
      };
    }
    case 'state-set':
      return { ...base, status: event.state };
    case 'version-taken':
      return {
        ...base,
        files: merge(state.files, event.files),
        visits: changeVisit(state, event.visit, own, () => ({ target: event.target })),
      };
  }
}

function extended<T>(list: T[], added: T[], own: boolean): T[] {
  if (!own) return [...list, ...added];
  for (const item of added) list.push(item);
  return list;
}

function withCapture(captures: CaseState['captures'], capture: RecordedCapture, own: boolean): CaseState['captures'] {
  if (!own) return { ...captures, [capture.id]: capture };
  // Defined, not assigned: a journal of foreign make may name a capture `__proto__`.
  return Object.defineProperty(captures, capture.id, {
    value: capture,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

function changeVisit(state: CaseState, n: number, own: boolean, change: (visit: Visit) => Partial<Visit>): Visit[] {
  const visits = own ? state.visits : state.visits.slice();
  const visit = visits[n - 1];
  if (visit) visits[n - 1] = { ...visit, ...change(visit) };
  return visits;
}

/** `change` gets the new list, with what was entered at its end: of long cases it is copied at most once for each event. */
function enter(
  state: CaseState,
  to: Target[],
  files: string[],
  end: CaseStatus | undefined,
  at: string,
  own: boolean,
  change: (visits: Visit[]) => void = () => {},
): CaseState {
  const { length } = state.visits;
  const visits = extended(
    state.visits,
    to.map((target, i) => entered(length + i + 1, target, at)),
    own,
  );
  change(visits);
  return {
    ...state,
    visits,
    files: merge(state.files, files),
    current: end === undefined ? visits.length : null,
    status: end ?? state.status,
  };
}

const entered = (n: number, target: Target, enteredAt: string): Visit => ({
  n,
  target,
  enteredAt,
  outcome: null,
  label: null,
  note: null,
  suggested: null,
  at: null,
  by: null,
  captures: [],
  rereadings: {},
  byHand: [],
  notes: [],
  superseded: false,
});

function merge(known: string[], added: string[]): string[] {
  const fresh = added.filter((hash) => !known.includes(hash));
  return fresh.length > 0 ? [...known, ...fresh] : known;
}

/** The values in force: the last setting of each name whose visit was not superseded. */
export function valuesOf(state: CaseState): Record<string, string> {
  const values: Record<string, string> = {};
  for (const setting of state.settings) {
    if (setting.visit !== null && state.visits[setting.visit - 1]?.superseded) continue;
    if (setting.value === null) delete values[setting.name];
    else values[setting.name] = setting.value;
  }
  return values;
}

export function environmentOf(state: CaseState): Environment | undefined {
  return valuesOf(state).environment as Environment | undefined;
}

export function currentVisit(state: CaseState): Visit | null {
  return state.current === null ? null : (state.visits[state.current - 1] ?? null);
}

/** The verdict that the live path reached last, if any. */
export function verdictVisit(state: CaseState): Visit | null {
  return state.visits.findLast((visit) => !visit.superseded && visit.target.kind === 'verdict') ?? null;
}
