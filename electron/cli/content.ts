/** What the verbs work on: the wizards, and the core for those that need cases or shells. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Library } from '../../wizards/engine/library.ts';
import type { LoadedLibrary } from '../content/library-loader.ts';
import type { Core, CoreOptions } from '../core.ts';
import { dataFolder } from '../data-folder.ts';
import { Fault, systemCode } from '../fault.ts';
import { makeFolder } from '../make-folder.ts';
import { version } from '../version.ts';
import type { Output } from './output.ts';

/** The folder of the built program; all its modules lie in it, beside library.json. */
export const programFolder = (): string => fileURLToPath(new URL('.', import.meta.url));

export const ownFolder = (): string => join(dataFolder(), 'wizards');

/**
 * The product's content and the person's own, for verbs that need neither cases nor shells and therefore no core.
 * Files that had to be left out are named on stderr.
 */
export async function loadContent(out: Output): Promise<Library> {
  const { loadLibrary } = await import('../content/library-loader.ts');
  return named(out, await loadLibrary(join(programFolder(), 'library.json'), ownFolder()));
}

/** The same for verbs that only suggest a wizard. */
export async function loadIntakeContent(out: Output): Promise<Library> {
  const { loadIntakeLibrary } = await import('../content/intake-library.ts');
  return named(out, await loadIntakeLibrary(join(programFolder(), 'library.json'), ownFolder()));
}

function named(out: Output, { library, diagnostics }: Pick<LoadedLibrary, 'library' | 'diagnostics'>): Library {
  for (const { severity, file, line, column, message } of diagnostics) {
    if (severity === 'error') out.note(`${file}:${line}:${column} is left out: ${message}`);
  }
  return library;
}

export async function openCore(door: CoreOptions['door'] = 'cli'): Promise<Core> {
  refuseUnmakeable(dataFolder());
  return contentCore(door);
}

/** A core for what needs no data folder and therefore makes none. */
export async function contentCore(door: CoreOptions['door'] = 'cli'): Promise<Core> {
  const { Core } = await import('../core.ts');
  return new Core({ door, programFolder: programFolder(), version });
}

/** The core says itself when its folder cannot be written; only what would keep it from answering is caught here. */
function refuseUnmakeable(folder: string): void {
  try {
    makeFolder(join(folder, 'cases'));
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') return;
    const message = `The data folder ${folder} cannot be made.`;
    throw new Fault('no-data-folder', message, 'Set FIELDGUIDE_HOME to a folder that can be written.');
  }
}
