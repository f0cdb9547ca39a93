/** Every text for PowerShell, put to PowerShell's own parser, where `pwsh` is on the PATH. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileLibrary, readYamlFolder } from '../../../electron/content/library-loader.ts';
import { createLibrary } from '../../../wizards/engine/library.ts';
import { renderCommand, templatesOf } from '../../../wizards/engine/render.ts';
import { ENVIRONMENTS } from '../../../wizards/engine/schema.ts';
import { hasShell } from '../terminal/shell-under-test.ts';

const PARSE = `
$texts = Get-Content -LiteralPath $args[0] -Raw -Encoding utf8 | ConvertFrom-Json
$found = foreach ($text in $texts) {
  $errors = $null
  $null = [System.Management.Automation.Language.Parser]::ParseInput($text, [ref]$null, [ref]$errors)
  foreach ($one in $errors) { @{ text = $text; message = $one.Message; column = $one.Extent.StartColumnNumber } }
}
ConvertTo-Json -InputObject @($found) -Compress
`;

function parserErrors(texts: string[]): { text: string; message: string; column: number }[] {
  const folder = mkdtempSync(join(tmpdir(), 'fieldguide-parse-'));
  try {
    writeFileSync(join(folder, 'parse.ps1'), PARSE);
    writeFileSync(join(folder, 'texts.json'), JSON.stringify(texts));
    const args = ['-NoProfile', '-NonInteractive', '-File', join(folder, 'parse.ps1'), join(folder, 'texts.json')];
    return JSON.parse(execFileSync('pwsh', args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function everyText(): Promise<string[]> {
  const library = createLibrary((await compileLibrary(readYamlFolder('wizards'))).files);
  const texts = new Set<string>();
  for (const { command } of library.commands.values()) {
    const names = (command.parameters ?? []).map(({ name }) => name);
    const values = Object.fromEntries(names.map((name) => [name, library.parameters.get(name)?.example ?? '']));
    for (const environment of ENVIRONMENTS) {
      for (const { shell } of templatesOf(command, environment)) {
        if (!['powershell', 'pwsh', 'ems'].includes(shell)) continue;
        const rendered = renderCommand({ command, parameters: library.parameters, shell, environment, values });
        if (rendered.ok) texts.add(rendered.text);
      }
    }
  }
  return [...texts];
}

describe.skipIf(!hasShell('pwsh'))("PowerShell's own parser (needs pwsh)", () => {
  test('takes every text that the catalogue can write for it', { timeout: 120_000 }, async () => {
    const texts = await everyText();
    expect(texts.length).toBeGreaterThan(300);
    expect(parserErrors(texts)).toEqual([]);
  });

  test('would say where a text is none', { timeout: 120_000 }, () => {
    expect(parserErrors(['Get-Item x', 'Get-Item x |'])).toMatchObject([{ text: 'Get-Item x |' }]);
  });
});
