/** Reads many logs with several workers and keeps what they found. */
import type { Worker } from 'node:worker_threads';
import type { Finding } from '../../wizards/engine/intake/finding.ts';
import { hasBeginning, joinParts } from '../../wizards/engine/logs/join-parts.ts';
import { LogGroups, type RowFilter } from '../../wizards/engine/logs/log-groups.ts';
import { type FileTotals, type LogSummary, summaryOf, type WordLists } from '../../wizards/engine/logs/log-summary.ts';
import { PartIndex, type SessionPart } from '../../wizards/engine/logs/part-index.ts';
import { SessionFold } from '../../wizards/engine/logs/session-fold.ts';
import { PART, PARTS, TOKEN } from '../../wizards/engine/logs/session-parts.ts';
import { COLUMN, COLUMNS, SessionRows } from '../../wizards/engine/logs/session-rows.ts';
import type { IntakeProgress } from '../contract-intake.ts';
import type { FileResult, ToWorker } from './log-protocol.ts';
import type { LogSource, LogSources } from './log-sources.ts';
import { type Answer, type Listener, LogWorkers } from './log-workers.ts';
import { placed } from './placed-finding.ts';
import { SessionIndex } from './session-index.ts';
import { WordList } from './word-list.ts';

const NO_LOG = 'it is no log that sessions can be read from';

type WordNumbers = { remotes: number[]; connectors: number[]; replies: number[] };
export type LogRunOptions = {
  signal?: AbortSignal;
  onProgress?: (progress: IntakeProgress) => void;
};

export class LogRun {
  readonly sources: readonly LogSource[];
  readonly words = { remotes: new WordList(), connectors: new WordList(), replies: new WordList() };
  readonly index = new SessionIndex();
  readonly groups = new LogGroups();
  /** What stands in several files, or not in order. */
  readonly parts = new PartIndex();
  /** Of files that are no log, what they are instead; by name. */
  readonly whyNot = new Map<string, string>();
  /** Files in which no log was recognised: something else may be in them. */
  readonly notLogs: LogSource[] = [];
  /** What message tracking and connectivity logs tell, those in trouble first. */
  rowFindings: Finding[] = [];
  /** Numbers of the files whose rows belong together with those of others. */
  readonly #wantRows: number[] = [];
  readonly #totals: FileTotals;
  readonly #bytesAll: number;
  /** Bytes and lines of files that are being read. */
  readonly #under = new Map<number, { bytes: number; lines: number }>();
  #ending: Promise<void> = Promise.resolve();
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
      local_time_files: 0,
      tracking: null,
      connectivity: null,
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
  async read({ signal, onProgress: tell }: LogRunOptions = {}): Promise<void> {
    signal?.throwIfAborted();
    // The largest first, so that no worker is left alone with one at the end.
    const files = this.sources.map((source, file) => ({ source, file })).sort((a, b) => b.source.size - a.source.size);
    const workers = new LogWorkers(files.length, signal);
    const numbers = new Map<Worker, WordNumbers>();
    const onProgress = (): void => tell?.(this.progress);
    const listener: Listener = {
      onProgress: (news) => {
        this.#under.set(news.file, news);
        onProgress();
      },
      onAnswer: (answer, worker) => {
        let known = numbers.get(worker);
        if (!known) {
          known = { remotes: [], connectors: [], replies: [] };
          numbers.set(worker, known);
        }
        this.#take(answer, known);
        onProgress();
      },
    };
    try {
      await workers.all(
        files.map((file) => ({ type: 'sessions', ...file })),
        listener,
      );
      if (this.#wantRows.length > 0) await workers.one(this.#rowJobs(), listener);
      this.#join();
    } finally {
      // What was found can be shown while the threads end.
      this.#ending = workers.close();
    }
  }

  #rowJobs(): ToWorker[] {
    const jobs = this.#wantRows
      .sort((a, b) => a - b)
      .map((file): ToWorker => ({ type: 'rows', file, source: this.sources[file] as LogSource }));
    return [...jobs, { type: 'finish' }];
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
    const skipped = [
      ...this.#totals.skipped,
      ...this.notLogs.map(({ name }) => ({ file: name, why: this.whyNot.get(name) ?? NO_LOG })),
    ];
    const totals = { ...this.#totals, bad: [...this.#totals.bad], skipped };
    return summaryOf(totals, groups, this.texts, (file) => this.sources[file]?.name ?? '');
  }

  /** Names a file that nothing was found in. The reason stands within a sentence. */
  skip(file: string, why: string): void {
    this.#totals.skipped.push({ file, why: why.replace(/\.$/, '') });
  }

  async close(): Promise<void> {
    this.index.close();
    await this.#ending;
  }

  #take(answer: Answer, numbers: WordNumbers): void {
    if (answer.type === 'finished') {
      this.#totals.tracking = answer.tracking;
      this.#totals.connectivity = answer.connectivity;
      this.rowFindings = answer.findings.map((finding) => placed(finding, (file) => this.sources[file]?.name ?? ''));
      return;
    }
    // The worker does not say its words twice.
    for (const kind of ['remotes', 'connectors', 'replies'] as const)
      for (const text of answer.words[kind]) numbers[kind].push(this.words[kind].idOf(text));
    if (answer.wantsRows) {
      this.#wantRows.push(answer.file);
      return;
    }
    this.#count(answer);
    this.#keep(answer, numbers);
  }

  #count(result: FileResult): void {
    const totals = this.#totals;
    const source = this.sources[result.file];
    const name = source?.name ?? '';
    this.#under.delete(result.file);
    this.#filesRead += 1;
    this.#bytesRead += source?.size ?? 0;
    if (result.noLog && source) {
      this.notLogs.push(source);
      return;
    }
    if (result.fault === null && result.lines === 0) {
      totals.skipped.push({ file: name, why: 'it is empty' });
      return;
    }
    if (result.fault !== null) {
      const read = result.records > 0 ? `read up to line ${result.lines} only: ` : '';
      totals.skipped.push({ file: name, why: `${read}${result.fault}` });
    }
    if (result.fault !== null && result.records === 0) return;
    totals.files += 1;
    totals.bytes += result.bytes;
    totals.lines += result.lines;
    totals.headers += result.headers;
    totals.records += result.records;
    totals.bad_lines += result.badLines;
    if (result.times === 'local') totals.local_time_files += 1;
    for (const { why, count, line } of result.bad) totals.bad.push({ file: name, line, why, count });
  }

  /** Rows and parts, their words under the numbers that are common to all workers. */
  #keep(result: FileResult, numbers: WordNumbers): void {
    const common = (kind: keyof typeof numbers, word: number): number =>
      word < 0 ? word : (numbers[kind][word] as number);
    const { rows, parts } = result;
    for (let at = 0; at < rows.count * COLUMNS; at += COLUMNS) {
      rows.whole[at + COLUMN.remote] = common('remotes', rows.whole[at + COLUMN.remote] as number);
      rows.whole[at + COLUMN.connector] = common('connectors', rows.whole[at + COLUMN.connector] as number);
      rows.whole[at + COLUMN.reply] = common('replies', rows.whole[at + COLUMN.reply] as number);
    }
    for (let at = 0; at < parts.whole.length; at += PARTS) {
      parts.whole[at + PART.remote] = common('remotes', parts.whole[at + PART.remote] as number);
      parts.whole[at + PART.connector] = common('connectors', parts.whole[at + PART.connector] as number);
    }
    for (let i = 2; i < parts.tokens.length; i += TOKEN) parts.tokens[i] = common('replies', parts.tokens[i] as number);
    this.parts.add(parts);
    this.index.add(rows);
    this.groups.add(rows);
  }

  #join(): void {
    const rows = new SessionRows();
    const fold = new SessionFold();
    const { parts } = this;
    parts.repeated = this.#alreadyWhole();
    for (const session of parts.sessions()) {
      const { high, low } = session[0] as SessionPart;
      if (!parts.repeated.has(`${high} ${low}`)) joinParts(session, rows, fold);
    }
    this.parts.forgetRecords();
    const block = rows.take();
    this.index.add(block);
    this.groups.add(block);
  }

  /** The sessions without a beginning of which a row is there all the same, by the log's own id. */
  #alreadyWhole(): Set<string> {
    const wanted = new Set<string>();
    for (const parts of this.parts.sessions()) {
      const { high, low } = parts[0] as SessionPart;
      if (!hasBeginning(parts)) wanted.add(`${high} ${low}`);
    }
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
