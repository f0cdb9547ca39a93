import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { measurePage } from '../../../electron/build/page-budget.mjs';
import { publishOutput } from '../../../electron/build/publish-output.mjs';
import { runProgram } from '../../../electron/build/run-program.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'build-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(file: string, content: string | Buffer): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

test('publishing replaces what is new, removes what is gone and leaves no staging folder', () => {
  write('cli.js', 'old');
  write('old-chunk.js', 'old');
  write('.next-1/cli.js', 'new');
  write('.next-1/page/index.html', 'page');
  publishOutput(join(folder, '.next-1'), folder);
  expect(readFileSync(join(folder, 'cli.js'), 'utf8')).toBe('new');
  expect(readFileSync(join(folder, 'page/index.html'), 'utf8')).toBe('page');
  expect(existsSync(join(folder, 'old-chunk.js'))).toBe(false);
  expect(existsSync(join(folder, '.next-1'))).toBe(false);
});

test('publishing leaves the staging folder of another build alone', () => {
  write('.next-1/cli.js', 'mine');
  write('.next-2/cli.js', 'theirs');
  publishOutput(join(folder, '.next-1'), folder);
  expect(readFileSync(join(folder, '.next-2/cli.js'), 'utf8')).toBe('theirs');
});

describe('the size of the first screen', () => {
  function page(kilobytes: number): void {
    const manifest = {
      '_connect.js': { name: 'connect', file: 'a.js', imports: [], dynamicImports: ['_page.js', 'later.ts'] },
      '_page.js': { name: 'page', file: 'page.js', imports: ['_shared.js'] },
      '_shared.js': { name: 'shared', file: 'shared.js', imports: ['_connect.js'] },
      'later.ts': { name: 'later', file: 'later.js', isDynamicEntry: true },
    };
    write('.vite/manifest.json', JSON.stringify(manifest));
    // Random bytes do not shrink, so the compressed size is known.
    write('a.js', randomBytes(1024));
    write('page.js', randomBytes(1024));
    write('shared.js', randomBytes(kilobytes * 1024));
    write('later.js', randomBytes(500 * 1024));
  }

  test('counts the code that connects, the code that draws and what it imports, in a circle too, and not what is loaded later', () => {
    page(10);
    expect(
      measurePage(folder)
        .files.map(({ file }) => file)
        .sort(),
    ).toEqual(['a.js', 'page.js', 'shared.js']);
  });

  test.each([
    [240, true],
    [260, false],
  ])('%i KB: within the limit is %s', (kilobytes, within) => {
    page(kilobytes);
    expect(measurePage(folder).within).toBe(within);
  });

  test('is refused where the build names no code that draws', () => {
    page(10);
    write('.vite/manifest.json', JSON.stringify({ '_connect.js': { name: 'connect', file: 'a.js' } }));
    expect(() => measurePage(folder)).toThrow('no chunk “page”');
  });
});

describe('running a program', () => {
  test('gives its exit code and output', async () => {
    const ended = await runProgram(process.execPath, ['-e', 'console.log("hi"); process.exit(3)'], { quiet: true });
    expect(ended).toMatchObject({ code: 3, output: 'hi\n', timedOut: false, missing: false });
  });

  test('says when there is no such program', async () => {
    expect(await runProgram(join(folder, 'absent'), [])).toMatchObject({ missing: true });
  });

  test.skipIf(process.platform === 'win32')(
    'ends it with all that it started at the time limit (needs sh)',
    async () => {
      const pidFile = join(folder, 'pid');
      const ended = await runProgram('sh', ['-c', `sleep 60 & echo $! > '${pidFile}'; wait`], { seconds: 0.3 });
      expect(ended.timedOut).toBe(true);
      const grandchild = Number(readFileSync(pidFile, 'utf8'));
      await expect.poll(() => isRunning(grandchild)).toBe(false);
    },
  );
});

/** A killed process may stay as a zombie until somebody collects it; that one runs no more. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : '');
  } catch {
    return false;
  }
}
