/** The contract, carried out by a core. Refusals reach the caller as typed errors with a remedy. */
import { hostname, platform } from 'node:os';
import { implement, ORPCError } from '@orpc/server';
import { labelsOf } from '../wizards/engine/labels.ts';
import type { Shell } from '../wizards/engine/schema.ts';
import type { CommandView, PathView } from '../wizards/engine/view.ts';
import type { CallContext } from './call-context.ts';
import { recordByHand } from './cases/by-hand.ts';
import { readRecord } from './cases/case-record.ts';
import { CaseSession } from './cases/case-session.ts';
import {
  cancelRun,
  commandOfStep,
  keepProbe,
  pasteOutput,
  runCommand,
  runningIn,
  useTyped,
} from './cases/walk-commands.ts';
import { checkValues } from './content/check-values.ts';
import { findWizard } from './content/find-wizard.ts';
import type { LoadedLibrary } from './content/library-loader.ts';
import { wizardDetails } from './content/wizard-details.ts';
import { type AppInfo, type CaseNews, type CaseView, type ContentFault, contract } from './contract.ts';
import { pathChange } from './contract-path.ts';
import { type Core, currentUser } from './core.ts';
import { exportFile, exportSession } from './export/export-session.ts';
import { Fault } from './fault.ts';
import { suggestForSessions } from './intake/session-suggestions.ts';
import { sessionView } from './intake/session-view.ts';
import { labOf, scoreOf } from './lab/practice.ts';
import { latest } from './latest.ts';
import { makeFolder } from './make-folder.ts';

/** How long a case stays locked after its last viewer went. */
const IDLE_MS = 3000;

export function createRouter(core: Core) {
  const os = implement(contract)
    .$context<CallContext>()
    .use(async ({ next }) => {
      try {
        return await next();
      } catch (error) {
        throw asRefusal(error);
      }
    });
  const folderOf = ({ folder }: CallContext, id: string): string => folder ?? core.store.pathOfId(id);
  const open = (context: CallContext, id: string): Promise<CaseSession> => core.session(folderOf(context, id));
  const look = async (context: CallContext, id: string): Promise<CaseSession> =>
    context.readOnly ? CaseSession.read(folderOf(context, id), await core.sessionOptions()) : open(context, id);
  const chooseTab = core.tabFor.bind(core);

  return os.router({
    app: {
      info: os.app.info.handler(() => appInfo(core)),
      watch: os.app.watch.handler(async function* ({ signal }) {
        const changes = latest(
          (listener) => core.onContent(listener),
          () => null,
          signal,
        );
        for await (const _ of changes) yield await appInfo(core);
      }),
      openWizards: os.app.openWizards.handler(() => openWizards(core)),
      shells: os.app.shells.handler(() => core.terminals.shells()),
      settings: os.app.settings.handler(() => core.settings.get()),
      change: os.app.change.handler(({ input }) => core.settings.change(defined(input))),
    },
    intake: {
      triage: os.intake.triage.handler(({ input }) => core.triage(input.text)),
      open: os.intake.open.handler(async ({ input }) => {
        const { id } = await (await core.intakes()).open(await core.library(), input.paths);
        return { id };
      }),
      receive: os.intake.receive.handler(async ({ input }) => {
        const { id } = (await core.intakes()).receive(await core.library(), input.files);
        return { id };
      }),
      watch: os.intake.watch.handler(async function* ({ input, signal }) {
        const intake = (await core.intakes()).get(input.intake);
        const views = latest(
          (listener) => intake.onChange(listener),
          () => intake.view(),
          signal,
        );
        for await (const view of views) {
          yield view;
          if (view.phase !== 'receiving' && view.phase !== 'reading') return;
        }
      }),
      stop: os.intake.stop.handler(async ({ input }) => (await core.intakes()).get(input.intake).stop()),
      close: os.intake.close.handler(async ({ input }) => (await core.intakes()).close(input.intake)),
      summary: os.intake.summary.handler(async ({ input }) =>
        (await core.intakes()).get(input.intake).sessions.summary(input.filter),
      ),
      sessions: os.intake.sessions.handler(async ({ input }) =>
        (await core.intakes()).get(input.intake).sessions.page(input.filter, input.from, input.count),
      ),
      session: os.intake.session.handler(async ({ input }) => {
        const session = await (await core.intakes()).get(input.intake).sessions.open(input.row);
        return sessionView(await core.library(), input.row, session);
      }),
      suggest: os.intake.suggest.handler(async ({ input }) =>
        suggestForSessions(await core.library(), (await core.intakes()).get(input.intake).sessions, input.rows),
      ),
    },
    content: {
      wizards: os.content.wizards.handler(async () => wizardDetails(await core.library())),
      labels: os.content.labels.handler(async () => labelsOf(await core.library())),
      faults: os.content.faults.handler(async () => faultsIn(await core.content())),
      wizard: os.content.wizard.handler(async ({ input }) => {
        const { id, title } = findWizard(await core.library(), input.id);
        return { id, title };
      }),
      values: os.content.values.handler(async ({ input }) => checkValues(await core.library(), input.values)),
    },
    cases: {
      list: os.cases.list.handler(async () => core.store.list(await core.library())),
      create: os.cases.create.handler(async ({ input, context: { folder } }) => ({
        id: (await core.createCase(defined({ ...input, folder }))).id,
      })),
      show: os.cases.show.handler(async ({ input, context }) =>
        readRecord(folderOf(context, input.case), await core.sessionOptions()),
      ),
      practise: os.cases.practise.handler(async ({ input }) => ({
        id: (await core.practise(input.lab, input.operator)).id,
      })),
      describe: os.cases.describe.handler(async ({ input: { case: id, ...rest }, context }) =>
        (await open(context, id)).input({ type: 'describe', ...defined(rest) }),
      ),
      setState: os.cases.setState.handler(async ({ input, context }) =>
        (await open(context, input.case)).input({ type: 'state', state: input.state }),
      ),
      export: os.cases.export.handler(async ({ input, context }) =>
        exportSession(await look(context, input.case), input.format, input.redact ?? null, core),
      ),
      exportFile: os.cases.exportFile.handler(async ({ input, context }) =>
        exportFile(await look(context, input.case), input.format, input.redact ?? null, core),
      ),
      import: os.cases.import.handler(async ({ input }) => core.importCase(Buffer.from(input.base64, 'base64'))),
    },
    walk: {
      watch: os.walk.watch.handler(async function* ({ input, context, signal }) {
        const session = await open(context, input.case);
        let sent: PathView[] = [];
        const news = (): CaseNews => {
          const { path, ...rest } = caseView(core, session);
          const change = pathChange(sent, path);
          sent = path;
          return { ...rest, path: change };
        };
        try {
          yield* latest((listener) => session.onChange(listener), news, signal);
        } finally {
          // A reload comes back at once; only who stays away gives the case up.
          setTimeout(() => void core.closeIdle(), IDLE_MS).unref();
        }
      }),
      view: os.walk.view.handler(async ({ input, context }) => caseView(core, await open(context, input.case))),
      set: os.walk.set.handler(async ({ input, context }) =>
        (await open(context, input.case)).input({ type: 'set', name: input.name, value: input.value }),
      ),
      choose: os.walk.choose.handler(async ({ input, context }) => {
        const session = await open(context, input.case);
        if (session.visit && session.visit.n !== input.visit)
          throw new Fault('moved-on', 'The walk has gone on elsewhere; look again before you answer.');
        await session.input({ type: 'choose', outcome: input.outcome, ...(input.note ? { note: input.note } : {}) });
      }),
      back: os.walk.back.handler(async ({ input, context }) =>
        (await open(context, input.case)).input({ type: 'back', to: input.to }),
      ),
      note: os.walk.note.handler(async ({ input, context }) =>
        (await open(context, input.case)).input({ type: 'note', text: input.text }),
      ),
      run: os.walk.run.handler(async ({ input, context }) => {
        const { case: id, shell: wanted, ...rest } = input;
        const session = await open(context, id);
        const shell = wanted ?? shellToRun(caseView(core, session), commandOfStep(session, input.command));
        return runCommand(session, core.terminals, chooseTab, defined({ ...rest, shell }), !context.unattended);
      }),
      cancel: os.walk.cancel.handler(async ({ input, context }) =>
        cancelRun(await open(context, input.case), core.terminals),
      ),
      paste: os.walk.paste.handler(async ({ input, context }) =>
        pasteOutput(await open(context, input.case), input.command, input.shell, input.output),
      ),
      byHand: os.walk.byHand.handler(async ({ input, context }) =>
        recordByHand(await open(context, input.case), input.command),
      ),
      useTyped: os.walk.useTyped.handler(async ({ input, context }) =>
        useTyped(await open(context, input.case), core.terminals, input.tab, input.id, input.command),
      ),
      reuse: os.walk.reuse.handler(async ({ input, context }) => reuse(await open(context, input.case), input.capture)),
      takeVersion: os.walk.takeVersion.handler(async ({ input, context }) =>
        (await open(context, input.case)).input({ type: 'take-version' }),
      ),
      output: os.walk.output.handler(async ({ input, context }) => {
        const session = await open(context, input.case);
        const capture = session.state.captures[input.capture];
        const text = capture && session.textOf(capture.output.sha256);
        if (text === undefined) throw new Fault('no-capture', 'The output of this capture is not in the case folder.');
        return { lines: text === '' ? [] : text.split('\n') };
      }),
    },
    probe: {
      start: os.probe.start.handler(async ({ input }) => {
        const { id } = (await core.probes()).start(await core.library(), input);
        return { id };
      }),
      watch: os.probe.watch.handler(async function* ({ input, signal }) {
        const probe = (await core.probes()).get(input.probe);
        const views = latest(
          (listener) => probe.onChange(listener),
          () => probe.view(),
          signal,
        );
        for await (const view of views) {
          yield view;
          if (view.phase !== 'running') return;
        }
      }),
      stop: os.probe.stop.handler(async ({ input }) => (await core.probes()).get(input.probe).stop()),
      keep: os.probe.keep.handler(async ({ input, context }) =>
        keepProbe(await open(context, input.case), (await core.probes()).get(input.probe).view()),
      ),
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

async function openWizards({ ownWizards }: Core): Promise<void> {
  const { openBrowser } = await import('./open-browser.ts');
  makeFolder(ownWizards);
  if (await openBrowser(ownWizards)) return;
  throw new Fault('no-file-manager', 'The folder could not be opened from here.', `It is ${ownWizards}.`);
}

async function appInfo(core: Core): Promise<AppInfo> {
  const content = await core.content();
  const { library } = content;
  const knownFaults = [...library.knownFaults.values()].map(({ fault }) => fault);
  return {
    product: 'Fieldguide',
    version: core.options.version,
    door: core.options.door,
    platform: platform(),
    host: hostname(),
    user: currentUser(),
    dataFolder: core.folder,
    dataFolderFault: core.folderFault,
    ownWizards: core.ownWizards,
    wizards: [...library.wizards.values()].map(({ wizard }) => ({
      id: wizard.id,
      title: wizard.title,
      summary: wizard.summary,
      version: wizard.version,
      steps: wizard.steps.length,
      environments: [...(wizard.environments ?? [])],
      symptoms: [
        ...(wizard.symptoms ?? []),
        ...knownFaults.filter((one) => one.wizard === wizard.id).map((one) => one.title),
      ],
      partOf: wizard.part_of ?? null,
    })),
    labs: [...library.labs.values()]
      .sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level))
      .map(({ id, title, level, minutes, about }) => ({ id, title, level, minutes, about })),
    labels: labelsOf(library),
    faults: faultsIn(content),
  };
}

const faultsIn = ({ diagnostics }: LoadedLibrary): ContentFault[] =>
  diagnostics
    .filter((diagnostic) => diagnostic.severity === 'error')
    .map(({ file, line, column, message, hint }) => ({ file, line, column, message, hint: hint ?? '' }));

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

/** The first form of the command that can be run here; else the first, whose refusal says why not. */
function shellToRun({ step, runnable }: CaseView, first: CommandView): Shell {
  const forms = step?.commands.filter(({ id }) => id === first.id) ?? [];
  const canRun = ({ id, shell, refusals }: CommandView): boolean =>
    refusals.length === 0 && runnable[`${id}:${shell}`]?.runnable === true;
  return (forms.find(canRun) ?? first).shell;
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
  if (!(error instanceof Fault)) return error;
  return new ORPCError('BAD_REQUEST', { message: error.message, data: { code: error.code, hint: error.hint } });
}

/** Without the keys that are undefined, which optional inputs leave behind. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as never;
}
