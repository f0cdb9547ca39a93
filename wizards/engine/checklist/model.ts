/**
 * The case as a person reads it who was not there. Plain data: what the exports print and what the JSON export
 * is. A change of meaning raises `CHECKLIST_FORMAT`; a new field does not.
 */
import type { CaseStatus, EvidenceItem, SettingFrom } from '../model.ts';
import type { Certainty, FIX_OUTCOMES, Machine, Shell } from '../schema.ts';
import type { Moment } from './moment.ts';

export const CHECKLIST_SCHEMA = 'fieldguide.checklist';
export const CHECKLIST_FORMAT = 1;

/** A line of an output or of a pasted text. `n` counts from 1; a jump in `n` is a gap that was left out. */
export type ExcerptLine = { n: number; text: string; evidence: boolean };
/** A stored text, bounded. `missing`: the bytes are not there; the hash still names them. */
export type Excerpt = {
  sha256: string;
  bytes: number;
  totalLines: number;
  lines: ExcerptLine[];
  complete: boolean;
  missing: boolean;
};
export type NoteItem = { text: string; at: Moment; by: string };
export type ParameterItem = { name: string; label: string; value: string; from: SettingFrom; at: Moment };
/** A place where commands ran, as the captures tell. */
export type PlaceItem = { host: string | null; user: string | null; shell: Shell; shellVersion: string | null };
export type EvidenceBrought = {
  kind: EvidenceItem['kind'];
  id: string;
  source: string;
  title: string;
  /** Line of the pasted text in which it begins. */
  line: number;
  fields: { name: string; label: string; value: string }[];
  text: Excerpt;
};
export type CaptureItem = {
  id: string;
  /** Catalogue id; null for a command that was typed by hand. */
  command: string | null;
  title: string | null;
  effect: 'read' | 'change' | null;
  shell: Shell;
  shellVersion: string | null;
  /** Exactly as sent. */
  text: string;
  source: 'run' | 'pasted' | 'typed' | 'simulated';
  host: string | null;
  user: string | null;
  directory: string | null;
  startedAt: Moment;
  ms: number | null;
  result: 'ok' | 'failed' | 'parse-error' | 'unknown';
  exit: number | null;
  ended: 'exit' | 'timeout' | 'shell-died';
  /** The output was longer than what is kept. */
  truncated: boolean;
  /** Made at an earlier step and used again here: that step's number, else null. */
  reusedFrom: number | null;
  /** The capture of the same command that was brought later and counts in its place, else null. */
  replacedBy: string | null;
  reading: { suggested: string | null; label: string | null; note: string | null; certainty: Certainty } | null;
  evidence: { line: number; text: string }[];
  output: Excerpt;
};
export type StepItem = {
  /** Number of the visit: counts on through the whole case, superseded branches included. */
  n: number;
  wizard: string;
  wizardTitle: string;
  step: string;
  kind: 'question' | 'check' | 'verdict' | 'fix';
  title: string;
  text: string | null;
  why: string | null;
  machine: Machine | null;
  console: string[];
  /** Calls that were under way: 0 in the wizard that the walk began with. */
  depth: number;
  via: 'start' | 'call' | 'return' | 'handover' | null;
  enteredAt: Moment;
  outcome: { id: string; label: string } | null;
  suggested: { id: string; label: string } | null;
  /** How the choice stands to what the readings suggested; null while there is no choice. */
  followed: 'suggested' | 'against' | 'no-suggestion' | 'disagreement' | null;
  at: Moment | null;
  by: string | null;
  note: string | null;
  notes: NoteItem[];
  /** Empty for a fix: its captures stand with the fix. */
  captures: CaptureItem[];
  certainty: Certainty;
  sources: string[];
};
export type FixStatus = (typeof FIX_OUTCOMES)[number] | 'pending' | 'not-tried';
/** `missing` are names of parameters, `missingLabels` what a person calls them. */
export type CommandText = { shell: Shell; text: string | null; missing: string[]; missingLabels: string[] };
/** A change that somebody made along a path in a console. */
export type ByHandItem = { text: string; at: Moment; by: string };
export type FixItem = {
  /** Visit; null for a fix that the walk never came to. */
  n: number | null;
  step: string;
  title: string;
  text: string | null;
  why: string;
  machine: Machine;
  console: string[];
  status: FixStatus;
  label: string | null;
  followed: StepItem['followed'];
  at: Moment | null;
  by: string | null;
  note: string | null;
  notes: NoteItem[];
  affects: string;
  effective: string;
  wait: string;
  interruption: string;
  privilege: string;
  risk: 'low' | 'medium' | 'high';
  change: {
    command: string;
    title: string;
    /** The object that is changed. */
    object: string | null;
    sent: CaptureItem[];
    /** Made along a path in a console. */
    byHand: ByHandItem[];
    /** The text as it would be sent; empty when it was sent or made by hand. */
    planned: CommandText[];
  } | null;
  rollback: {
    words: string;
    note: string | null;
    command: string | null;
    /** With the captured old values. */
    texts: CommandText[];
  };
  proof: { step: string; title: string; expect: string; captures: CaptureItem[] };
  /** Further captures made at this fix: a preview, say, or a command typed by hand. */
  captures: CaptureItem[];
  reminders: string[];
  certainty: Certainty;
  sources: string[];
};
export type VerdictItem = {
  /** Visit; null when the branch begins at one of its fixes. */
  n: number | null;
  wizard: string;
  wizardTitle: string;
  /** The verdict's id, unique for ever. */
  id: string;
  title: string;
  cause: string;
  certainty: Certainty;
  advice: string[];
  /** What is asked of the other side, where the fault lies there. */
  asks: string[];
  sources: string[];
  at: Moment | null;
  fixes: FixItem[];
};
export type PathItem = { steps: StepItem[]; verdicts: VerdictItem[] };
export type Branch = PathItem & {
  /** Number of the live step that was answered in its place, or null. */
  replacedBy: number | null;
};
export type OpenAction = {
  kind:
    | 'answer'
    | 'fix-pending'
    | 'fix-left'
    | 'fix-failed'
    | 'abandoned-change'
    | 'reminder'
    | 'next-wizard'
    | 'waiting'
    | 'unsolved';
  text: string;
  /** Step that it comes from, or null. */
  n: number | null;
};
export type WizardItem = { id: string; title: string; version: number | null; hash: string };
export type Checklist = {
  schema: typeof CHECKLIST_SCHEMA;
  format: typeof CHECKLIST_FORMAT;
  /** Names and addresses are replaced; absent in the original. */
  redacted?: true;
  exported: { at: Moment; by: string; product: string; timeZone: string };
  /** `head` is the hash of the journal's last line at the time of the export. */
  chain: { head: string; events: number; statement: string };
  case: {
    id: string;
    title: string;
    ticket: string;
    operator: string;
    /** Everyone who recorded something, the operator first. */
    people: string[];
    state: CaseStatus;
    practice: string | null;
    openedAt: Moment;
    changedAt: Moment;
    /** The product version that the case was opened with. */
    product: string;
  };
  wizards: WizardItem[];
  /** Two to five sentences, made from the data alone. */
  summary: string[];
  environment: ParameterItem | null;
  parameters: ParameterItem[];
  places: PlaceItem[];
  evidence: EvidenceBrought[];
  notes: NoteItem[];
  path: PathItem;
  superseded: Branch[];
  /** The last verdict of the path, or null. */
  verdict: VerdictItem | null;
  openActions: OpenAction[];
};
