/** A core over the small test library, in folders of its own. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Core } from '../../../electron/core.ts';
import { smallLibrary } from '../engine/small-library.ts';

export type SmallCore = { core: Core; folder: string; pageFolder: string; dispose(): Promise<void> };

export function smallCore(door: 'browser' | 'desktop' | 'cli' = 'browser', library = smallLibrary()): SmallCore {
  const folder = mkdtempSync(join(tmpdir(), 'fieldguide-core-'));
  const pageFolder = join(folder, 'renderer');
  mkdirSync(join(pageFolder, 'assets'), { recursive: true });
  writeFileSync(
    join(pageFolder, 'index.html'),
    '<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__"><title>Page</title>',
  );
  writeFileSync(join(pageFolder, 'assets', 'app-1a2b.js'), 'console.log(1)');
  writeFileSync(join(folder, 'secret.js'), 'outside of the page');
  const files = [...library.files.values()];
  writeFileSync(join(folder, 'library.json'), JSON.stringify({ files, diagnostics: [] }));
  const integrationFolder = resolve('electron/terminal/integration');
  const core = new Core({
    door,
    programFolder: folder,
    version: '0.0.0',
    integrationFolder,
    dataFolder: join(folder, 'data'),
  });
  return {
    core,
    folder,
    pageFolder,
    dispose: async () => {
      await core.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
