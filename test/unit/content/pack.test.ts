/** The person's own wizards beside those of the product. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { compileLibrary, loadLibrary, readYamlFolder } from '../../../electron/content/library-loader.ts';
import { stepAt } from '../../../wizards/engine/route.ts';

const shipped = (name: string) => readFileSync(join('wizards', name), 'utf8');
let compiled: string;
let folder: string;

beforeAll(async () => {
  const library = await compileLibrary(readYamlFolder('wizards'));
  compiled = JSON.stringify(library);
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fieldguide-pack-'));
  writeFileSync(join(folder, 'library.json'), compiled);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const pack = () => join(folder, 'wizards');
function own(name: string, text: string): string {
  const path = join(pack(), name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}
const load = () => loadLibrary(join(folder, 'library.json'), pack());

const PORT = shipped('../README.md').match(/```yaml\n(id: port-25[\s\S]*?)\n```/)?.[1] as string;

describe('a pack', () => {
  test('adds its wizards to those of the product, and may use their commands', async () => {
    own('port-25.yaml', PORT);
    const { library, diagnostics } = await load();
    expect([...library.wizards.keys()]).toEqual(expect.arrayContaining(['entry', 'auth-settings', 'port-25']));
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test.each([
    ['of the same id under another name', 'mine.yaml'],
    ['of the same name', 'trees/entry.yaml'],
  ])('replaces the wizard %s, without a word about two of them', async (_, name) => {
    own(name, shipped('trees/entry.yaml').replace('title: Where to begin', 'title: Where we begin'));
    const { library, diagnostics } = await load();
    expect(library.wizards.get('entry')?.wizard.title).toBe('Where we begin');
    expect(library.current).toHaveLength(JSON.parse(compiled).files.length);
    expect(diagnostics).toEqual([]);
  });

  test('replaces a file of commands by its name in its folder', async () => {
    const text = shipped('commands/x-exchange-2003.yaml').replace(
      'title: Read the authentication flags from the metabase',
      'title: Read our flags',
    );
    own('commands/x-exchange-2003.yaml', text);
    const { library, diagnostics } = await load();
    expect(library.commands.get('X1')?.command.title).toBe('Read our flags');
    expect(diagnostics).toEqual([]);
  });

  test('replaces the dated list of known faults, and verdicts show the new one', async () => {
    const advice = async (): Promise<string[]> => {
      const { library } = await load();
      const found = library.wizards.get('agents');
      const step = found?.wizard.steps.find((one) => one.kind === 'verdict' && one.verdict === 'agents.kb5041578');
      const place = { wizard: 'agents', hash: found?.hash as string, step: step?.id as string, stack: [] };
      const shown = stepAt(library, { ...place, kind: 'verdict', title: '' });
      return shown?.kind === 'verdict' ? (shown.advice ?? []) : [];
    };
    expect((await advice())[0]).toMatch(
      /^Known fault, as of 2026-11-26 - Windows update KB5041578 .* It affects Exchange/,
    );
    const text = shipped('known-faults.yaml').replace("as_of: '2026-11-26'", "as_of: '2027-02-01'");
    own('known-faults.yaml', text.replace('affects: Exchange 2019 on', 'affects: our servers on'));
    expect((await advice())[0]).toMatch(/^Known fault, as of 2027-02-01 .* It affects our servers on /);
    own('known-faults.yaml', "as_of: '2027-03-01'\nknown_faults: []\n");
    expect((await advice()).join()).not.toMatch(/Known fault/);
  });

  test.each([
    ['of the wrong shape', 'start: evidence', 'strat: evidence', 'FG111'],
    ['with a way to nowhere', 'next: same-organisation', 'next: same-organization', 'FG201'],
  ])('a file %s leaves the shipped wizard in use and is named with its place', async (_, find, put, code) => {
    const path = own(
      'trees/entry.yaml',
      shipped('trees/entry.yaml').replace(find, put).replace('to begin', 'we begin'),
    );
    const { library, diagnostics } = await load();
    expect(library.wizards.get('entry')?.wizard.title).toBe('Where to begin');
    const faults = diagnostics.filter(({ severity }) => severity === 'error');
    expect(faults.map((fault) => fault.code)).toContain(code);
    for (const { file, line, column } of faults) {
      expect(file).toBe(path);
      expect([line > 1, column >= 1]).toEqual([true, true]);
    }
  });

  test('a command of the same id as one of the product is refused, and the place of the other is named', async () => {
    const commands = shipped('commands/w-windows.yaml').split(/\n\n(?= {2}- id)/);
    const path = own('commands/own.yaml', commands.slice(0, 1).join('\n\n'));
    const { library, diagnostics } = await load();
    expect(diagnostics[0]).toMatchObject({ file: path, code: 'FG121', severity: 'error' });
    expect(diagnostics[0]?.message).toMatch(/in commands\/w-windows\.yaml, line \d+\.$/);
    expect(library.current).toHaveLength(JSON.parse(compiled).files.length);
  });

  test('what needs a file that had to be left out is left out too, and the rest is used', async () => {
    own('port-25.yaml', PORT);
    const broken = own('broken.yaml', PORT.replace('id: port-25', 'id: broken').replace('summary:', 'sumary:'));
    const caller = own(
      'caller.yaml',
      PORT.replace('id: port-25', 'id: caller')
        .replace('port.closed', 'caller.closed')
        .replace('could not tell, next: fine }', 'could not tell, next: { handover: broken } }'),
    );
    const { library, diagnostics } = await load();
    expect(library.wizards.has('port-25')).toBe(true);
    expect([library.wizards.has('broken'), library.wizards.has('caller')]).toEqual([false, false]);
    const faults = diagnostics.filter(({ severity }) => severity === 'error').map(({ file, code }) => [file, code]);
    expect(faults).toEqual(
      expect.arrayContaining([
        [broken, 'FG111'],
        [caller, 'FG202'],
      ]),
    );
  });

  test('nothing is said twice of a file, nor of one that the pack leaves alone', async () => {
    own('port-25.yaml', PORT.replace('summary: ', 'summary: &a '));
    own('other.yaml', PORT.replace('id: port-25', 'id: other').replace('port.closed', 'other.closed'));
    const { diagnostics } = await load();
    const said = diagnostics.map(({ file, line, code }) => `${file}:${line} ${code}`);
    expect(new Set(said).size).toBe(said.length);
    expect(readdirSync(pack()).map((name) => said.filter((each) => each.includes(name)).length)).toEqual([1, 1]);
    expect(said).toHaveLength(2);
  });
});
