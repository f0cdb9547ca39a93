/** The fixture `app`: the built product in a data folder of its own, with its page open. */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test as base, type ConsoleMessage, expect, type Page } from '@playwright/test';
import { BrowserDoor, DesktopDoor, type Door, isDesktop } from './doors.ts';

export { expect } from '@playwright/test';
export { isDesktop } from './doors.ts';

/** What a program of the command line door answered. */
export interface Answer {
  code: number | null;
  out: string;
  err: string;
}

export class App {
  readonly home: string;
  readonly shellHome: string;
  /** Console errors, violations of the content security policy, uncaught errors, and what the core complained of. */
  readonly faults: string[] = [];
  readonly #door: Door;
  #page: Page | null = null;
  #expected: RegExp[] = [];

  constructor(door: Door, folder: string) {
    this.#door = door;
    this.home = join(folder, 'data');
    this.shellHome = join(folder, 'home');
    mkdirSync(this.shellHome, { recursive: true });
  }

  get page(): Page {
    if (!this.#page) throw new Error('The app is closed.');
    return this.#page;
  }

  /** The address of the browser door, token included. */
  get url(): string {
    if (!(this.#door instanceof BrowserDoor)) throw new Error('Only the browser door has an address.');
    return this.#door.url;
  }

  /** Starts the program, with its data in `home`, and opens its page. */
  async open(args: string[] = [], home = this.home): Promise<void> {
    const { shellHome } = this;
    const onNote = (line: string) => {
      if (!/^Press Ctrl\+C to end/.test(line)) this.#fault(`core: ${line}`);
    };
    this.#page = await this.#door.open({ home, shellHome, args, onNote });
    this.#watch(this.#page);
  }

  async close(): Promise<void> {
    this.#page = null;
    await this.#door.close();
  }

  /** As when a person closes the app in the evening and opens it in the morning. */
  async restart(): Promise<void> {
    await this.close();
    await this.open();
  }

  /** Puts a folder of YAML files into the person's own wizards, which are read when the program starts. */
  async bringPack(folder: string): Promise<void> {
    await this.close();
    cpSync(folder, join(this.home, 'wizards'), { recursive: true });
    await this.open();
  }

  /** Faults of this kind belong to the test. */
  expectFaults(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  copy(text: string): Promise<void> {
    return this.#door.copy(text);
  }

  /** Folders of the cases, oldest first. */
  caseFolders(): string[] {
    const cases = join(this.home, 'cases');
    return readdirSync(cases)
      .sort()
      .map((name) => join(cases, name));
  }

  /** The only case there is. */
  caseFolder(): string {
    const folders = this.caseFolders();
    expect(folders, 'cases in the data folder').toHaveLength(1);
    return folders[0] as string;
  }

  /** Runs the command line door on the same data folder. */
  cli(args: string[], input = ''): Promise<Answer> {
    const child = spawn(process.execPath, [resolve('dist/cli.js'), ...args], {
      env: { ...process.env, FIELDGUIDE_HOME: this.home, HOME: this.shellHome },
      cwd: this.shellHome,
    });
    const answer: Answer = { code: null, out: '', err: '' };
    child.stdout.on('data', (bytes: Buffer) => {
      answer.out += bytes.toString();
    });
    child.stderr.on('data', (bytes: Buffer) => {
      answer.err += bytes.toString();
    });
    child.stdin.end(input);
    return new Promise((done, failed) => {
      child.once('error', failed);
      child.once('close', (code) => done({ ...answer, code }));
    });
  }

  #watch(page: Page): void {
    page.on('console', (message: ConsoleMessage) => {
      if (message.type() === 'error') this.#fault(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.#fault(`page: ${error.stack ?? error.message}`));
    page.on('crash', () => this.#fault('page: crashed'));
  }

  #fault(text: string): void {
    if (this.#expected.some((pattern) => pattern.test(text))) return;
    // The same fault a hundred times over says no more than once.
    if (!this.faults.includes(text)) this.faults.push(text);
  }
}

async function provide(door: Door, use: (app: App) => Promise<void>): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fieldguide-e2e-')));
  const app = new App(door, folder);
  await app.open();
  await use(app);
  await app.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  expect(app.faults, 'faults of the page and the core').toEqual([]);
}

// Two definitions, because asking for the context starts a browser, which the desktop does not need.
export const test = isDesktop
  ? // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern, and nothing is needed of it.
    base.extend<{ app: App }>({ app: ({}, use) => provide(new DesktopDoor(), use) })
  : base.extend<{ app: App }>({ app: ({ context }, use) => provide(new BrowserDoor(context), use) });
