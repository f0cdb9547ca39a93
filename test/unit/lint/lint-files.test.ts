import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LibraryFile } from '../../../wizards/engine/library.ts';
import { nearest } from '../../../wizards/engine/lint/did-you-mean.ts';
import { lintFiles } from '../../../wizards/engine/lint.ts';

const root = fileURLToPath(new URL('../../fixtures/lint/sound/', import.meta.url));
const SOUND = globSync('**/*.yaml', { cwd: root })
  .sort()
  .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(`${root}${path}`, 'utf8') }));
const textOf = (path: string): string => SOUND.find((file) => file.path === path)?.text ?? '';
const withText = (path: string, text: string) => SOUND.map((file) => (file.path === path ? { path, text } : file));

describe('a file that cannot be used', () => {
  test('leaves the others in use, and its own ids are not called unknown', () => {
    const { diagnostics, files } = lintFiles(
      withText('trees/called.yaml', textOf('trees/called.yaml').replace('kind: return', 'kind: retrun')),
    );
    expect(diagnostics.map(({ code, file }) => [code, file])).toEqual([['FG114', 'trees/called.yaml']]);
    expect(files.map((file) => file.path)).toEqual(
      SOUND.map((file) => file.path).filter((path) => path !== 'trees/called.yaml'),
    );
  });

  test('is named with its place even when it is no YAML at all', () => {
    const { diagnostics, files } = lintFiles(
      withText('commands/demo.yaml', `${textOf('commands/demo.yaml')}\n  ]: [\n`),
    );
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(new Set(diagnostics.map((one) => one.file))).toEqual(new Set(['commands/demo.yaml']));
    expect(files).toHaveLength(SOUND.length - 1);
  });

  test('is reported with all of its faults at once, in the order of their lines', () => {
    const text = textOf('trees/main.yaml')
      .replace('version: 1', 'version: one')
      .replace('risk: low', 'risk: tiny')
      .replace('title: Main\n', '');
    const found = lintFiles(withText('trees/main.yaml', text)).diagnostics.map(({ code, line, message }) => ({
      code,
      line,
      message,
    }));
    expect(found).toEqual([
      { code: 'FG112', line: 1, message: 'The file lacks the key "title".' },
      { code: 'FG113', line: 2, message: 'version: expected a number, found a text.' },
      { code: 'FG114', line: 73, message: 'steps[3].risk: "tiny" is not one of its values.' },
    ]);
  });

  test('is refused quickly when it is built to keep the parser busy', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((name, i) => `${name}: &${name} [${`*${'abcdefgh'[i]},`.repeat(9)}]`),
    ].join('\n');
    const tower = (line: string) => Array.from({ length: 900 }, (_, i) => ' '.repeat(i) + line).join('\n');
    const many = Array.from({ length: 3000 }, (_, i) => `k${i}: 1`).join('\n');
    const towers = [
      '['.repeat(400_000),
      '- '.repeat(200_000),
      '{a: '.repeat(100_000),
      '{a:\n'.repeat(100_000),
      tower('a:'),
    ];
    for (const text of [bomb, ...towers, many, '"'.repeat(10_000), 'x: y\n'.repeat(5000)]) {
      const { diagnostics, files } = lintFiles([...SOUND, { path: 'trees/bomb.yaml', text }]);
      expect(diagnostics.length).toBeGreaterThan(0);
      expect(diagnostics.length).toBeLessThanOrEqual(100);
      expect(diagnostics.every((one) => one.file === 'trees/bomb.yaml')).toBe(true);
      expect(files).toHaveLength(SOUND.length);
    }
  });
});

test('the source of a file that is used comes back byte for byte', () => {
  for (const file of lintFiles(SOUND).files) expect(file.source).toBe(textOf(file.path));
});

test('Windows line ends give the same faults at the same places', () => {
  const fault = (text: string) => text.replace('next: switched-off', 'next: nowhere');
  const unix = withText('trees/main.yaml', fault(textOf('trees/main.yaml')));
  const windows = unix.map(({ path, text }) => ({ path, text: text.replaceAll('\n', '\r\n') }));
  expect(lintFiles(windows).diagnostics).toEqual(lintFiles(unix).diagnostics);
  expect(lintFiles(unix).diagnostics).not.toEqual([]);
});

test('whatever is done to a file, every fault names a place in it and nothing is thrown', () => {
  const change = fc.record({
    file: fc.nat({ max: SOUND.length - 1 }),
    at: fc.nat({ max: 4000 }),
    length: fc.nat({ max: 40 }),
    put: fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom(
        '\n',
        '  ',
        '- ',
        ': ',
        '{',
        '[',
        '"',
        "'",
        '#',
        '&a ',
        '*a ',
        '!!x ',
        'null',
        '~',
        '7',
        '__proto__: 1\n',
        'constructor: 1\n',
      ),
    ),
  });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const files = SOUND.map((file) => ({ ...file }));
      for (const { file, at, length, put } of changes) {
        const target = files[file] as { text: string };
        const from = at % (target.text.length + 1);
        target.text = target.text.slice(0, from) + put + target.text.slice(from + length);
      }
      for (const { file, line, column, message, hint } of lintFiles(files).diagnostics) {
        const lines = (files.find((one) => one.path === file)?.text ?? '').split(/\r\n|\n|\r/);
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeGreaterThanOrEqual(1);
        expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
        expect(message).not.toBe('');
        expect(hint).not.toBe('');
      }
    }),
    { numRuns: 60 },
  );
});

test('a text that was parsed before is checked like any other, and faults in it have their places', () => {
  const faulty = withText('trees/main.yaml', textOf('trees/main.yaml').replace('next: flags', 'next: falgs'));
  const fresh = lintFiles(faulty);
  expect(fresh.diagnostics.map(({ code }) => code)).toContain('FG201');
  const parsed = fresh.files.map((file) => ({ ...file, hash: file.path }) as LibraryFile);
  expect(lintFiles(faulty, { parsed })).toEqual(fresh);
  const moved = faulty.map(({ path, text }) => ({ path: `elsewhere/${path}`, text }));
  expect(lintFiles(moved, { parsed })).toEqual(lintFiles(moved));
});

describe('what was probably meant', () => {
  test.each([
    ['switched-of', ['switched-on', 'switched-off'], 'switched-off'],
    ['falgs', ['flags', 'false'], 'flags'],
    ['FLAGS', ['flags'], 'flags'],
    ['x', ['y'], null],
    ['something', ['else', 'entirely'], null],
    ['', ['a'], null],
  ])('%s among %j is %s', (word, known, meant) => {
    expect(nearest(word, known)).toBe(meant);
  });
});
