/** Files that are no logs: an event, a report or headers may stand in them. */
import type { Finding } from '../../wizards/engine/intake/finding.ts';
import type { Library } from '../../wizards/engine/library.ts';
import { NOTHING_RECOGNISED, triage } from '../../wizards/engine/triage.ts';
import type { FileFindings, GroundedSuggestion } from '../contract-intake.ts';
import { textOf } from './file-text.ts';
import type { LogRun } from './log-run.ts';
import type { LogSource } from './log-sources.ts';
import { mailText } from './mail-text.ts';

const MOST_FILES = 200;
/** Of all files together: each look of those who look on carries them. */
const MOST_FINDINGS = 300;

export class BroughtTexts {
  readonly found: FileFindings[] = [];
  readonly suggestions: GroundedSuggestion[] = [];
  readonly #library: Library;
  /** By name of the file the text in which its findings count lines. */
  readonly #texts = new Map<string, string>();
  #room = MOST_FINDINGS;

  constructor(library: Library) {
    this.#library = library;
  }

  /** Looks into what the run took for no log, and names there what nothing was found in. */
  async read(run: LogRun, signal: AbortSignal, onFound: () => void): Promise<void> {
    for (const source of run.notLogs.splice(0, MOST_FILES)) {
      signal.throwIfAborted();
      const why = await this.#look(source);
      if (why !== null) run.skip(source.name, why);
      onFound();
    }
    for (const source of run.notLogs.splice(0))
      run.skip(source.name, 'it is no log; not every such file was looked into');
  }

  /** What was found in a file, with its text; null when nothing was. */
  of(file: string): { text: string; findings: Finding[] } | null {
    const text = this.#texts.get(file);
    const found = this.found.find((one) => one.file === file);
    return text === undefined || !found ? null : { text, findings: found.findings };
  }

  /** Null when something was found, else why not. */
  async #look(source: LogSource): Promise<string | null> {
    const read = await textOf(source);
    if ('why' in read) return read.why;
    // Of a mail its parts are read, and lines are counted in them.
    const text = (await mailText(read.text)) ?? read.text;
    const { findings, suggestions, note } = triage(this.#library, text);
    // How to paste helps nobody who brought a file.
    if (findings.length === 0)
      return note === null || note === NOTHING_RECOGNISED ? 'nothing was recognised in it' : note;
    const kept = findings.slice(0, this.#room);
    this.#room -= kept.length;
    this.found.push({ file: source.name, findings: kept, note });
    this.#texts.set(source.name, text);
    const ground = { kind: 'file', file: source.name } as const;
    this.suggestions.push(...suggestions.map((one) => ({ ...one, ground })));
    return null;
  }
}
