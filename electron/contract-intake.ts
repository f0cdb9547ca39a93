/**
 * What is brought in files: its state and its sessions. Pure: the page imports it, so nothing of Node may come in here.
 * How the files themselves travel is in contract-files.ts.
 */
import { z } from 'zod';
import type { Finding, Suggestion } from '../wizards/engine/intake/finding.ts';
import type { LogSummary } from '../wizards/engine/logs/log-summary.ts';
import type { SessionDetail } from '../wizards/engine/logs/session-detail.ts';
import { type SessionStage, STAGES } from '../wizards/engine/logs/stages.ts';
import type { Timeline } from '../wizards/engine/logs/timeline.ts';
import type { Conversation } from '../wizards/engine/schema.ts';

/** Rows of the list of sessions that are given at once. */
export const MOST_ROWS = 500;

export type IntakePhase = 'receiving' | 'reading' | 'done' | 'stopped' | 'failed';
export type IntakeProgress = {
  files: number;
  filesRead: number;
  bytes: number;
  bytesRead: number;
  lines: number;
  sessions: number;
};
/** What was found in one of the files that is no log. */
export type FileFindings = { file: string; findings: Finding[]; note: string | null };
/** What a suggestion rests on: the sessions of one stage and reply, or what was found in a file. */
export type Ground =
  | { kind: 'sessions'; stage: SessionStage; reply: string; sessions: number; remote: string | null }
  | { kind: 'file'; file: string };
export type GroundedSuggestion = Suggestion & { ground: Ground };
export type IntakeView = {
  id: string;
  /** What was brought, in a few words: `12 files` or the name of the one. */
  title: string;
  phase: IntakePhase;
  /** Why it failed; else null. */
  fault: string | null;
  progress: IntakeProgress;
  /** Of the logs so far; null where there is none. */
  summary: LogSummary | null;
  texts: FileFindings[];
  /** Of everything, best first. */
  suggestions: GroundedSuggestion[];
};

export const sessionFilter = z.object({
  stages: z.array(z.enum([...STAGES, 'none'])).optional(),
  remote: z.string().max(200).optional(),
  reply: z.string().max(1000).optional(),
  connector: z.string().max(400).optional(),
  /** Only sessions in which something failed. */
  failed: z.boolean().optional(),
  /** Milliseconds since 1970 (UTC): sessions that began then or later, and before. */
  since: z.number().optional(),
  until: z.number().optional(),
  /** Words that must stand in reply, remote or connector. */
  text: z.string().max(200).optional(),
});
export type SessionFilter = z.infer<typeof sessionFilter>;

/** Counts of the sessions that a filter lets through, and how they lie in time. */
export type SessionsSummary = LogSummary & { timeline: Timeline };

export type SessionRowView = {
  /** Number of the row in this intake. */
  row: number;
  /** Milliseconds since 1970 (UTC). */
  start: number;
  ms: number;
  stage: SessionStage;
  remote: string;
  connector: string;
  reply: string;
  delivered: number;
  mailguard: boolean;
  tls: boolean;
  file: string;
  line: number;
};
export type SessionPage = { total: number; from: number; rows: SessionRowView[] };

/** A part of the conversation of 15 steps, with what this session says there. */
export type Rung = {
  n: number | null;
  from: Conversation['parts'][number]['from'];
  /** In the words of the wizard. */
  says: string;
  /** There; the first that is missing or refused; behind it and never reached; or not a part of this session. */
  state: 'there' | 'missing' | 'behind' | 'absent';
  lines: { text: string; line: number; ms: number }[];
};
export type SessionView = SessionDetail & {
  row: number;
  file: string;
  line: number;
  whole: boolean;
  ladder: { sender: string; receiver: string; rungs: Rung[] };
  lines: { file: string; line: number; text: string }[];
};
