import type { Terminal as HeadlessTerminal } from '@xterm/headless';

export type { HeadlessTerminal };

type Module = typeof import('@xterm/headless');

let loading: Promise<Module> | null = null;

/** The terminal without a screen. Loaded on first use: the start of the program does not wait for it. */
export function loadHeadless(): Promise<Module> {
  // The package is CommonJS: under Node everything is in `default`, in a bundle it may not be.
  loading ??= import('@xterm/headless').then((module) => (module as Module & { default?: Module }).default ?? module);
  return loading;
}
