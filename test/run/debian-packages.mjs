import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runProgram } from '../../electron/build/run-program.mjs';

/** Programs that some tests use for real; without them those tests are skipped by name. */
const TOOLS = ['swaks', 'zsh'];

export function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

export async function provideTools() {
  for (const tool of TOOLS) if (!isOnPath(tool)) await installDebianPackage(tool);
}

let listsUpdated = false;
const tried = new Set();

/** Installs where that needs no question: as root, where there is apt-get. Tried once a run; false when it is not there. */
export async function installDebianPackage(name) {
  if (process.getuid?.() !== 0 || !isOnPath('apt-get') || tried.has(name)) return false;
  tried.add(name);
  const options = { seconds: 300, quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  if (!listsUpdated) {
    listsUpdated = true;
    console.log('Updating the package lists (apt-get update) …');
    await runProgram('apt-get', ['update', '-q'], options);
  }
  console.log(`Installing ${name} (apt-get install) …`);
  const { code, output } = await runProgram('apt-get', ['install', '-y', '-q', name], options);
  if (code !== 0) console.log(`  not installed: ${output.trim().split('\n').at(-1)}`);
  return code === 0;
}
