/** `fieldguide desktop`: opens the window, or says in one line why it cannot and opens the browser door. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Path of the Electron program of this checkout, or the reason why there is none. The package's own entry is not
 * asked: without its runtime it would begin to download one.
 */
export function electronProgram(programFolder: string): { path: string } | { reason: string } {
  const folder = join(programFolder, '..', 'node_modules', 'electron');
  const name = join(folder, 'path.txt');
  const base = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist');
  const path = existsSync(name) ? join(base, readFileSync(name, 'utf8').trim()) : null;
  return path && existsSync(path) ? { path } : { reason: 'the Electron runtime is not installed' };
}

/** Runs the window until it is closed. @returns its exit code. */
export function runDesktop(electron: string, programFolder: string, args: string[]): Promise<number> {
  // A program started from an Electron that runs as Node would otherwise become Node again.
  const { ELECTRON_RUN_AS_NODE: _, ...environment } = process.env;
  const child = spawn(electron, [join(programFolder, 'main.js'), ...args], { stdio: 'inherit', env: environment });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** The one line that is said before the browser door opens instead. */
export function withoutWindow(reason: string): string {
  return `No desktop window: ${reason}. To get it, run "npx install-electron" where GitHub can be reached. Opening the page in your browser instead.`;
}
