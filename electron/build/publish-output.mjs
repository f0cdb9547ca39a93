import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * Moves a finished build over the last one, file by file, and removes what it no longer has. A build that failed
 * half-way never gets here, so dist always holds a whole one.
 * @param {string} staging a folder inside of target whose name begins with `.next-`
 */
export function publishOutput(staging, target) {
  const fresh = new Set(filesBelow(staging));
  for (const file of fresh) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    renameSync(join(staging, file), join(target, file));
  }
  for (const file of filesBelow(target)) {
    if (!fresh.has(file) && !file.startsWith('.next-')) rmSync(join(target, file), { force: true });
  }
  rmSync(staging, { recursive: true, force: true });
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}
