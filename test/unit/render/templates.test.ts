import { describe, expect, test } from 'vitest';
import { renderCommand, templateFaults } from '../../../wizards/engine/render.ts';
import type { Command, Shell, Template } from '../../../wizards/engine/schema.ts';
import { command, parameter } from './one-value-command.ts';

const PARAMETERS = {
  value: parameter('value', 'text'),
  host: parameter('host', 'host'),
  port: parameter('port', 'port'),
  dn: parameter('dn', 'dn'),
  ids: parameter('ids', 'integer', { list: true }),
  password: parameter('password', 'secret'),
};
const LITERALS: Command['literals'] = {
  endpoint: { as: 'plain', text: '{host}:{port}' },
  filter: { as: 'ps-hashtable', text: '@{{Id={ids}}}' },
};

function faultsOf(shell: Shell, text: string, more: Partial<Template> = {}, literals = LITERALS): string[] {
  const template: Template = { shell, text, ...more };
  const parameters = Object.keys(PARAMETERS).map((name) => ({ name }));
  return templateFaults(
    command([template], { parameters, ...(literals ? { literals } : {}) }),
    template,
    PARAMETERS,
  ).map((fault) => fault.code);
}

describe('a template in which each placeholder is a token of its own has no faults', () => {
  test.each<[Shell, string, boolean?]>([
    [
      'powershell',
      "Get-ReceiveConnector {value} | Select-Object Identity,@{{n='R';e={{$_.RemoteIPRanges -join ';'}}}} | Format-List",
    ],
    ['ems', 'Set-ReceiveConnector -Identity {value} -AuthMechanism {ids} -WhatIf'],
    ['powershell', 'Get-WinEvent -FilterHashtable {filter} | Format-List'],
    ['pwsh', "@{{Id={ids}; Log='x'}} | Out-String -Width 4096"],
    ['powershell', '[ADSI]{value}'],
    ['powershell', '$x={value}; $x'],
    ['ems', 'Get-Queue -Server:{host}'],
    ['ems', '(Get-Item {value},{host}).Name'],
    ['powershell', 'Get-Thing | Where-Object {{ $_.Name -eq {value} }}'],
    ['powershell', '{value} | Get-Queue'],
    ['powershell', 'sc.exe query {value}', true],
    ['powershell', 'Write-Output "it is `"quoted`"" {value}'],
    ['powershell', "Write-Output 'it''s' {value} # last words"],
    ['cmd', 'cscript %SystemDrive%\\Inetpub\\AdminScripts\\adsutil.vbs GET {value}'],
    ['cmd', 'ldifde -f "vs 1.ldf" -d {dn} -l "a,b"'],
    ['cmd', 'net start {value}'],
    ['cmd', 'setspn /q:{value}'],
    ['bash', "printf '%s\\0' {value}"],
    ['bash', 'openssl s_client -starttls smtp -connect {endpoint} </dev/null 2>&1 | head -n 40'],
    ['bash', 'swaks --server={host} --port {port} --quit-after EHLO; echo "done"'],
    ['bash', "echo \\' {value} \\'"],
    ['pwsh', 'Write-Output `" {value} `"'],
    ['zsh', 'dig +short -x {host}|sort'],
    ['bash', "find . -name {value} -print # it's a comment"],
    ['bash', 'ssh -p {port} {host}'],
    ['device', 'show conn address {host} port {port}'],
    ['console', 'Servers > {host} > "{value}"'],
  ])('%s: %s', (shell, text, native) => {
    expect(faultsOf(shell, text, native ? { native } : {})).toEqual([]);
  });
});

describe('a fault of a template is found', () => {
  test.each<[string, Shell, string, boolean?]>([
    ['in-quotes', 'powershell', "Get-Item ' {value} '"],
    ['in-quotes', 'powershell', 'Get-Item " {value} "'],
    ['in-quotes', 'pwsh', 'Get-Item \u2018 {value} \u2019'],
    ['in-quotes', 'pwsh', 'Get-Item \u201c {value} \u201d'],
    ['in-quotes', 'bash', "echo ' {value} '"],
    ['in-quotes', 'bash', 'echo "\\" {value} "'],
    ['in-quotes', 'bash', 'echo ` ls {value} `'],
    ['in-quotes', 'cmd', 'echo " {value} "'],
    ['in-quotes', 'cmd', 'echo \' " {value} " \''],
    ['in-comment', 'bash', 'ls # {value}'],
    ['in-comment', 'powershell', 'Get-Item x # {value}'],
    ['nested-quotes', 'bash', 'echo "$(ls " {value} ")"'],
    ['nested-quotes', 'powershell', 'Write-Output "$(Get-Item " {value} ")"'],
    ['glued', 'powershell', 'Get-Item C:\\{value}'],
    ['glued', 'powershell', 'Get-Item {value}.log'],
    ['glued', 'powershell', 'Get-Item {host}{value}'],
    ['glued', 'powershell', 'Get-Item `{value}'],
    ['glued', 'powershell', 'Get-Item \u0024{{{value}'],
    ['glued', 'powershell', 'tool.exe -x:{value}', true],
    ['glued', 'powershell', 'tool.exe --x={value}', true],
    ['glued', 'bash', 'ls x{value}'],
    ['glued', 'bash', 'ls {value}x'],
    ['glued', 'bash', 'ls \u0024{value}'],
    ['glued', 'bash', 'ls \u0024{{x: {value}}}'],
    ['glued', 'bash', 'ls \\{value}'],
    ['glued', 'bash', 'ls {port}>x'],
    ['glued', 'zsh', 'ls ={value}'],
    ['glued', 'bash', 'ls {host}:{port}'],
    ['glued', 'cmd', 'dir %{value}%'],
    ['glued', 'cmd', 'dir ^{value}'],
    ['glued', 'cmd', 'dir {value}&ver'],
    ['glued', 'device', 'show ({host})'],
    ['program-place', 'powershell', '& {value} x'],
    ['program-place', 'pwsh', 'Get-Item x; . {value}'],
    ['program-place', 'bash', 'true; {value} x'],
    ['program-place', 'bash', 'ls | sudo {value}'],
    ['program-place', 'zsh', 'true && {value}'],
    ['program-place', 'cmd', 'ver & {value}'],
    ['program-place', 'cmd', 'start {value}'],
    ['read-as-code', 'bash', 'eval {value}'],
    ['read-as-code', 'bash', 'bash -c {value}'],
    ['read-as-code', 'bash', 'sh -xc ls {value}'],
    ['read-as-code', 'bash', '[[ {value} -eq 1 ]]'],
    ['read-as-code', 'bash', 'ssh {host} ls {value}'],
    ['read-as-code', 'bash', '. {value}'],
    ['read-as-code', 'powershell', 'Invoke-Expression {value}'],
    ['read-as-code', 'pwsh', 'pwsh -Command {value}'],
    ['read-as-code', 'powershell', 'cmd /c {value}', true],
    ['read-as-code', 'powershell', 'tool.exe --% {value}', true],
    ['read-as-code', 'cmd', 'cmd /k {value}'],
    ['not-native', 'powershell', 'sc.exe query {value}'],
    ['not-native', 'ems', 'Get-It | Out-Null; nltest {value}'],
    ['native-cmdlet', 'powershell', 'Get-Item {value}', true],
    ['open-quote', 'bash', "echo it's {value}"],
    ['open-quote', 'powershell', 'Write-Output "x {host}'],
    ['open-quote', 'cmd', 'dir {value} "x'],
    ['unknown-placeholder', 'bash', 'ls {nothing}'],
    ['unknown-placeholder', 'bash', 'ls {constructor}'],
    ['secret', 'bash', 'swaks --ap {password}'],
    ['lone-brace', 'powershell', 'Get-Item {value} | % { $_ }'],
    ['lone-brace', 'bash', 'ls {Value}'],
    ['literal-shell', 'bash', 'ls {filter}'],
  ])('%s in %s: %s', (code, shell, text, native) => {
    expect(faultsOf(shell, text, native ? { native } : {})).toContain(code);
  });

  test.each<[string, 'plain' | 'opath' | 'xpath' | 'dn' | 'ps-hashtable', string]>([
    ['in-quotes', 'opath', "Name -eq '{value}'"],
    ['in-quotes', 'xpath', '*[a="{value}"]'],
    ['in-quotes', 'ps-hashtable', "@{{a='{value}'}}"],
    ['glued', 'ps-hashtable', '@{{a=x{value}}}'],
    ['open-quote', 'opath', "Name -eq 'a -or b -eq {value}"],
    ['free-text-in-plain', 'plain', 'x{value}'],
    ['free-text-in-plain', 'plain', 'x{dn}'],
    ['list-in-literal', 'dn', 'CN={ids}'],
    ['unknown-placeholder', 'plain', '{nothing}'],
    ['unknown-placeholder', 'plain', '{made}'],
    ['secret', 'ps-hashtable', '@{{p={password}}}'],
    ['lone-brace', 'plain', 'a{b'],
  ])('%s in a literal as %s: %s', (code, as, text) => {
    expect(faultsOf('pwsh', 'Show-It {made}', {}, { made: { as, text } })).toContain(code);
  });

  test.each([
    ['glued', 'dn: CN={host},DC=contoso\n'],
    ['glued', '{value}\n'],
    ['glued', 'a: {host}{port}\n'],
    ['secret', 'unicodePwd: {password}\n'],
    ['unknown-placeholder', 'a: {nothing}\n'],
    ['literal-shell', 'a: {filter}\n'],
  ])('%s in a file: %j', (code, text) => {
    expect(faultsOf('cmd', 'ldifde -i -f x.ldf', { file: { name: 'x.ldf', as: 'ldif', text } })).toContain(code);
  });

  test('a file name that leads elsewhere', () => {
    expect(faultsOf('cmd', 'ver', { file: { name: '..\\x.ldf', as: 'ldif', text: 'a: b\n' } })).toEqual(['file-name']);
  });

  test('an optional parameter without a default, which the text cannot leave out', () => {
    const template: Template = { shell: 'bash', text: 'ls {value}' };
    const faults = templateFaults(
      command([template], { parameters: [{ name: 'value', required: false }] }),
      template,
      PARAMETERS,
    );
    expect(faults.map((fault) => fault.code)).toEqual(['optional-placeholder']);
  });

  test('a name that is a parameter and a literal', () => {
    expect(faultsOf('bash', 'ls {host}', {}, { host: { as: 'plain', text: '{port}' } })).toContain('two-meanings');
  });

  test('a parameter that no list describes, whatever its name', () => {
    const template: Template = { shell: 'bash', text: 'ls {constructor}' };
    const faults = templateFaults(command([template], { parameters: [{ name: 'constructor' }] }), template, PARAMETERS);
    expect(faults.map((fault) => fault.code)).toEqual(['unknown-parameter']);
  });

  test('in each of the shells that share the template', () => {
    expect(faultsOf('bash', 'ls -x={value}', { shell: ['bash', 'powershell'] })).toEqual(['glued']);
  });

  test('with the place in the template', () => {
    const template: Template = { shell: 'bash', text: "ls {host} 'x {value}'" };
    const faults = templateFaults(
      command([template], { parameters: [{ name: 'host' }, { name: 'value' }] }),
      template,
      PARAMETERS,
    );
    expect(faults[0]).toMatchObject({ code: 'in-quotes', position: 14 });
    expect(faults[0]?.message).toContain('{value}');
  });
});

test('a template with a fault is never rendered', () => {
  const rendered = renderCommand({
    command: command([{ shell: 'bash', text: "ls '{value}'" }], { parameters: [{ name: 'value' }] }),
    parameters: PARAMETERS,
    shell: 'bash',
    values: { value: 'x' },
  });
  expect(rendered).toMatchObject({ ok: false, missing: [] });
});
