import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright';

/** Where the tests find Chromium: named by the environment, Playwright's own, or the system's. */
export function chromiumPath(): string | undefined {
  const named = process.env.FIELDGUIDE_CHROMIUM;
  if (named) return named;
  if (existsSync(chromium.executablePath())) return undefined;
  return ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
}

export function launchChromium(): Promise<Browser> {
  const args = [
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  const executablePath = chromiumPath();
  return chromium.launch({ args, ...(executablePath ? { executablePath } : {}) });
}
