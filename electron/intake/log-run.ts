/** Reads many logs with several workers and keeps what they found. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { hasBeginning, joinParts, partsBySession } from '../../wizards/engine/logs/join-parts.ts';
import { LogGroups, type RowFilter } from '../../wizards/engine/logs/log-groups.ts';
import { type FileTotals, type LogSummary, summaryOf, type WordLists } from '../../wizards/engine/logs/log-summary.ts';
import type { SessionPart } from '../../wizards/engine/logs/open-sessions.ts';
import { COLUMN, COLUMNS, SessionRows } from '../../wizards/engine/logs/session-rows.ts';
import type { IntakeProgress } from '../contract-intake.ts';
import type { FileResult, FromWorker, ToWorker } from './log-protocol.ts';
import type { LogSource, LogSources } from './log-sources.ts';
import { SessionIndex } from './session-index.ts';
import { WordList } from './word-list.ts';

const MOST_WORKERS = 4;
const NO_LOG = 'it is no log that sessions can be read from';
/** Files that a worker is given ahead, so that it need not wait for the next. */
const AHEAD = 2;

/** Records of a session that stand in one of several files. */
export type SessionPlace = { file: number; records: number };
export type LogRunOptions = {
  signal?: AbortSignal;
  onProgress?: (progress: IntakeProgress) => void;
};

export class LogRun {
  readonly sources: readonly LogSource[];
  readonly words = { remotes: new WordList(), connectors: new WordList(), replies: new WordList() };
  readonly index = new SessionIndex();
  readonly groups = new LogGroups();
  /** Places of the sessions that stand in several files, by the log's own id. */
  readonly places = new Map<string, SessionPlace[]>();
  /** Files in which no log was recognised: something else may be in them. */
  readonly notLogs: LogSource[] = [];
  readonly #totals: FileTotals;
  readonly #parts: SessionPart[] = [];
  readonly #bytesAll: number;
  /** Bytes and lines of files that are being read. */
  readonly #under = new Map<number, { bytes: number; lines: number }>();
  #filesRead = 0;
  #bytesRead = 0;

  constructor({ sources, skipped }: LogSources) {
    this.sources = sources;
    this.#totals = {
      files: 0,
      bytes: 0,
      lines: 0,
      headers: 0,
      records: 0,
      bad_lines: 0,
      bad: [],
      skipped: [...skipped],
    };
    this.#bytesAll = sources.reduce((sum, { size }) => sum + size, 0);
  }

  get progress(): IntakeProgress {
    let bytes = this.#bytesRead;
    let { lines } = this.#totals;
    for (const under of this.#under.values()) {
      bytes += under.bytes;
      lines += under.lines;
    }
    return {
      files: this.sources.length,
      filesRead: this.#filesRead,
      bytes: this.#bytesAll,
      bytesRead: Math.min(bytes, this.#bytesAll),
      lines,
      sessions: this.groups.sessions,
    };
  }

  /** Reads everything. Rejects with the signal's reason when it is cancelled; what was found until then stays. */
  async read({ signal, onProgress }: LogRunOptions = {}): Promise<void> {
    signal?.throwIfAborted();
    // The largest first, so that no worker is left alone with one at the end.
    const queue = this.sources.map((source, file) => ({ source, file })).sort((a, b) => b.source.size - a.source.size);
    const count = Math.max(1, Math.min(MOST_WORKERS, availableParallelism(), queue.length));
    const workers = Array.from(
      { length: count },
      () => new Worker(workerFile(), { resourceLimits: { maxYoungGenerationSizeMb: 8 } }),
    );
    try {
      await Promise.all(workers.map((worker) => this.#feed(worker, queue, signal, onProgress)));
      this.#join();
    } finally {
      await Promise.all(workers.map((worker) => worker.terminate()));
    }
  }

  /** The words that rows name by number. */
  get texts(): WordLists {
    const { remotes, connectors, replies } = this.words;
    return { remotes: remotes.texts, connectors: connectors.texts, replies: replies.texts };
  }

  /** What was found, of all sessions or of those that the filter accepts. */
  summary(accepts: RowFilter | null = null): LogSummary {
    let { groups } = this;
    if (accepts) {
      groups = new LogGroups(accepts);
      for (const block of this.index.blocks()) groups.add(block);
    }
    const skipped = [...this.#totals.skipped, ...this.notLogs.map(({ name }) => ({ file: name, why: NO_LOG }))];
    const totals = { ...this.#totals, bad: [...this.#totals.bad], skipped };
    return summaryOf(totals, groups, this.texts, (file) => this.sources[file]?.name ?? '');
  }

  /** Names a file that nothing was found in. */
  skip(file: string, why: string): void {
    this.#totals.skipped.push({ file, why });
  }

  close(): void {
    this.index.close();
  }

  #feed(
    worker: Worker,
    queue: { source: LogSource; file: number }[],
    signal: AbortSignal | undefined,
    onProgress: ((progress: IntakeProgress) => void) | undefined,
  ): Promise<void> {
    const numbers = { remotes: [] as number[], connectors: [] as number[], replies: [] as number[] };
    let given = 0;
    return new Promise((resolve, reject) => {
      const abort = (): void => reject(signal?.reason);
      const give = (): void => {
        const next = queue.shift();
        if (!next) return;
        given += 1;
        worker.postMessage(next satisfies ToWorker);
      };
      signal?.addEventListener('abort', abort, { once: true });
      worker.on('error', reject);
      worker.on('message', (message: FromWorker) => {
        if (message.type === 'progress') {
          this.#under.set(message.file, message);
          onProgress?.(this.progress);
          return;
        }
        this.#take(message, numbers);
        given -= 1;
        give();
        onProgress?.(this.progress);
        if (given > 0) return;
        signal?.removeEventListener('abort', abort);
        resolve();
      });
      for (let i = 0; i < AHEAD; i += 1) give();
      if (given === 0) resolve();
    });
  }

  #take(result: FileResult, numbers: Record<'remotes' | 'connectors' | 'replies', number[]>): void {
    const name = this.sources[result.file]?.name ?? '';
    const totals = this.#totals;
    this.#under.delete(result.file);
    this.#filesRead += 1;
    this.#bytesRead += this.sources[result.file]?.size ?? 0;
    const source = this.sources[result.file];
    if (result.noLog && source) this.notLogs.push(source);
    else if (result.fault !== null) totals.skipped.push({ file: name, why: result.fault });
    if (result.format !== null || (result.fault === null && !result.noLog)) {
      totals.files += 1;
      totals.bytes += result.bytes;
      totals.lines += result.lines;
      totals.headers += result.headers;
      totals.records += result.records;
      totals.bad_lines += result.badLines;
      for (const { why, count, line } of result.bad) totals.bad.push({ file: name, line, why, count });
    }
    for (const kind of ['remotes', 'connectors', 'replies'] as const)
      for (const text of result.words[kind]) numbers[kind].push(this.words[kind].idOf(text));
    const common = (kind: keyof typeof numbers, word: number): number =>
      word < 0 ? word : (numbers[kind][word] as number);
    const { rows, parts } = result;
    for (let at = 0; at < rows.count * COLUMNS; at += COLUMNS) {
      rows.whole[at + COLUMN.remote] = common('remotes', rows.whole[at + COLUMN.remote] as number);
      rows.whole[at + COLUMN.connector] = common('connectors', rows.whole[at + COLUMN.connector] as number);
      rows.whole[at + COLUMN.reply] = common('replies', rows.whole[at + COLUMN.reply] as number);
    }
    for (const part of parts) {
      part.remote = common('remotes', part.remote);
      part.connector = common('connectors', part.connector);
      for (let i = 2; i < part.tokens.length; i += 3) part.tokens[i] = common('replies', part.tokens[i] as number);
      this.#parts.push(part);
    }
    this.index.add(rows);
    this.groups.add(rows);
  }

  #join(): void {
    const rows = new SessionRows();
    const sessions = partsBySession(this.#parts);
    this.#parts.length = 0;
    const known = this.#alreadyWhole(sessions.filter((parts) => !hasBeginning(parts)));
    for (const parts of sessions) {
      const key = keyOf(parts[0] as SessionPart);
      // Records of a session that was read as a whole can only be repeated ones.
      if (known.has(key)) continue;
      joinParts(parts, rows);
      if (parts.length > 1)
        this.places.set(
          key,
          parts.map(({ file, times }) => ({ file, records: times.length })),
        );
    }
    const block = rows.take();
    this.index.add(block);
    this.groups.add(block);
  }

  #alreadyWhole(sessions: readonly SessionPart[][]): Set<string> {
    const wanted = new Set(sessions.map((parts) => keyOf(parts[0] as SessionPart)));
    const whole = new Set<string>();
    if (wanted.size === 0) return whole;
    for (const { count, whole: numbers } of this.index.blocks()) {
      for (let row = 0; row < count; row += 1) {
        const at = row * COLUMNS;
        const key = `${numbers[at + COLUMN.high]} ${numbers[at + COLUMN.low]}`;
        if (wanted.has(key)) whole.add(key);
      }
    }
    return whole;
  }
}

const keyOf = ({ high, low }: Pick<SessionPart, 'high' | 'low'>): string => `${high} ${low}`;

/** Beside this file when it is run as it is written, beside the program when it is built. */
const workerFile = (): string =>
  join(import.meta.dirname, import.meta.filename.endsWith('.ts') ? 'log-worker.ts' : 'log-worker.js');
