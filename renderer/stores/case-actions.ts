import type { CaseStatus } from '../../wizards/engine/model.ts';
import type { Shell } from '../../wizards/engine/schema.ts';
import type { CommandView } from '../../wizards/engine/view.ts';
import { client } from '../connection/session.ts';
import { chooseShell, runnableOf } from '../lib/command-choice.ts';
import { dueCommand } from '../lib/primary.ts';
import { problemOf } from '../lib/problem.ts';
import { tabFor } from '../lib/tab-choice.ts';
import { announce } from './app-store.ts';
import { ask, changeDraft, type Pending, useCase } from './case-store.ts';
import { useTerminals } from './terminal-store.ts';

/** Does one thing with the present case; a refusal is shown and nothing is lost. True when it went well. */
async function act(pending: Pending, work: (id: string) => Promise<unknown>): Promise<boolean> {
  const { id } = useCase.getState();
  if (id === null) return false;
  useCase.setState({ pending, problem: null });
  try {
    await work(id);
    return true;
  } catch (error) {
    useCase.setState({ problem: problemOf(error) });
    return false;
  } finally {
    useCase.setState((state) => (state.pending === pending ? { pending: null } : state));
  }
}

/** The outcome in force: what was picked by hand, else what the reading suggests. */
export function outcomeInForce(): string | null {
  const { view, draft } = useCase.getState();
  return draft.picked ?? view?.step?.suggestion ?? null;
}

export async function recordOutcome(): Promise<void> {
  const { view, draft, pending } = useCase.getState();
  const outcome = outcomeInForce();
  const step = view?.step;
  if (!step || outcome === null || pending === 'choose') return;
  const note = draft.note.trim();
  await act('choose', (id) =>
    client().walk.choose({ case: id, visit: step.visit, outcome, ...(note ? { note } : {}) }),
  );
}

export async function runCommand(command: string, shell: Shell, confirm?: true): Promise<boolean> {
  const { view, pending } = useCase.getState();
  if (!view || view.running || pending === 'run') return false;
  const { tabs, active } = useTerminals.getState();
  const tab = view.practice === null ? tabFor(tabs, active, shell) : null;
  useTerminals.setState({ following: true, ...(tab ? { active: tab } : {}) });
  announce('The command is running.');
  return act('run', async (id) => {
    const result = await client().walk.run({
      case: id,
      command,
      shell,
      ...(tab ? { tab } : {}),
      ...(confirm ? { confirm } : {}),
    });
    announce(readingWords(result.reading?.suggested ?? null));
  });
}

export const pasteOutput = (command: string, shell: Shell, output: string): Promise<boolean> =>
  act('paste', async (id) => {
    const result = await client().walk.paste({ case: id, command, shell, output });
    announce(readingWords(result.reading?.suggested ?? null));
  });

/** A change in a console leaves no output; the case still has to say that it was made, by whom and when. */
export const recordByHand = (command: string): Promise<boolean> =>
  act('use', async (id) => {
    await client().walk.byHand({ case: id, command });
    // From here on the walk says again which command is due.
    changeDraft({ command: null });
    announce('Recorded as done by hand. The proof is next.');
  });

export const takeTyped = (tab: string, typed: number, command: string | null): Promise<boolean> =>
  act('use', (at) => client().walk.useTyped({ case: at, tab, id: typed, ...(command ? { command } : {}) }));

export const answerAgain = (to: number): Promise<boolean> => act('back', (id) => client().walk.back({ case: id, to }));
export const reuseCapture = (capture: string): Promise<boolean> =>
  act('use', (id) => client().walk.reuse({ case: id, capture }));
export const takeVersion = (): Promise<boolean> => act('use', (id) => client().walk.takeVersion({ case: id }));
export const setState = (state: CaseStatus): Promise<boolean> =>
  act(null, (id) => client().cases.setState({ case: id, state }));
export const describeCase = (part: { title?: string; ticket?: string; operator?: string }): Promise<boolean> =>
  act(null, (id) => client().cases.describe({ case: id, ...part }));

/** Sets a parameter. What the core refuses stays in the field, with the core's sentence below it. */
export async function setParameter(name: string, value: string): Promise<boolean> {
  const { id } = useCase.getState();
  if (id === null) return false;
  try {
    await client().walk.set({ case: id, name, value });
    useCase.setState(({ refused }) => (refused?.name === name ? { refused: null } : {}));
    return true;
  } catch (error) {
    useCase.setState({ refused: { name, value, problem: problemOf(error) } });
    return false;
  }
}

function readingWords(suggested: string | null): string {
  const label = useCase.getState().view?.step?.outcomes.find((outcome) => outcome.id === suggested)?.label;
  return label ? `The output suggests: ${label}` : 'The output was recorded. It suggests no outcome.';
}

/** Run as the button means it: what is missing gets the focus, a change is reviewed first. */
export function startCommand(command: CommandView): void {
  if (command.text === null) {
    const name = command.missing[0];
    const field = name === undefined ? null : document.querySelector<HTMLElement>(`[data-parameter="${name}"]`);
    field?.focus();
    announce(name === undefined ? 'This command cannot be written with these values.' : 'A value is missing.');
  } else if (command.effect === 'change') {
    ask({ kind: 'review', command: command.id, shell: command.shell });
  } else {
    void runCommand(command.id, command.shell);
  }
}

/** The button that is next, below the present step or below `within`. */
export function focusDue(within: ParentNode = document): void {
  within.querySelector<HTMLElement>('[data-due]')?.focus();
}

/** Ctrl+Enter: the command whose turn it is; where it cannot run, the button that is next gets the focus. */
export function startDueCommand(): void {
  const { view, draft, preferredShell } = useCase.getState();
  const step = view?.step;
  if (!step || view.running) return;
  const id = draft.command ?? dueCommand(step);
  const views = step.commands.filter((command) => command.id === id);
  const command = chooseShell(views, view.runnable, preferredShell);
  if (!command) return;
  if (runnableOf(view.runnable, command).runnable) startCommand(command);
  else focusDue();
}

/** Ends the run of this case, whether it waits for its tab or prompt or runs already. */
export const cancelRun = (): Promise<boolean> => act(null, (id) => client().walk.cancel({ case: id }));
