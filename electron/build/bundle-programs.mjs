import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './checkout.mjs';

/** The Node side. Chunks lie beside the programs, so `import.meta.dirname` is the dist folder in every module. */
const PROGRAMS = {
  cli: 'electron/cli.ts',
  'core-process': 'electron/core-process.ts',
  'log-worker': 'electron/intake/log-worker.ts',
  main: 'electron/main.ts',
};
const PRELOAD = { preload: 'electron/preload.ts' };

// electron is given by its runtime, node-pty is native; the last two are optional accelerators of ws.
const EXTERNAL = ['electron', /^@lydell\/node-pty/, 'bufferutil', 'utf-8-validate'];

export async function bundlePrograms(outDir) {
  const { rolldown } = await import('rolldown');
  await write(rolldown, PROGRAMS, {
    dir: outDir,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
  });
  // A sandboxed preload script is one CommonJS file.
  await write(rolldown, PRELOAD, { dir: outDir, format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false });
  chmodSync(join(outDir, 'cli.js'), 0o755);
}

/** One program as a single file that any supported Node can run. */
export async function bundleTool(file, outFile) {
  const { rolldown } = await import('rolldown');
  await write(rolldown, { tool: file }, { file: outFile, format: 'esm', codeSplitting: false });
}

async function write(rolldown, input, output) {
  const bundle = await rolldown({
    input,
    cwd: root,
    platform: 'node',
    external: EXTERNAL,
    transform: { target: 'node20', define: { 'process.env.NODE_ENV': '"production"' } },
    onLog(level, log, report) {
      // Compiled C brings a door for embedded scripts; the grammar has none.
      if (log.code === 'EVAL' && log.id?.includes('web-tree-sitter')) return;
      // An import that leads nowhere would only show when that line runs.
      report(log.code === 'UNRESOLVED_IMPORT' ? 'error' : level, log);
    },
  });
  await bundle.write({ sourcemap: true, minify: true, comments: { legal: true }, ...output });
  await bundle.close();
}
