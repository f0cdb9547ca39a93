import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderCommand } from '../../../wizards/engine/render.ts';
import { HOSTILE_VALUES } from '../../fixtures/hostile-values.ts';
import { oneValue } from './one-value-command.ts';

type PosixShell = 'bash' | 'zsh';
type Run = { outputs: string[]; errors: string; status: number | null; filesLeft: string[] };

/** Prints the number of its arguments and each of them, NUL behind each, so that nothing can be mistaken. */
const ARGUMENTS = `arguments() { printf '%d\\0' "$#"; printf '%s\\0' "$@"; }`;

const STARTS: Record<PosixShell, Record<string, { flags: string[]; setup: string }>> = {
  bash: {
    'a script': { flags: ['--noprofile', '--norc'], setup: 'shopt -s extglob globstar nullglob' },
    'a prompt with history': {
      flags: ['--noprofile', '--norc', '-i'],
      setup: 'PS1= PS2=; set -o history -o histexpand',
    },
    'POSIX mode': { flags: ['--posix'], setup: 'true' },
  },
  zsh: {
    'a script': { flags: ['-f'], setup: 'setopt extended_glob null_glob equals magic_equal_subst' },
    'a prompt with history': { flags: ['-f', '-i'], setup: 'PS1= PS2= RPS1=; setopt bang_hist interactive_comments' },
    'doubled quotes as one (RC_QUOTES)': { flags: ['-f'], setup: 'setopt rc_quotes' },
  },
};

/** One shell for all lines; it starts in an empty folder, in which nothing must appear. */
function runAll(shell: PosixShell, flags: string[], lines: string[]): Run {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  try {
    const { stdout, stderr, status } = spawnSync(shell, flags, {
      cwd: folder,
      input: `${lines.join('\n')}\nexit 0\n`,
      env: { PATH: '/usr/bin:/bin', HOME: folder, LC_ALL: 'C.UTF-8', HISTFILE: '' },
      timeout: 30_000,
      maxBuffer: 64 * 1024 * 1024,
    });
    const outputs = stdout.toString('utf8').split('\0');
    // Prompts of an interactive shell go to stderr, among them its last "exit".
    return { outputs: outputs.slice(0, -1), errors: stderr.toString('utf8'), status, filesLeft: readdirSync(folder) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function rendered(shell: PosixShell, text: string, values: readonly string[]): Array<{ value: string; line: string }> {
  return values.flatMap((value) => {
    const result = renderCommand(oneValue(shell, text, value));
    return result.ok ? [{ value: value.trim(), line: result.text }] : [];
  });
}

const present = (shell: PosixShell) => process.platform !== 'win32' && spawnSync(shell, ['-c', 'exit 0']).status === 0;

describe.each(['bash', 'zsh'] as const)('in a real %s', (shell) => {
  describe.skipIf(!present(shell))('that runs every accepted hostile value', () => {
    const cases = rendered(shell, 'arguments {value}', HOSTILE_VALUES);

    test.each(Object.entries(STARTS[shell]))(
      'as %s, the value arrives as one argument, byte for byte, and nothing else runs',
      (_, start) => {
        const run = runAll(shell, start.flags, [start.setup, ARGUMENTS, ...cases.map(({ line }) => line)]);
        expect(run.status).toBe(0);
        expect(run.filesLeft).toEqual([]);
        expect(run.outputs).toEqual(cases.flatMap(({ value }) => ['1', value]));
        expect(run.errors).not.toMatch(/not found|syntax|parse error|unexpected|no match/i);
      },
    );

    test('behind an option, the value stays in that option’s argument', () => {
      const glued = rendered(shell, 'arguments --name={value} x', HOSTILE_VALUES);
      const run = runAll(shell, STARTS[shell]['a script']?.flags ?? [], [ARGUMENTS, ...glued.map(({ line }) => line)]);
      expect(run.filesLeft).toEqual([]);
      expect(run.outputs).toEqual(glued.flatMap(({ value }) => ['2', `--name=${value}`, 'x']));
    });

    test('any other text, too', () => {
      const text = fc.string({
        unit: fc.oneof(
          { weight: 3, arbitrary: fc.constantFrom(...'\'"\\$`!;&|<>(){}[]*?~#= %^@-\u2019\u00a0') },
          { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) },
        ),
        minLength: 1,
        maxLength: 30,
      });
      const values = fc.sample(text, { numRuns: 2_000, seed: 20_250_131 });
      const some = rendered(shell, 'arguments {value}', values);
      expect(some.length).toBeGreaterThan(1_000);
      const run = runAll(shell, STARTS[shell]['a prompt with history']?.flags ?? [], [
        'PS1= PS2=',
        ARGUMENTS,
        ...some.map(({ line }) => line),
      ]);
      expect(run.filesLeft).toEqual([]);
      expect(run.outputs).toEqual(some.flatMap(({ value }) => ['1', value]));
    });

    test('and the harness itself expands history at its prompt', () => {
      const start = STARTS[shell]['a prompt with history'];
      const run = runAll(shell, start?.flags ?? [], [start?.setup ?? '', ARGUMENTS, 'arguments one', 'arguments "!!"']);
      expect(run.outputs).toEqual(['1', 'one', '1', 'arguments one']);
    });

    test('and the harness itself notices a value that is not quoted', () => {
      const run = runAll(shell, STARTS[shell]['a script']?.flags ?? [], [ARGUMENTS, 'arguments $(touch ran) a b']);
      expect(run.filesLeft).toEqual(['ran']);
      expect(run.outputs).toEqual(['2', 'a', 'b']);
    });
  });
});

describe('the hostile values', () => {
  test('are at least 200, each another', () => {
    expect(new Set(HOSTILE_VALUES).size).toBe(HOSTILE_VALUES.length);
    expect(HOSTILE_VALUES.length).toBeGreaterThanOrEqual(200);
  });

  test('reach a real shell for the most part, and are not simply refused', () => {
    expect(rendered('bash', 'arguments {value}', HOSTILE_VALUES).length).toBeGreaterThanOrEqual(200);
  });

  test.each(HOSTILE_VALUES.map((value, index) => [index, JSON.stringify(value.slice(0, 24)), value] as const))(
    'number %i, %s, is either taken whole or refused by name',
    (_index, _shown, value) => {
      const result = renderCommand(oneValue('bash', 'arguments {value}', value));
      if (result.ok) {
        expect(result.pieces.map((piece) => piece.text).join('')).toBe(result.text);
        expect(result.text).not.toMatch(/\p{Cc}|[\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
      } else if (value.trim() === '') {
        expect(result.missing).toEqual(['value']);
      } else {
        expect(result.refusals[0]?.message).toMatch(/^The value: .+\(character \d+\)\.$/);
      }
    },
  );
});
