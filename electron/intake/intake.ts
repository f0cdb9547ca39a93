/** Files that somebody brought: read in the background, with what was found so far at any time. */
import type { Finding } from '../../wizards/engine/intake/finding.ts';
import type { Library } from '../../wizards/engine/library.ts';
import { findingsOfLogs, suggestFromLogs } from '../../wizards/engine/logs/log-findings.ts';
import { type LogSummary, topOf } from '../../wizards/engine/logs/log-summary.ts';
import { NOTHING_RECOGNISED } from '../../wizards/engine/triage.ts';
import type { FileFindings, GroundedSuggestion, IntakePhase, IntakeProgress, IntakeView } from '../contract-intake.ts';
import { Fault } from '../fault.ts';
import { type Triage, textOf } from './file-findings.ts';
import { LogRun } from './log-run.ts';
import type { LogSource, LogSources } from './log-sources.ts';
import type { OfferedFile, ReceivedFiles } from './received-files.ts';
import { SessionTable } from './session-table.ts';

/** How often those who look on are told of something new. */
const TELL_EACH_MS = 250;
const MOST_TEXTS = 200;
/** Of all files together: each look of those who look on carries them. */
const MOST_FINDINGS = 300;

export type IntakeOptions = { id: string; library: Library; triage: Triage };

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
  #texts: FileFindings[] = [];
  readonly #textOf = new Map<string, string>();
  #textSuggestions: GroundedSuggestion[] = [];
  #roomForFindings = MOST_FINDINGS;
  #told = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: IntakeOptions) {
    this.id = options.id;
    this.#options = options;
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
      texts: [...this.#rowTexts(), ...this.#texts],
      suggestions: best([...fromLogs(summary, this.#run?.rowFindings ?? []), ...this.#textSuggestions]),
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
    if (rows.length > 0) return stationsText(rows.slice(0, MOST_FINDINGS));
    const text = this.#textOf.get(file);
    const found = this.#texts.find((one) => one.file === file);
    return text === undefined || !found ? null : { text, findings: found.findings };
  }

  async close(): Promise<void> {
    this.stop();
    clearTimeout(this.#timer);
    this.#listeners.clear();
    this.#run?.close();
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
    await this.#readTexts(this.#run);
  }

  /** What is no log may be an event, a report, or headers. */
  async #readTexts(run: LogRun): Promise<void> {
    for (const source of run.notLogs.splice(0, MOST_TEXTS)) {
      this.#stop.signal.throwIfAborted();
      const read = await textOf(source);
      if ('why' in read) {
        run.skip(source.name, read.why);
        continue;
      }
      const { findings, suggestions, note } = await this.#options.triage(read.text);
      // How to paste helps nobody who brought a file.
      const why = note === null || note === NOTHING_RECOGNISED ? 'nothing was recognised in it' : note;
      if (findings.length === 0) run.skip(source.name, why);
      else {
        const kept = findings.slice(0, this.#roomForFindings);
        this.#roomForFindings -= kept.length;
        this.#texts.push({ file: source.name, findings: kept, note });
        this.#textOf.set(source.name, read.text);
        const ground = { kind: 'file', file: source.name } as const;
        this.#textSuggestions.push(...suggestions.map((one) => ({ ...one, ground })));
      }
      this.#changed();
    }
    for (const source of run.notLogs.splice(0))
      run.skip(source.name, 'it is no log; not every such file was looked into');
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

/** A suggestion from logs rests on a group of sessions, by its index, or on what the rows of other logs tell. */
function fromLogs(summary: LogSummary | null, rowFindings: readonly Finding[]): GroundedSuggestion[] {
  if (!summary) return [];
  const groups = findingsOfLogs(summary).length;
  return summary.suggestions.flatMap((suggestion): GroundedSuggestion[] => {
    const row = rowFindings[suggestion.finding - groups];
    if (row) return [{ ...suggestion, ground: { kind: 'file', file: row.source } }];
    const group = summary.by_reply[suggestion.finding];
    if (!group) return [];
    const { stage, reply, count, remote } = group;
    return [{ ...suggestion, ground: { kind: 'sessions', stage, reply, sessions: count, remote } }];
  });
}

/** Of each wizard the best alone, best first. */
function best(suggestions: readonly GroundedSuggestion[]): GroundedSuggestion[] {
  const byWizard = new Map<string, GroundedSuggestion>();
  for (const one of suggestions) if ((byWizard.get(one.wizard)?.score ?? 0) < one.score) byWizard.set(one.wizard, one);
  return [...byWizard.values()].sort((a, b) => b.score - a.score);
}

/** What the rows of a log tell of each message or connection, as text: the log itself may be very long. */
function stationsText(rows: readonly Finding[]): { text: string; findings: Finding[] } {
  const lines: string[] = [];
  const findings = rows.map((finding) => {
    const line = lines.length + 1;
    lines.push(`${finding.title}, from line ${finding.line}:`);
    for (const { at, server, source, event, reply, line: place } of finding.way ?? [])
      lines.push(`line ${place}: ${[at, server, source, event, reply].filter((part) => part).join('  ')}`);
    const { error, reply } = finding.fields;
    if (!finding.way) lines.push(error ?? reply ?? '');
    return { ...finding, line, fields: { ...finding.fields, log_line: String(finding.line) } };
  });
  return { text: lines.join('\n'), findings };
}
