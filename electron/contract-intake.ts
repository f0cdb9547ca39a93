/**
 * What is brought in files: its state, its sessions, and the frames in which a page hands files over. Pure: the page
 * imports it, so nothing of Node may come in here.
 *
 * Files travel over a channel of their own. A frame is one message; its first byte says what it is. Numbers are
 * big-endian.
 *
 * | Byte | Direction    | Frame | Body                                                        |
 * |------|--------------|-------|-------------------------------------------------------------|
 * | 0x21 | page to core | file  | u32 number of the file, counted from 0; its bytes follow      |
 * | 0x22 | page to core | bytes | the next bytes of that file, at most 1 MB                     |
 * | 0x23 | page to core | done  | all files were sent                                           |
 * | 0x24 | page to core | lost  | u32 number of a file that the page could not read             |
 * | 0x31 | core to page | ack   | u32 bytes that were written since the last ack                |
 */
import { z } from 'zod';
import type { Finding, Suggestion } from '../wizards/engine/intake/finding.ts';
import type { LogSummary } from '../wizards/engine/logs/log-summary.ts';
import type { SessionDetail } from '../wizards/engine/logs/session-detail.ts';
import { type SessionStage, STAGES } from '../wizards/engine/logs/stages.ts';
import type { Timeline } from '../wizards/engine/logs/timeline.ts';
import type { Conversation } from '../wizards/engine/schema.ts';

export const MOST_FILES = 20_000;
/** Bytes that a page may have sent without an ack. */
export const MOST_UNACKED = 8 * 1024 * 1024;
export const LARGEST_PIECE = 1024 * 1024;
/** Rows of the list of sessions that are given at once. */
export const MOST_ROWS = 500;

export const MOST_SESSIONS_AS_EVIDENCE = 20;

export const INTAKE_FRAME = { file: 0x21, bytes: 0x22, done: 0x23, lost: 0x24, ack: 0x31 } as const;

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

export type PageFrame =
  | { type: 'file'; file: number }
  | { type: 'bytes'; bytes: Uint8Array }
  | { type: 'done' }
  | { type: 'lost'; file: number };

function numbered(code: number, number: number): Uint8Array {
  const bytes = new Uint8Array(5);
  bytes[0] = code;
  new DataView(bytes.buffer).setUint32(1, number);
  return bytes;
}

export const encodeFile = (file: number): Uint8Array => numbered(INTAKE_FRAME.file, file);
export const encodeLost = (file: number): Uint8Array => numbered(INTAKE_FRAME.lost, file);
export const encodeDone = (): Uint8Array => Uint8Array.of(INTAKE_FRAME.done);
export const encodeWritten = (bytes: number): Uint8Array => numbered(INTAKE_FRAME.ack, bytes);

export function encodePiece(piece: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(piece.length + 1);
  bytes[0] = INTAKE_FRAME.bytes;
  bytes.set(piece, 1);
  return bytes;
}

/** Bytes of an ack, or null when it is none. */
export function decodeWritten(bytes: Uint8Array): number | null {
  return bytes[0] === INTAKE_FRAME.ack && bytes.length === 5 ? view(bytes).getUint32(1) : null;
}

/** A frame of a page, checked; null when it is none. The bytes are a view, not a copy. */
export function decodePageFrame(bytes: Uint8Array): PageFrame | null {
  switch (bytes[0]) {
    case INTAKE_FRAME.file:
      return bytes.length === 5 ? { type: 'file', file: view(bytes).getUint32(1) } : null;
    case INTAKE_FRAME.lost:
      return bytes.length === 5 ? { type: 'lost', file: view(bytes).getUint32(1) } : null;
    case INTAKE_FRAME.bytes:
      return bytes.length - 1 <= LARGEST_PIECE ? { type: 'bytes', bytes: bytes.subarray(1) } : null;
    case INTAKE_FRAME.done:
      return bytes.length === 1 ? { type: 'done' } : null;
    default:
      return null;
  }
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
