/** Everything that the checks across files look at, by id, with the place where each element stands. */
import type { FileContent, FileKind } from '../library.ts';
import type {
  Command,
  EventFile,
  KnownFaultFile,
  Lab,
  Parameter,
  ReplyFile,
  Step,
  SymptomWordsFile,
  Wizard,
} from '../schema.ts';
import { type Code, type Diagnostic, diagnostic } from './diagnostics.ts';
import type { Path, Place } from './place.ts';
import type { SourceFile } from './source-file.ts';

export type LintedFile = { [K in FileKind]: { kind: K; source: SourceFile; content: FileContent[K] } }[FileKind];
export type FoundWizard = { source: SourceFile; wizard: Wizard; steps: Map<string, { step: Step; path: Path }> };
export type FoundCommand = {
  source: SourceFile;
  command: Command;
  path: Path;
  reads: Set<string>;
  samples: Set<string>;
};
export type Report = (code: Code, source: SourceFile, at: Path | Place, message: string, hint?: string) => void;
export type Context = {
  files: readonly LintedFile[];
  wizards: Map<string, FoundWizard>;
  commands: Map<string, FoundCommand>;
  parameters: Map<string, Parameter>;
  planned: Set<string>;
  verdicts: Set<string>;
  events: { source: SourceFile; content: EventFile }[];
  replies: { source: SourceFile; content: ReplyFile }[];
  knownFaults: { source: SourceFile; content: KnownFaultFile }[];
  symptomWords: { source: SourceFile; content: SymptomWordsFile }[];
  labs: { source: SourceFile; lab: Lab }[];
  /** Ids in files that could not be used: they exist, so nothing more is said about them. */
  broken: Set<string>;
  /** Nothing is reported about these. */
  silent: ReadonlySet<SourceFile>;
  report: Report;
};
export type Check = (context: Context) => void;

export function createContext(
  files: readonly LintedFile[],
  broken: readonly string[],
  found: Diagnostic[],
  silent: ReadonlySet<SourceFile> = new Set(),
): Context {
  const context: Context = {
    files,
    wizards: new Map(),
    commands: new Map(),
    parameters: new Map(),
    planned: new Set(),
    verdicts: new Set(),
    events: [],
    replies: [],
    knownFaults: [],
    symptomWords: [],
    labs: [],
    broken: new Set(broken.flatMap(idsIn)),
    silent,
    report(code, source, at, message, hint) {
      if (silent.has(source)) return;
      const place = 'line' in at ? at : source.valueAt(at);
      found.push(diagnostic(code, source.path, place, message, hint));
    },
  };
  for (const file of files) add(context, file);
  return context;
}

/** The first of two elements with the same id stays; the check for duplicates names the other. */
function add(context: Context, file: LintedFile): void {
  const { source } = file;
  if (file.kind === 'wizard') addWizard(context, source, file.content);
  if (file.kind === 'commands') {
    for (const [i, command] of file.content.commands.entries()) addCommand(context, source, command, ['commands', i]);
  }
  if (file.kind === 'commands' || file.kind === 'parameters') {
    for (const parameter of file.content.parameters ?? []) {
      if (!context.parameters.has(parameter.name)) context.parameters.set(parameter.name, parameter);
    }
  }
  if (file.kind === 'planned') {
    for (const { id } of file.content.planned) {
      context.planned.add(id);
      context.verdicts.add(`next.${id}`);
    }
  }
  if (file.kind === 'events') context.events.push({ source, content: file.content });
  if (file.kind === 'replies') context.replies.push({ source, content: file.content });
  if (file.kind === 'known-faults') context.knownFaults.push({ source, content: file.content });
  if (file.kind === 'symptom-words') context.symptomWords.push({ source, content: file.content });
  if (file.kind === 'lab') context.labs.push({ source, lab: file.content });
}

function addWizard(context: Context, source: SourceFile, wizard: Wizard): void {
  const steps: FoundWizard['steps'] = new Map();
  for (const [i, step] of wizard.steps.entries()) {
    if (!steps.has(step.id)) steps.set(step.id, { step, path: ['steps', i] });
    if (step.kind === 'verdict') context.verdicts.add(step.verdict);
    if (step.kind === 'return') context.verdicts.add(`${wizard.id}.${step.result === 'clear' ? 'not-here' : 'unsure'}`);
  }
  if (!context.wizards.has(wizard.id)) context.wizards.set(wizard.id, { source, wizard, steps });
}

function addCommand(context: Context, source: SourceFile, command: Command, path: Path): void {
  if (context.commands.has(command.id)) return;
  const reads = new Set((command.reads ?? []).map((read) => read.id));
  const samples = new Set((command.samples ?? []).map((sample) => sample.id));
  context.commands.set(command.id, { source, command, path, reads, samples });
}

/** What the text of an unusable file calls itself and its parts. */
function idsIn(text: string): string[] {
  return [...text.matchAll(/^[ \t]*(?:- )?(?:id|name|verdict):[ \t]*['"]?([\w.-]+)/gm)].map(
    (match) => match[1] as string,
  );
}
