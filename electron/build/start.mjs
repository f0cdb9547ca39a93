/** `npm start`: from a fresh clone to an open window, doing only what is still to be done. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dist, requireNode, toolEnvironment } from './checkout.mjs';

requireNode();
try {
  await prepare();
  await openDesktop(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function prepare() {
  const { ensureInstalled } = await import('./ensure-installed.mjs');
  await ensureInstalled();
  const { ensureBuilt } = await import('./build.mjs');
  await ensureBuilt();
  const { tryElectronRuntime } = await import('./electron-runtime.mjs');
  await tryElectronRuntime();
}

/** Hands over to the program, which opens the window or, without the runtime, says so and opens the browser. */
async function openDesktop(args) {
  const program = join(dist, 'cli.js');
  if (!existsSync(program)) throw new Error('dist/cli.js is missing. Run: npm run build');
  const node = existsSync(process.execPath) ? process.execPath : 'node';
  const child = spawn(node, [program, 'desktop', ...args], { stdio: 'inherit', env: toolEnvironment() });
  // The terminal sends Ctrl+C to both; the program decides when it is done, and this one waits for it.
  const pass = (signal) => child.kill(signal);
  process.on('SIGINT', () => {});
  process.on('SIGTERM', pass);
  process.on('SIGHUP', pass);
  process.exitCode = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}
