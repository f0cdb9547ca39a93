import '@xterm/xterm/css/xterm.css';
import './terminal-view.css';
import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import {
  type BinaryChannel,
  type SnapshotHeader,
  type StateNotice,
  VIEWER_SCROLLBACK,
} from '../../electron/contract-terminal.ts';
import { CommandMarks } from './command-marks.ts';
import { logicalLines } from './logical-lines.ts';
import { withStyleNonce } from './style-nonce.ts';
import { TERMINAL_THEMES, type TerminalThemeName } from './terminal-themes.ts';
import { ViewerLink } from './viewer-link.ts';
import { WebglScreen } from './webgl-screen.ts';

export interface TerminalViewOptions {
  channel: BinaryChannel;
  theme?: TerminalThemeName;
  /** CSS pixels; default 13. */
  fontSize?: number;
  fontFamily?: string;
  screenReaderMode?: boolean;
  /** Nonce of the page's content security policy. */
  styleNonce?: string;
  /** False draws without WebGL; default true, with a fall-back where there is none. */
  webgl?: boolean;
  /** A link was clicked (with Ctrl or Cmd). Without it links do nothing. */
  onLink?(address: string): void;
  onState?(notice: StateNotice): void;
  /** Asked before text of several lines is pasted; false refuses it. */
  confirmPaste?(text: string): boolean | Promise<boolean>;
  /** The channel has closed: `connect` takes a new one. */
  onDisconnect?(): void;
}

const FONT = 'Cascadia Mono, Consolas, Menlo, DejaVu Sans Mono, Liberation Mono, monospace';

/** A terminal tab on the page: shows what the core sends, sends what is typed. Owns its element's content. */
export class TerminalView {
  /** The terminal itself, for what this class has no words for. */
  readonly terminal: Terminal;
  readonly #element: HTMLElement;
  readonly #options: TerminalViewOptions;
  readonly #fit = new FitAddon();
  readonly #search = new SearchAddon({ highlightLimit: 500 });
  readonly #marks: CommandMarks;
  readonly #webgl: WebglScreen | null;
  readonly #observers: { disconnect(): void }[] = [];
  readonly #onVisibility = (): void => this.#tellVisible();
  #link: ViewerLink | null = null;
  #theme: TerminalThemeName;
  #inView = true;
  #toldVisible = true;
  #fitting = 0;

  constructor(element: HTMLElement, options: TerminalViewOptions) {
    this.#element = element;
    this.#options = options;
    this.#theme = options.theme ?? 'dark';
    const theme = TERMINAL_THEMES[this.#theme];
    this.terminal = new Terminal({
      allowProposedApi: true,
      fontFamily: options.fontFamily ?? FONT,
      fontSize: options.fontSize ?? 13,
      scrollback: VIEWER_SCROLLBACK,
      screenReaderMode: options.screenReaderMode ?? false,
      theme: theme.colors,
      minimumContrastRatio: theme.contrast,
      linkHandler: { activate: (event, address) => this.#followLink(event, address) },
    });
    this.#marks = new CommandMarks(this.terminal);
    this.#loadAddons();
    element.classList.add('terminal-view');
    element.style.background = theme.colors.background ?? '';
    withStyleNonce(options.styleNonce, () => this.terminal.open(element));
    this.#webgl = options.webgl === false ? null : new WebglScreen(this.terminal, options.styleNonce);
    this.#refuseQuestions();
    this.#listen();
    this.connect(options.channel);
  }

  /** Shows the tab over this channel; the first frame redraws everything. */
  connect(channel: BinaryChannel): void {
    this.#link?.dispose();
    this.#link = new ViewerLink(channel, {
      snapshot: (header, text, parsed) => this.#showSnapshot(header, text, parsed),
      output: (bytes, parsed) => this.terminal.write(bytes, parsed),
      // Through the write queue, so that it happens where it stands in the stream.
      size: (columns, rows) => this.terminal.write('', () => this.terminal.resize(columns, rows)),
      command: (notice) => this.terminal.write('', () => this.#marks.notice(notice)),
      state: (notice) => this.#options.onState?.(notice),
      closed: () => this.#options.onDisconnect?.(),
    });
    this.#toldVisible = true;
    this.#tellVisible();
    const { cols, rows } = this.terminal;
    if (this.#fitNow() === false) this.#link.resize(cols, rows);
  }

  /** Whether WebGL draws; false where the page has none or has lost it. */
  get drawsWithWebgl(): boolean {
    return this.#webgl?.active ?? false;
  }

  focus(): void {
    this.terminal.focus();
  }

  setTheme(name: TerminalThemeName): void {
    this.#theme = name;
    const { colors, contrast } = TERMINAL_THEMES[name];
    this.#element.style.background = colors.background ?? '';
    this.terminal.options.theme = colors;
    this.terminal.options.minimumContrastRatio = contrast;
  }

  setFontSize(pixels: number): void {
    this.terminal.options.fontSize = Math.min(40, Math.max(8, Math.round(pixels)));
    this.#fitSoon();
  }

  setScreenReaderMode(on: boolean): void {
    this.terminal.options.screenReaderMode = on;
  }

  /** Highlights these lines (as the core read them) in the output of the last command; returns how many it found. */
  markEvidence(lines: string[]): number {
    return this.#marks.markEvidence(lines, TERMINAL_THEMES[this.#theme].evidence);
  }

  clearEvidence(): void {
    this.#marks.clearEvidence();
  }

  /** Everything in the buffer as text, wrapped rows joined. */
  plainText(): string {
    const lines = logicalLines(this.terminal.buffer.active).map((line) => line.text);
    while (lines.length > 0 && lines.at(-1) === '') lines.pop();
    return lines.join('\n');
  }

  selection(): string {
    return this.terminal.getSelection();
  }

  /** Selects and scrolls to the next (or previous) place; false when the text is not there. */
  find(text: string, direction: 'next' | 'previous' = 'next'): boolean {
    const { match, activeMatch } = TERMINAL_THEMES[this.#theme];
    const decorations = {
      matchBackground: match,
      matchOverviewRuler: match,
      activeMatchBackground: activeMatch,
      activeMatchColorOverviewRuler: activeMatch,
    };
    return direction === 'next'
      ? this.#search.findNext(text, { decorations, incremental: true })
      : this.#search.findPrevious(text, { decorations });
  }

  clearFind(): void {
    this.#search.clearDecorations();
    this.terminal.clearSelection();
  }

  /** Scrolls to the command before or after what is at the top of the view. */
  jumpToCommand(direction: -1 | 1): void {
    const row = this.#marks.neighbour(this.terminal.buffer.active.viewportY, direction);
    if (row !== null) this.terminal.scrollToLine(row);
  }

  dispose(): void {
    cancelAnimationFrame(this.#fitting);
    for (const observer of this.#observers) observer.disconnect();
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#link?.dispose();
    this.#marks.clear();
    this.terminal.dispose();
    this.#element.classList.remove('terminal-view');
  }

  #loadAddons(): void {
    this.terminal.loadAddon(this.#fit);
    this.terminal.loadAddon(this.#search);
    this.terminal.loadAddon(new Unicode11Addon());
    this.terminal.unicode.activeVersion = '11';
    this.terminal.loadAddon(new WebLinksAddon((event, address) => this.#followLink(event, address)));
  }

  #followLink(event: MouseEvent, address: string): void {
    // Output is not trusted: a plain click must not leave the program, and only web addresses are links.
    if (!(event.ctrlKey || event.metaKey) || !/^https?:\/\//i.test(address)) return;
    this.#options.onLink?.(address);
  }

  /**
   * Programs may ask a terminal for things whose answer arrives as if typed. Position and kind are told by the core,
   * for all viewers at once. Settings (DECRQSS), colours and the clipboard are nobody's: a file that is merely
   * shown could otherwise type at the prompt.
   */
  #refuseQuestions(): void {
    const { parser } = this.terminal;
    for (const prefix of ['', '?', '>', '=']) {
      const id = prefix ? { prefix } : {};
      parser.registerCsiHandler({ ...id, final: 'c' }, () => true);
      parser.registerCsiHandler({ ...id, final: 'n' }, () => true);
      parser.registerCsiHandler({ ...id, intermediates: '$', final: 'p' }, () => true);
    }
    parser.registerDcsHandler({ intermediates: '$', final: 'q' }, () => true);
    for (const code of [4, 10, 11, 12]) parser.registerOscHandler(code, (data) => data.includes('?'));
    parser.registerOscHandler(52, () => true);
  }

  #listen(): void {
    this.terminal.onData((text) => this.#link?.input(text));
    this.terminal.onBinary((text) => this.#link?.binary(text));
    const sizes = new ResizeObserver(() => this.#fitSoon());
    sizes.observe(this.#element);
    const views = new IntersectionObserver((entries) => {
      this.#inView = entries.at(-1)?.isIntersecting ?? true;
      this.#tellVisible();
    });
    views.observe(this.#element);
    this.#observers.push(sizes, views);
    document.addEventListener('visibilitychange', this.#onVisibility);
    this.#element.addEventListener('paste', (event) => this.#paste(event), { capture: true });
  }

  #paste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    const { confirmPaste } = this.#options;
    if (!confirmPaste || !/[\r\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    event.stopPropagation();
    void Promise.resolve(confirmPaste(text)).then((allowed) => {
      if (allowed) this.terminal.paste(text);
    });
  }

  #showSnapshot({ columns, rows, commands }: SnapshotHeader, text: Uint8Array, parsed: () => void): void {
    // Through the write queue: output that came before must not be parsed after the reset.
    this.terminal.write('', () => {
      this.#marks.clear();
      this.terminal.reset();
      this.terminal.resize(columns, rows);
    });
    this.terminal.write(text, () => {
      for (const { id, line, result } of commands) this.#marks.atRow(id, line, result);
      parsed();
      this.#fitSoon();
    });
  }

  #fitSoon(): void {
    cancelAnimationFrame(this.#fitting);
    this.#fitting = requestAnimationFrame(() => this.#fitNow());
  }

  /** Takes the size of the element; true when that is a new one and the core was told. */
  #fitNow(): boolean {
    const size = this.#element.clientWidth > 0 ? this.#fit.proposeDimensions() : undefined;
    if (!size || !(size.cols > 0 && size.rows > 0)) return false;
    if (size.cols === this.terminal.cols && size.rows === this.terminal.rows) return false;
    this.terminal.resize(size.cols, size.rows);
    this.#link?.resize(size.cols, size.rows);
    return true;
  }

  #tellVisible(): void {
    const visible = this.#inView && document.visibilityState === 'visible';
    if (visible === this.#toldVisible) return;
    this.#toldVisible = visible;
    this.#link?.visible(visible);
    if (visible) this.#fitSoon();
  }
}
