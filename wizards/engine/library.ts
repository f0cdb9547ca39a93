/** All content by hash and by id. Built once; a case adds the copies that it keeps. */
import type {
  AddressList,
  AddressListsFile,
  Command,
  CommandFile,
  EventFile,
  KnownFault,
  KnownFaultFile,
  KnownProbeFinding,
  Lab,
  LabProfile,
  LabServer,
  Parameter,
  Planned,
  ProbeFindingsFile,
  ReplyEntry,
  ReplyFile,
  Step,
  SymptomWordsFile,
  Wizard,
} from './schema.ts';
import { commandsOf, previewOf } from './what-if.ts';

export type FileKind =
  | 'wizard'
  | 'commands'
  | 'parameters'
  | 'planned'
  | 'events'
  | 'replies'
  | 'known-faults'
  | 'symptom-words'
  | 'lab'
  | 'lab-server'
  | 'lab-profile'
  | 'probe-findings'
  | 'address-lists';
export type FileContent = {
  wizard: Wizard;
  commands: CommandFile;
  parameters: { parameters: Parameter[] };
  planned: { planned: Planned[] };
  events: EventFile;
  replies: ReplyFile;
  'known-faults': KnownFaultFile;
  'symptom-words': SymptomWordsFile;
  lab: Lab;
  'lab-server': LabServer;
  'lab-profile': LabProfile;
  'probe-findings': ProbeFindingsFile;
  'address-lists': AddressListsFile;
};
/** `hash` is the SHA-256 (lower-case hex) of the bytes of `source`, the YAML text. */
export type LibraryFile = {
  [K in FileKind]: { kind: K; path: string; hash: string; source: string; content: FileContent[K] };
}[FileKind];

export type Library = {
  files: ReadonlyMap<string, LibraryFile>;
  /** Hashes of the version in use of each file, in reading order. */
  current: readonly string[];
  wizards: ReadonlyMap<string, { hash: string; wizard: Wizard }>;
  commands: ReadonlyMap<string, { hash: string; command: Command }>;
  parameters: ReadonlyMap<string, Parameter>;
  planned: ReadonlyMap<string, { hash: string; planned: Planned }>;
  events: readonly EventFile[];
  /** Of two that fit equally well the first is taken: those of packs stand before the product's. */
  replies: readonly ReplyEntry[];
  knownFaults: ReadonlyMap<string, { asOf: string; fault: KnownFault }>;
  /** Groups of words that mean the same in a symptom, the word that phrases use first. */
  symptomWords: readonly (readonly string[])[];
  labs: ReadonlyMap<string, Lab>;
  labServers: ReadonlyMap<string, LabServer>;
  labProfiles: ReadonlyMap<string, LabProfile>;
  /** What probes can find, by its code. */
  probeFindings: ReadonlyMap<string, KnownProbeFinding>;
  /** Lists of addresses that `probe ip` asks. A file of a pack or of the person stands in place of the product's. */
  addressLists: readonly AddressList[];
};

/** Later files win over earlier ones with the same id, so that packs can override. */
export function createLibrary(files: readonly LibraryFile[], kept: readonly LibraryFile[] = []): Library {
  const wizards = new Map<string, { hash: string; wizard: Wizard }>();
  const commands = new Map<string, { hash: string; command: Command }>();
  const parameters = new Map<string, Parameter>();
  const planned = new Map<string, { hash: string; planned: Planned }>();
  const events: EventFile[] = [];
  const replies: ReplyEntry[] = [];
  const knownFaults = new Map<string, { asOf: string; fault: KnownFault }>();
  const symptomWords: string[][] = [];
  const labs = new Map<string, Lab>();
  const labServers = new Map<string, LabServer>();
  const labProfiles = new Map<string, LabProfile>();
  const probeFindings = new Map<string, KnownProbeFinding>();
  let addressLists: readonly AddressList[] = [];
  for (const file of files) {
    const { hash } = file;
    if (file.kind === 'wizard') wizards.set(file.content.id, { hash, wizard: file.content });
    if (file.kind === 'commands') {
      for (const command of commandsOf(file.content)) commands.set(command.id, { hash, command });
      for (const parameter of file.content.parameters ?? []) parameters.set(parameter.name, parameter);
    }
    if (file.kind === 'parameters') for (const p of file.content.parameters) parameters.set(p.name, p);
    if (file.kind === 'planned') for (const p of file.content.planned) planned.set(p.id, { hash, planned: p });
    if (file.kind === 'events') events.push(file.content);
    if (file.kind === 'replies') replies.unshift(...file.content.replies);
    if (file.kind === 'known-faults') {
      for (const fault of file.content.known_faults) knownFaults.set(fault.id, { asOf: file.content.as_of, fault });
    }
    if (file.kind === 'symptom-words')
      symptomWords.push(...file.content.symptom_words.map(({ word, same }) => [word, ...same]));
    if (file.kind === 'lab') labs.set(file.content.id, file.content);
    if (file.kind === 'lab-server') labServers.set(file.content.id, file.content);
    if (file.kind === 'lab-profile') labProfiles.set(file.content.id, file.content);
    if (file.kind === 'address-lists') addressLists = file.content.address_lists;
    if (file.kind === 'probe-findings') for (const one of file.content.probe_findings) probeFindings.set(one.code, one);
  }
  const all = new Map<string, LibraryFile>();
  for (const file of [...kept, ...files]) all.set(file.hash, file);
  const current = files.map((file) => file.hash);
  return {
    files: all,
    current,
    wizards,
    commands,
    parameters,
    planned,
    events,
    replies,
    knownFaults,
    symptomWords,
    labs,
    labServers,
    labProfiles,
    probeFindings,
    addressLists,
  };
}

/** The same library with the copies of a case beside it, so that older versions can be looked up by hash. */
export function withCopies(library: Library, copies: readonly LibraryFile[]): Library {
  if (copies.every((copy) => library.files.has(copy.hash))) return library;
  const current = library.current.map((hash) => library.files.get(hash) as LibraryFile);
  return createLibrary(current, copies);
}

/**
 * The library as one case sees it: of every file that the case has pinned, the pinned version; the rest as
 * the product has it now. `pinned` holds hashes, later ones win.
 */
export function pinnedLibrary(library: Library, pinned: readonly string[]): Library {
  if (pinned.every((hash) => library.current.includes(hash))) return library;
  const old = pinned.map((hash) => library.files.get(hash)).filter((file) => file !== undefined);
  const current = library.current.map((hash) => library.files.get(hash) as LibraryFile);
  return createLibrary([...current, ...old], [...library.files.values()]);
}

export function wizardByHash(library: Library, hash: string): Wizard | undefined {
  const file = library.files.get(hash);
  return file?.kind === 'wizard' ? file.content : undefined;
}

export function findStep(wizard: Wizard, id: string): Step | undefined {
  return wizard.steps.find((step) => step.id === id);
}

/** Ids of all commands that a step names, the proof of a fix included. */
export function commandsOfStep(step: Step): string[] {
  if (step.kind === 'question' || step.kind === 'check') return step.commands ?? [];
  if (step.kind === 'fix') return [...(step.change ? [step.change] : []), ...step.verify.commands];
  return [];
}

/** The files that a case must keep to be read again later: the wizard, the commands it may run, parameters, known faults. */
export function filesOfWizard(library: Library, hash: string): string[] {
  const wizard = wizardByHash(library, hash);
  if (!wizard) return [hash];
  const needed = new Set<string>([hash]);
  const queue = wizard.steps.flatMap(commandsOfStep);
  const seen = new Set<string>();
  while (queue.length > 0) {
    const id = queue.pop() as string;
    const found = library.commands.get(id);
    if (!found || seen.has(id)) continue;
    seen.add(id);
    needed.add(found.hash);
    const { rollback } = found.command;
    const preview = previewOf(found.command);
    if (rollback?.command) queue.push(rollback.command);
    if (preview) queue.push(preview);
  }
  const always: (FileKind | undefined)[] = ['parameters', 'known-faults'];
  for (const file of library.current) if (always.includes(library.files.get(file)?.kind)) needed.add(file);
  return [...needed];
}
