import { describe, expect, test } from 'vitest';
import { readOutput } from '../../../wizards/engine/read.ts';
import type { Command, Template } from '../../../wizards/engine/schema.ts';
import { commandsOf, previewOf, whatIfTemplate } from '../../../wizards/engine/what-if.ts';

const change = (preview?: string): Command => ({
  id: 'D2',
  title: 'Set the flags',
  effect: 'change',
  runs_on: 'receiving-server',
  needs: ['role Flags'],
  warning: 'Harms.',
  parameters: [{ name: 'flags' }],
  templates: [
    { shell: 'ems', environments: ['2013+'], text: 'Set-Flags -Value {flags}' },
    { shell: 'console', text: 'Flags > {flags}' },
  ],
  ...(preview ? { preview } : {}),
  sources: ['KB 843106'],
  certainty: 'confirmed',
});

describe('a preview with -WhatIf', () => {
  test('is a command of its own beside the change, which reads and changes nothing', () => {
    const [first, preview, ...more] = commandsOf({ group: 'Demo', commands: [change('what-if')] });
    expect(more).toEqual([]);
    expect(previewOf(first as Command)).toBe('D2-preview');
    expect(preview).toMatchObject({
      id: 'D2-preview',
      title: 'Preview: Set the flags',
      effect: 'read',
      needs: ['role Flags'],
      sources: ['KB 843106'],
    });
    expect(preview?.templates).toEqual([
      { shell: ['ems'], environments: ['2013+'], text: 'Set-Flags -Value {flags} -WhatIf' },
    ]);
    expect(preview?.warning).toBeUndefined();
  });

  test('is read: what would change, and what would be refused', () => {
    const preview = commandsOf({ group: 'Demo', commands: [change('what-if')] })[1] as Command;
    const read = (output: string) =>
      readOutput(preview, output, {}).hits.map(({ id, englishOnly }) => [id, englishOnly]);
    expect(read('What if: Setting Receive Connector "MBX02\\Default MBX02".\n')).toEqual([['would-change', true]]);
    expect(read('Object not found.\n    + CategoryInfo          : NotSpecified: (:) [Set-Flags], Exception\n')).toEqual(
      [['refused', false]],
    );
    expect(read('')).toEqual([]);
  });

  test('a command that names another one, or none, stays alone', () => {
    expect(commandsOf({ group: 'Demo', commands: [change('D3'), change()] })).toHaveLength(2);
    expect([previewOf(change('D3')), previewOf(change())]).toEqual(['D3', undefined]);
  });
});

describe('-WhatIf is put at the end only where it reaches the change', () => {
  const whatIf = (text: string, more: Partial<Template> = {}) => whatIfTemplate({ shell: 'ems', text, ...more })?.text;

  test.each([
    ['Set-Flags -Value {flags}'],
    ['Get-Flags -Server {server} | Set-Flags -Value {flags} -Confirm:$false'],
    ['Restart-Service -Name MSExchangeTransport'],
  ])('%s', (text) => expect(whatIf(text)).toBe(`${text} -WhatIf`));

  test.each([
    ['two statements', 'Stop-Service -Name A; Move-Item -Path B -Destination C'],
    ['a script block', 'Get-Flags | ForEach-Object {{ Set-Flags $_ }}'],
    ['a call of a script', "& (Join-Path $exinstall 'Bin\\ServiceControl.ps1') AfterPatch"],
    ['an assignment', '$flags = Set-Flags -Value {flags}'],
    ['a cmdlet that only reads', 'Get-Flags | Format-List'],
    ['output behind the change', 'Set-Flags -Value {flags} | Format-List'],
  ])('not at the end of %s', (_, text) => expect(whatIf(text)).toBeUndefined());

  test('nor in another shell or behind a program', () => {
    expect(whatIf('Set-Flags -Value {flags}', { shell: 'cmd' })).toBeUndefined();
    expect(whatIf('Set-Flags -Value {flags}', { native: true })).toBeUndefined();
  });
});
