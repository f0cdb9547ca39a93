/** The utility process of the desktop: the core, away from the window, so that heavy work never delays it. */
import { fileURLToPath } from 'node:url';
import { Core } from './core.ts';
import { servePorts } from './core-ports.ts';
import { version } from './version.ts';

const core = new Core({ door: 'desktop', programFolder: fileURLToPath(new URL('.', import.meta.url)), version });
const serve = servePorts(core);
process.parentPort.on('message', ({ data, ports }) => {
  const port = ports[0];
  if (port) serve(data, port);
});
