import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadPowerShellSyntax } from '../../../electron/content/powershell-syntax.ts';
import { DIAGNOSTICS } from '../../../wizards/engine/lint/diagnostics.ts';
import { lintFiles } from '../../../wizards/engine/lint.ts';
import { FAULTS, type Fault } from '../../fixtures/lint/cases.ts';

const powershell = await loadPowerShellSyntax();
const root = fileURLToPath(new URL('../../fixtures/lint/sound/', import.meta.url));
const SOUND = globSync('**/*.yaml', { cwd: root })
  .sort()
  .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(`${root}${path}`, 'utf8') }));

/** The sound content with one fault in it, and the place that the diagnostic has to name. */
function faulty(fault: Fault): { files: typeof SOUND; line: number; column: number } {
  const texts = new Map(SOUND.map(({ path, text }) => [path, text]));
  for (const [find, replace, file = fault.file] of fault.edits) {
    const text = texts.get(file) ?? '';
    expect(text, `the edit finds "${find}"`).toContain(find);
    texts.set(
      file,
      text.replace(find, () => replace),
    );
  }
  const [before = '', after, ...more] = (texts.get(fault.file) ?? '').split('¶');
  expect([after === undefined, more], 'one mark').toEqual([false, []]);
  texts.set(fault.file, before + after);
  const lines = before.split('\n');
  const files = [...texts].map(([path, text]) => ({ path, text }));
  return { files, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

test('sound content has no faults and all of its files are used', () => {
  const { diagnostics, files } = lintFiles(SOUND);
  expect(diagnostics).toEqual([]);
  expect(files.map((file) => [file.kind, file.path])).toEqual([
    ['commands', 'commands/demo.yaml'],
    ['events', 'events/demo.yaml'],
    ['known-faults', 'known-faults.yaml'],
    ['lab', 'labs/demo.yaml'],
    ['lab-profile', 'labs/profiles/demo.yaml'],
    ['lab-server', 'labs/servers/demo.yaml'],
    ['parameters', 'parameters.yaml'],
    ['planned', 'planned.yaml'],
    ['replies', 'replies/demo.yaml'],
    ['symptom-words', 'symptom-words.yaml'],
    ['wizard', 'trees/called.yaml'],
    ['wizard', 'trees/main.yaml'],
  ]);
});

describe('a fault is named by its code, at its line and column', () => {
  test.each(FAULTS.map((fault) => [fault.code, fault.name, fault] as const))('%s: %s', (code, _, fault) => {
    const { files, line, column } = faulty(fault);
    const { diagnostics } = lintFiles(files, { powershell });
    const found = diagnostics.find((one) => one.code === code && one.line === line && one.column === column);
    expect(
      found,
      `found: ${diagnostics.map((d) => `${d.code} ${d.file}:${d.line}:${d.column} ${d.message}`).join('\n')}`,
    ).toBeDefined();
    expect(found?.file).toBe(fault.file);
    expect(found?.severity).toBe(DIAGNOSTICS[code as keyof typeof DIAGNOSTICS].severity);
    expect(found?.message).toMatch(/^[^\n]+\.$/);
    expect(found?.hint).toContain(fault.hint ?? '');
    expect(found?.hint).not.toBe('');
    const others = diagnostics.filter((one) => one !== found).map((one) => one.code);
    expect(others.sort()).toEqual([...(fault.also ?? [])].sort());
  });

  test('FG104: a file that is too large', () => {
    const large = { path: 'trees/large.yaml', text: `title: ${'x'.repeat(512 * 1024)}\n` };
    expect(lintFiles([...SOUND, large]).diagnostics).toMatchObject([
      { code: 'FG104', file: large.path, line: 1, column: 1 },
    ]);
  });

  test('every code of the table has a fault that shows it', () => {
    const shown = new Set([...FAULTS.map((fault) => fault.code), 'FG104']);
    expect(Object.keys(DIAGNOSTICS).filter((code) => !shown.has(code))).toEqual([]);
  });
});
