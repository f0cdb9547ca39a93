import { describe, expect, test } from 'vitest';
import { loadPowerShellSyntax } from '../../../electron/content/powershell-syntax.ts';

const syntaxErrors = await loadPowerShellSyntax();

describe('PowerShell text without errors', () => {
  test.each([
    [''],
    ["Get-ReceiveConnector -Identity 'EX01\\Default EX01' | Format-List Name,AuthMechanism"],
    ['Get-Queue | fl Identity,*Error*, Status'],
    ['Get-Queue | Select-Object Identity,Status'],
    ["Get-X | fl Name,'Last Error',Status"],
    ["Get-X -Name 'it''s'"],
    ['nslookup -type=mx contoso.com'],
    ['Set-X -Confirm:$false -Values @{Add="a","b"}'],
    ['$list = 1,2,3\nforeach ($n in $list) { Write-Output "number $n" }'],
    ['Get-X \u2013Name \u2018contoso\u2019'],
    ['Get-X -Name \u2018it\u2019\u2019s\u2019'],
  ])('%j', async (text) => {
    expect(syntaxErrors(text)).toEqual([]);
  });
});

describe('PowerShell text with an error', () => {
  test.each([
    ["Get-X 'unclosed"],
    ['Get-X "unclosed'],
    ["Get-X -Name 'it's'"],
    ["Get-X -Name 'it\u2019s'"],
    ['Get-X )'],
    ['if ($a) { Get-X'],
    ['Get-X Name,,Status'],
    ['$a = @{ b = '],
    ['Get-X | | Get-Y'],
  ])('%j', async (text) => {
    expect(syntaxErrors(text)).not.toEqual([]);
  });
});

test('the place of an error counts lines and columns from 1', async () => {
  expect(syntaxErrors('Get-X\nGet-Y )')).toEqual([{ line: 2, column: 7 }]);
});

test('text after typographic quotes keeps its column', async () => {
  expect(syntaxErrors('Get-X \u2018\u00e9\u2019 )')).toEqual([{ line: 1, column: 11 }]);
});
