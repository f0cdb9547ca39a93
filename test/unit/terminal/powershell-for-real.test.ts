/** PowerShell 7, where `pwsh` is on the PATH; the syntax of the script everywhere. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { loadPowerShellSyntax } from '../../../electron/content/powershell-syntax.ts';
import { RecordingViewer } from './recording-viewer.ts';
import { asText, closeAll, hasShell, INTEGRATION, openShell, until } from './shell-under-test.ts';

const syntaxErrors = await loadPowerShellSyntax();

afterEach(closeAll);

test('the integration script is PowerShell', async () => {
  const script = readFileSync(join(INTEGRATION, 'powershell.ps1'), 'utf8');
  expect(syntaxErrors(script)).toEqual([]);
  expect(syntaxErrors(`${script}\nif (`)).not.toEqual([]);
});

// Windows PowerShell 5.1 reads a file without byte order mark in the system's code page.
test('the integration script is plain ASCII', () => {
  expect(readFileSync(join(INTEGRATION, 'powershell.ps1'), 'latin1')).toMatch(/^[\t\n\x20-\x7e]*$/);
});

const lines = async (shell: Awaited<ReturnType<typeof openShell>>, command: string): Promise<string[]> => {
  const capture = await shell.run(command);
  return (await shell.terminals.read(capture)).lines;
};

describe.skipIf(!hasShell('pwsh'))('a real pwsh (needs pwsh)', () => {
  const variants: [string, Record<string, string>][] = [
    ['with PSReadLine', {}],
    ['without PSReadLine', { NO_PSREADLINE: '1' }],
  ];

  describe.each(variants)('%s', (_, environment) => {
    const open = async () => {
      const shell = await openShell('pwsh', { environment });
      if (environment.NO_PSREADLINE) await shell.run('Remove-Module PSReadLine -ErrorAction Ignore');
      return shell;
    };

    test('tells results apart', { timeout: 60_000 }, async () => {
      const shell = await open();
      expect(await shell.run(`'a'; 'b'`)).toMatchObject({ result: 'ok', exit: null, ended: 'exit' });
      expect(await shell.run('sh -c "exit 3"')).toMatchObject({ result: 'failed', exit: 3 });
      expect(await shell.run(`'x'`)).toMatchObject({ result: 'ok', exit: null });
      expect(await shell.run('Get-Item /nonexistent')).toMatchObject({ result: 'failed', exit: null });
      expect(await shell.run('Get-Item /nonexistent -ErrorAction SilentlyContinue')).toMatchObject({
        result: 'failed',
      });
      expect(await shell.run('if (', { timeoutMs: 1000 })).toMatchObject({ ended: 'timeout' });
      expect(await shell.run(`'on'`)).toMatchObject({ result: 'ok' });
    });
  });

  test('gives output, directory, host, user and version', { timeout: 60_000 }, async () => {
    const shell = await openShell('pwsh');
    const capture = await shell.run(`Set-Location /; 'done'`);
    expect(await shell.terminals.read(capture)).toEqual({ lines: ['done'], truncated: false });
    expect(capture.directory).toBe(shell.home);
    expect((await shell.run(`'x'`)).directory).toBe('/');
    expect(capture.shellVersion).toMatch(/^7\./);
    expect(capture.shellVersion).toBe(await shell.terminals.version('pwsh'));
    expect(capture.host).toBe((await lines(shell, '[Environment]::MachineName'))[0]);
  });

  test('a parser error is a result of its own', { timeout: 60_000 }, async () => {
    const shell = await openShell('pwsh');
    const capture = await shell.run(`Get-Item ) x`);
    expect(capture).toMatchObject({ result: 'parse-error', ended: 'exit', exit: null });
    expect(asText(capture)).toMatch(/ParserError|Unexpected token/);
    expect((await shell.run(`'on'`)).result).toBe('ok');
  });

  test('an error in the middle counts, also when the last statement succeeds', { timeout: 60_000 }, async () => {
    const shell = await openShell('pwsh');
    expect(await shell.run(`Get-Item /nonexistent; 'after'`)).toMatchObject({ result: 'failed' });
    expect(await shell.run(`'after'`)).toMatchObject({ result: 'ok' });
    expect(await shell.run(`throw 'broken'`)).toMatchObject({ result: 'failed' });
  });

  test('the last exit code can still be asked for', { timeout: 60_000 }, async () => {
    const shell = await openShell('pwsh');
    await shell.run('sh -c "exit 4"');
    expect(await lines(shell, '$LASTEXITCODE')).toEqual(['4']);
    expect(await lines(shell, '"[$LASTEXITCODE]"')).toEqual(['[4]']);
    expect((await shell.run(`'x'`)).exit).toBeNull();
  });

  test('text with quotes, semicolons, backslashes and other alphabets is reported as sent', {
    timeout: 60_000,
  }, async () => {
    const shell = await openShell('pwsh');
    const text = `'a;b\\c', "ä 漢 'q'"`;
    const capture = await shell.run(text);
    expect(capture.received).toBe(text);
    expect((await shell.terminals.read(capture)).lines).toEqual([`a;b\\c`, `ä 漢 'q'`]);
  });

  test('a prompt that is replaced later stays, sees $?, and loses no capture', { timeout: 60_000 }, async () => {
    const shell = await openShell('pwsh');
    expect(await shell.run(`function prompt { "mine:$($?)> " }`)).toMatchObject({ ended: 'exit', result: 'unknown' });
    const viewer = new RecordingViewer();
    shell.terminals.attach(shell.tab, viewer.channel);
    await shell.run(`'x'`);
    await until(() => viewer.text.includes('mine:True> '), 'the prompt says True');
    await shell.run('Get-Item /nonexistent');
    await until(() => viewer.text.includes('mine:False> '), 'the prompt says False');
  });

  test('Ctrl+C ends a command, the tab goes on', { timeout: 60_000 }, async () => {
    const shell = await openShell('pwsh');
    const capture = await shell.run(`'begun'; Start-Sleep 600`, { timeoutMs: 1500 });
    expect(capture.ended).toBe('timeout');
    expect(asText(capture)).toContain('begun');
    expect(await lines(shell, `'on'`)).toEqual(['on']);
  });

  test('the secret is not in the environment', { timeout: 60_000 }, async () => {
    const shell = await openShell('pwsh');
    expect(
      await lines(
        shell,
        'Get-ChildItem env: | Where-Object Name -like FIELDGUIDE* | Measure-Object | ForEach-Object Count',
      ),
    ).toEqual(['0']);
    expect(await lines(shell, `(Get-Content -Raw /proc/self/environ) -match '[0-9a-f]{32}'`)).toEqual(['False']);
    expect(
      await lines(
        shell,
        `Get-Variable | Where-Object Name -match 'fieldguide|^secret$' | Measure-Object | ForEach-Object Count`,
      ),
    ).toEqual(['0']);
  });

  test('a forged mark is output', { timeout: 60_000 }, async () => {
    const shell = await openShell('pwsh');
    const capture = await shell.run(
      `[Console]::Write("$([char]27)]633;${'0'.repeat(32)};99;D;ok;0$([char]7)"); sh -c 'exit 6'`,
    );
    expect(capture).toMatchObject({ result: 'failed', exit: 6 });
    expect(asText(capture)).toContain(`\x1b]633;${'0'.repeat(32)};99;D;ok;0\x07`);
  });
});
