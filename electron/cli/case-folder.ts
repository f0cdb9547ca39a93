/**
 * The folder that `run --case` names, before there is a case in it. Only the command line can name a folder, so this
 * has no place in the contract.
 */
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { JOURNAL, readJournal } from '../cases/journal.ts';
import { takeLock } from '../cases/lock.ts';
import { Fault, systemCode } from '../fault.ts';
import { makeFolder } from '../make-folder.ts';
import { sha256 } from '../sha256.ts';

export function makeCaseFolder(folder: string): void {
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

/** What an interrupted start may leave in a folder. */
const OWN = /^(?:lock\.json.*|captures|wizards|journal\.jsonl|journal\.torn-.*)$/;

/** False for a folder in which a case may be made. Throws a Fault for one that holds something else. */
export async function holdsCase(folder: string): Promise<boolean> {
  if (!existsSync(folder)) return false;
  if (!statSync(folder).isDirectory()) {
    throw new Fault(
      'not-a-folder',
      `${folder} is a file; a case is a folder.`,
      'Name a folder, or one that does not exist yet.',
    );
  }
  const strange = readdirSync(folder).find((name) => !OWN.test(name));
  if (existsSync(join(folder, JOURNAL))) return !(await dropUnbegun(folder));
  if (strange === undefined) return false;
  throw new Fault(
    'not-a-case',
    `${folder} is no case: it holds "${strange}".`,
    'Name the folder of a case, or one that does not exist yet.',
  );
}

/** A journal without a single whole line was never begun: it is set aside, so that the case can be made. */
async function dropUnbegun(folder: string): Promise<boolean> {
  const { length, torn } = await readJournal(folder);
  if (length > 0) return false;
  const lock = await takeLock(folder, new Date().toISOString());
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
