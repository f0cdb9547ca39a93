/** The contract, carried out by a core. Refusals reach the caller as typed errors with a remedy. */
import { hostname, platform } from 'node:os';
import { implement, ORPCError } from '@orpc/server';
import { labelsOf } from '../wizards/engine/labels.ts';
import { recordByHand } from './cases/by-hand.ts';
import type { CaseSession } from './cases/case-session.ts';
import { cancelRun, pasteOutput, runCommand, runningIn, useTyped } from './cases/walk-commands.ts';
import { type AppInfo, type CaseView, contract } from './contract.ts';
import { type Core, currentUser } from './core.ts';
import { exportSession } from './export/export-session.ts';
import { Fault } from './fault.ts';
import { labOf, scoreOf } from './lab/practice.ts';
import { latest } from './latest.ts';

/** How long a case stays locked after its last viewer went. */
const IDLE_MS = 3000;

export function createRouter(core: Core) {
  const os = implement(contract).use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      throw asRefusal(error);
    }
  });
  const byId = (id: string): Promise<CaseSession> => core.session(core.store.pathOfId(id));
  const chooseTab = core.tabFor.bind(core);

  return os.router({
    app: {
      info: os.app.info.handler(() => appInfo(core)),
      shells: os.app.shells.handler(() => core.terminals.shells()),
      settings: os.app.settings.handler(() => core.settings.get()),
      change: os.app.change.handler(({ input }) => core.settings.change(defined(input))),
    },
    intake: {
      triage: os.intake.triage.handler(({ input }) => core.triage(input.text)),
    },
    cases: {
      list: os.cases.list.handler(async () => core.store.list(await core.library())),
      create: os.cases.create.handler(async ({ input }) => ({ id: (await core.createCase(defined(input))).id })),
      practise: os.cases.practise.handler(async ({ input }) => ({
        id: (await core.practise(input.lab, input.operator)).id,
      })),
      describe: os.cases.describe.handler(async ({ input: { case: id, ...rest } }) =>
        (await byId(id)).input({ type: 'describe', ...defined(rest) }),
      ),
      setState: os.cases.setState.handler(async ({ input }) =>
        (await byId(input.case)).input({ type: 'state', state: input.state }),
      ),
      export: os.cases.export.handler(async ({ input }) => exportSession(await byId(input.case), input.format, core)),
    },
    walk: {
      watch: os.walk.watch.handler(async function* ({ input, signal }) {
        const session = await byId(input.case);
        try {
          yield* latest(
            (listener) => session.onChange(listener),
            () => caseView(core, session),
            signal,
          );
        } finally {
          // A reload comes back at once; only who stays away gives the case up.
          setTimeout(() => void core.closeIdle(), IDLE_MS).unref();
        }
      }),
      set: os.walk.set.handler(async ({ input }) =>
        (await byId(input.case)).input({ type: 'set', name: input.name, value: input.value }),
      ),
      choose: os.walk.choose.handler(async ({ input }) => {
        const session = await byId(input.case);
        if (session.visit?.n !== input.visit)
          throw new Fault('moved-on', 'The walk has gone on elsewhere; look again before you answer.');
        await session.input({ type: 'choose', outcome: input.outcome, ...(input.note ? { note: input.note } : {}) });
      }),
      back: os.walk.back.handler(async ({ input }) => (await byId(input.case)).input({ type: 'back', to: input.to })),
      note: os.walk.note.handler(async ({ input }) =>
        (await byId(input.case)).input({ type: 'note', text: input.text }),
      ),
      run: os.walk.run.handler(async ({ input }) => {
        const { case: id, ...request } = input;
        return runCommand(await byId(id), core.terminals, chooseTab, defined(request), true);
      }),
      cancel: os.walk.cancel.handler(async ({ input }) => cancelRun(await byId(input.case), core.terminals)),
      paste: os.walk.paste.handler(async ({ input }) =>
        pasteOutput(await byId(input.case), input.command, input.shell, input.output),
      ),
      byHand: os.walk.byHand.handler(async ({ input }) => recordByHand(await byId(input.case), input.command)),
      useTyped: os.walk.useTyped.handler(async ({ input }) =>
        useTyped(await byId(input.case), core.terminals, input.tab, input.id, input.command),
      ),
      reuse: os.walk.reuse.handler(async ({ input }) => reuse(await byId(input.case), input.capture)),
      takeVersion: os.walk.takeVersion.handler(async ({ input }) =>
        (await byId(input.case)).input({ type: 'take-version' }),
      ),
      output: os.walk.output.handler(async ({ input }) => {
        const session = await byId(input.case);
        const capture = session.state.captures[input.capture];
        const text = capture && session.textOf(capture.output.sha256);
        if (text === undefined) throw new Fault('no-capture', 'The output of this capture is not in the case folder.');
        return { lines: text === '' ? [] : text.split('\n') };
      }),
    },
    terminal: {
      watch: os.terminal.watch.handler(async function* ({ signal }) {
        yield* latest(
          (listener) => core.terminals.onTabs(listener),
          () => core.terminals.tabs(),
          signal,
        );
      }),
      open: os.terminal.open.handler(({ input }) => core.terminals.open(input)),
      close: os.terminal.close.handler(({ input }) => core.terminals.close(input.tab)),
      restart: os.terminal.restart.handler(({ input }) => core.terminals.restart(input.tab)),
      commands: os.terminal.commands.handler(({ input }) => core.terminals.commands(input.tab)),
    },
  });
}

const LEVELS = ['first', 'second', 'third'];

async function appInfo(core: Core): Promise<AppInfo> {
  const { library, diagnostics } = await core.content();
  return {
    product: 'Fieldguide',
    version: core.options.version,
    door: core.options.door,
    platform: platform(),
    host: hostname(),
    user: currentUser(),
    dataFolder: core.folder,
    dataFolderFault: core.folderFault,
    wizards: [...library.wizards.values()].map(({ wizard }) => ({
      id: wizard.id,
      title: wizard.title,
      summary: wizard.summary,
      version: wizard.version,
      steps: wizard.steps.length,
      environments: [...(wizard.environments ?? [])],
      symptoms: wizard.symptoms ?? [],
      partOf: wizard.part_of ?? null,
    })),
    labs: [...library.labs.values()]
      .sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level))
      .map(({ id, title, level, minutes, about }) => ({ id, title, level, minutes, about })),
    labels: labelsOf(library),
    faults: diagnostics
      .filter((diagnostic) => diagnostic.severity === 'error')
      .map(({ file, line, column, message, hint }) => ({ file, line, column, message, hint: hint ?? '' })),
  };
}

/** What the page shows of a case: the walk's view and what only this process knows. */
export function caseView(core: Core, session: CaseSession): CaseView {
  const { view, recorded } = session;
  const reasons = core.runnable();
  const practice = view.practice !== null;
  const runnable: CaseView['runnable'] = {};
  for (const { id, shell } of view.step?.commands ?? []) {
    const reason = practice && shell !== 'console' && shell !== 'device' ? null : (reasons[shell] ?? null);
    runnable[`${id}:${shell}`] = { runnable: reason === null, reason };
  }
  const lab = labOf(session.library, session.state);
  return {
    ...view,
    ...recorded,
    runnable,
    running: runningIn(session),
    score: lab ? scoreOf(lab, session.state) : null,
  };
}

async function reuse(session: CaseSession, id: string): Promise<void> {
  const capture = session.state.captures[id];
  const visit = session.visit;
  if (!capture || !visit) throw new Fault('no-capture', 'There is no such capture in this case.');
  const { readingFor } = await import('../wizards/engine/reading.ts');
  const text = session.textOf(capture.output.sha256) ?? '';
  const values = capture.parameters;
  const reading = capture.command
    ? readingFor(session.library, visit, capture.command, text, values, capture.text)
    : null;
  await session.input({ type: 'reuse', capture: id, reading });
}

function asRefusal(error: unknown): unknown {
  if (!isRefusal(error)) return error;
  return new ORPCError('BAD_REQUEST', { message: error.message, data: { code: error.code, hint: error.hint } });
}

/** Faults of the core and refusals of the terminal: a code, a sentence, a remedy. */
function isRefusal(error: unknown): error is Error & { code: string; hint: string | null } {
  return error instanceof Error && 'hint' in error && 'code' in error;
}

/** Without the keys that are undefined, which optional inputs leave behind. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as never;
}
