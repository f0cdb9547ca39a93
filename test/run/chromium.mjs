import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { modules, toolNode } from '../../electron/build/checkout.mjs';
import { runProgram } from '../../electron/build/run-program.mjs';
import { installDebianPackage } from './debian-packages.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * The Chromium that the tests drive: the named one, the one Playwright downloaded, one on the PATH.
 * @returns {string | undefined} the program's path
 */
export function findChromium() {
  const named = process.env.FIELDGUIDE_CHROMIUM;
  if (named) return named;
  const own = createRequire(import.meta.url)('playwright').chromium.executablePath();
  if (own && existsSync(own)) return own;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((file) => existsSync(file));
}

/** Looks for one, then lets Playwright download its own, then asks Debian. */
export async function provideChromium() {
  const found = findChromium();
  if (found) return found;
  console.log('No Chromium yet: trying the download of Playwright …');
  const cli = join(modules, '@playwright', 'test', 'cli.js');
  await runProgram(toolNode(), [cli, 'install', 'chromium'], { seconds: 180, quiet: true });
  return findChromium() ?? ((await installDebianPackage('chromium')) ? findChromium() : undefined);
}
