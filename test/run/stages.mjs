import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dist, modules, root, toolNode } from '../../electron/build/checkout.mjs';
import { hasElectronRuntime } from '../../electron/build/electron-runtime.mjs';
import { runProgram } from '../../electron/build/run-program.mjs';
import { findChromium, provideChromium } from './chromium.mjs';
import { provideTools } from './debian-packages.mjs';
import { readPlaywright, readVitest } from './results.mjs';

const results = join(root, 'test-results');
const TOOLS = {
  tsc: 'typescript/bin/tsc',
  biome: '@biomejs/biome/bin/biome',
  depcruise: 'dependency-cruiser/bin/dependency-cruiser.mjs',
  knip: 'knip/bin/knip.js',
  vitest: 'vitest/vitest.mjs',
  playwright: '@playwright/test/cli.js',
};

/** In this order; `quick` ones belong to `npm run check`. Each `run` resolves to an Outcome (report.mjs). */
export const STAGES = [
  { name: 'build', what: 'wizards, programs, page', quick: true, run: build },
  { name: 'types', what: 'tsc, tests included', quick: true, run: () => tool('tsc', ['--pretty', 'false']) },
  {
    name: 'lint',
    what: 'biome: rules, format, imports',
    quick: true,
    run: () => tool('biome', ['check', '--error-on-warnings', '--colors=off']),
  },
  {
    name: 'directions',
    what: 'who may import whom',
    quick: true,
    run: () =>
      tool('depcruise', [
        '--config',
        '.dependency-cruiser.cjs',
        'electron',
        'renderer',
        'wizards',
        'test',
        '*.config.ts',
      ]),
  },
  { name: 'unused', what: 'files, exports and packages nobody uses', quick: true, run: () => tool('knip', []) },
  { name: 'content', what: 'fieldguide lint over the wizards', quick: true, run: content },
  { name: 'unit', what: 'vitest', quick: true, run: unit },
  { name: 'e2e', what: 'playwright, browser door', quick: false, run: endToEnd },
  { name: 'desktop', what: 'playwright, desktop door', quick: false, run: desktop },
];

async function tool(name, args, options) {
  const ended = await runProgram(toolNode(), [join(modules, TOOLS[name]), ...args], { seconds: 600, ...options });
  return asOne(ended, `${name} ${args.join(' ')}`);
}

/** A stage that counts as one. */
function asOne({ code, timedOut }, what) {
  if (code === 0 && !timedOut) return { passed: 1, failed: [], skipped: [] };
  return {
    passed: 0,
    failed: [timedOut ? `${what}: not done in time` : `${what.trim()}: exit code ${code}`],
    skipped: [],
  };
}

async function build() {
  const script = join(root, 'electron', 'build', 'build.mjs');
  return asOne(await runProgram(process.execPath, [script], { seconds: 300 }), 'npm run build');
}

/** Run with this Node, not the tools' one, because the program promises to work with the oldest supported. */
async function content() {
  const program = join(dist, 'cli.js');
  if (!existsSync(program)) return { passed: 0, failed: ['dist/cli.js does not exist'], skipped: [] };
  const home = join(results, 'content-home');
  // An empty data folder, so that nobody's own wizards are judged here.
  const env = { FIELDGUIDE_HOME: home };
  const { code, output } = await runProgram(process.execPath, [program, 'lint', '--json'], {
    seconds: 60,
    quiet: true,
    env,
  });
  const start = output.indexOf('{');
  try {
    const report = JSON.parse(output.slice(start));
    for (const { severity, file, line, column, code: rule, message, hint } of report.diagnostics) {
      console.log(`${severity} ${file}:${line}:${column} ${rule}: ${message}${hint ? ` (${hint})` : ''}`);
    }
    console.log(`${report.files} files, ${report.errors} errors, ${report.warnings} warnings`);
    // Others may ship with a warning; what we ship has none.
    if (report.warnings > 0)
      return { passed: 0, failed: [`fieldguide lint: ${report.warnings} warnings`], skipped: [] };
  } catch {
    console.log(output.slice(0, 4000));
    return { passed: 0, failed: [`fieldguide lint: exit code ${code}, and no JSON`], skipped: [] };
  }
  return asOne({ code, timedOut: false }, 'fieldguide lint');
}

async function unit() {
  await provideTools();
  const file = freshFile('unit.json');
  const args = ['run', '--reporter=default', '--reporter=./test/run/vitest-reporter.mjs'];
  if (!process.stdout.isTTY) args.push('--no-color');
  const ended = await runProgram(toolNode(), [join(modules, TOOLS.vitest), ...args], {
    seconds: 900,
    env: { FIELDGUIDE_RESULTS: file },
  });
  return readVitest(file, ended);
}

async function endToEnd() {
  await provideTools();
  const chromium = await provideChromium();
  if (!chromium) return playwright('browser', ['--list'], 'there is no Chromium, and it could not be installed');
  console.log(`Chromium: ${chromium}`);
  return playwright('browser', []);
}

async function desktop() {
  if (!hasElectronRuntime()) return playwright('desktop', ['--list'], 'the Electron runtime is missing');
  const screen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!screen) return playwright('desktop', ['--list'], 'there is no screen; xvfb-run gives one');
  return playwright('desktop', []);
}

/** With a reason to skip, the tests are only listed, and every one of them counts as skipped for that reason. */
async function playwright(door, args, skipReason) {
  const file = freshFile(`${door}.json`);
  const reporter = skipReason ? 'json' : 'list,json';
  const ended = await runProgram(
    toolNode(),
    [join(modules, TOOLS.playwright), 'test', ...args, `--reporter=${reporter}`],
    {
      seconds: 1800,
      quiet: Boolean(skipReason),
      env: { FIELDGUIDE_DOOR: door, FIELDGUIDE_CHROMIUM: findChromium() ?? '', PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    },
  );
  return readPlaywright(file, ended, skipReason);
}

function freshFile(name) {
  mkdirSync(results, { recursive: true });
  const file = join(results, name);
  rmSync(file, { force: true });
  return file;
}
