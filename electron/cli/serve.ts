/** The doors with a page: `serve` and `desktop`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { electronProgram, runDesktop, withoutWindow } from '../desktop.ts';
import { Fault } from '../fault.ts';
import { openCore, programFolder } from './content.ts';
import { ending } from './ending.ts';
import type { Output } from './output.ts';

type ServeOptions = { port: number; open: boolean };

/** Serves the page until the process is told to end. The address is a line of its own on stdout. */
export async function serve(out: Output, { port, open }: ServeOptions): Promise<number> {
  const pageFolder = join(programFolder(), 'renderer');
  if (!existsSync(join(pageFolder, 'index.html'))) {
    throw new Fault('no-page', `The built page is missing (${pageFolder}).`, 'Run `npm run build`.');
  }
  const { startBrowserDoor } = await import('../browser.ts');
  const core = await openCore('browser');
  const end = ending();
  const door = await startBrowserDoor({ core, pageFolder, port });
  if (core.folderFault) out.note(core.folderFault);
  out.line(out.json ? JSON.stringify({ url: door.url, port: door.port }) : door.url);
  if (open) {
    const { openBrowser } = await import('../open-browser.ts');
    if (!(await openBrowser(door.url))) out.note('No browser could be opened: open the address above by hand.');
  }
  if (!out.json) out.note('Press Ctrl+C to end.');
  await end;
  await door.close();
  await core.close();
  return 0;
}

/** Opens the window; without the Electron runtime it says so in one line and serves the page instead. */
export async function desktop(out: Output, options: ServeOptions): Promise<number> {
  const electron = electronProgram(programFolder());
  if ('path' in electron) return runDesktop(electron.path, programFolder(), []);
  out.note(withoutWindow(electron.reason));
  return serve(out, options);
}
