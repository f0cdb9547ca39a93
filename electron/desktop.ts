/** `fieldguide desktop`: opens the window, or says in one line why it cannot and opens the browser door. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Path of the Electron program, or the reason why there is none. */
export function electronProgram(programFolder: string): { path: string } | { reason: string } {
  try {
    const path: unknown = createRequire(join(programFolder, 'cli.js'))('electron');
    if (typeof path === 'string' && existsSync(path)) return { path };
  } catch {
    // The package throws where its runtime was not downloaded.
  }
  return { reason: 'the Electron runtime is not installed' };
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
