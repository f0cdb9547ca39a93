/** PDF: the HTML export, printed by a browser of this computer. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Fault } from '../fault.ts';

const SECONDS = 60;
/** Browsers that print without a window, by the names of their programs. */
const NAMES: Record<string, string[]> = {
  linux: [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'microsoft-edge-stable',
  ],
  win32: ['msedge.exe', 'chrome.exe'],
  darwin: [],
};
/** Where systems install them without putting them on the PATH. */
const PLACES: Record<string, (environment: NodeJS.ProcessEnv) => string[]> = {
  win32: (environment) =>
    ['ProgramFiles(x86)', 'ProgramFiles', 'LOCALAPPDATA'].flatMap((name) => {
      const folder = environment[name];
      return folder
        ? [
            join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
            join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
          ]
        : [];
    }),
  darwin: () => [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
};

/** The program of a browser that can print, or null. */
export function findBrowser(environment: NodeJS.ProcessEnv = process.env, system: string = platform()): string | null {
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = folders.flatMap((folder) => (NAMES[system] ?? []).map((name) => join(folder, name)));
  return [...onPath, ...(PLACES[system]?.(environment) ?? [])].find((file) => existsSync(file)) ?? null;
}

/** Throws a Fault where there is no such browser, or it does not do it in time. */
export async function printPdf(html: string, browser: string | null = findBrowser()): Promise<Buffer> {
  if (browser === null)
    throw new Fault(
      'no-browser',
      'No browser that can print a PDF was found on this computer (Chromium, Chrome or Edge).',
      'Export as HTML, open it in a browser, and print it there.',
    );
  const folder = await mkdtemp(join(tmpdir(), 'fieldguide-pdf-'));
  try {
    const [page, pdf] = [join(folder, 'case.html'), join(folder, 'case.pdf')];
    await writeFile(page, html);
    await run(browser, [
      ...ARGUMENTS,
      ...sandbox(),
      `--user-data-dir=${join(folder, 'profile')}`,
      `--print-to-pdf=${pdf}`,
      pathToFileURL(page).href,
    ]);
    return await readFile(pdf).catch(() => {
      throw new Fault(
        'not-printed',
        `${browser} printed no PDF.`,
        'Export as HTML, open it in a browser, and print it there.',
      );
    });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const ARGUMENTS = [
  ...['--headless=new', '--disable-gpu', '--no-first-run', '--no-default-browser-check', '--disable-extensions'],
  ...['--disable-background-networking', '--disable-sync', '--no-pdf-header-footer'],
  // The page has nothing to load, and nothing shall be.
  '--host-resolver-rules=MAP * ~NOTFOUND',
];

/** Chromium refuses to start as root with its sandbox; the page is our own, without script. */
const sandbox = (): string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);

function run(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'ignore' });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(
        new Fault(
          'not-printed',
          `${program} did not print within ${SECONDS} seconds.`,
          'Export as HTML and print that.',
        ),
      );
    }, SECONDS * 1000);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(
        new Fault('not-printed', `${program} cannot be started (${error.message}).`, 'Export as HTML and print that.'),
      );
    });
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
