/** The library in the three files that the build writes: the whole, its texts, and the part for the intake. */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeLibrary } from '../../../electron/build/write-library.ts';
import { loadIntakeLibrary } from '../../../electron/content/intake-library.ts';
import {
  type CompiledLibrary,
  compileLibrary,
  loadLibrary,
  readYamlFolder,
} from '../../../electron/content/library-loader.ts';
import { triage } from '../../../wizards/engine/triage.ts';
import { SAMPLE, viewer2003, viewer2008 } from '../../fixtures/events/compose.ts';
import { COMPLAINTS } from '../../fixtures/symptoms.ts';

let compiled: CompiledLibrary;
let folder: string;
const library = (): string => join(folder, 'library.json');
const noPack = (): string => join(folder, 'none');
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fieldguide-library-'));
  compiled = await compileLibrary(readYamlFolder('wizards'));
  writeLibrary(compiled, library());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the library as it is built', () => {
  test('gives every file with the text that it was compiled from', async () => {
    const loaded = await loadLibrary(library(), noPack());
    expect(loaded.library.files.size).toBe(compiled.files.length);
    for (const { hash, source } of compiled.files) expect(loaded.library.files.get(hash)?.source).toBe(source);
  });

  test('says what to do when the texts are gone, once one is needed', async () => {
    const lost = join(folder, 'lost');
    mkdirSync(lost);
    writeLibrary(compiled, join(lost, 'library.json'));
    rmSync(join(lost, 'library-texts.json'));
    const loaded = await loadLibrary(join(lost, 'library.json'), noPack());
    const [hash] = loaded.library.current;
    expect(() => loaded.library.files.get(hash as string)?.source).toThrow(/missing or damaged/);
  });
});

describe('the part for the intake', () => {
  test('is a fraction of the whole', () => {
    expect(statSync(join(folder, 'library-intake.json')).size * 5).toBeLessThan(statSync(library()).size);
  });

  test('leads to the same findings and suggestions', async () => {
    const whole = (await loadLibrary(library(), noPack())).library;
    const part = (await loadIntakeLibrary(library(), noPack())).library;
    const replies = whole.replies.flatMap(({ says }) => says);
    const texts = [viewer2003(SAMPLE), viewer2008(SAMPLE), ...COMPLAINTS.map(([sentence]) => sentence), ...replies];
    expect(texts.length).toBeGreaterThan(150);
    for (const text of texts) expect(triage(part, text)).toEqual(triage(whole, text));
    expect(texts.some((text) => triage(part, text).suggestions.length > 0)).toBe(true);
  });

  test('gives way to the whole where the person has wizards of their own', async () => {
    const pack = join(folder, 'wizards');
    mkdirSync(pack, { recursive: true });
    writeFileSync(join(pack, 'notes.txt'), '');
    const loaded = await loadIntakeLibrary(library(), pack);
    expect(loaded.library.commands.size).toBeGreaterThan(100);
  });
});
