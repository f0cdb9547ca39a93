/** The library that the app starts from: JSON compiled at build time, plus the user's own YAML when there is any. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { createLibrary, type Library, type LibraryFile } from '../../wizards/engine/library.ts';
import type { Diagnostic, SyntaxCheck } from '../../wizards/engine/lint.ts';
import { Fault } from '../fault.ts';
import { sha256 } from '../sha256.ts';
import { withoutReplaced } from './without-replaced.ts';

export type CompiledLibrary = { files: LibraryFile[]; diagnostics: Diagnostic[] };
/** `own` are the person's files in use, of a faulty one its last good version. */
export type LoadedLibrary = { library: Library; diagnostics: Diagnostic[]; own: LibraryFile[] };
export type SourceFile = { path: string; text: string };

/** All YAML below a folder, paths with `/` and relative to it, in a stable order. */
export function readYamlFolder(folder: string): SourceFile[] {
  const found: string[] = [];
  const walk = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      if (entry.isDirectory() && entry.name !== 'engine' && entry.name !== 'schema') walk(join(at, entry.name));
      else if (entry.isFile() && /\.ya?ml$/.test(entry.name)) found.push(join(at, entry.name));
    }
  };
  if (statSync(folder).isDirectory()) walk(folder);
  found.sort();
  return found.map((path) => ({ path: relative(folder, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }));
}

/**
 * Checks and parses sources. A file of the wrong shape is left out and its diagnostics say why. `checked` are files
 * that the sources may refer to; they are neither parsed nor returned.
 */
export async function compileLibrary(sources: SourceFile[], checked: LibraryFile[] = []): Promise<CompiledLibrary> {
  const { lintFiles } = await import('../../wizards/engine/lint.ts');
  const { files, diagnostics } = lintFiles(sources, { checked, powershell: await powerShellFor(sources) });
  return { files: files.map((file) => ({ ...file, hash: sha256(file.source) }) as LibraryFile), diagnostics };
}

/** Loaded only when there is PowerShell to check. */
export async function powerShellFor(sources: readonly SourceFile[]): Promise<SyntaxCheck | undefined> {
  if (!sources.some(({ text }) => /\b(?:powershell|pwsh|ems)\b/.test(text))) return undefined;
  const { loadPowerShellSyntax } = await import('./powershell-syntax.ts');
  return loadPowerShellSyntax();
}

/**
 * `compiled` is `library.json` of the build, whose content was checked then; `pack` the folder of the user's own YAML,
 * read only when it exists. Only the pack is parsed and checked. Of a file of it with an error the version among
 * `lastGood` stays in use; without one it is left out, so that what the product has in its place stays in use.
 */
export async function loadLibrary(
  compiled: string,
  pack: string | null,
  lastGood: readonly LibraryFile[] = [],
): Promise<LoadedLibrary> {
  const built = readCompiled(compiled);
  const own = pack !== null && existsSync(pack) ? readYamlFolder(pack) : [];
  if (own.length === 0) return { library: createLibrary(built.files), diagnostics: built.diagnostics, own: [] };
  const diagnostics = [...built.diagnostics];
  for (let usable = own.map(({ path, text }) => ({ path: join(pack as string, path), text })); ; ) {
    const product = withoutReplaced(built.files, usable);
    const found = await compileLibrary(usable, product);
    const faulty = new Set(found.diagnostics.filter(({ severity }) => severity === 'error').map(({ file }) => file));
    // What was said of the others is said again once they are checked without these.
    diagnostics.push(...found.diagnostics.filter(({ file }) => faulty.size === 0 || faulty.has(file)));
    if (faulty.size === 0) {
      return { library: createLibrary([...product, ...found.files]), diagnostics, own: found.files };
    }
    usable = usable.flatMap((file) => {
      if (!faulty.has(file.path)) return [file];
      const before = lastGood.find(({ path }) => path === file.path);
      return before && before.source !== file.text ? [{ path: file.path, text: before.source }] : [];
    });
  }
}

/** The YAML texts of a compiled library, by hash: half of its size, and only a case that keeps copies needs them. */
export const textsBeside = (compiled: string): string => compiled.replace(/\.json$/, '-texts.json');

/** What the build compiled and checked. Throws a Fault when it is not there. */
export function readCompiled(path: string): CompiledLibrary {
  const compiled = readJson(path) as CompiledLibrary;
  let texts: Record<string, string> | null = null;
  for (const file of compiled.files) {
    if (file.source !== undefined) continue;
    const source = (): string => {
      texts ??= readJson(textsBeside(path)) as Record<string, string>;
      return texts[file.hash] ?? '';
    };
    Object.defineProperty(file, 'source', { enumerable: true, get: source });
  }
  return compiled;
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new Fault('no-library', `The compiled wizards are missing or damaged (${path}).`, 'Run `npm run build`.');
  }
}

/** Parses a kept copy of a wizard or command file; null when this version cannot read it any more. */
export async function parseCopy(path: string, text: string): Promise<LibraryFile | null> {
  const { lintFiles } = await import('../../wizards/engine/lint.ts');
  const [file] = lintFiles([{ path, text }]).files;
  return file ? ({ ...file, hash: sha256(file.source) } as LibraryFile) : null;
}
