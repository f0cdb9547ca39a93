/** Starts the built browser door as a person does, in a data folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export interface ServedDoor {
  /** The address with its token. */
  url: string;
  home: string;
  process: ChildProcess;
  /** Ends the program; the data folder goes with it unless it is to be kept. */
  stop(keep?: boolean): Promise<void>;
}

interface Options {
  args?: string[];
  /** What differs from this program's own environment. */
  environment?: Record<string, string>;
  /** Where the program, and with it its shells, starts. */
  directory?: string;
  /** Gets each line of the program's stderr; without it they go to the terminal of the tests. */
  onNote?: (line: string) => void;
}

export async function serveDoor(
  home = mkdtempSync(join(tmpdir(), 'fieldguide-door-')),
  options: Options = {},
): Promise<ServedDoor> {
  const { args = [], environment = {}, directory, onNote } = options;
  const child = spawn(process.execPath, [resolve('dist/cli.js'), 'serve', '--no-open', ...args], {
    env: { ...process.env, ...environment, FIELDGUIDE_HOME: home },
    cwd: directory,
    stdio: ['ignore', 'pipe', onNote ? 'pipe' : 'inherit'],
  });
  if (onNote && child.stderr) createInterface({ input: child.stderr }).on('line', onNote);
  const url = await firstAddress(child);
  return {
    url,
    home,
    process: child,
    stop: async (keep = false) => {
      const ended = new Promise((done) => child.once('exit', done));
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await ended;
      }
      if (!keep) rmSync(home, { recursive: true, force: true });
    },
  };
}

/** The first line of the output that is an address. */
export function firstAddress(child: ChildProcess): Promise<string> {
  return new Promise((done, failed) => {
    child.once('exit', (code) => failed(new Error(`The door ended with ${code} before it named its address.`)));
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      if (/^http:\/\/\S+$/.test(line.trim())) done(line.trim());
    });
  });
}
