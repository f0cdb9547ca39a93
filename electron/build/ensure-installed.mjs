import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modules, root } from './checkout.mjs';
import { runNpm } from './run-program.mjs';

const lock = join(root, 'package-lock.json');
const installed = join(modules, '.package-lock.json');
const stamp = join(modules, '.fieldguide-lock');

const lockHash = () => createHash('sha256').update(readFileSync(lock)).digest('hex');

/** True when node_modules is what package-lock.json asks for: by content, or by time after an `npm ci` by hand. */
export function isInstalled() {
  if (!existsSync(installed)) return false;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash()) return true;
  return statSync(installed).mtimeMs >= statSync(lock).mtimeMs;
}

/** Runs `npm ci` when it is needed. Throws an Error whose message is a sentence for the person. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  if (process.platform === 'win32' && process.execPath.startsWith(modules)) {
    // npm ci would have to delete the very program that runs this.
    throw new Error('The installed packages are older than package-lock.json. Run: npm ci');
  }
  console.log('Installing the packages (npm ci); the first time takes a minute or two …');
  const { code, timedOut } = await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], { seconds: 1200 });
  if (code !== 0 || timedOut) {
    throw new Error('The packages could not be installed. Check the connection to the npm registry, then run: npm ci');
  }
  writeFileSync(stamp, lockHash());
}
