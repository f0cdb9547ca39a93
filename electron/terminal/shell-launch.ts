import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { TabShell } from '../contract-terminal.ts';

/** How to start a shell so that it sends marks. */
export interface Launch {
  args: string[];
  environment: Record<string, string | undefined>;
  /** What each mark must carry; null where the shell sends none. */
  secret: string | null;
  /** Removes what is left of the one-shot files. To be called when the first mark came, or the shell ended. */
  cleanUp(): void;
}

/** Variables of the program that started us; in a tab they would only mislead. */
const NOT_INHERITED =
  /^(ELECTRON_|npm_|NODE_OPTIONS$|NODE_CHANNEL_|FIELDGUIDE_|__fieldguide_|TERM_PROGRAM|VSCODE_|TMUX|STY$|COLUMNS$|LINES$|INIT_CWD$)/;

/**
 * The secret is handed over in a file that only this user can read, in a folder of its own; the script
 * deletes it as soon as it is read. Arguments and environment carry the path alone: both can be read by
 * other processes for as long as the shell lives, and are inherited by every program started in it.
 *
 * `integrationDirectory` holds bash.sh, zsh.zsh and powershell.ps1.
 */
export function prepareLaunch(
  shell: TabShell,
  integrationDirectory: string,
  inherited: Record<string, string | undefined> = process.env,
): Launch {
  const environment: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(inherited)) if (!NOT_INHERITED.test(name)) environment[name] = value;
  environment.TERM_PROGRAM = 'fieldguide';
  environment.COLORTERM = 'truecolor';
  addOwnProgram(environment, integrationDirectory);
  if (shell === 'cmd') return { args: [], environment, secret: null, cleanUp: () => {} };

  const secret = randomBytes(16).toString('hex');
  const folder = mkdtempSync(join(tmpdir(), 'fieldguide-shell-'));
  const file = join(folder, 'marks');
  writeFileSync(file, `${secret}\n`, { mode: 0o600, flag: 'wx' });
  environment.FIELDGUIDE_MARKS = file;
  const args = shellArguments(shell, integrationDirectory);
  if (shell === 'zsh') {
    const script = join(integrationDirectory, 'zsh.zsh').replaceAll("'", "'\\''");
    writeFileSync(join(folder, '.zshenv'), `source '${script}'\n`, { mode: 0o600, flag: 'wx' });
    if (environment.ZDOTDIR !== undefined) environment.FIELDGUIDE_ZDOTDIR = environment.ZDOTDIR;
    environment.ZDOTDIR = folder;
  }
  return { args, environment, secret, cleanUp: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * Makes `fieldguide` a command of the tab, behind everything that is there already. The desktop's own program is no
 * Node, and packed it has no command line on the disk: there the zip with the command line has to be on the PATH.
 */
function addOwnProgram(environment: Launch['environment'], integrationDirectory: string): void {
  if (process.versions.electron !== undefined || !existsSync(join(integrationDirectory, '..', 'cli.js'))) return;
  environment.FIELDGUIDE_NODE = process.execPath;
  // Windows keeps the case in which somebody wrote it.
  const path = Object.keys(environment).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  environment[path] = [environment[path], join(integrationDirectory, 'bin')].filter(Boolean).join(delimiter);
}

function shellArguments(shell: TabShell, folder: string): string[] {
  switch (shell) {
    case 'bash':
      return ['--rcfile', join(folder, 'bash.sh'), '-i'];
    case 'zsh':
      return ['-i'];
    case 'powershell':
    case 'pwsh': {
      const script = join(folder, 'powershell.ps1').replaceAll("'", "''");
      // A fresh Windows client refuses every script, our own included; this concerns this one process.
      const policy = process.platform === 'win32' ? ['-ExecutionPolicy', 'RemoteSigned'] : [];
      return ['-NoLogo', ...policy, '-NoExit', '-Command', `. '${script}'`];
    }
    case 'cmd':
      return [];
  }
}
