import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { LibraryFile } from '../../wizards/engine/library.ts';
import { type Diagnostic, lintFiles } from '../../wizards/engine/lint.ts';
import { powerShellFor, readCompiled, readYamlFolder, type SourceFile } from '../content/library-loader.ts';
import { withoutReplaced } from '../content/without-replaced.ts';
import { Fault } from '../fault.ts';
import { ownFolder, programFolder } from './content.ts';
import type { Output } from './output.ts';
import { plainLine } from './plain.ts';

/** Exit 1 when there is an error; warnings alone are fine. */
export async function lint(out: Output, paths: string[]): Promise<number> {
  const report = await (paths.length === 0 ? lintProduct() : lintPaths(paths));
  const errors = report.diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = report.diagnostics.length - errors;
  if (out.json) out.document({ files: report.files, errors, warnings, diagnostics: report.diagnostics.map(shape) });
  else {
    for (const { severity, file, line, column, code, message, hint } of report.diagnostics) {
      const label = out.style(severity === 'error' ? 'red' : 'yellow', severity);
      out.line(`${plainLine(file)}:${line}:${column}  ${label}  ${code}  ${plainLine(message)}`);
      if (hint) out.line(`    ${plainLine(hint)}`);
    }
    out.line(`${report.files} files, ${errors} errors, ${warnings} warnings.`);
  }
  return errors > 0 ? 1 : 0;
}

type Report = { files: number; diagnostics: Diagnostic[] };

const shape = ({ code, severity, file, line, column, message, hint }: Diagnostic) => ({
  code,
  severity,
  file,
  line,
  column,
  message,
  hint: hint ?? null,
});

/** The product's content as it was built, and the person's own. */
async function lintProduct(): Promise<Report> {
  const built = readCompiled(join(programFolder(), 'library.json'));
  const own = existsSync(ownFolder()) ? named(ownFolder(), readYamlFolder(ownFolder())) : [];
  const diagnostics = await lintWith(built.files, own);
  // Files that the build had to leave out are known by what was said about them.
  const kept = new Set(built.files.map(({ path }) => path));
  const left = built.diagnostics.filter(({ file }) => !kept.has(file));
  const files = built.files.length + new Set(left.map(({ file }) => file)).size + own.length;
  return { files, diagnostics: [...left, ...diagnostics] };
}

/** The given files, checked together with the product's so that what they refer to is found. */
async function lintPaths(paths: string[]): Promise<Report> {
  const given = uniqueByPath(paths.flatMap(sourcesAt));
  const built = readCompiled(join(programFolder(), 'library.json'));
  const diagnostics = await lintWith(built.files, given);
  const asked = new Set(given.map(({ path }) => path));
  const before = new Set(built.diagnostics.map(key));
  // What the given files break elsewhere belongs to the answer; what was said of the product anyway does not.
  return {
    files: given.length,
    diagnostics: diagnostics.filter((each) => asked.has(each.file) || !before.has(key(each))),
  };
}

async function lintWith(built: LibraryFile[], given: SourceFile[]): Promise<Diagnostic[]> {
  const files = [...sourcesOf(withoutReplaced(built, given)), ...given];
  return lintFiles(files, { parsed: built, powershell: await powerShellFor(files) }).diagnostics;
}

const sourcesOf = (files: LibraryFile[]): SourceFile[] => files.map(({ path, source }) => ({ path, text: source }));

const key = ({ code, file, message }: Diagnostic): string => `${code} ${file} ${message}`;

function sourcesAt(path: string): SourceFile[] {
  const info = statSync(path);
  if (!info.isDirectory()) return [{ path: shown(path), text: readFileSync(path, 'utf8') }];
  const found = named(path, readYamlFolder(path));
  if (found.length === 0)
    throw new Fault(
      'nothing-to-check',
      `There are no YAML files in ${path}.`,
      'Name a folder with wizards or commands, or a file.',
    );
  return found;
}

const named = (folder: string, files: SourceFile[]): SourceFile[] =>
  files.map(({ path, text }) => ({ path: shown(join(folder, path)), text }));

/** As an editor's terminal makes a link of it: relative to here when it lies below. */
function shown(path: string): string {
  const near = relative('.', path);
  return (near === '' || near.startsWith('..') ? resolve(path) : near).replaceAll('\\', '/');
}

function uniqueByPath(files: SourceFile[]): SourceFile[] {
  return [...new Map(files.map((file) => [resolve(file.path), file])).values()];
}
