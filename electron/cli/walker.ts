/** The actions of a walk as the command line offers them, for programs and for people. */
import type { Capture } from '../../wizards/engine/model.ts';
import type { Shell } from '../../wizards/engine/schema.ts';
import type { CaseView, RunResult } from '../contract.ts';
import type { Client } from '../in-process.ts';

export type CommandRequest = {
  command: string;
  shell?: Shell | undefined;
  timeout?: number | undefined;
  confirm?: boolean | undefined;
};
/** What an answer led to: the verdict, when one was reached by it. */
export type Chosen = { verdict: CaseView['verdict'] };

export class Walker {
  readonly folder: string;
  readonly #client: Client;
  readonly #case: string;
  #view: CaseView;

  private constructor(client: Client, id: string, folder: string, view: CaseView) {
    this.#client = client;
    this.#case = id;
    this.folder = folder;
    this.#view = view;
  }

  /** Opens the case for writing; it stays so until the door is closed. */
  static async at(client: Client, id: string, folder: string): Promise<Walker> {
    return new Walker(client, id, folder, await client.walk.view({ case: id }));
  }

  /** Where the walk stands after the last action. */
  get view(): CaseView {
    return this.#view;
  }

  set(name: string, value: string): Promise<void> {
    return this.#act((walk, id) => walk.set({ case: id, name, value }));
  }

  back(to: number): Promise<void> {
    return this.#act((walk, id) => walk.back({ case: id, to }));
  }

  note(text: string): Promise<void> {
    return this.#act((walk, id) => walk.note({ case: id, text }));
  }

  paste(command: string, shell: Shell | undefined, output: string): Promise<RunResult> {
    return this.#act((walk, id) => walk.paste({ case: id, command, shell, output }));
  }

  /** Runs it in the hidden shell of its kind, which is kept for the commands after it. */
  run(request: CommandRequest): Promise<RunResult> {
    return this.#act((walk, id) => walk.run({ case: id, ...request }));
  }

  /** A change that the person made along a path in a console. */
  byHand(command: string): Promise<void> {
    return this.#act((walk, id) => walk.byHand({ case: id, command }));
  }

  async choose(outcome: string, note?: string): Promise<Chosen> {
    const before = this.#view.path.length;
    // Where the walk has ended there is no visit, and the refusal says so.
    const visit = this.#view.step?.visit ?? 0;
    await this.#act((walk, id) => walk.choose({ case: id, visit, outcome, note }));
    const { verdict } = this.#view;
    return { verdict: verdict && verdict.visit > before ? verdict : null };
  }

  /** The output of a capture as a person saw it. */
  async outputOf(capture: Capture): Promise<string> {
    const { lines } = await this.#client.walk.output({ case: this.#case, capture: capture.id });
    return lines.join('\n');
  }

  /** Ctrl+C for the command under way. */
  cancel(): Promise<void> {
    return this.#client.walk.cancel({ case: this.#case });
  }

  async #act<T>(action: (walk: Client['walk'], id: string) => Promise<T>): Promise<T> {
    try {
      return await action(this.#client.walk, this.#case);
    } finally {
      // Also after a refusal: what led to it may have been recorded.
      this.#view = await this.#client.walk.view({ case: this.#case });
    }
  }
}
