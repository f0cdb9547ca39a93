/** `npm run build`: the wizards as one JSON file, the programs, the page. */
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { bundlePrograms, bundleTool } from './bundle-programs.mjs';
import { dist, modules, requireNode, root, toolNode } from './checkout.mjs';
import { reportPage } from './page-budget.mjs';
import { publishOutput } from './publish-output.mjs';
import { runProgram } from './run-program.mjs';
import { isBuilt, markBuilt, sourceHash } from './source-stamp.mjs';

/** Throws an Error whose message says what failed; dist then still holds the last build. */
export async function build() {
  if (!existsSync(join(modules, 'rolldown'))) throw new Error('The packages are not installed. Run: npm ci');
  const sources = sourceHash();
  removeAbandoned();
  const staging = join(dist, `.next-${process.pid}`);
  mkdirSync(staging, { recursive: true });
  try {
    await step('wizards', () => compileLibrary(staging));
    await step('programs', async () => {
      await bundlePrograms(staging);
      copyBeside(staging);
    });
    await step('page', () => buildPage(join(staging, 'renderer')));
    publishOutput(staging, dist);
    markBuilt(sources);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Builds only when the sources changed since the last build. */
export async function ensureBuilt() {
  if (isBuilt()) return;
  console.log('Building …');
  await build();
}

async function step(name, work) {
  const start = performance.now();
  await work();
  console.log(`  ${name.padEnd(9)} ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

async function compileLibrary(staging) {
  const source = 'electron/build/compile-library.ts';
  const tool = join(staging, '.compile-library.mjs');
  const out = join(staging, 'library.json');
  // Bundled first: the Node at hand may be too old to run TypeScript.
  await bundleTool(source, tool);
  const { code } = await runProgram(toolNode(), [tool, out], { seconds: 120 });
  for (const file of [tool, `${tool}.map`]) rmSync(file, { force: true });
  if (code !== 0) throw new Error('The wizards were not compiled; the messages above say where and why.');
  if (!existsSync(out)) throw new Error(`${source} did not write the file it was given as its argument.`);
}

/** Files that the programs read at run time. */
function copyBeside(staging) {
  cpSync(join(root, 'electron', 'terminal', 'integration'), join(staging, 'integration'), { recursive: true });
  // The grammar that checks PowerShell in the user's own commands.
  for (const file of ['web-tree-sitter/web-tree-sitter.wasm', 'tree-sitter-powershell/tree-sitter-powershell.wasm'])
    cpSync(join(modules, file), join(staging, basename(file)));
  // The JSON Schemas, for editors of the user's own wizards.
  const schema = join(root, 'wizards', 'schema');
  if (existsSync(schema)) cpSync(schema, join(staging, 'schema'), { recursive: true });
}

async function buildPage(outDir) {
  const vite = await import('vite');
  await vite.build({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true },
  });
  if (!reportPage(outDir)) throw new Error('The first screen is above its size limit.');
}

/** What an interrupted build left behind. */
function removeAbandoned() {
  if (!existsSync(dist)) return;
  for (const name of readdirSync(dist)) {
    const old = join(dist, name);
    if (name.startsWith('.next-') && Date.now() - statSync(old).mtimeMs > 3_600_000) rmSync(old, { recursive: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  requireNode();
  try {
    await build();
  } catch (error) {
    // The bundlers colour their messages even where nobody sees colours.
    console.error(process.stderr.isTTY ? error.message : stripVTControlCharacters(error.message));
    process.exitCode = 1;
  }
}
