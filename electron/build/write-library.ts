import { writeFileSync } from 'node:fs';
import { intakeBeside, intakePart } from '../content/intake-library.ts';
import { type CompiledLibrary, textsBeside } from '../content/library-loader.ts';

/** Writes the library; beside it the YAML texts, which only new cases need, and the part that the intake needs. */
export function writeLibrary(compiled: CompiledLibrary, to: string): void {
  writeFileSync(to, withoutTexts(compiled));
  writeFileSync(intakeBeside(to), withoutTexts(intakePart(compiled)));
  const texts = compiled.files.map(({ hash, source }) => [hash, source]);
  writeFileSync(textsBeside(to), JSON.stringify(Object.fromEntries(texts)));
}

function withoutTexts({ files, diagnostics }: CompiledLibrary): string {
  return JSON.stringify({ files: files.map(({ source: _, ...file }) => file), diagnostics });
}
