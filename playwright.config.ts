import { defineConfig } from '@playwright/test';
import { findChromium } from './test/run/chromium.mjs';

const door = process.env.FIELDGUIDE_DOOR === 'desktop' ? 'desktop' : 'browser';
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: `test-results/${door}`,
  // A test that passes only on the second try is a fault to be found.
  retries: 0,
  // Each test has a data folder, a program and a page of its own.
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  // One project a run: the same files, and the fixture opens the door that FIELDGUIDE_DOOR names.
  projects: [
    door === 'desktop'
      ? { name: 'desktop' }
      : {
          name: 'browser',
          use: {
            browserName: 'chromium',
            // Without the graphics card the terminal is drawn as elements, whose text the tests can read.
            launchOptions: {
              executablePath: findChromium(),
              args: ['--disable-gpu', ...(isRoot ? ['--no-sandbox'] : [])],
            },
          },
        },
  ],
});
