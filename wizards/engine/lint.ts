/** Checks content files: each for itself, then all together. Pure; reads no file by itself. */
import type { LibraryFile } from './library.ts';
import { checkCommands } from './lint/check-commands.ts';
import { checkEnvironments } from './lint/check-environments.ts';
import { checkEvents } from './lint/check-events.ts';
import { checkIds } from './lint/check-ids.ts';
import { checkLabServers } from './lint/check-lab-servers.ts';
import { checkLabs } from './lint/check-labs.ts';
import { checkPowerShell, type SyntaxCheck } from './lint/check-powershell.ts';
import { checkReadings } from './lint/check-readings.ts';
import { checkReferences } from './lint/check-references.ts';
import { checkReplies } from './lint/check-replies.ts';
import { checkWalk } from './lint/check-walk.ts';
import { checkWords } from './lint/check-words.ts';
import { type Check, createContext, type LintedFile } from './lint/context.ts';
import { type Diagnostic, diagnostic } from './lint/diagnostics.ts';
import { kindOf, SCHEMAS } from './lint/file-kind.ts';
import { checkShape } from './lint/schema-check.ts';
import { checkedSource, readSource } from './lint/source-file.ts';

export type { SyntaxCheck, SyntaxErrorPlace } from './lint/check-powershell.ts';
export type { Diagnostic } from './lint/diagnostics.ts';
/** A content file that was read; the hash of its bytes is added by who read it. */
export type ReadFile = LibraryFile extends infer F ? (F extends LibraryFile ? Omit<F, 'hash'> : never) : never;
export type LintOptions = {
  /** Files that were found sound before: the given ones may refer to them, and nothing is said about them. */
  checked?: readonly LibraryFile[];
  /**
   * Files whose text was parsed before by the same program: a given file with the same text is checked like the
   * others, and parsed again only where a place in it is asked for.
   */
  parsed?: readonly LibraryFile[];
  /** Checks PowerShell; without it texts for PowerShell are not parsed. */
  powershell?: SyntaxCheck;
};
export type LintResult = { diagnostics: Diagnostic[]; files: ReadFile[] };

/** What is checked across files. A new check is one module and one line here. */
const CHECKS: readonly Check[] = [
  checkIds,
  checkReferences,
  checkWalk,
  checkCommands,
  checkEnvironments,
  checkReadings,
  checkEvents,
  checkReplies,
  checkWords,
  checkLabs,
  checkLabServers,
];

/**
 * Lints content files given as text. `files` holds those that have the right shape, in the order given, faults
 * across files or not; a file of the wrong shape is left out and the others are used. Diagnostics are sorted by
 * file, line and column.
 */
export function lintFiles(
  files: readonly { path: string; text: string }[],
  { checked = [], parsed = [], powershell }: LintOptions = {},
): LintResult {
  const diagnostics: Diagnostic[] = [];
  const linted: LintedFile[] = [];
  const broken: string[] = [];
  const contents = new Map(parsed.map((file) => [file.source, file]));
  for (const { path, text } of files) {
    const known = contents.get(text);
    if (known) {
      linted.push({ ...known, source: checkedSource(path, text) } as LintedFile);
      continue;
    }
    const { file, faults } = lintFile(path, text);
    diagnostics.push(...faults);
    if (file) linted.push(file);
    else broken.push(text.slice(0, MOST_SEARCHED));
  }
  const sound = checked.map((file) => ({ ...file, source: checkedSource(file.path, file.source) }) as LintedFile);
  const context = createContext([...sound, ...linted], broken, diagnostics, new Set(sound.map(({ source }) => source)));
  for (const check of CHECKS) check(context);
  if (powershell) checkPowerShell(context, powershell);
  return { diagnostics: diagnostics.sort(byPlace), files: linted.map(readFile) };
}

/** Of a file that cannot be used, so much is searched for the ids in it. */
const MOST_SEARCHED = 1024 * 1024;

function lintFile(path: string, text: string): { file: LintedFile | null; faults: Diagnostic[] } {
  const { file: source, diagnostics } = readSource(path, text);
  if (!source) return { file: null, faults: diagnostics };
  const kind = kindOf(path, source.data);
  if (kind === null) {
    const message = 'It is not clear what kind of content this file holds.';
    return { file: null, faults: [diagnostic('FG106', path, { line: 1, column: 1 }, message)] };
  }
  const { content, diagnostics: faults } = checkShape(source, SCHEMAS[kind]);
  return { file: content === null ? null : ({ kind, source, content } as LintedFile), faults };
}

function readFile({ kind, source, content }: LintedFile): ReadFile {
  return { kind, path: source.path, source: source.text, content } as ReadFile;
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
}
