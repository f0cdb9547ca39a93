/** `npm run package`: installers and archives of this system, where the Electron runtime can be had. */
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { modules, requireNode, toolNode } from './checkout.mjs';
import { tryElectronRuntime } from './electron-runtime.mjs';
import { ensureInstalled } from './ensure-installed.mjs';
import { runProgram } from './run-program.mjs';

requireNode();
try {
  await ensureInstalled();
  await ensureBuilt();
  if (!(await tryElectronRuntime())) {
    throw new Error(
      'Nothing was packaged: the Electron runtime is missing. Run `npx install-electron` where github.com (or the mirror in ELECTRON_MIRROR) can be reached, then `npm run package` again.',
    );
  }
  const builder = join(modules, 'electron-builder', 'cli.js');
  const args = ['--config', 'electron-builder.yml', '--publish', 'never', ...process.argv.slice(2)];
  const { code } = await runProgram(toolNode(), [builder, ...args], { seconds: 3600 });
  process.exitCode = code;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
