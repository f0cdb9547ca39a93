import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { prepareLaunch } from '../../../electron/terminal/shell-launch.ts';
import { findShells, type Machine, shellVersion, thisMachine } from '../../../electron/terminal/shells.ts';
import { INTEGRATION } from './shell-under-test.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shells-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(path: string, text = '#!/bin/sh\necho "Shell, version 9.8.7(1)-release"\n'): string {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

const windows = (build: number): Machine => ({
  platform: 'win32',
  environment: {
    SystemRoot: folder,
    ProgramFiles: join(folder, 'programs'),
    ComSpec: join(folder, 'System32', 'cmd.exe'),
    PATH: '',
  },
  windowsBuild: build,
});

describe('shells are found, not configured', () => {
  test('on the PATH, first folder first', () => {
    program(join(folder, 'b', 'zsh'));
    const first = program(join(folder, 'a', 'zsh'));
    const PATH = [join(folder, 'a'), join(folder, 'b')].join(delimiter);
    const zsh = findShells({ platform: 'linux', environment: { PATH }, windowsBuild: null }).find(
      (one) => one.shell === 'zsh',
    );
    expect(zsh).toEqual({ shell: 'zsh', title: 'Zsh', path: first, capture: true, reason: null });
  });

  test('a folder or a file that cannot be run is no shell', () => {
    mkdirSync(join(folder, 'pwsh'));
    const machine: Machine = { ...thisMachine(), platform: 'linux', environment: { PATH: folder } };
    expect(findShells(machine).find((one) => one.shell === 'pwsh')?.path).not.toBe(join(folder, 'pwsh'));
    rmSync(join(folder, 'pwsh'), { recursive: true });
    writeFileSync(join(folder, 'pwsh'), '');
    expect(findShells(machine).find((one) => one.shell === 'pwsh')?.path).not.toBe(join(folder, 'pwsh'));
  });

  test('each that is missing comes last, with its reason', () => {
    const shells = findShells({ platform: 'linux', environment: { PATH: '' }, windowsBuild: null });
    expect(shells.map((one) => one.shell).sort()).toEqual(['bash', 'cmd', 'powershell', 'pwsh', 'zsh']);
    const missing = shells.findIndex((one) => one.path === null);
    for (const one of shells.slice(missing)) {
      expect(one.path).toBeNull();
      expect(one.reason).toMatch(/\w.*\./);
    }
    expect(shells.find((one) => one.shell === 'powershell')?.reason).toContain('Part of Windows');
  });

  test('on Windows: both PowerShells and cmd, the last without capture', () => {
    program(join(folder, 'System32', 'cmd.exe'));
    program(join(folder, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe'));
    program(join(folder, 'programs', 'PowerShell', '7-preview', 'pwsh.exe'));
    const seven = program(join(folder, 'programs', 'PowerShell', '7', 'pwsh.exe'));
    const shells = findShells(windows(20348));
    expect(shells.filter((one) => one.path !== null).map((one) => [one.shell, one.capture])).toEqual([
      ['powershell', true],
      ['pwsh', true],
      ['cmd', false],
    ]);
    expect(shells.find((one) => one.shell === 'pwsh')?.path).toBe(seven);
    expect(shells.find((one) => one.shell === 'cmd')?.reason).toContain('paste');
  });

  test.each([
    [14393, false],
    [17762, false],
    [17763, true],
  ])('Windows build %i: a terminal is possible: %s', (build, possible) => {
    program(join(folder, 'System32', 'cmd.exe'));
    const cmd = findShells(windows(build)).find((one) => one.shell === 'cmd');
    expect(cmd?.path !== null).toBe(possible);
    if (!possible) expect(cmd?.reason).toContain(String(build));
  });

  test('the version is asked of the program; null when it does not say', async () => {
    expect(await shellVersion('bash', program(join(folder, 'bash')))).toBe('9.8.7');
    expect(await shellVersion('bash', program(join(folder, 'odd'), '#!/bin/sh\necho none\n'))).toBeNull();
    expect(await shellVersion('bash', program(join(folder, 'bad'), '#!/bin/sh\nexit 1\n'))).toBeNull();
    expect(await shellVersion('bash', join(folder, 'nothing'))).toBeNull();
  });
});

describe('a shell is started with a secret of its own', () => {
  test('in a file that only this user can read, never in arguments or environment', () => {
    for (const shell of ['bash', 'zsh', 'pwsh', 'powershell'] as const) {
      const launch = prepareLaunch(shell, INTEGRATION, { PATH: '/usr/bin' });
      const file = launch.environment.FIELDGUIDE_MARKS ?? '';
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
      expect(launch.secret).toMatch(/^[0-9a-f]{32}$/);
      expect(JSON.stringify([launch.args, launch.environment])).not.toContain(launch.secret);
      launch.cleanUp();
      expect(() => statSync(join(file, '..'))).toThrow();
    }
  });

  test('`fieldguide` is a command of it, behind all that is on the PATH, where the program lies beside its scripts', () => {
    const built = mkdtempSync(join(tmpdir(), 'fieldguide-built-'));
    cpSync(INTEGRATION, join(built, 'integration'), { recursive: true });
    const launch = prepareLaunch('bash', join(built, 'integration'), { PATH: '/usr/bin:/bin' });
    launch.cleanUp();
    expect(launch.environment.PATH).toBe('/usr/bin:/bin');
    writeFileSync(join(built, 'cli.js'), 'console.log(process.argv.slice(2).join("|"))');
    const { environment, cleanUp } = prepareLaunch('bash', join(built, 'integration'), { PATH: '/usr/bin:/bin' });
    cleanUp();
    const said = execFileSync('sh', ['-c', 'fieldguide probe "a b"'], { env: environment as NodeJS.ProcessEnv });
    rmSync(built, { recursive: true });
    expect(environment.PATH).toBe(`/usr/bin:/bin:${join(built, 'integration', 'bin')}`);
    expect(String(said)).toBe('probe|a b\n');
  });

  test('two are never alike', () => {
    const [one, two] = [prepareLaunch('bash', INTEGRATION, {}), prepareLaunch('bash', INTEGRATION, {})];
    expect(one.secret).not.toBe(two.secret);
    one.cleanUp();
    two.cleanUp();
  });

  test('variables of the program that started it do not reach it', () => {
    const launch = prepareLaunch('bash', INTEGRATION, {
      HOME: '/home/anna',
      npm_config_x: '1',
      ELECTRON_RUN_AS_NODE: '1',
      NODE_OPTIONS: '--x',
      FIELDGUIDE_HOME: '/x',
    });
    launch.cleanUp();
    expect(Object.keys(launch.environment).sort()).toEqual(['COLORTERM', 'FIELDGUIDE_MARKS', 'HOME', 'TERM_PROGRAM']);
  });
});
