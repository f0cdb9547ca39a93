import { describe, expect, it } from 'vitest';
import type { CaseSummary, TabInfo } from '../../../electron/contract.ts';
import { backOff } from '../../../renderer/lib/back-off.ts';
import { caseTitle } from '../../../renderer/lib/case-title.ts';
import { chooseShell, groupCommands, runnableOf } from '../../../renderer/lib/command-choice.ts';
import { problemOf } from '../../../renderer/lib/problem.ts';
import { searchCases } from '../../../renderer/lib/search-cases.ts';
import { accepts, tabFor } from '../../../renderer/lib/tab-choice.ts';
import { likelyCommand } from '../../../renderer/lib/typed-match.ts';
import type { CommandView } from '../../../wizards/engine/view.ts';

const command = (id: string, shell: CommandView['shell'], more: Partial<CommandView> = {}) =>
  ({ id, shell, role: 'check', text: null, pieces: [], ...more }) as CommandView;
const tab = (id: string, shell: TabInfo['shell'], more: Partial<TabInfo> = {}) =>
  ({ id, shell, kind: 'shell', state: 'ready', marked: true, ...more }) as TabInfo;

describe('the text that is shown of a command with several shells', () => {
  const views = [command('E1', 'ems'), command('E1', 'pwsh'), command('E1', 'bash')];
  const runnable = { 'E1:pwsh': { runnable: true, reason: null }, 'E1:ems': { runnable: false, reason: 'not here' } };

  it('is the first that runs here', () => {
    expect(chooseShell(views, runnable, null)?.shell).toBe('pwsh');
  });

  it('is the one that the person prefers, even where it does not run', () => {
    expect(chooseShell(views, runnable, 'bash')?.shell).toBe('bash');
    expect(chooseShell(views, runnable, 'zsh')?.shell).toBe('pwsh');
  });

  it('is the first of all where none runs', () => {
    expect(chooseShell(views, {}, null)?.shell).toBe('ems');
    expect(runnableOf({}, { id: 'E1', shell: 'ems' })).toEqual({ runnable: false, reason: null });
  });

  it('puts the texts of one command together, in the order of the step', () => {
    const groups = groupCommands([command('E2', 'ems'), ...views, command('C1', 'ems', { role: 'change' })], ['check']);
    expect(groups.map((group) => [group.id, group.views.length])).toEqual([
      ['E2', 1],
      ['E1', 3],
    ]);
  });
});

describe('the tab that a command goes to', () => {
  it('is the one in front when it fits', () => {
    expect(tabFor([tab('a', 'bash'), tab('b', 'bash')], 'b', 'bash')).toBe('b');
  });

  it('is another ready one when the one in front does not fit', () => {
    expect(tabFor([tab('a', 'bash', { state: 'busy' }), tab('b', 'pwsh'), tab('c', 'bash')], 'b', 'bash')).toBe('c');
  });

  it('is left to the core when none fits', () => {
    expect(tabFor([tab('a', 'bash', { kind: 'simulated' })], 'a', 'bash')).toBeNull();
  });

  it.each([
    ['a dead shell', tab('a', 'bash', { state: 'dead' }), 'bash', false],
    ['a shell without marks', tab('a', 'bash', { marked: false }), 'bash', false],
    ['another shell', tab('a', 'pwsh'), 'bash', false],
    ['Windows PowerShell for the Exchange shell', tab('a', 'powershell'), 'ems', true],
    ['PowerShell 7 for the Exchange shell', tab('a', 'pwsh'), 'ems', false],
  ] as const)('%s', (_, candidate, shell, taken) => {
    expect(accepts(candidate, shell)).toBe(taken);
  });
});

describe('a proposed title', () => {
  it('names both sides and what happened', () => {
    const fields = {
      local_server: 'MAIL1',
      remote_host: 'mail2.contoso.com',
      command: 'xexch50',
      reply: '504 Need to authenticate first',
    };
    expect(caseTitle({ title: 'Refused', fields })).toBe('MAIL1 → mail2.contoso.com: 504 on XEXCH50');
  });

  it('does with what there is', () => {
    expect(caseTitle({ title: 'Refused', fields: { remote_ip: '192.0.2.7' } })).toBe('192.0.2.7: Refused');
    expect(caseTitle({ title: 'Refused', fields: {} })).toBe('Refused');
    expect(caseTitle({ title: 'Refused', fields: { command: 'xexch50', reply: 'gone away' } })).toBe('Refused');
    expect(caseTitle({ title: 'Symptom', fields: { sentence: 'Mail hangs.', words: 'mail hangs' } })).toBe(
      'Mail hangs',
    );
  });
});

describe('searching the cases', () => {
  const item = (more: Partial<CaseSummary>) =>
    ({
      title: '',
      ticket: '',
      operator: '',
      wizardTitle: '',
      verdict: null,
      standing: '',
      state: 'open',
      parameters: {},
      ...more,
    }) as CaseSummary;
  const cases = [
    item({ ticket: 'INC-1', title: 'Queue grows' }),
    item({ title: 'Queue', parameters: { remote_host: 'mail2.contoso.com' } }),
  ];

  it('finds every word, wherever it stands, whatever its case', () => {
    expect(searchCases(cases, 'queue')).toHaveLength(2);
    expect(searchCases(cases, 'QUEUE mail2')).toEqual([cases[1]]);
    expect(searchCases(cases, 'inc-1 mail2')).toEqual([]);
  });

  it('shows all without a word', () => {
    expect(searchCases(cases, '  ')).toBe(cases);
  });
});

describe('a command that was typed by hand', () => {
  const commands = [
    command('L1', 'bash', { pieces: [{ text: 'nslookup {host}' }] }),
    command('E1', 'ems', { text: "Get-ReceiveConnector -Identity 'a'" }),
  ];

  it.each([
    ['nslookup -type=mx contoso.com', 'L1'],
    ['  NSLOOKUP.EXE contoso.com', 'L1'],
    ['get-receiveconnector', 'E1'],
    ['ping contoso.com', null],
    ['', null],
  ])('%j is most likely %s', (typed, id) => {
    expect(likelyCommand(typed, commands)).toBe(id);
  });
});

describe('what went wrong', () => {
  it('comes with the remedy that the core sent along', () => {
    const error = Object.assign(new Error('The port is taken.'), { data: { hint: 'Choose another one.' } });
    expect(problemOf(error)).toEqual({ message: 'The port is taken.', hint: 'Choose another one.' });
  });

  it('has words for anything', () => {
    expect(problemOf(new Error(''))).toEqual({ message: 'Something went wrong without a message.', hint: null });
    expect(problemOf('odd')).toEqual({ message: 'odd', hint: null });
  });
});

describe('the pause before the next attempt', () => {
  it('doubles and ends at five seconds', () => {
    expect([1, 2, 3, 4, 5, 6, 60].map(backOff)).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
  });
});
