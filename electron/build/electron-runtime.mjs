import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { modules, toolNode } from './checkout.mjs';
import { runProgram } from './run-program.mjs';

const folder = join(modules, 'electron');
// Kept in node_modules: a fresh `npm ci` forgets it and may try again.
const attempt = join(modules, '.cache', 'fieldguide', 'electron-runtime-attempt');
const SECONDS = 180;

/** The package brings no program; a download puts it into `dist` and its name into `path.txt`. */
export function hasElectronRuntime() {
  const name = join(folder, 'path.txt');
  if (!existsSync(name)) return false;
  const base = process.env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist');
  return existsSync(join(base, readFileSync(name, 'utf8')));
}

/**
 * Tries to download the runtime, once in the life of an installation and within three minutes.
 * @returns {Promise<boolean>} whether it is there now; without it the person still gets the browser door.
 */
export async function tryElectronRuntime() {
  if (hasElectronRuntime()) return true;
  const version = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
  if (existsSync(attempt) && readFileSync(attempt, 'utf8') === version) return false;
  mkdirSync(dirname(attempt), { recursive: true });
  writeFileSync(attempt, version);
  console.log(`Downloading the Electron runtime ${version} (about 110 MB, at most ${SECONDS / 60} minutes) …`);
  const result = await runProgram(toolNode(), [join(folder, 'install.js')], { seconds: SECONDS, quiet: true });
  if (result.code === 0 && hasElectronRuntime()) return true;
  console.log(`  not downloaded: ${result.timedOut ? 'it took too long' : firstLine(result.output)}`);
  console.log('  It is not tried again by itself. To get it later: npx install-electron');
  return false;
}

function firstLine(output) {
  return output.split('\n').find((line) => line.trim() !== '') ?? 'no reason was given';
}
