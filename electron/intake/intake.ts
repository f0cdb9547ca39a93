/** Files that somebody brought: read in the background, with what was found so far at any time. */
import type { Finding } from '../../wizards/engine/intake/finding.ts';
import type { Library } from '../../wizards/engine/library.ts';
import { suggestFromLogs } from '../../wizards/engine/logs/log-findings.ts';
import { type LogSummary, topOf } from '../../wizards/engine/logs/log-summary.ts';
import type { FileFindings, IntakePhase, IntakeProgress, IntakeView } from '../contract-intake.ts';
import { Fault } from '../fault.ts';
import { BroughtTexts } from './brought-texts.ts';
import { best, fromLogs } from './grounded-suggestions.ts';
import { LogRun } from './log-run.ts';
import type { LogSource, LogSources } from './log-sources.ts';
import type { OfferedFile, ReceivedFiles } from './received-files.ts';
import { SessionTable } from './session-table.ts';
import { stationsText } from './stations-text.ts';

/** How often those who look on are told of something new. */
const TELL_EACH_MS = 250;

export type IntakeOptions = { id: string; library: Library };

export class Intake {
  readonly id: string;
  readonly #options: IntakeOptions;
  readonly #stop = new AbortController();
  readonly #listeners = new Set<() => void>();
  #phase: IntakePhase = 'receiving';
  #fault: string | null = null;
  #title = '';
  #offered: readonly OfferedFile[] = [];
  #received: ReceivedFiles | null = null;
  #run: LogRun | null = null;
  #table: SessionTable | null = null;
  readonly #texts: BroughtTexts;
  #told = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: IntakeOptions) {
    this.id = options.id;
    this.#options = options;
    this.#texts = new BroughtTexts(options.library);
  }

  get received(): ReceivedFiles | null {
    return this.#received;
  }

  /** Reads what lies on this machine. Resolves once it is done, however it ended. */
  async read(sources: Promise<LogSources>, title: string): Promise<void> {
    this.#title = title;
    await this.#guarded(async () => this.#readAll(await sources));
  }

  /** Waits for what a page hands over, then reads it. */
  async receive(received: ReceivedFiles, offered: readonly OfferedFile[]): Promise<void> {
    this.#received = received;
    this.#offered = offered;
    this.#title = titleOf(offered);
    received.onReceived = () => this.#changed();
    await this.#guarded(async () => {
      const stopped = new Promise<never>((_, reject) => {
        this.#stop.signal.addEventListener('abort', () => reject(this.#stop.signal.reason), { once: true });
      });
      await Promise.race([received.complete, stopped]);
      await this.#readAll(await received.sources());
    });
  }

  stop(): void {
    this.#stop.abort(new Error('stopped'));
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  view(): IntakeView {
    const summary = this.#summary();
    return {
      id: this.id,
      title: this.#title,
      phase: this.#phase,
      fault: this.#fault,
      progress: this.#progress(),
      summary: summary && topOf(summary),
      texts: [...this.#rowTexts(), ...this.#texts.found],
      suggestions: best([...fromLogs(summary, this.#run?.rowFindings ?? []), ...this.#texts.suggestions]),
    };
  }

  /** The sessions, once something was read. Throws a Fault before. */
  get sessions(): SessionTable {
    if (!this.#run) throw new Fault('not-read-yet', 'Nothing has been read yet.', 'Wait a moment and try again.');
    this.#table ??= new SessionTable(this.#run);
    return this.#table;
  }

  sourceOf(name: string): LogSource | null {
    return this.#run?.sources.find((source) => source.name === name) ?? null;
  }

  /** What was found in a file that is no log, with its text; null when nothing was. */
  findingsOf(file: string): { text: string; findings: Finding[] } | null {
    const rows = (this.#run?.rowFindings ?? []).filter(({ source }) => source === file);
    if (rows.length > 0) return stationsText(rows);
    return this.#texts.of(file);
  }

  async close(): Promise<void> {
    this.stop();
    clearTimeout(this.#timer);
    this.#listeners.clear();
    await this.#run?.close();
    await this.#received?.dispose();
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#phase = 'done';
    } catch (error) {
      this.#phase = this.#stop.signal.aborted ? 'stopped' : 'failed';
      if (this.#phase === 'failed') this.#fault = error instanceof Error ? error.message : String(error);
    }
    this.#tell();
  }

  async #readAll(found: LogSources): Promise<void> {
    this.#run = new LogRun(found);
    this.#phase = 'reading';
    this.#tell();
    await this.#run.read({ signal: this.#stop.signal, onProgress: () => this.#changed() });
    this.#table = null;
    this.#tell();
    await this.#texts.read(this.#run, this.#stop.signal, () => this.#changed());
  }

  /** What message tracking and connectivity logs tell, by file. */
  #rowTexts(): FileFindings[] {
    const byFile = new Map<string, Finding[]>();
    for (const finding of this.#run?.rowFindings ?? [])
      byFile.set(finding.source, [...(byFile.get(finding.source) ?? []), finding]);
    return [...byFile].map(([file, findings]) => ({ file, findings, note: null }));
  }

  #progress(): IntakeProgress {
    if (this.#run) return this.#run.progress;
    const bytes = this.#offered.reduce((sum, { size }) => sum + size, 0);
    const bytesRead = this.#received?.received ?? 0;
    return {
      files: this.#offered.length,
      filesRead: 0,
      bytes,
      bytesRead: Math.min(bytes, bytesRead),
      lines: 0,
      sessions: 0,
    };
  }

  #summary(): LogSummary | null {
    if (!this.#run) return null;
    const summary = this.#run.summary();
    summary.suggestions = suggestFromLogs(this.#options.library, summary, this.#run.rowFindings);
    return summary;
  }

  /** Tells those who look on, but not more often than they can follow. */
  #changed(): void {
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, this.#told + TELL_EACH_MS - performance.now());
    this.#timer = setTimeout(() => this.#tell(), wait);
    this.#timer.unref?.();
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#told = performance.now();
    for (const listener of this.#listeners) listener();
  }
}

/** The name of the only file, or the folder in which all of them lie, or how many they are. */
function titleOf(offered: readonly OfferedFile[]): string {
  const [first] = offered;
  if (offered.length === 1) return first?.name ?? '';
  const folder = first?.name.split('/')[0] ?? '';
  const together = offered.every(({ name }) => name.startsWith(`${folder}/`));
  return together ? `${folder}, ${offered.length} files` : `${offered.length} files`;
}
