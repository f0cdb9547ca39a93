/**
 * What the intake needs of the library to suggest a wizard: triggers, replies, events, parameters, words. A tenth of
 * the whole; the command line reads it where no step is walked and no command written out.
 */
import { existsSync } from 'node:fs';
import { createLibrary, type LibraryFile } from '../../wizards/engine/library.ts';
import type { Step, Wizard } from '../../wizards/engine/schema.ts';
import { type CompiledLibrary, type LoadedLibrary, loadLibrary, readCompiled } from './library-loader.ts';

/** Beside `library.json`. */
export const intakeBeside = (compiled: string): string => compiled.replace(/\.json$/, '-intake.json');

/** The files without commands and labs; of the steps of a wizard only the ids are left. */
export function intakePart({ files, diagnostics }: CompiledLibrary): CompiledLibrary {
  return {
    files: files.flatMap((file): LibraryFile[] => {
      if (file.kind === 'commands' || file.kind === 'lab') return [];
      return file.kind === 'wizard' ? [{ ...file, content: withoutSteps(file.content) }] : [file];
    }),
    diagnostics,
  };
}

function withoutSteps(wizard: Wizard): Wizard {
  return { ...wizard, steps: wizard.steps.map(({ id }) => ({ id }) as Step) };
}

/** `compiled` and `pack` as in `loadLibrary`. Where the person has files of their own, the whole is read. */
export async function loadIntakeLibrary(
  compiled: string,
  pack: string,
): Promise<Pick<LoadedLibrary, 'library' | 'diagnostics'>> {
  if (existsSync(pack)) return loadLibrary(compiled, pack);
  const { files, diagnostics } = readCompiled(intakeBeside(compiled));
  return { library: createLibrary(files), diagnostics };
}
