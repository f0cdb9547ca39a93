/** What the reader of logs and its workers say to one another. */

import type { Finding } from '../../wizards/engine/intake/finding.ts';
import type { BadLine } from '../../wizards/engine/logs/bad-lines.ts';
import type { LogTimes } from '../../wizards/engine/logs/log-clock.ts';
import type { LogFormat } from '../../wizards/engine/logs/log-format.ts';
import type { LogSummary } from '../../wizards/engine/logs/log-summary.ts';
import type { PartBlock } from '../../wizards/engine/logs/session-parts.ts';
import type { RowBlock } from '../../wizards/engine/logs/session-rows.ts';
import type { LogSource } from './log-sources.ts';

/** `rows`: through the folds of message tracking and connectivity. `finish` asks for what those found. */
export type ToWorker = { type: 'sessions' | 'rows'; file: number; source: LogSource } | { type: 'finish' };
/** Words that the worker met for the first time, in the order of their numbers. */
export type NewWords = { remotes: string[]; connectors: string[]; replies: string[] };
export type FileResult = {
  type: 'file';
  file: number;
  format: LogFormat | null;
  times: LogTimes | null;
  bytes: number;
  lines: number;
  headers: number;
  records: number;
  badLines: number;
  bad: BadLine[];
  /** Why the file was not read, or not to its end; else null. */
  fault: string | null;
  /** It is text in which no log was recognised. */
  noLog: boolean;
  /** Its rows belong together with those of other files: it was not read, and wants the folds. */
  wantsRows: boolean;
  rows: RowBlock;
  parts: PartBlock;
  words: NewWords;
};
/** What the folds found. The lines of the findings are places (place.ts). */
export type RowsFound = Pick<LogSummary, 'tracking' | 'connectivity'> & { findings: Finding[] };
export type Finished = { type: 'finished' } & RowsFound;
export type Progress = { type: 'progress'; file: number; bytes: number; lines: number };
export type FromWorker = FileResult | Finished | Progress;
