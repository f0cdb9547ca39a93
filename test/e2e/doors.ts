/** The two doors with a page, behind one shape: the same tests drive both. */
import { join, resolve } from 'node:path';
import { _electron, type BrowserContext, type ElectronApplication, type Page } from '@playwright/test';
import { type ServedDoor, serveDoor } from '../support/served-door.ts';

export interface Start {
  /** FIELDGUIDE_HOME: the data folder. */
  home: string;
  /** HOME of the program and its shells, so that nobody's own start-up files play along. */
  shellHome: string;
  /** Arguments of `serve`; the desktop has none. */
  args?: string[];
  onNote: (line: string) => void;
}

export interface Door {
  /** Starts the program and opens its page. */
  open(start: Start): Promise<Page>;
  /** Closes the page and ends the program, as a person does it. */
  close(): Promise<void>;
  /** Puts a text on the clipboard that the page's Ctrl+V takes from. */
  copy(text: string): Promise<void>;
}

export const isDesktop = process.env.FIELDGUIDE_DOOR === 'desktop';

function environment({ home, shellHome }: Start): Record<string, string> {
  return { FIELDGUIDE_HOME: home, HOME: shellHome, HISTFILE: join(shellHome, '.history'), LC_ALL: 'C.UTF-8' };
}

export class BrowserDoor implements Door {
  readonly #context: BrowserContext;
  #door: ServedDoor | null = null;
  #page: Page | null = null;

  constructor(context: BrowserContext) {
    this.#context = context;
  }

  get url(): string {
    if (!this.#door) throw new Error('The door is closed.');
    return this.#door.url;
  }

  async open(start: Start): Promise<Page> {
    this.#door = await serveDoor(start.home, {
      args: start.args ?? [],
      environment: environment(start),
      directory: start.shellHome,
      onNote: start.onNote,
    });
    this.#page = await this.#context.newPage();
    await this.#page.goto(this.#door.url);
    return this.#page;
  }

  async close(): Promise<void> {
    await this.#page?.close();
    await this.#door?.stop(true);
    this.#page = null;
    this.#door = null;
  }

  async copy(text: string): Promise<void> {
    await this.#context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.#page?.evaluate((words) => navigator.clipboard.writeText(words), text);
  }
}

export class DesktopDoor implements Door {
  #app: ElectronApplication | null = null;

  async open(start: Start): Promise<Page> {
    this.#app = await _electron.launch({
      // Without the graphics card the terminal is drawn as elements, whose text the tests can read.
      args: [resolve('dist/main.js'), '--disable-gpu', `--user-data-dir=${join(start.home, 'electron')}`],
      env: { ...(process.env as Record<string, string>), ...environment(start) },
      cwd: start.shellHome,
    });
    return this.#app.firstWindow();
  }

  async close(): Promise<void> {
    await this.#app?.close();
    this.#app = null;
  }

  async copy(text: string): Promise<void> {
    await this.#app?.evaluate(({ clipboard }, words) => clipboard.writeText(words), text);
  }
}
