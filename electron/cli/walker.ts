/** The actions of a walk as the command line offers them, for programs and for people. */

import type { Shell } from '../../wizards/engine/schema.ts';
import type { CommandView, WalkView } from '../../wizards/engine/view.ts';
import type { CaseSession } from '../cases/case-session.ts';
import { commandOfStep, pasteOutput, runCommand } from '../cases/walk-commands.ts';
import type { RunResult } from '../contract.ts';
import type { TabShell } from '../contract-terminal.ts';
import type { Core } from '../core.ts';
import { Fault } from '../fault.ts';
import { type Place, whyNotRunnable } from './walk-messages.ts';

export type CommandRequest = {
  command: string;
  shell?: Shell | undefined;
  timeout?: number | undefined;
  confirm?: boolean | undefined;
};
/** What an answer led to: the verdict, when one was reached by it. */
export type Chosen = { verdict: WalkView['verdict'] };

export class Walker {
  readonly core: Core;
  readonly session: CaseSession;
  readonly place: Place;
  #tab: string | null = null;

  constructor(core: Core, session: CaseSession, interactive: boolean) {
    this.core = core;
    this.session = session;
    this.place = { reasons: core.runnable(), interactive };
  }

  get view(): WalkView {
    return this.session.view;
  }

  set(name: string, value: string): Promise<void> {
    return this.session.input({ type: 'set', name, value });
  }

  back(to: number): Promise<void> {
    return this.session.input({ type: 'back', to });
  }

  note(text: string): Promise<void> {
    return this.session.input({ type: 'note', text });
  }

  paste(command: string, shell: Shell | undefined, output: string): Promise<RunResult> {
    return pasteOutput(this.session, command, shell, output);
  }

  /** Runs it in the hidden shell of its kind, which is kept for the commands after it. */
  run({ command, shell, timeout, confirm }: CommandRequest): Promise<RunResult> {
    const chosen = shell ?? this.#shellFor(command);
    const request = {
      command,
      shell: chosen,
      ...(timeout === undefined ? {} : { timeout }),
      ...(confirm === undefined ? {} : { confirm }),
    };
    const chooseTab = async (wanted: TabShell): Promise<string> => {
      this.#tab = await this.core.tabFor(wanted);
      return this.#tab;
    };
    this.#refuseWithoutShell(command, chosen, confirm === true);
    return runCommand(this.session, this.core.terminals, chooseTab, request, false);
  }

  /** Ctrl+C for the command under way. */
  interrupt(): void {
    if (this.#tab !== null) this.core.terminals.interrupt(this.#tab);
  }

  async choose(outcome: string, note?: string): Promise<Chosen> {
    const before = this.session.state.visits.length;
    await this.session.input({ type: 'choose', outcome, ...(note ? { note } : {}) });
    const { verdict } = this.view;
    return { verdict: verdict && verdict.visit > before ? verdict : null };
  }

  whyNot(command: CommandView): string | null {
    return whyNotRunnable(command, this.view, this.place);
  }

  /** A confirmed change is noted in the case before it is sent, so whether it can be sent is looked at before. */
  #refuseWithoutShell(id: string, shell: Shell, confirmed: boolean): void {
    const command = commandOfStep(this.session, id, shell);
    if (!confirmed || command.text === null || command.interactive || shell === 'console' || shell === 'device') return;
    const reason = this.whyNot(command);
    if (reason) throw new Fault('no-shell', reason);
  }

  /** The first form of the command that can be run here; else the first, whose refusal says why not. */
  #shellFor(id: string): Shell {
    const first = commandOfStep(this.session, id);
    const forms = this.view.step?.commands.filter((command) => command.id === id) ?? [];
    return (forms.find((command) => this.whyNot(command) === null) ?? first).shell;
  }
}
