import {
  type BinaryChannel,
  type CommandInfo,
  isSize,
  type ShellInfo,
  type TabInfo,
  type TabShell,
} from '../contract-terminal.ts';
import type { Capture } from './capture.ts';
import { type Interpreted, interpret } from './interpret.ts';
import { findShells, type Machine, shellVersion, thisMachine } from './shells.ts';
import { SimulatedTab, type SimulateOptions } from './simulated-tab.ts';
import { Tab } from './tab.ts';
import type { RunOptions } from './tab-commands.ts';
import { terminalFault } from './terminal-fault.ts';

export type { Capture, Interpreted, RunOptions, SimulateOptions };

export interface TerminalsOptions {
  /** Folder with bash.sh, zsh.zsh and powershell.ps1. */
  integrationDirectory: string;
  /** Bytes kept of one command's output; default 16 MB. */
  captureLimit?: number;
  /** Environment that the shells inherit; default this process's. */
  environment?: Record<string, string | undefined>;
}

export interface OpenOptions {
  shell: TabShell;
  columns: number;
  rows: number;
  directory?: string;
}

export interface OpenSimulatedOptions {
  title: string;
  shell: TabShell;
  columns: number;
  rows: number;
  prompt?: string;
  host?: string;
  user?: string;
}

/**
 * The terminals of the core: shells in tabs, their commands and captures. Refusals are Faults.
 * Nothing here knows the window, the network or a case.
 */
export class Terminals {
  private readonly options: TerminalsOptions;
  private readonly machine: Machine;
  private readonly all = new Map<string, Tab | SimulatedTab>();
  private readonly listeners = new Set<(tabs: TabInfo[]) => void>();
  private readonly versions = new Map<string, Promise<string | null>>();
  private lastId = 0;
  private notifying = false;

  constructor(options: TerminalsOptions) {
    this.options = options;
    this.machine = { ...thisMachine(), ...(options.environment ? { environment: options.environment } : {}) };
  }

  /** Every kind of shell; those that are missing with the reason. */
  shells(): ShellInfo[] {
    return findShells(this.machine);
  }

  /** The version of a shell that is present; starts it once, so only when a person wants to know. */
  async version(shell: TabShell): Promise<string | null> {
    const { path } = this.find(shell);
    const known = this.versions.get(path) ?? shellVersion(shell, path);
    this.versions.set(path, known);
    return known;
  }

  /** Opens a tab. The answer comes when the shell's process runs; its prompt comes later (`onTabs`). */
  async open({ shell, columns, rows, directory }: OpenOptions): Promise<TabInfo> {
    checkSize(columns, rows);
    const { path, title } = this.find(shell);
    const { integrationDirectory, captureLimit, environment } = this.options;
    const tab = new Tab({
      id: this.nextId(),
      title,
      shell,
      path,
      integrationDirectory,
      columns,
      rows,
      ...(directory === undefined ? {} : { directory }),
      ...(captureLimit === undefined ? {} : { captureLimit }),
      ...(environment === undefined ? {} : { environment }),
      onChange: () => this.changed(),
    });
    this.all.set(tab.id, tab);
    try {
      await tab.start();
    } catch (error) {
      this.all.delete(tab.id);
      throw error;
    } finally {
      this.changed();
    }
    return tab.info();
  }

  /** Opens a tab without a shell, for practice. */
  openSimulated(options: OpenSimulatedOptions): TabInfo {
    checkSize(options.columns, options.rows);
    const tab = new SimulatedTab({ ...options, id: this.nextId(), onChange: () => this.changed() });
    this.all.set(tab.id, tab);
    this.changed();
    return tab.info();
  }

  tabs(): TabInfo[] {
    return [...this.all.values()].map((tab) => tab.info());
  }

  /** Calls the listener with all tabs after each change, several changes at once; returns its removal. */
  onTabs(listener: (tabs: TabInfo[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Waits until the tab is at its prompt. Throws `dead`, `no-marks`, or `not-at-prompt` after `timeoutMs`. */
  async ready(id: string, timeoutMs = 30_000): Promise<TabInfo> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const info = this.tab(id).info();
      if (info.state === 'ready' && info.marked) return info;
      if (info.state === 'dead') throw terminalFault('dead', info.message ?? 'The shell has ended.', 'Start it again.');
      if (info.state === 'ready') {
        throw terminalFault(
          'no-marks',
          info.message ?? 'This shell sends no marks.',
          'Copy the command, run it, and paste its output.',
        );
      }
      const left = deadline - Date.now();
      if (left <= 0)
        throw terminalFault(
          'not-at-prompt',
          'The shell shows no prompt yet.',
          'Wait, or look into the terminal what it does.',
        );
      await this.nextChange(left);
    }
  }

  run(id: string, text: string, options?: RunOptions): Promise<Capture> {
    return this.shellTab(id).run(text, options);
  }

  /** Puts a command and its sample output into a simulated tab. */
  simulate(id: string, text: string, output: string, options?: SimulateOptions): Capture {
    const tab = this.tab(id);
    if (tab instanceof SimulatedTab) return tab.simulate(text, output, options);
    throw terminalFault('simulated', 'This tab has a real shell.', 'Use the practice tab.');
  }

  /** Commands of the tab, sent and typed, newest last. */
  commands(id: string): CommandInfo[] {
    return this.tab(id).commands();
  }

  /** One of them with its output; null while it runs or when it is no longer kept. */
  capture(id: string, command: number): Capture | null {
    return this.tab(id).capture(command);
  }

  /** The output of a capture as the lines a person saw. */
  read(capture: Pick<Capture, 'output' | 'columns' | 'rows'>): Promise<Interpreted> {
    return interpret(capture.output, { columns: capture.columns, rows: capture.rows });
  }

  /** Ctrl+C. */
  interrupt(id: string): void {
    this.shellTab(id).interrupt();
  }

  async close(id: string): Promise<void> {
    const tab = this.tab(id);
    this.all.delete(id);
    this.changed();
    await tab.close();
  }

  async restart(id: string): Promise<TabInfo> {
    const tab = this.shellTab(id);
    await tab.restart();
    return tab.info();
  }

  /** Connects a viewer; its first frame is a snapshot. */
  attach(id: string, channel: BinaryChannel): void {
    this.tab(id).attach(channel);
  }

  /** Ends every shell. */
  async dispose(): Promise<void> {
    this.listeners.clear();
    await Promise.all([...this.all.keys()].map((id) => this.close(id)));
  }

  private find(shell: TabShell): ShellInfo & { path: string } {
    const info = this.shells().find((one) => one.shell === shell);
    if (info?.path) return { ...info, path: info.path };
    throw terminalFault(
      'no-shell',
      `${info?.title ?? shell} cannot be opened. ${info?.reason ?? ''}`.trim(),
      'Choose a shell from the list.',
    );
  }

  private tab(id: string): Tab | SimulatedTab {
    const tab = this.all.get(id);
    if (tab) return tab;
    throw terminalFault('no-tab', `There is no tab ${JSON.stringify(id)}.`, 'It was closed; open another one.');
  }

  private shellTab(id: string): Tab {
    const tab = this.tab(id);
    if (tab instanceof Tab) return tab;
    throw terminalFault('simulated', 'This tab is simulated: nothing runs in it.', 'Open a shell.');
  }

  private nextId(): string {
    return `tab-${++this.lastId}`;
  }

  private nextChange(withinMs: number): Promise<void> {
    return new Promise((done) => {
      const finish = (): void => {
        clearTimeout(timer);
        stop();
        done();
      };
      const timer = setTimeout(finish, withinMs);
      const stop = this.onTabs(finish);
    });
  }

  private changed(): void {
    if (this.notifying) return;
    this.notifying = true;
    queueMicrotask(() => {
      this.notifying = false;
      const tabs = this.tabs();
      for (const listener of [...this.listeners]) listener(tabs);
    });
  }
}

function checkSize(columns: number, rows: number): void {
  if (isSize(columns, rows)) return;
  throw terminalFault(
    'bad-size',
    `A terminal cannot have ${columns} columns and ${rows} rows.`,
    'Give whole numbers, at least 1.',
  );
}
