/** Opens the case that a walk goes on in, or makes a new one. */
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Library } from '../../wizards/engine/library.ts';
import { hintFor } from '../../wizards/engine/lint/did-you-mean.ts';
import { valuesOf } from '../../wizards/engine/model.ts';
import { triage } from '../../wizards/engine/triage.ts';
import type { CaseSession } from '../cases/case-session.ts';
import { JOURNAL, readJournal, sha256 } from '../cases/journal.ts';
import { takeLock } from '../cases/lock.ts';
import type { Core } from '../core.ts';
import { Fault, systemCode } from '../fault.ts';
import { makeFolder } from '../make-folder.ts';
import { type GivenOptions, givenValues } from './given-values.ts';
import { readInput } from './read-input.ts';

export type RunOptions = GivenOptions & {
  evidence?: string;
  case?: string;
  title?: string;
  ticket?: string;
  operator?: string;
};

/** Everything that was asked for is checked before the first file is written. */
export async function beginWalk(core: Core, wizard: string | undefined, options: RunOptions): Promise<CaseSession> {
  const library = await core.library();
  const values = givenValues(library, options);
  if (wizard !== undefined) checkWizard(library, wizard);
  if (options.evidence === '-') {
    throw new Fault(
      'evidence-on-stdin',
      'The evidence cannot come over stdin: the answers of the walk do.',
      'Put it into a file.',
    );
  }
  const evidence = options.evidence === undefined ? null : await readInput(options.evidence);
  const folder = options.case === undefined ? null : resolve(options.case);
  if (folder && (await holdsCase(core, folder))) return resume(core, folder, wizard, values, evidence, options);
  const start = whereToStart(library, wizard, evidence);
  if (folder !== null) makeCaseFolder(folder);
  return core.createCase({
    title: options.title ?? '',
    ticket: options.ticket ?? '',
    operator: options.operator ?? '',
    ...start,
    ...(evidence === null ? {} : { evidence }),
    parameters: values,
    ...(folder === null ? {} : { folder }),
  });
}

function makeCaseFolder(folder: string): void {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new Fault(
      'unwritable',
      `The folder ${folder} cannot be made or written (${systemCode(error) ?? error}).`,
      'Make it writable, or name another with --case.',
    );
  }
}

function checkWizard(library: Library, wizard: string): void {
  if (library.wizards.has(wizard)) return;
  const planned = library.planned.get(wizard)?.planned;
  if (planned) {
    const meanwhile = planned.by_hand.join(' ');
    throw new Fault(
      'planned-wizard',
      `The wizard "${wizard}" comes in a later version.`,
      `Meanwhile by hand: ${meanwhile}`,
    );
  }
  throw new Fault(
    'unknown-wizard',
    `There is no wizard "${wizard}".`,
    hintFor(wizard, library.wizards.keys(), 'See `fieldguide wizards`.'),
  );
}

/** The best suggestion of the evidence where it is for this wizard or none was named, else the wizard's beginning. */
function whereToStart(
  library: Library,
  wizard: string | undefined,
  evidence: string | null,
): { wizard: string; step?: string } {
  const best = evidence === null ? undefined : triage(library, evidence).suggestions[0];
  if (best && (wizard ?? best.wizard) === best.wizard) return { wizard: best.wizard, step: best.step };
  return { wizard: wizard ?? 'entry' };
}

async function resume(
  core: Core,
  folder: string,
  wizard: string | undefined,
  values: Record<string, string>,
  evidence: string | null,
  { title, ticket, operator }: RunOptions,
): Promise<CaseSession> {
  const session = await core.session(folder);
  const begun = session.state.visits[0]?.target.wizard;
  if (wizard !== undefined && wizard !== begun) {
    throw new Fault(
      'other-wizard',
      `This case began with the wizard "${begun}", not "${wizard}".`,
      'Leave the wizard out to go on, or name another folder for a new case.',
    );
  }
  if (evidence !== null && !session.state.evidence.some(({ text }) => text.sha256 === sha256(evidence))) {
    throw new Fault(
      'late-evidence',
      'Evidence is brought when a case begins; this one has begun without it.',
      'Leave --evidence out to go on, or name another folder for a new case.',
    );
  }
  const known = valuesOf(session.state);
  for (const [name, value] of Object.entries(values)) {
    if (known[name] !== value) await session.input({ type: 'set', name, value });
  }
  const described = changed({ title, ticket, operator }, session.state);
  if (Object.keys(described).length > 0) await session.input({ type: 'describe', ...described });
  return session;
}

type Described = { title?: string; ticket?: string; operator?: string };

function changed(given: { [K in keyof Described]?: string | undefined }, state: Required<Described>): Described {
  const differs = Object.entries(given).filter(
    ([name, value]) => value !== undefined && value !== state[name as keyof Described],
  );
  return Object.fromEntries(differs);
}

/** What an interrupted start may leave in a folder. */
const OWN = /^(?:lock\.json.*|captures|wizards|journal\.jsonl|journal\.torn-.*)$/;

/** False for a folder in which a case may be made. Throws a Fault for one that holds something else. */
async function holdsCase(core: Core, folder: string): Promise<boolean> {
  if (!existsSync(folder)) return false;
  if (!statSync(folder).isDirectory()) {
    throw new Fault(
      'not-a-folder',
      `${folder} is a file; a case is a folder.`,
      'Name a folder, or one that does not exist yet.',
    );
  }
  const strange = readdirSync(folder).find((name) => !OWN.test(name));
  if (existsSync(join(folder, JOURNAL))) return !(await dropUnbegun(core, folder));
  if (strange === undefined) return false;
  throw new Fault(
    'not-a-case',
    `${folder} is no case: it holds "${strange}".`,
    'Name the folder of a case, or one that does not exist yet.',
  );
}

/** A journal without a single whole line was never begun: it is set aside, so that the case can be made. */
async function dropUnbegun(core: Core, folder: string): Promise<boolean> {
  const { length, torn } = await readJournal(folder);
  if (length > 0) return false;
  const lock = await takeLock(folder, core.clock().toISOString());
  if (!('release' in lock)) {
    throw new Fault(
      'locked',
      `The case ${basename(folder)} is just being made by process ${lock.process} on ${lock.host}.`,
      'Wait for it, or name another folder.',
    );
  }
  const path = join(folder, JOURNAL);
  if (torn.length > 0) await rename(path, join(folder, `journal.torn-0-${sha256(torn).slice(0, 8)}`));
  else await rm(path);
  await lock.release();
  return true;
}
