import { accessSync, constants } from 'node:fs';
import { homedir, platform } from 'node:os';
import { join, resolve } from 'node:path';
import { makeFolder } from './make-folder.ts';

/** `FIELDGUIDE_HOME`, else the place where this system keeps the data of programs. */
export function dataFolder(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment.FIELDGUIDE_HOME) return resolve(environment.FIELDGUIDE_HOME);
  if (platform() === 'win32')
    return join(environment.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Fieldguide');
  if (platform() === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Fieldguide');
  return join(environment.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'fieldguide');
}

/** Makes the folder; null when it can be written, else one sentence with the remedy. */
export function dataFolderFault(folder: string): string | null {
  try {
    makeFolder(join(folder, 'cases'));
    accessSync(join(folder, 'cases'), constants.W_OK);
    return null;
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    return `The data folder ${folder} cannot be written (${reason}): make it writable, or set FIELDGUIDE_HOME to another folder.`;
  }
}
