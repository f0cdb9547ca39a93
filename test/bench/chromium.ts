import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright';

/** Where the tests find Chromium: named by the environment, Playwright's own, or the system's. */
export function chromiumPath(): string | undefined {
  const named = process.env.FIELDGUIDE_CHROMIUM;
  if (named) return named;
  if (existsSync(chromium.executablePath())) return undefined;
  return ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
}

const ARGUMENTS = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

export function launchChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  return chromium.launch({ args: ARGUMENTS, ...(executablePath ? { executablePath } : {}) });
}

/** Opens one page in a browser that nobody drives (see AskedPage for why); resolves to how to end it. */
export function openAlone(address: string): () => Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), 'bench-profile-'));
  const child = spawn(
    chromiumPath() ?? chromium.executablePath(),
    [...ARGUMENTS, '--headless', '--window-size=1200,900', '--hide-scrollbars', `--user-data-dir=${profile}`, address],
    { stdio: 'ignore' },
  );
  const ended = new Promise((done) => child.once('exit', done));
  return async () => {
    child.kill();
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
}
