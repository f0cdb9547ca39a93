/** Runs the commands of a step, takes pasted output, and puts both into the case with what they mean. */
import { hostname, userInfo } from 'node:os';
import { startingValues } from '../../wizards/engine/captured-values.ts';
import { type CommandView, readableText } from '../../wizards/engine/command-view.ts';
import { labelOf } from '../../wizards/engine/labels.ts';
import type { Library } from '../../wizards/engine/library.ts';
import { type Capture, currentVisit, valuesOf } from '../../wizards/engine/model.ts';
import { normaliseOutput } from '../../wizards/engine/output-text.ts';
import { probeLine } from '../../wizards/engine/probe/probe-line.ts';
import { probeText } from '../../wizards/engine/probe/probe-text.ts';
import { readingFor } from '../../wizards/engine/reading.ts';
import { withoutSecrets } from '../../wizards/engine/redact/secrets.ts';
import type { Shell } from '../../wizards/engine/schema.ts';
import type { RunResult } from '../contract.ts';
import type { ProbeView } from '../contract-probe.ts';
import { TAB_SHELLS, type TabShell } from '../contract-terminal.ts';
import { Fault } from '../fault.ts';
import { labOf, simulatedOutput } from '../lab/practice.ts';
import type { Capture as TerminalCapture } from '../terminal/capture.ts';
import { interpret } from '../terminal/interpret.ts';
import { orAborted } from '../terminal/or-aborted.ts';
import type { Terminals } from '../terminal/terminals.ts';
import type { CaseSession } from './case-session.ts';
import { noteWayBack } from './way-back.ts';

export type RunRequest = { command: string; shell: Shell; tab?: string; confirm?: boolean; timeout?: number };
export type Running = { command: string; shell: Shell; startedAt: string };
/** Gives the tab that a command of this shell goes to, and opens one when none is there. */
export type TabChooser = (shell: TabShell, wanted?: string) => Promise<string>;
type Facts = Omit<Capture, 'id' | 'visit' | 'output' | 'raw' | 'reading' | 'parameters' | 'command' | 'shell'>;

const TIMEOUT_SECONDS = 120;
type Run = { what: Running; abort: AbortController; tab: string | null };
const runs = new WeakMap<CaseSession, Run>();

/** The command of a case that is under way, if any. */
export const runningIn = (session: CaseSession): Running | null => runs.get(session)?.what ?? null;

/**
 * Ends the run of a case, wherever it stands: one that waits for its tab or prompt is never sent, one that was sent
 * gets Ctrl+C. Asked again, it sends Ctrl+C again. Without a run nothing happens.
 */
export function cancelRun(session: CaseSession, terminals: Terminals): void {
  const run = runs.get(session);
  if (!run) return;
  if (run.abort.signal.aborted && run.tab !== null) terminals.interrupt(run.tab);
  run.abort.abort(new Fault('cancelled', 'The command was cancelled before it was sent, so nothing has run.'));
}

/** The command of the present step, or a Fault that says why it cannot be used. */
export function commandOfStep(session: CaseSession, id: string, shell?: Shell): CommandView {
  const step = session.view.step;
  if (!step) throw new Fault('ended', 'The walk has ended: go back to a step to run its commands.');
  const fitting = step.commands.filter((command) => command.id === id);
  const found = shell ? fitting.find((command) => command.shell === shell) : fitting[0];
  if (found) return found;
  const known = step.commands.map((command) => `${command.id} (${command.shell})`).join(', ');
  throw new Fault(
    'unknown-command',
    `This step has no command "${id}"${shell ? ` for ${shell}` : ''}.`,
    known ? `It has: ${known}.` : null,
  );
}

/** Sends a command into a shell and records what came back. `interactive`: a person sits at the terminal. */
export async function runCommand(
  session: CaseSession,
  terminals: Terminals,
  chooseTab: TabChooser,
  request: RunRequest,
  interactive: boolean,
): Promise<RunResult> {
  const command = commandOfStep(session, request.command, request.shell);
  const text = textToRun(session.library, command);
  if (command.effect === 'change' && request.confirm !== true) {
    throw new Fault(
      'needs-confirmation',
      `This changes ${command.changes ?? 'the system'}; it runs only when it is confirmed.`,
    );
  }
  if (runs.has(session))
    throw new Fault('busy', 'A command of this case is still running.', 'Wait for it or cancel it.');
  const lab = labOf(session.library, session.state);
  if (!lab && command.interactive && !interactive) {
    throw new Fault(
      'needs-terminal',
      'This command asks questions, so it needs a terminal with a person.',
      'Run it by hand and paste its output.',
    );
  }
  const what = { command: command.id, shell: command.shell, startedAt: new Date().toISOString() };
  const run: Run = { what, abort: new AbortController(), tab: null };
  runs.set(session, run);
  session.changed();
  try {
    if (!lab) return await runInTab(session, terminals, chooseTab, run, command, text, request);
    if (command.effect === 'change') await noteWayBack(session, command);
    return await simulate(session, terminals, command, text);
  } finally {
    runs.delete(session);
    session.changed();
  }
}

async function runInTab(
  session: CaseSession,
  terminals: Terminals,
  chooseTab: TabChooser,
  run: Run,
  command: CommandView,
  text: string,
  request: RunRequest,
): Promise<RunResult> {
  const { signal } = run.abort;
  const before = session.visit?.n;
  const tab = await orAborted(readyTab(terminals, chooseTab, command, request.tab), signal);
  run.tab = tab;
  if (command.effect === 'change') await noteWayBack(session, command);
  const seconds = request.timeout ?? TIMEOUT_SECONDS;
  const timeoutMs = (command.interactive ? 86_400 : seconds) * 1000;
  const capture = await terminals.run(tab, text, { timeoutMs, signal }).catch(async (error: Error) => {
    // It rejects only where nothing was sent, and then the note about the way back must not stand alone.
    if (command.effect === 'change')
      await session.input({ type: 'note', text: `The change was not sent: ${error.message}` });
    throw error;
  });
  if (session.visit?.n !== before)
    throw new Fault(
      'moved-on',
      'The walk went on while the command ran, so its output was not recorded.',
      'It stands in the terminal: use it as evidence from there.',
    );
  return recordRun(session, command.id, capture, 'run');
}

async function readyTab(
  terminals: Terminals,
  chooseTab: TabChooser,
  command: CommandView,
  wanted?: string,
): Promise<string> {
  const tab = await chooseTab(tabShell(command.shell), wanted);
  if (terminals.tabs().find(({ id }) => id === tab)?.state === 'starting') await terminals.ready(tab);
  return tab;
}

function textToRun(library: Library, command: CommandView): string {
  if (command.shell === 'console' || command.shell === 'device') {
    throw new Fault(
      'not-runnable',
      'This is a path to follow by hand, not a command.',
      'Follow it and answer the step.',
    );
  }
  if (command.text !== null) return command.text;
  if (command.missing.length > 0) {
    const missing = command.missing.map((name) => `${labelOf(library, name)} (${name})`);
    throw new Fault('missing-parameters', `Still missing: ${missing.join(', ')}.`, 'Set them first.');
  }
  throw new Fault('not-renderable', command.refusals.join(' ') || 'This command cannot be written for this shell.');
}

function tabShell(shell: Shell): TabShell {
  const found = TAB_SHELLS.find((candidate) => candidate === shell);
  if (found) return found;
  throw new Fault(
    'no-shell',
    `There is no ${shell} shell here.`,
    'Copy the command, run it where it belongs, and paste the output.',
  );
}

async function simulate(
  session: CaseSession,
  terminals: Terminals,
  command: CommandView,
  text: string,
): Promise<RunResult> {
  const lab = labOf(session.library, session.state);
  if (!lab) throw new Fault('no-lab', 'The scenario of this practice case is not there any more.');
  const entry = session.library.commands.get(command.id)?.command;
  const values = entry ? startingValues(session.library, session.state, entry, (hash) => session.textOf(hash)) : {};
  const output = simulatedOutput(session.library, lab, session.state, command.id, values);
  const startedAt = new Date().toISOString();
  terminals.simulate(practiceTab(terminals, command.shell), text, output);
  return record(session, command.id, command.shell, output, null, {
    text,
    source: 'simulated',
    truncated: false,
    result: 'unknown',
    exit: null,
    ended: 'exit',
    startedAt,
    ms: 0,
    host: null,
    user: null,
    directory: null,
    shellVersion: null,
  });
}

/** The simulated terminal of a shell. It shows what the scenario's servers print; nothing runs in it. */
function practiceTab(terminals: Terminals, shell: Shell): string {
  const title = `Simulated ${SIMULATED_TITLES[shell] ?? shell}`;
  const known = terminals.tabs().find((tab) => tab.kind === 'simulated' && tab.title === title);
  const kind = TAB_SHELLS.find((candidate) => candidate === shell) ?? 'powershell';
  return (known ?? terminals.openSimulated({ title, shell: kind, columns: 120, rows: 30 })).id;
}

const SIMULATED_TITLES: Partial<Record<Shell, string>> = {
  ems: 'Exchange Management Shell',
  cmd: 'Command Prompt',
  powershell: 'Windows PowerShell',
  pwsh: 'PowerShell 7',
};

/** Takes what a person brings from a server where the app cannot run. */
export async function pasteOutput(
  session: CaseSession,
  id: string,
  shell: Shell | undefined,
  output: string,
): Promise<RunResult> {
  const command = commandOfStep(session, id, shell);
  if (output.trim() === '')
    throw new Fault(
      'empty',
      'The pasted output is empty.',
      'If the command printed nothing, answer the step without it.',
    );
  const text = normaliseOutput(output).join('\n');
  return record(
    session,
    command.id,
    command.shell,
    output.includes('\u0000') ? text.replaceAll('\u0000', '') : output,
    null,
    {
      text: readableText(command),
      source: 'pasted',
      truncated: false,
      result: 'unknown',
      exit: null,
      ended: 'exit',
      startedAt: new Date().toISOString(),
      ms: null,
      host: hostname(),
      user: userInfo().username,
      directory: null,
      shellVersion: null,
    },
  );
}

/** Puts a command that was typed by hand into the case, under its own text. */
export async function useTyped(
  session: CaseSession,
  terminals: Terminals,
  tab: string,
  id: number,
  as?: string,
): Promise<RunResult> {
  const capture = terminals.capture(tab, id);
  if (!capture)
    throw new Fault(
      'no-capture',
      'This command is not kept any more, or it still runs.',
      'Run it again, or paste its output.',
    );
  return recordRun(session, as ?? null, capture, 'typed');
}

/** Puts a probe into the case: as what the step's own probe command printed, else under the line that would print it. */
export async function keepProbe(session: CaseSession, { result, phase, request }: ProbeView): Promise<RunResult> {
  if (!result || phase !== 'done')
    throw new Fault('no-probe', 'Only a probe that is over can be kept.', 'Wait for it, or start it again.');
  const own = session.view.step?.commands.find(({ probe }) => probe === result.kind);
  const ms = result.stages.reduce((sum, stage) => sum + stage.ms, 0);
  return record(session, own?.id ?? null, own?.shell ?? 'console', probeText(result).join('\n'), null, {
    text: probeLine(request),
    source: 'run',
    truncated: false,
    result: result.stage === 'none' ? 'ok' : 'failed',
    exit: result.stage === 'none' ? 0 : 1,
    ended: 'exit',
    startedAt: result.at,
    ms,
    host: result.run_from.host,
    user: userInfo().username,
    directory: null,
    shellVersion: null,
  });
}

async function recordRun(
  session: CaseSession,
  id: string | null,
  capture: TerminalCapture,
  source: 'run' | 'typed',
): Promise<RunResult> {
  const { lines } = await interpret(capture.output, { columns: capture.columns, rows: capture.rows });
  const { text, truncated, result, exit, ended, startedAt, ms, host, user, directory, shellVersion } = capture;
  const facts = { text, source, truncated, result, exit, ended, startedAt, ms, host, user, directory, shellVersion };
  return record(session, id, capture.shell, lines.join('\n'), capture.output, facts);
}

async function record(
  session: CaseSession,
  command: string | null,
  shell: Shell,
  printed: string,
  bytes: Uint8Array | null,
  sent: Facts,
): Promise<RunResult> {
  // A password that was printed or typed never reaches the disk; the bytes as they came would hold it too.
  const shown = withoutSecrets(printed);
  const facts = { ...sent, text: withoutSecrets(sent.text) };
  const visit = currentVisit(session.state);
  if (!visit) throw new Fault('ended', 'The walk has ended: go back to a step to add evidence.');
  const entry = command === null ? undefined : session.library.commands.get(command)?.command;
  const known = entry
    ? startingValues(session.library, session.state, entry, (hash) => session.textOf(hash))
    : valuesOf(session.state);
  const reading = command === null ? null : readingFor(session.library, visit, command, shown, known, facts.text);
  const parameters: Record<string, string> = {};
  for (const { name } of entry?.parameters ?? []) if (known[name] !== undefined) parameters[name] = known[name];
  const output = await session.storeText(shown);
  const raw = bytes === null || shown !== printed ? null : await session.storeBytes(bytes);
  const capture = { command, shell, ...facts, output, raw, parameters, reading };
  await session.input({ type: 'capture', capture });
  const recorded = Object.values(session.state.captures).at(-1) as Capture;
  return { capture: recorded, reading };
}
