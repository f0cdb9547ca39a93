import { execFile } from 'node:child_process';
import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { release } from 'node:os';
import { delimiter, join } from 'node:path';
import { type ShellInfo, TAB_SHELLS, type TabShell } from '../contract-terminal.ts';

/** What a search looks at; passed in so that tests can describe another machine. */
export interface Machine {
  platform: NodeJS.Platform;
  environment: Record<string, string | undefined>;
  /** Windows build, such as 17763; null elsewhere. */
  windowsBuild: number | null;
}

/** The first Windows build with a pseudo console: Windows 10 1809 and Server 2019. */
export const FIRST_CONPTY_BUILD = 17763;
const VERSION_TIMEOUT_MS = 10_000;

const TITLES: Record<TabShell, string> = {
  powershell: 'Windows PowerShell',
  pwsh: 'PowerShell 7',
  cmd: 'Command Prompt',
  bash: 'Bash',
  zsh: 'Zsh',
};

export function thisMachine(): Machine {
  const windows = process.platform === 'win32';
  return {
    platform: process.platform,
    environment: process.env,
    windowsBuild: windows ? Number(release().split('.')[2] ?? 0) : null,
  };
}

/** Every kind of shell, those that exist first, each with its path or the reason why it is not there. */
export function findShells(machine: Machine = thisMachine()): ShellInfo[] {
  const found = TAB_SHELLS.map((shell) => describe(shell, machine));
  return [...found.filter((info) => info.path !== null), ...found.filter((info) => info.path === null)];
}

function describe(shell: TabShell, machine: Machine): ShellInfo {
  const base = { shell, title: TITLES[shell], capture: shell !== 'cmd' };
  const windows = machine.platform === 'win32';
  if (!windows && (shell === 'powershell' || shell === 'cmd')) {
    return { ...base, path: null, reason: 'Part of Windows; this machine runs another system.' };
  }
  if (windows && (shell === 'bash' || shell === 'zsh')) {
    return { ...base, path: null, reason: 'Not offered on Windows; open it over ssh or in its own window.' };
  }
  const places = candidates(shell, machine);
  const path = places.find(isProgram) ?? null;
  if (path === null) {
    const folders = new Set(
      places.map((place) => place.slice(0, Math.max(place.lastIndexOf('/'), place.lastIndexOf('\\')))),
    );
    return {
      ...base,
      path,
      reason: `Not installed: not found in any of ${folders.size} folders, those of PATH included.`,
    };
  }
  if (machine.windowsBuild !== null && machine.windowsBuild < FIRST_CONPTY_BUILD) {
    const reason = `Windows build ${machine.windowsBuild} has no pseudo console (since 10 1809 and Server 2019). Copy the commands and paste their output.`;
    return { ...base, path: null, reason };
  }
  const reason = base.capture
    ? null
    : 'Says neither where an output ends nor its result: copy the output and paste it.';
  return { ...base, path, reason };
}

function candidates(shell: TabShell, machine: Machine): string[] {
  const { environment } = machine;
  const pathFolders = (environment.PATH ?? environment.Path ?? '').split(delimiter).filter(Boolean);
  if (machine.platform !== 'win32') {
    const usual = [
      '/usr/local/bin',
      '/usr/bin',
      '/bin',
      '/opt/homebrew/bin',
      '/opt/microsoft/powershell/7',
      '/snap/bin',
    ];
    return [...pathFolders, ...usual].map((folder) => join(folder, shell));
  }
  const system = join(environment.SystemRoot ?? 'C:\\Windows', 'System32');
  if (shell === 'cmd') return [environment.ComSpec ?? join(system, 'cmd.exe')];
  if (shell === 'powershell') return [join(system, 'WindowsPowerShell', 'v1.0', 'powershell.exe')];
  const installed = join(environment.ProgramFiles ?? 'C:\\Program Files', 'PowerShell');
  return [...versionFolders(installed).map((folder) => join(installed, folder)), ...pathFolders].map((folder) =>
    join(folder, 'pwsh.exe'),
  );
}

/** Folders such as `7` and `7-preview`, newest released version first. */
function versionFolders(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^\d+(-preview)?$/.test(name))
      .sort(
        (a, b) => Number(a.includes('-')) - Number(b.includes('-')) || Number.parseInt(b, 10) - Number.parseInt(a, 10),
      );
  } catch {
    return [];
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

const VERSION_ARGUMENTS: Record<TabShell, string[]> = {
  powershell: ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', '$PSVersionTable.PSVersion.ToString()'],
  pwsh: ['--version'],
  cmd: ['/d', '/c', 'ver'],
  bash: ['--version'],
  zsh: ['--version'],
};

/** Asks the program for its version (starts it, so only when a person wants to know); null when it does not say. */
export function shellVersion(shell: TabShell, path: string): Promise<string | null> {
  return new Promise((done) => {
    execFile(path, VERSION_ARGUMENTS[shell], { timeout: VERSION_TIMEOUT_MS, windowsHide: true }, (error, stdout) => {
      done(error ? null : (/\d+(\.\d+)+/.exec(stdout)?.[0] ?? null));
    });
  });
}
