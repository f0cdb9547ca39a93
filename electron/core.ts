/**
 * The core: everything behind the contract, without a door. Desktop, browser page and command line each make one
 * and carry its router over their own transport.
 */
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { type Finding, filledIn } from '../wizards/engine/intake/finding.ts';
import { suggest } from '../wizards/engine/intake/suggest.ts';
import type { Library } from '../wizards/engine/library.ts';
import type { EvidenceItem, SettingFrom } from '../wizards/engine/model.ts';
import { checkValue } from '../wizards/engine/parameters.ts';
import { withoutSecrets } from '../wizards/engine/redact/secrets.ts';
import { type TriageResult, triage } from '../wizards/engine/triage.ts';
import { writeBlob } from './cases/blobs.ts';
import { CaseSession, type Clock, type SessionOptions } from './cases/case-session.ts';
import { CaseStore } from './cases/case-store.ts';
import { runningIn } from './cases/walk-commands.ts';
import { findWizard } from './content/find-wizard.ts';
import type { LoadedLibrary } from './content/library-loader.ts';
import { LiveContent } from './content/live-content.ts';
import type { Imported } from './contract.ts';
import { TAB_SHELLS, type TabShell } from './contract-terminal.ts';
import { dataFolder, dataFolderFault } from './data-folder.ts';
import { Fault } from './fault.ts';
import type { Intakes } from './intake/intakes.ts';
import { mailText } from './intake/mail-text.ts';
import { makeFolder } from './make-folder.ts';
import type { Probes } from './probe/probes.ts';
import { SettingsFile } from './settings.ts';
import { Terminals } from './terminal/terminals.ts';

export type CoreOptions = {
  door: 'desktop' | 'browser' | 'cli';
  /** Folder of the built program: library.json and the shells' integration scripts lie there. */
  programFolder: string;
  version: string;
  /** Default: `integration` in the program's folder. */
  integrationFolder?: string;
  dataFolder?: string;
  clock?: Clock;
};
export type NewCase = {
  title: string;
  ticket: string;
  operator: string;
  wizard: string;
  step?: string;
  evidence?: string;
  /** Sessions and findings of files that were brought. */
  intake?: { id: string; sessions: number[]; files: string[] };
  parameters?: Record<string, string>;
  practice?: string;
  /** A folder of the caller's choice; else a new one below the data folder. */
  folder?: string;
};

export class Core {
  readonly options: CoreOptions;
  readonly folder: string;
  readonly store: CaseStore;
  readonly settings: SettingsFile;
  readonly clock: Clock;
  readonly #sessions = new Map<string, Promise<CaseSession>>();
  readonly #content: LiveContent;
  #intakes: Promise<Intakes> | null = null;
  #probes: Promise<Probes> | null = null;
  #terminals: Terminals | null = null;
  #folderFault: string | null | undefined;

  constructor(options: CoreOptions) {
    this.options = options;
    this.folder = options.dataFolder ?? dataFolder();
    this.store = new CaseStore(join(this.folder, 'cases'));
    this.settings = new SettingsFile(this.folder);
    this.clock = options.clock ?? (() => new Date());
    this.#content = new LiveContent(join(options.programFolder, 'library.json'), this.ownWizards);
  }

  /** Makes the folder when it is first asked for: who only reads content needs none. */
  get folderFault(): string | null {
    if (this.#folderFault === undefined) this.#folderFault = dataFolderFault(this.folder);
    return this.#folderFault;
  }

  content(): Promise<LoadedLibrary> {
    return this.#content.get();
  }

  /** Where the person's own wizards and commands lie. */
  get ownWizards(): string {
    return join(this.folder, 'wizards');
  }

  /** Calls the listener when a file of the person's own changed, once open cases know the new versions too. */
  onContent(listener: () => void): () => void {
    return this.#content.onChange(() => {
      void this.#renewSessions().then(listener, listener);
    });
  }

  async #renewSessions(): Promise<void> {
    const library = await this.library();
    for (const opening of this.#sessions.values()) await (await opening.catch(() => null))?.renew(library);
  }

  async library(): Promise<Library> {
    return (await this.content()).library;
  }

  /** Made on first use: a start page needs no terminal. */
  get terminals(): Terminals {
    const { integrationFolder, programFolder } = this.options;
    this.#terminals ??= new Terminals({
      integrationDirectory: integrationFolder ?? join(programFolder, 'integration'),
    });
    return this.#terminals;
  }

  /** Loaded on first use: most cases begin with a paste. */
  intakes(): Promise<Intakes> {
    this.#intakes ??= import('./intake/intakes.ts').then(({ Intakes }) => new Intakes());
    return this.#intakes;
  }

  /** Loaded on first use. */
  probes(): Promise<Probes> {
    this.#probes ??= import('./probe/probes.ts').then(({ Probes }) => new Probes());
    return this.#probes;
  }

  async sessionOptions(): Promise<SessionOptions> {
    const operator = this.settings.get().operator;
    return { library: await this.library(), host: hostname(), operator, clock: this.clock };
  }

  /** The session of a case, opened for writing; the same one for every caller of this process. */
  session(folder: string): Promise<CaseSession> {
    const known = this.#sessions.get(folder);
    if (known) return known;
    const opening = this.sessionOptions().then((options) => CaseSession.open(folder, options));
    this.#remember(folder, opening);
    return opening;
  }

  #remember(folder: string, opening: Promise<CaseSession>): void {
    this.#sessions.set(folder, opening);
    const forget = () => this.#sessions.delete(folder);
    opening.then((session) => session.onClose(forget), forget);
  }

  /** Gives up the locks of cases that nobody looks at, so that another door can go on with them. */
  async closeIdle(): Promise<void> {
    for (const opening of [...this.#sessions.values()]) {
      const session = await opening.catch(() => null);
      if (session && !session.watched && !runningIn(session)) await session.close();
    }
  }

  /** A whole mail is taken apart before; lines then count in its text, which is also what a case keeps. */
  async triage(text: string): Promise<TriageResult> {
    const unpacked = await mailText(text);
    const result = triage(await this.library(), unpacked ?? text);
    if (unpacked === null) return result;
    return { ...result, unpacked: true, note: result.note === null ? UNPACKED : `${UNPACKED} ${result.note}` };
  }

  /** Takes a case file of somebody else into the folder of cases, after everything in it was checked. */
  async importCase(bytes: Uint8Array): Promise<Imported> {
    const { importCaseFile } = await import('./cases/case-file.ts');
    makeFolder(this.store.folder);
    const file = join(this.store.folder, `.import-${randomUUID()}.zip`);
    await writeFile(file, bytes, { flag: 'wx' });
    try {
      return await importCaseFile(file, this.store.folder);
    } finally {
      await rm(file, { force: true });
    }
  }

  /** Makes a case, puts the evidence into it, and enters the wizard. */
  async createCase(wanted: NewCase): Promise<CaseSession> {
    if (this.folderFault && !wanted.folder) throw new Fault('no-data-folder', this.folderFault);
    const options = await this.sessionOptions();
    findWizard(options.library, wanted.wizard);
    const folder = wanted.folder ?? this.store.pathOf(this.store.newId(this.clock()));
    const opening = CaseSession.create(folder, options).then(async (session) => {
      await this.#begin(session, wanted, options).catch(async (error) => {
        await session.abandon();
        throw error;
      });
      return session;
    });
    this.#remember(folder, opening);
    return opening;
  }

  /** The evidence and the first event of a new case. */
  async #begin(session: CaseSession, wanted: NewCase, options: SessionOptions): Promise<void> {
    const { library } = options;
    const { folder } = session;
    const brought = await this.#bring(folder, library, wanted);
    await session.input({
      type: 'open',
      case: folder.split(/[\\/]/).at(-1) as string,
      title: wanted.title.trim() || titleOf(brought.about) || (library.wizards.get(wanted.wizard)?.wizard.title ?? ''),
      ticket: wanted.ticket.trim(),
      operator: wanted.operator.trim() || options.operator,
      product: `Fieldguide ${this.options.version}`,
      ...(wanted.practice ? { practice: wanted.practice } : {}),
      wizard: wanted.wizard,
      ...(wanted.step ? { step: wanted.step } : {}),
      evidence: brought.items,
      parameters: {
        ...brought.values,
        ...changed(acceptable(library, wanted.parameters ?? {}, 'person'), brought.values),
      },
    });
  }

  /** Stores what was brought and turns what was recognised in it into evidence and values of the case. */
  async #bring(folder: string, library: Library, { evidence, intake, wizard: wanted }: NewCase): Promise<Brought> {
    const brought: Brought = evidence
      ? await bringText(folder, library, evidence)
      : { items: [], values: {}, about: undefined };
    if (!intake) return brought;
    const [{ evidenceOf }, intakes] = await Promise.all([import('./intake/intake-evidence.ts'), this.intakes()]);
    const found: Finding[] = [];
    for (const { text, findings } of await evidenceOf(intakes.get(intake.id), intake)) {
      const stored = await writeBlob(folder, 'captures', withoutSecrets(text));
      brought.items.push(...findings.map((finding) => evidenceItem(finding, stored)));
      found.push(...findings);
    }
    const fitting = suggest(library, found).find((one) => one.wizard === wanted);
    if (fitting) brought.values = { ...acceptable(library, filledIn(fitting), 'evidence'), ...brought.values };
    brought.about ??= brought.items[0];
    return brought;
  }

  /** A practice case of a lab: its evidence and values, its answers later. */
  async practise(lab: string, operator: string): Promise<CaseSession> {
    const library = await this.library();
    const found = library.labs.get(lab);
    if (!found) throw new Fault('unknown-lab', `There is no practice case "${lab}".`, 'See `fieldguide lab`.');
    const best = found.evidence
      ? triage(library, found.evidence).suggestions.find((s) => s.wizard === found.wizard)
      : undefined;
    return this.createCase({
      title: found.title,
      ticket: 'practice',
      operator,
      wizard: found.wizard,
      ...(best ? { step: best.step } : {}),
      ...(found.evidence ? { evidence: found.evidence } : {}),
      parameters: found.parameters ?? {},
      practice: found.id,
    });
  }

  /** The tab that a command goes to: the wanted one if it fits, else a ready one of its shell, else a new one. */
  async tabFor(shell: TabShell, wanted?: string): Promise<string> {
    const usable = this.terminals
      .tabs()
      .filter((tab) => tab.kind === 'shell' && tab.shell === shell && tab.state !== 'dead');
    const chosen = usable.find((tab) => tab.id === wanted) ?? usable.find((tab) => tab.state === 'ready') ?? usable[0];
    if (chosen) return chosen.id;
    const tab = await this.terminals.open({ shell, columns: 120, rows: 30 });
    return tab.id;
  }

  /** Shells of this machine in which a command can be run and captured, with the reason for each that is not. */
  runnable(): Record<string, string | null> {
    const reasons: Record<string, string | null> = {
      console: 'A path to follow by hand.',
      device: 'A network device: copy the command to it and paste what it prints.',
      ems: 'There is no Exchange Management Shell on this machine: copy the command and paste its output.',
    };
    const shells = this.terminals.shells();
    for (const shell of TAB_SHELLS) {
      const found = shells.find((candidate) => candidate.shell === shell);
      reasons[shell] = found?.path ? null : (found?.reason ?? `There is no ${shell} on this machine.`);
    }
    return reasons;
  }

  async close(): Promise<void> {
    const sessions = await Promise.allSettled(this.#sessions.values());
    await Promise.all(sessions.map((s) => (s.status === 'fulfilled' ? s.value.close() : undefined)));
    await (await this.#intakes)?.closeAll();
    await this.#terminals?.dispose();
    void this.#probes?.then((probes) => probes.close());
    this.#content.close();
  }
}

const UNPACKED = 'This is a whole mail. It was taken apart, and the lines are counted in its headers, text and parts.';

export const currentUser = (): string => userInfo().username;

type Stored = EvidenceItem['text'];
/** `about` is what the case is called after. */
type Brought = { items: EvidenceItem[]; values: Given; about: EvidenceItem | undefined };

/** A pasted text; where nothing was recognised in it, it is kept as it is. */
async function bringText(folder: string, library: Library, given: string): Promise<Brought> {
  const text = withoutSecrets((await mailText(given)) ?? given);
  const stored = await writeBlob(folder, 'captures', text);
  const { findings, suggestions } = triage(library, text);
  // A sentence is evidence as it was written; the wizard that it led to is known from the case.
  const said = findings.filter(({ kind }) => kind !== 'symptom');
  const items = said.map((finding) => evidenceItem(finding, stored));
  if (items.length === 0) {
    const title = findings[0]?.title ?? 'Pasted text';
    items.push({ kind: 'text', id: '', source: '', title, line: 1, fields: {}, text: stored });
  }
  const best = suggestions[0];
  // What the best wizard rests on says what the case is about.
  const about = items[Math.max(0, said.indexOf(findings[best?.finding ?? 0] as Finding))];
  return { items, values: acceptable(library, best ? filledIn(best) : {}, 'evidence'), about };
}

function evidenceItem({ kind, id, source, title, line, fields: found }: Finding, text: Stored): EvidenceItem {
  const fields = Object.fromEntries(Object.entries(found).map(([name, value]) => [name, withoutSecrets(value)]));
  return { kind, id, source, title: withoutSecrets(title), line, fields, text };
}

/** A title from what was brought: who, to whom, and what was said. */
function titleOf(item: EvidenceItem | undefined): string {
  if (!item) return '';
  const { local_server, remote_host, remote_ip, command, reply } = item.fields;
  const peers = [local_server, remote_host ?? remote_ip].filter(Boolean).join(' \u2194 ');
  const said = reply ? `${reply.slice(0, 60)}${command ? ` (${command})` : ''}` : item.title;
  return peers ? `${peers}: ${said}` : said;
}

type Given = Record<string, { value: string; from: SettingFrom }>;

/** The values that differ: what a page sends back as it stood in the evidence still comes from there. */
function changed(values: Given, known: Given): Given {
  return Object.fromEntries(Object.entries(values).filter(([name, { value }]) => known[name]?.value !== value));
}

/** Values that their parameters take; others are left out, so that the step asks for them. */
function acceptable(library: Library, values: Record<string, string>, from: SettingFrom) {
  const good: Given = {};
  for (const [name, raw] of Object.entries(values)) {
    const parameter = library.parameters.get(name);
    const checked = parameter && checkValue(parameter, raw);
    if (checked?.ok) good[name] = { value: checked.value, from };
  }
  return good;
}
