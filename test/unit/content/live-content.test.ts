/** A running program and the person's own files: an edit counts at once, a fault takes nothing away. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compileLibrary, loadLibrary, readYamlFolder } from '../../../electron/content/library-loader.ts';
import { LiveContent } from '../../../electron/content/live-content.ts';

const BENCH = readFileSync('test/fixtures/cli/pack/bench.yaml', 'utf8');
const COMMANDS = readFileSync('test/fixtures/cli/pack/bench-commands.yaml', 'utf8');
const compiled = JSON.stringify(await compileLibrary(readYamlFolder('wizards')));
let folder: string;
let content: LiveContent;
let stop = (): void => {};
let changes = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fieldguide-live-'));
  writeFileSync(join(folder, 'library.json'), compiled);
  mkdirSync(join(folder, 'wizards'));
  own('bench-commands.yaml', COMMANDS);
  content = new LiveContent(join(folder, 'library.json'), join(folder, 'wizards'));
  changes = 0;
});
afterEach(() => {
  stop();
  rmSync(folder, { recursive: true, force: true });
});

const own = (name: string, text: string): void => writeFileSync(join(folder, 'wizards', name), text);
const listen = (): void => {
  stop = content.onChange(() => {
    changes += 1;
  });
};
const title = async (): Promise<string | undefined> => (await content.get()).library.wizards.get('bench')?.wizard.title;
const faults = async (): Promise<string[]> => (await content.get()).diagnostics.map(({ code }) => code);
/**
 * Waits for the next change, a second at most, and on a machine that is busy with other tests as much more as it
 * needs at that time to load everything anew.
 */
async function change(work: () => void): Promise<void> {
  const before = changes;
  const plain = performance.now();
  await loadLibrary(join(folder, 'library.json'), join(folder, 'wizards'));
  const load = performance.now() - plain;
  const start = performance.now();
  work();
  await expect.poll(() => changes, { timeout: 15_000, interval: 20 }).toBeGreaterThan(before);
  expect(performance.now() - start).toBeLessThan(1000 + 5 * load);
}

test('a new file, an edit and a removal count within a second', async () => {
  expect(await title()).toBeUndefined();
  listen();
  await change(() => own('bench.yaml', BENCH));
  expect(await title()).toBe('Bench');
  await change(() => own('bench.yaml', BENCH.replace('title: Bench', 'title: Our bench')));
  expect(await title()).toBe('Our bench');
  await change(() => rmSync(join(folder, 'wizards', 'bench.yaml')));
  expect(await title()).toBeUndefined();
});

test('of a file that becomes faulty the last good version stays in use, and the fault is named until it is mended', async () => {
  own('bench.yaml', BENCH);
  expect(await title()).toBe('Bench');
  listen();
  await change(() =>
    own('bench.yaml', BENCH.replace('kind: verdict', 'kind: verdct').replace('title: Bench', 'title: New')),
  );
  expect([await title(), await faults()]).toEqual(['Bench', ['FG114']]);
  await change(() => own('bench.yaml', BENCH.replace('title: Bench', 'title: New')));
  expect([await title(), await faults()]).toEqual(['New', []]);
});

test('a file that was never whole is left out and named', async () => {
  await content.get();
  listen();
  await change(() => own('bench.yaml', 'id: bench\nsteps: [\n'));
  expect([await title(), await faults()]).toEqual([undefined, ['FG101']]);
});

test('what changes nothing is not announced', async () => {
  own('bench.yaml', BENCH);
  await content.get();
  listen();
  own('bench.yaml', BENCH);
  own('notes.txt', 'nothing of ours');
  await new Promise((done) => setTimeout(done, 500));
  expect(changes).toBe(0);
});
