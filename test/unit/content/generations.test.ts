/** A command is offered only where its cmdlets and programs exist. */
import { describe, expect, test } from 'vitest';
import { compileLibrary, readYamlFolder } from '../../../electron/content/library-loader.ts';
import { createLibrary } from '../../../wizards/engine/library.ts';
import { ENVIRONMENTS, type Environment } from '../../../wizards/engine/schema.ts';

/** From which generation of Exchange on, or in which only. Sources: Microsoft's pages of the cmdlets. */
const EXCHANGE: Record<string, readonly Environment[]> = {
  TransportService: ['2013+'],
  ServerComponentState: ['2013+'],
  ExchangeDiagnosticInfo: ['2013+'],
  ResubmitRequest: ['2013+'],
  MalwareFilteringServer: ['2013+'],
  TransportServer: ['2007-2010'],
};
/** Cmdlets of Windows Server 2012 and later (NetTCPIP, NetAdapter, DnsClient, CIM) and of 2008 and later (event log). */
const NEW_WINDOWS =
  /\b(?:Test-NetConnection|Get-Net\w+|Set-Net\w+|Enable-Net\w+|Disable-Net\w+|Resolve-DnsName|Get-DnsClient\w*|Get-CimInstance|Get-WinEvent|Get-SmbConnection)\b/;
const EXCHANGE_SERVERS = ['sending-server', 'receiving-server', 'exchange-server'];
/** Gone after Windows Server 2003, or never there before it. */
const OLD_PROGRAMS = /^(?:netdiag|dsacls \S+ \/R|eventquery\.vbs|smtpdiag|cscript .*adsutil)/;

const library = createLibrary((await compileLibrary(readYamlFolder('wizards'))).files);
const templates = [...library.commands.values()].flatMap(({ command }) =>
  command.templates.map((template) => ({
    command,
    text: template.text,
    shell: [template.shell].flat(),
    where: template.environments ?? ENVIRONMENTS,
    name: `${command.id}: ${template.text.slice(0, 60)}`,
  })),
);

describe('cmdlets of Exchange are offered where they exist', () => {
  test.each(Object.entries(EXCHANGE))('%s', (noun, generations) => {
    const using = templates.filter(({ text }) => new RegExp(`\\b(?:Get|Set|Add|Remove)-${noun}\\b`).test(text));
    expect(using.length).toBeGreaterThan(0);
    const wrong = using.filter(({ where }) => where.some((each) => !generations.includes(each)));
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  test('no cmdlet of Exchange in the time before the Exchange Management Shell', () => {
    const wrong = templates.filter(
      ({ shell, where }) => shell.every((each) => each === 'ems') && where.includes('2000-2003'),
    );
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });
});

describe('cmdlets of Windows are offered where they exist', () => {
  test('none of a newer Windows on a server of Exchange 2000 or 2003', () => {
    const wrong = templates.filter(
      ({ command, text, where }) =>
        NEW_WINDOWS.test(text) && EXCHANGE_SERVERS.includes(command.runs_on) && where.includes('2000-2003'),
    );
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  test('programs that are gone are not offered any more', () => {
    const wrong = templates.filter(({ text, where }) => OLD_PROGRAMS.test(text) && where.includes('2013+'));
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });
});
