import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePowerShell } from '../../../electron/content/powershell-syntax.ts';
import { renderCommand } from '../../../wizards/engine/render.ts';
import type { Shell } from '../../../wizards/engine/schema.ts';
import { HOSTILE_VALUES } from '../../fixtures/hostile-values.ts';
import { command, oneValue, parameter } from './one-value-command.ts';
import { commandLineToArgv, singleQuotedValue, windowsPowerShellLine } from './windows-argv.ts';

type Line = { value: string; text: string; literal: string };

function rendered(shell: Shell, text: string, values: readonly string[], native = false): Line[] {
  return values.flatMap((value) => {
    const result = renderCommand(oneValue(shell, text, value, native ? { native } : {}));
    if (!result.ok) return [];
    const literal = result.pieces.find((piece) => piece.parameter === 'value')?.text ?? '';
    return [{ value: value.trim(), text: result.text, literal }];
  });
}

/** The shape of the text's tree and the strings in it, cut out of the text itself. */
async function readTree(text: string): Promise<{ shape: string; strings: string[] }> {
  const tree = await parsePowerShell(text);
  const shape = tree.rootNode.toString();
  const strings = tree.rootNode
    .descendantsOfType(['verbatim_string_characters', 'expandable_string_literal'])
    .map((node) => (node ? text.slice(node.startIndex, node.endIndex) : ''));
  tree.delete();
  return { shape, strings };
}

const TEMPLATES = [
  'Show-It {value}',
  'Show-It -Name {value} -Server x | Format-List',
  'Show-It -Name:{value}; Get-It',
  '@{{a={value}; b=1}} | Show-It',
  'Get-It | Where-Object {{ $_.Name -eq {value} }}',
  '(Show-It {value},{value}).Name',
];

describe.each(TEMPLATES)('to the grammar of PowerShell, %s', (template) => {
  test('has the same tree for every accepted hostile value, which is one string of it', async () => {
    const plain = await readTree(rendered('powershell', template, ['plain'])[0]?.text ?? '');
    expect(plain.shape).not.toMatch(/ERROR|MISSING/);
    const lines = rendered('powershell', template, HOSTILE_VALUES);
    expect(lines.length).toBeGreaterThanOrEqual(200);
    for (const { value, text } of lines) {
      const { shape, strings } = await readTree(text);
      expect(shape, text).toBe(plain.shape);
      expect(new Set(strings.map(singleQuotedValue)), text).toEqual(new Set([value]));
    }
  });
});

test('the grammar notices a value that breaks out of its string', async () => {
  const plain = await readTree("Show-It 'plain'");
  for (const text of ["Show-It ''; Get-It ''", "Show-It 'a\u2019; Get-It 'b'", 'Show-It "$(Get-It)"']) {
    expect((await readTree(text)).shape).not.toBe(plain.shape);
  }
});

const AWKWARD = fc.string({
  unit: fc.constantFrom('\\', '"', "'", '\u2019', ' ', '\u00a0', 'a', '$', '`', ';', '%', '\u{1f600}'),
  minLength: 1,
  maxLength: 12,
});

describe('a program started from Windows PowerShell 5.1 gets the value unchanged,', () => {
  function check(line: Line): void {
    const argument = singleQuotedValue(line.literal);
    if (argument === null) throw new Error(`not one literal: ${line.literal}`);
    expect(commandLineToArgv(windowsPowerShellLine('tool.exe', argument)), line.text).toEqual(['tool.exe', line.value]);
  }

  test.each(['powershell', 'ems'] as const)('if it is a hostile one that %s accepts', (shell) => {
    const lines = rendered(shell, 'tool.exe {value}', HOSTILE_VALUES, true);
    expect(lines.length).toBeGreaterThanOrEqual(180);
    for (const line of lines) check(line);
  });

  test('and any other that it accepts', () => {
    fc.assert(
      fc.property(AWKWARD, (value) => {
        for (const line of rendered('powershell', 'tool.exe {value}', [value], true)) check(line);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each(['a"b', 'C:\\my folder\\', ''])('which it would not with a plain literal: %j', (value) => {
    expect(commandLineToArgv(windowsPowerShellLine('tool.exe', value))).not.toEqual(['tool.exe', value]);
  });
});

const hasPwsh = spawnSync('pwsh', ['-NoLogo', '-NoProfile', '-Command', 'exit 0']).status === 0;

/** Each text goes in as JSON, because the question is how PowerShell reads the text, not how a file is read. */
const READ_WITH_ITS_OWN_PARSER = `
$texts = Get-Content -Raw -Encoding utf8 texts.json | ConvertFrom-Json
$found = foreach ($text in $texts) {
  $tokens = $null; $errors = $null
  $null = [System.Management.Automation.Language.Parser]::ParseInput($text, [ref]$tokens, [ref]$errors)
  $kinds = foreach ($token in $tokens) { [string]$token.Kind }
  $values = foreach ($token in $tokens) { if ($token.Kind -eq 'StringLiteral') { $token.Value } }
  @{ errors = $errors.Count; kinds = $kinds -join ' '; values = @($values) }
}
ConvertTo-Json -InputObject @($found) -Depth 4 | Set-Content -Encoding utf8NoBOM found.json
`;
const ECHO = `
import { writeFileSync } from 'node:fs';
writeFileSync('arguments.json', JSON.stringify(process.argv.slice(2)));
`;

function inFolder<T>(run: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-pwsh-'));
  try {
    return run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function pwsh(folder: string, script: string): void {
  writeFileSync(join(folder, 'script.ps1'), `\ufeff${script}`);
  const { status, stderr } = spawnSync('pwsh', ['-NoLogo', '-NoProfile', '-NonInteractive', '-File', 'script.ps1'], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1' },
    timeout: 120_000,
  });
  expect(stderr.toString('utf8')).toBe('');
  expect(status).toBe(0);
}

/** All values that are accepted, each as a parameter of its own, so that one start of the program shows them all. */
function manyAtOnce(program: string): { values: string[]; text: string } {
  const accepted = rendered('pwsh', 'tool {value}', HOSTILE_VALUES, true).map(({ value }) => value);
  const names = accepted.map((_, index) => `v${index}`);
  const result = renderCommand({
    command: command(
      [{ shell: 'pwsh', native: true, text: `${program} ${names.map((name) => `{${name}}`).join(' ')}` }],
      {
        parameters: names.map((name) => ({ name })),
      },
    ),
    parameters: new Map(names.map((name) => [name, parameter(name, 'text')])),
    shell: 'pwsh',
    values: Object.fromEntries(names.map((name, index) => [name, accepted[index] ?? ''])),
  });
  if (!result.ok) throw new Error(JSON.stringify(result));
  return { values: accepted, text: result.text };
}

type Found = { errors: number; kinds: string; values: string[] };

describe.skipIf(!hasPwsh)('in a real PowerShell 7 (needs pwsh)', () => {
  test('its own parser finds the same tokens for every value, which is the value of one of them', () => {
    inFolder((folder) => {
      const groups = TEMPLATES.map((template) => rendered('pwsh', template, ['plain', ...HOSTILE_VALUES]));
      const lines = groups.flat();
      writeFileSync(join(folder, 'texts.json'), JSON.stringify(lines.map(({ text }) => text)));
      pwsh(folder, READ_WITH_ITS_OWN_PARSER);
      const found = JSON.parse(readFileSync(join(folder, 'found.json'), 'utf8')) as Found[];
      expect(found).toHaveLength(lines.length);
      let index = 0;
      for (const group of groups) {
        const plain = found[index];
        for (const { value, text } of group) {
          const { errors, kinds, values } = found[index] as Found;
          expect({ errors, kinds }, text).toEqual({ errors: 0, kinds: plain?.kinds });
          expect(new Set(values), text).toEqual(new Set([value]));
          index += 1;
        }
      }
    });
  }, 120_000);

  test('a program gets every value unchanged and nothing else runs', () => {
    inFolder((folder) => {
      writeFileSync(join(folder, 'echo.mjs'), ECHO);
      const { values, text } = manyAtOnce(`& '${process.execPath}' echo.mjs`);
      pwsh(folder, text);
      expect(JSON.parse(readFileSync(join(folder, 'arguments.json'), 'utf8'))).toEqual(values);
      expect(readdirSync(folder).sort()).toEqual(['arguments.json', 'echo.mjs', 'script.ps1']);
    });
  }, 120_000);
});
