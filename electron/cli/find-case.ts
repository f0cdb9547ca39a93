import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CaseSession } from '../cases/case-session.ts';
import { JOURNAL } from '../cases/journal.ts';
import type { Core } from '../core.ts';

/** The folder of a case named by id or path. A bare name is an id first, and a folder here where no such case is. */
export function folderOf(core: Core, idOrPath: string): string {
  const folder = core.store.pathOf(idOrPath);
  const here = resolve(idOrPath);
  return !existsSync(join(folder, JOURNAL)) && existsSync(join(here, JOURNAL)) ? here : folder;
}

/** The case as it stands, without its lock and without writing anything to it. */
export async function readCase(core: Core, idOrPath: string): Promise<CaseSession> {
  return CaseSession.read(folderOf(core, idOrPath), await core.sessionOptions());
}
