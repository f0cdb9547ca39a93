/** The command line's way to the core: the contract, carried out in this process. */
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { CallContext } from '../call-context.ts';
import { CaseStore } from '../cases/case-store.ts';
import { JOURNAL } from '../cases/journal.ts';
import type { Core } from '../core.ts';
import { dataFolder } from '../data-folder.ts';
import type { Client } from '../in-process.ts';
import { contentCore, openCore } from './content.ts';
import type { Output } from './output.ts';

export type Door = { client: Client; close(): Promise<void> };

export const openDoor = async (context: CallContext = {}): Promise<Door> => through(await openCore(), context);

/** For verbs that look at the content alone. */
export const openContentDoor = async (): Promise<Door> => through(await contentCore(), {});

async function through(core: Core, context: CallContext): Promise<Door> {
  const { inProcess } = await import('../in-process.ts');
  return { client: inProcess(core, context), close: () => core.close() };
}

export const casesFolder = (): string => join(dataFolder(), 'cases');

/** The folder of a case named by id or path. A bare name is an id first, and a folder here where no such case is. */
export function folderOf(idOrPath: string): string {
  const folder = new CaseStore(casesFolder()).pathOf(idOrPath);
  const here = resolve(idOrPath);
  return !existsSync(join(folder, JOURNAL)) && existsSync(join(here, JOURNAL)) ? here : folder;
}

/** What a call about the case in this folder carries as its id; the folder itself goes with the context. */
export const idIn = (folder: string): string => basename(folder).slice(0, 200) || '-';

/** Names each file of the person's own that cannot be used, with its place. */
export async function noteLeftOut(out: Output, client: Client): Promise<void> {
  for (const { file, line, column, message } of await client.content.faults()) {
    out.note(`${file}:${line}:${column} is left out: ${message}`);
  }
}
