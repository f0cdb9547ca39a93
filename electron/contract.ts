/**
 * The one typed contract between the doors and the core. Procedures and streams are listed here and nowhere
 * else; the router in the core and the clients in the doors derive from it. Inputs are validated at the border;
 * outputs are types. Terminal bytes do not travel here (see contract-terminal.ts).
 */
import { eventIterator, oc, type } from '@orpc/contract';
import { z } from 'zod';
import type { Capture, CaseStatus, EvidenceItem, Reading, RecordedCapture } from '../wizards/engine/model.ts';
import type { RedactHit } from '../wizards/engine/redact/redact.ts';
import { type Environment, SHELLS, type Shell } from '../wizards/engine/schema.ts';
import type { Suggestion, TriageResult } from '../wizards/engine/triage.ts';
import type { PathView, WalkView } from '../wizards/engine/view.ts';
import { LARGEST_PASTE, MOST_FILES, MOST_SESSIONS_AS_EVIDENCE } from './contract-files.ts';
import {
  type IntakeView,
  MOST_ROWS,
  type SessionPage,
  type SessionsSummary,
  type SessionView,
  sessionFilter,
} from './contract-intake.ts';
import type { PathChange } from './contract-path.ts';
import { type ProbeView, probeRequest } from './contract-probe.ts';
import { type CommandInfo, type ShellInfo, TAB_SHELLS, type TabInfo } from './contract-terminal.ts';

export const EXPORT_FORMATS = ['md', 'html', 'json', 'txt', 'csv', 'jira', 'summary', 'letter'] as const;
/** Formats that are bytes, no text. */
export const FILE_FORMATS = ['pdf', 'case'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Shells and tabs as the terminal describes them. */
export type { CommandInfo, ShellInfo, TabInfo } from './contract-terminal.ts';
export type WizardSummary = {
  id: string;
  title: string;
  summary: string;
  version: number;
  steps: number;
  environments: Environment[];
  symptoms: string[];
  partOf: string | null;
};
export type WizardDetails = {
  id: string;
  title: string;
  partOf: string | null;
  steps: number;
  verdicts: string[];
  environments: Environment[];
  /** Rows of the source inventory. */
  covers: string[];
};
export type LabSummary = { id: string; title: string; level: string; minutes: number; about: string };
/** A fault in a content file: the wizard is missing or an older version stays in use. */
export type ContentFault = { file: string; line: number; column: number; message: string; hint: string };
export type AppInfo = {
  product: string;
  version: string;
  door: 'desktop' | 'browser' | 'cli';
  platform: string;
  host: string;
  user: string;
  dataFolder: string;
  /** Set when the data folder cannot be written: what is wrong and what to do. */
  dataFolderFault: string | null;
  /** Where the person's own wizards and commands lie. */
  ownWizards: string;
  wizards: WizardSummary[];
  labs: LabSummary[];
  /** What parameters and fields of the evidence are called, by name. */
  labels: Record<string, string>;
  faults: ContentFault[];
};
export type Settings = {
  operator: string;
  theme: 'system' | 'light' | 'dark';
  /** Sizes in pixels and switches of the layout, by name. */
  layout: Record<string, number | boolean>;
  /** Of exports: whether names are replaced, values that stay, and further words to replace. */
  redaction: { on: boolean; keep: string[]; words: string[] };
};
export type CaseSummary = {
  id: string;
  title: string;
  ticket: string;
  operator: string;
  state: CaseStatus;
  wizard: string;
  wizardTitle: string;
  /** The verdict's id, or null. */
  verdict: string | null;
  /** What stands on the line below the title: the verdict or the step the walk is at. */
  standing: string;
  practice: boolean;
  changedAt: string;
  parameters: Record<string, string>;
  head: string;
  /** A fault of the journal in words; the case can then not be continued. */
  fault: string | null;
};
/** All that a case holds, at the moment of asking. */
export type CaseRecord = {
  id: string;
  title: string;
  ticket: string;
  operator: string;
  state: CaseStatus;
  wizard: string;
  verdict: string | null;
  parameters: Record<string, string>;
  path: PathView[];
  captures: RecordedCapture[];
  evidence: EvidenceItem[];
  head: string;
  /** A fault of the journal in words; the rest then stands as before it. */
  fault: string | null;
};
/** `hits`: what was replaced; null where nothing was to be. */
export type ExportedCase = { name: string; mediaType: string; text: string; hits: RedactHit[] | null };
export type ExportedFile = { name: string; mediaType: string; base64: string; hits: RedactHit[] | null };
/** What became of a case file that was taken in. */
export type Imported = {
  id: string;
  title: string;
  events: number;
  head: string;
  /** `new`: it was not here. `same`: it is here already, and nothing was written. `beside`: another state of a case that is here, laid beside it. */
  outcome: 'new' | 'same' | 'beside';
  /** The case that was here before, and how the two stand to each other. */
  before: { id: string; events: number; relation: 'same' | 'continues' | 'is-continued' | 'differs' } | null;
};
export type CaseView = WalkView & {
  head: string;
  recordedAt: string;
  recordedBy: string;
  /** Bytes of a torn last line that were set aside when the case was opened. */
  tornBytes: number;
  /** By command and shell: whether it can run here, else why not. */
  runnable: Record<string, { runnable: boolean; reason: string | null }>;
  /** The command under way, if any. */
  running: { command: string; shell: Shell; startedAt: string } | null;
  score: { right: number; asked: number; hint: string | null } | null;
};
/** What a watcher receives: the path as a change of the one that it received before, at first of an empty one. */
export type CaseNews = Omit<CaseView, 'path'> & { path: PathChange };
export type RunResult = { capture: Capture; reading: Reading | null };

const caseId = z.string().min(1).max(200);
const text = (most: number) => z.string().max(most);
const byCase = z.object({ case: caseId });
const redaction = z.object({ keep: z.array(text(300)).max(1000), words: z.array(text(300)).max(1000) });
/** Characters of base64: what one message of a page may hold. Larger ones are imported on the command line. */
const LARGEST_CASE_FILE = 14_000_000;
const byProbe = z.object({ probe: text(60) });
const byIntake = z.object({ intake: text(60) });
const shell = z.enum(SHELLS);

export const contract = {
  app: {
    info: oc.output(type<AppInfo>()),
    /** The same now, and anew whenever the person's own wizards and commands change. */
    watch: oc.output(eventIterator(type<AppInfo>())),
    /** Shows the folder of the person's own wizards in the file manager of this computer. */
    openWizards: oc.output(type<void>()),
    shells: oc.output(type<ShellInfo[]>()),
    settings: oc.output(type<Settings>()),
    change: oc
      .input(
        z.object({
          operator: text(120).optional(),
          theme: z.enum(['system', 'light', 'dark']).optional(),
          layout: z.record(text(40), z.union([z.number().finite(), z.boolean()])).optional(),
          redaction: redaction.extend({ on: z.boolean() }).optional(),
        }),
      )
      .output(type<Settings>()),
  },
  intake: {
    triage: oc.input(z.object({ text: text(LARGEST_PASTE) })).output(type<TriageResult>()),
    /** Reads files and folders of this machine in the background. */
    open: oc.input(z.object({ paths: z.array(text(4000)).min(1).max(1000) })).output(type<{ id: string }>()),
    /** Announces files that come over a channel of their own (contract-intake.ts), and reads them then. */
    receive: oc
      .input(
        z.object({
          files: z
            .array(z.object({ name: text(1000), size: z.number().int().nonnegative() }))
            .min(1)
            .max(MOST_FILES),
        }),
      )
      .output(type<{ id: string }>()),
    /** What was found so far, now and whenever there is more. Ends with the reading. */
    watch: oc.input(byIntake).output(eventIterator(type<IntakeView>())),
    /** Ends the reading; what was found stays. */
    stop: oc.input(byIntake).output(type<void>()),
    close: oc.input(byIntake).output(type<void>()),
    /** Counts and groups of the sessions that the filter lets through. */
    summary: oc.input(byIntake.extend({ filter: sessionFilter })).output(type<SessionsSummary>()),
    /** A stretch of the sessions, by their time. */
    sessions: oc
      .input(
        byIntake.extend({
          filter: sessionFilter,
          from: z.number().int().nonnegative(),
          count: z.number().int().positive().max(MOST_ROWS),
        }),
      )
      .output(type<SessionPage>()),
    /** One session in full, as a ladder. */
    session: oc.input(byIntake.extend({ row: z.number().int().nonnegative() })).output(type<SessionView>()),
    /** The wizards that fit these sessions, best first. */
    suggest: oc
      .input(byIntake.extend({ rows: z.array(z.number().int().nonnegative()).min(1).max(MOST_SESSIONS_AS_EVIDENCE) }))
      .output(type<Suggestion[]>()),
  },
  content: {
    wizards: oc.output(type<WizardDetails[]>()),
    /** What parameters and fields of the evidence are called, by name. */
    labels: oc.output(type<Record<string, string>>()),
    /** The files that had to be left out. */
    faults: oc.output(type<ContentFault[]>()),
    /** Refused, with what to do instead, when there is no such wizard. */
    wizard: oc.input(z.object({ id: text(200) })).output(type<{ id: string; title: string }>()),
    /** The values in normal form, or the refusal of the first that its parameter does not take. */
    values: oc.input(z.object({ values: z.record(text(60), text(20_000)) })).output(type<Record<string, string>>()),
  },
  cases: {
    list: oc.output(type<CaseSummary[]>()),
    create: oc
      .input(
        z.object({
          title: text(200),
          ticket: text(80),
          operator: text(120),
          wizard: text(80),
          step: text(80).optional(),
          /** The pasted text; its findings become evidence of the case. */
          evidence: text(LARGEST_PASTE).optional(),
          /** Sessions and findings of files that were brought; they become evidence too. */
          intake: z
            .object({
              id: text(60),
              sessions: z.array(z.number().int().nonnegative()).max(MOST_SESSIONS_AS_EVIDENCE),
              /** Files whose findings are taken along, by name. */
              files: z.array(text(1200)).max(50),
            })
            .optional(),
          parameters: z.record(text(60), text(4000)).optional(),
        }),
      )
      .output(type<{ id: string }>()),
    /** Takes no lock and writes nothing. */
    show: oc.input(byCase).output(type<CaseRecord>()),
    practise: oc.input(z.object({ lab: text(80), operator: text(120) })).output(type<{ id: string }>()),
    describe: oc
      .input(
        byCase.extend({ title: text(200).optional(), ticket: text(80).optional(), operator: text(120).optional() }),
      )
      .output(type<void>()),
    setState: oc.input(byCase.extend({ state: z.enum(['open', 'waiting', 'closed']) })).output(type<void>()),
    export: oc
      .input(
        byCase.extend({
          format: z.enum(EXPORT_FORMATS),
          /** Names and addresses are replaced, but those to keep; further words too. Without it nothing is. */
          redact: redaction.optional(),
        }),
      )
      .output(type<ExportedCase>()),
    /** The same as a file of bytes, in base64. A case file is never redacted. */
    exportFile: oc
      .input(byCase.extend({ format: z.enum(FILE_FORMATS), redact: redaction.optional() }))
      .output(type<ExportedFile>()),
    /** Takes a case file of somebody else; the page sends it in base64. */
    import: oc.input(z.object({ base64: text(LARGEST_CASE_FILE) })).output(type<Imported>()),
  },
  walk: {
    /** The view now and after each change, for as long as the caller listens. */
    watch: oc.input(byCase).output(eventIterator(type<CaseNews>())),
    /** The view now. The case stays open for writing until a watcher goes or the core closes. */
    view: oc.input(byCase).output(type<CaseView>()),
    set: oc.input(byCase.extend({ name: text(60), value: text(20_000) })).output(type<void>()),
    choose: oc
      .input(byCase.extend({ visit: z.number().int(), outcome: text(80), note: text(10_000).optional() }))
      .output(type<void>()),
    back: oc.input(byCase.extend({ to: z.number().int().positive() })).output(type<void>()),
    note: oc.input(byCase.extend({ text: text(10_000) })).output(type<void>()),
    /** Runs a command of the present step in a tab; the core looks up the text. */
    run: oc
      .input(
        byCase.extend({
          command: text(60),
          /** Without it the first form that can be run here. */
          shell: shell.optional(),
          tab: text(60).optional(),
          confirm: z.boolean().optional(),
          timeout: z.number().int().positive().max(86_400).optional(),
        }),
      )
      .output(type<RunResult>()),
    /** Ends the run of this case: what waits is not sent, what runs gets Ctrl+C. */
    cancel: oc.input(byCase).output(type<void>()),
    paste: oc
      .input(byCase.extend({ command: text(60), shell: shell.optional(), output: text(LARGEST_PASTE) }))
      .output(type<RunResult>()),
    /** Records a change of the present fix that was made along its path in a console. */
    byHand: oc.input(byCase.extend({ command: text(60) })).output(type<void>()),
    useTyped: oc
      .input(byCase.extend({ tab: text(60), id: z.number().int(), command: text(60).optional() }))
      .output(type<RunResult>()),
    reuse: oc.input(byCase.extend({ capture: text(40) })).output(type<void>()),
    takeVersion: oc.input(byCase).output(type<void>()),
    /** Stored output, as the person saw it, line by line. */
    output: oc.input(byCase.extend({ capture: text(40) })).output(type<{ lines: string[] }>()),
  },
  probe: {
    /** Starts it in the background. Refused when the target is none. */
    start: oc.input(probeRequest).output(type<{ id: string }>()),
    /** What came so far, now and whenever there is more. Ends with the probe. */
    watch: oc.input(byProbe).output(eventIterator(type<ProbeView>())),
    stop: oc.input(byProbe).output(type<void>()),
    /** Puts a probe that is over into a case, as the output of the step's own probe command where it has one. */
    keep: oc.input(byCase.extend({ probe: text(60) })).output(type<RunResult>()),
  },
  terminal: {
    watch: oc.output(eventIterator(type<TabInfo[]>())),
    open: oc
      .input(
        z.object({
          shell: z.enum(TAB_SHELLS),
          columns: z.number().int().min(1).max(1000),
          rows: z.number().int().min(1).max(1000),
        }),
      )
      .output(type<TabInfo>()),
    close: oc.input(z.object({ tab: text(60) })).output(type<void>()),
    restart: oc.input(z.object({ tab: text(60) })).output(type<TabInfo>()),
    commands: oc.input(z.object({ tab: text(60) })).output(type<CommandInfo[]>()),
  },
};
export type Contract = typeof contract;
