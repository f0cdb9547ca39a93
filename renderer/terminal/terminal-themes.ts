import type { ITheme } from '@xterm/xterm';

export type TerminalThemeName = 'light' | 'dark' | 'high-contrast';

export interface TerminalTheme {
  colors: ITheme;
  /** Background of evidence lines; `#rrggbb`, as decorations want it. */
  evidence: string;
  match: string;
  activeMatch: string;
  /** The smallest contrast between text and background that the terminal itself sees to. */
  contrast: number;
}

/** Every colour of the sixteen has a contrast of at least 4.5 to its background (7 in high contrast). */
export const TERMINAL_THEMES: Record<TerminalThemeName, TerminalTheme> = {
  dark: {
    colors: {
      background: '#1b1f24',
      foreground: '#e4e7eb',
      cursor: '#e4e7eb',
      cursorAccent: '#1b1f24',
      selectionBackground: '#3a5877',
      black: '#8a939d',
      red: '#ff8a80',
      green: '#86d993',
      yellow: '#e8c66a',
      blue: '#82b7ff',
      magenta: '#d9a3f0',
      cyan: '#6fd3dd',
      white: '#d3d8de',
      brightBlack: '#a3adb8',
      brightRed: '#ffaba3',
      brightGreen: '#a9ebb3',
      brightYellow: '#f6dc92',
      brightBlue: '#a9ceff',
      brightMagenta: '#e8c3f8',
      brightCyan: '#9be6ee',
      brightWhite: '#ffffff',
    },
    evidence: '#5a4a12',
    match: '#3f4e63',
    activeMatch: '#7a5c12',
    contrast: 4.5,
  },
  light: {
    colors: {
      background: '#fcfcfb',
      foreground: '#20252b',
      cursor: '#20252b',
      cursorAccent: '#fcfcfb',
      selectionBackground: '#b9d6f5',
      black: '#20252b',
      red: '#b3261e',
      green: '#1f6f33',
      yellow: '#7a5a00',
      blue: '#1b57b0',
      magenta: '#8a2ba0',
      cyan: '#0f6674',
      white: '#5a626b',
      brightBlack: '#5a626b',
      brightRed: '#9c1c15',
      brightGreen: '#175a28',
      brightYellow: '#654a00',
      brightBlue: '#124690',
      brightMagenta: '#702083',
      brightCyan: '#0a525d',
      brightWhite: '#3b4249',
    },
    evidence: '#ffe9a6',
    match: '#d5e4f7',
    activeMatch: '#ffcf70',
    contrast: 4.5,
  },
  'high-contrast': {
    colors: {
      background: '#000000',
      foreground: '#ffffff',
      cursor: '#ffff00',
      cursorAccent: '#000000',
      selectionBackground: '#ffffff',
      selectionForeground: '#000000',
      black: '#ffffff',
      red: '#ff9a94',
      green: '#7dff8e',
      yellow: '#ffff66',
      blue: '#9cc8ff',
      magenta: '#ffb0ff',
      cyan: '#7dffff',
      white: '#ffffff',
      brightBlack: '#d0d0d0',
      brightRed: '#ffb8b3',
      brightGreen: '#a8ffb3',
      brightYellow: '#ffff9c',
      brightBlue: '#bfdcff',
      brightMagenta: '#ffccff',
      brightCyan: '#b3ffff',
      brightWhite: '#ffffff',
    },
    evidence: '#4d4d00',
    match: '#003a66',
    activeMatch: '#664d00',
    contrast: 7,
  },
};
