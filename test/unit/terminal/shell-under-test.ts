import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TabShell } from '../../../electron/contract-terminal.ts';
import { findShells } from '../../../electron/terminal/shells.ts';
import { type Capture, type RunOptions, Terminals } from '../../../electron/terminal/terminals.ts';

export const INTEGRATION = resolve(import.meta.dirname, '../../../electron/terminal/integration');

export const hasShell = (shell: TabShell): boolean =>
  findShells().some((info) => info.shell === shell && info.path !== null);

/** A tab with a real shell in a home of its own, so that the tests do not depend on anybody's start-up files. */
export interface ShellUnderTest {
  terminals: Terminals;
  tab: string;
  home: string;
  run(text: string, options?: RunOptions): Promise<Capture>;
  /** Output as text, with the line ends of the pty made plain. */
  text(command: string, options?: RunOptions): Promise<string>;
}

const open: (() => Promise<void>)[] = [];

/** To be called after each test: ends the shells, removes the homes. */
export async function closeAll(): Promise<void> {
  for (const close of open.splice(0)) await close();
}

export async function openShell(
  shell: TabShell,
  {
    files = {},
    environment = {},
    captureLimit,
  }: { files?: Record<string, string>; environment?: Record<string, string>; captureLimit?: number } = {},
): Promise<ShellUnderTest> {
  const home = mkdtempSync(join(tmpdir(), 'terminal-test-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(home, name), text);
  // Without a start-up file zsh would greet a new user with questions.
  if (shell === 'zsh' && !files['.zshrc']) writeFileSync(join(home, '.zshrc'), '');
  const terminals = new Terminals({
    integrationDirectory: INTEGRATION,
    environment: { PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: home, USER: 'admin', ...environment },
    ...(captureLimit === undefined ? {} : { captureLimit }),
  });
  open.push(async () => {
    await terminals.dispose();
    rmSync(home, { recursive: true, force: true });
  });
  const { id } = await terminals.open({ shell, columns: 80, rows: 24, directory: home });
  await terminals.ready(id);
  const run = (text: string, options?: RunOptions): Promise<Capture> => terminals.run(id, text, options);
  return {
    terminals,
    tab: id,
    home,
    run,
    text: async (command, options) => asText(await run(command, options)),
  };
}

export const asText = (capture: Capture): string =>
  Buffer.from(capture.output).toString('utf8').replaceAll('\r\n', '\n');

/** Waits until `check` holds; fails with `what` after ten seconds. */
export async function until(check: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!check()) {
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await new Promise((done) => setTimeout(done, 10));
  }
}
