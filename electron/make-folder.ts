import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it, one at a time: Node's own `recursive` never returns where the system answers
 * that the folder above does not exist although it does, as /proc does. Throws the system's error.
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const above = dirname(folder);
  if (above !== folder) makeFolder(above);
  try {
    mkdirSync(folder);
  } catch (error) {
    // Made by another process in the meantime.
    if (!existsSync(folder)) throw error;
  }
}
