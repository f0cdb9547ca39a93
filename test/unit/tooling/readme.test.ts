/** The README stays true: its commands run, its wizard is one, its links lead somewhere. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileLibrary, readYamlFolder } from '../../../electron/content/library-loader.ts';

const readme = readFileSync('README.md', 'utf8');
const scripts = JSON.parse(readFileSync('package.json', 'utf8')).scripts as Record<string, string>;
const lines = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) =>
  (block as string).trim().split('\n'),
);
const commands = lines.map((line) => line.replace(/\s+#.*$/, '').trim());
const run = promisify(execFile);
let home: string;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'fieldguide-readme-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('the commands of the README', () => {
  test.each(commands.filter((command) => command.startsWith('npm ')))('%s is a script of the package', (command) => {
    const name = command.replace(/^npm (?:run )?/, '').split(' ')[0] as string;
    expect(Object.keys(scripts)).toContain(name);
  });

  // The walk asks a person, the lab serves until it is told to end, a probe needs a server, an export a case: all have
  // tests of their own.
  test.each(
    commands.filter(
      (command) => command.startsWith('npx fieldguide') && !/ (?:run|serve|probe|verify|export|import) /.test(command),
    ),
  )('%s', async (command) => {
    const args = [...command.replace(/^npx fieldguide /, '').matchAll(/"([^"]*)"|\S+/g)].map(
      ([word, quoted]) => quoted ?? word,
    );
    const { stdout } = await run(process.execPath, ['dist/cli.js', ...args], {
      env: { ...process.env, FIELDGUIDE_HOME: home },
    });
    expect(stdout.trim()).not.toBe('');
  });
});

test('the wizard of the README has no fault and takes its place in the library', async () => {
  const text = /```yaml\n([\s\S]*?)```/.exec(readme)?.[1] as string;
  const { files, diagnostics } = await compileLibrary([
    ...readYamlFolder('wizards'),
    { path: 'trees/port-25.yaml', text },
  ]);
  expect(diagnostics.filter(({ file, severity }) => file === 'trees/port-25.yaml' && severity === 'error')).toEqual([]);
  expect(files.map((file) => (file.kind === 'wizard' ? file.content.id : ''))).toContain('port-25');
  const path = join(home, 'port-25.yaml');
  writeFileSync(path, text);
  await run(process.execPath, ['dist/cli.js', 'lint', path]);
});

test.each([...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, link]) => link as string))(
  'the link %s leads to a file',
  (link) => {
    expect(existsSync(link)).toBe(true);
  },
);
