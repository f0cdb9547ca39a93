/** Where things are in a checkout. Everything in this folder runs on Node 20 and before the first `npm ci`. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');
export const modules = join(root, 'node_modules');
export const dist = join(root, 'dist');

const OLDEST_NODE = [20, 19];
const TOOLS_NODE = 24;

/** Ends the process with a sentence when this Node is too old to go on. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  console.error(`Fieldguide needs Node ${OLDEST_NODE.join('.')} or later; this is ${process.version}.`);
  console.error('Install a current version from https://nodejs.org and run the command again.');
  process.exit(1);
}

/** The Node that runs the tools: this one when it is new enough, else the one that npm put into node_modules. */
export function toolNode() {
  if (Number(process.versions.node.split('.')[0]) >= TOOLS_NODE && existsSync(process.execPath))
    return process.execPath;
  const own = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(own) ? own : process.execPath;
}

/** The environment of npm scripts, also when a script of ours is started without npm. */
export function toolEnvironment(extra = {}) {
  const environment = { ...process.env, ...extra };
  const name = Object.keys(environment).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const bin = join(modules, '.bin');
  const entries = (environment[name] ?? '').split(delimiter);
  environment[name] = [bin, ...entries.filter((entry) => entry !== bin)].join(delimiter);
  return environment;
}
