/** Opens the case that a walk goes on in, or makes a new one. */
import { resolve } from 'node:path';
import { Fault } from '../fault.ts';
import type { Client } from '../in-process.ts';
import { mailText } from '../intake/mail-text.ts';
import { sha256 } from '../sha256.ts';
import { holdsCase, makeCaseFolder } from './case-folder.ts';
import { idIn } from './door.ts';
import { type GivenOptions, givenValues } from './given-values.ts';
import { readInput } from './read-input.ts';

export type RunOptions = GivenOptions & {
  evidence?: string;
  case?: string;
  title?: string;
  ticket?: string;
  operator?: string;
};

/** The folder that `--case` names; null for a new case below the data folder. */
export const folderNamed = (options: RunOptions): string | null =>
  options.case === undefined ? null : resolve(options.case);

/** The id of the case. Everything that was asked for is checked before the first file is written. */
export async function beginWalk(client: Client, wizard: string | undefined, options: RunOptions): Promise<string> {
  const values = await client.content.values({ values: givenValues(options) });
  if (wizard !== undefined) await client.content.wizard({ id: wizard });
  if (options.evidence === '-') {
    throw new Fault(
      'evidence-on-stdin',
      'The evidence cannot come over stdin: the answers of the walk do.',
      'Put it into a file.',
    );
  }
  const evidence = options.evidence === undefined ? null : await readInput(options.evidence);
  const folder = folderNamed(options);
  if (folder && (await holdsCase(folder))) {
    await resume(client, idIn(folder), wizard, values, evidence, options);
    return idIn(folder);
  }
  const start = await whereToStart(client, wizard, evidence);
  if (folder !== null) makeCaseFolder(folder);
  const { id } = await client.cases.create({
    title: options.title ?? '',
    ticket: options.ticket ?? '',
    operator: options.operator ?? '',
    ...start,
    ...(evidence === null ? {} : { evidence }),
    parameters: values,
  });
  return folder === null ? id : idIn(folder);
}

/** The best suggestion of the evidence where it is for this wizard or none was named, else the wizard's beginning. */
async function whereToStart(
  client: Client,
  wizard: string | undefined,
  evidence: string | null,
): Promise<{ wizard: string; step?: string }> {
  const best = evidence === null ? undefined : (await client.intake.triage({ text: evidence })).suggestions[0];
  if (best && (wizard ?? best.wizard) === best.wizard) return { wizard: best.wizard, step: best.step };
  return { wizard: wizard ?? 'entry' };
}

async function resume(
  client: Client,
  id: string,
  wizard: string | undefined,
  values: Record<string, string>,
  evidence: string | null,
  { title, ticket, operator }: RunOptions,
): Promise<void> {
  // Takes the lock, or says who holds it.
  await client.walk.view({ case: id });
  const record = await client.cases.show({ case: id });
  if (wizard !== undefined && wizard !== record.wizard) {
    throw new Fault(
      'other-wizard',
      `This case began with the wizard "${record.wizard}", not "${wizard}".`,
      'Leave the wizard out to go on, or name another folder for a new case.',
    );
  }
  const kept = evidence === null ? null : sha256((await mailText(evidence)) ?? evidence);
  if (kept !== null && !record.evidence.some(({ text }) => text.sha256 === kept)) {
    throw new Fault(
      'late-evidence',
      'Evidence is brought when a case begins; this one has begun without it.',
      'Leave --evidence out to go on, or name another folder for a new case.',
    );
  }
  for (const [name, value] of Object.entries(values)) {
    if (record.parameters[name] !== value) await client.walk.set({ case: id, name, value });
  }
  const described = changed({ title, ticket, operator }, record);
  if (Object.keys(described).length > 0) await client.cases.describe({ case: id, ...described });
}

type Described = { title?: string; ticket?: string; operator?: string };

function changed(given: { [K in keyof Described]?: string | undefined }, state: Required<Described>): Described {
  const differs = Object.entries(given).filter(
    ([name, value]) => value !== undefined && value !== state[name as keyof Described],
  );
  return Object.fromEntries(differs);
}
