import type { TerminalView } from '../terminal/terminal-view.ts';

/** The terminal on the screen, for the find bar beside it. */
let current: TerminalView | null = null;

export const setCurrentView = (view: TerminalView | null): void => {
  current = view;
};
export const currentView = (): TerminalView | null => current;
