/** The way into the folder of a case: it is made, its lock is taken, or a Fault says why not and what to do. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { Fault, systemCode } from '../fault.ts';
import { makeFolder } from '../make-folder.ts';
import { noCase } from './journal.ts';
import { type Lock, type LockOwner, takeLock } from './lock.ts';
import { notRecorded } from './not-recorded.ts';
import { syncFolder } from './sync-folder.ts';

/** Makes the folder of a new case, and its name survives a crash. */
export async function makeCaseFolder(folder: string): Promise<void> {
  try {
    makeFolder(folder);
  } catch (error) {
    throw notRecorded(`the folder ${dirname(folder)}`, error);
  }
  // An account that may pass through the folder above need not be able to read it.
  await syncFolder(dirname(folder)).catch(() => {});
}

/** `now`: ISO 8601, told to whom it keeps out. */
export async function lockOrFault(folder: string, now: string): Promise<Lock> {
  const lock = await takeLock(folder, now).catch((error) => {
    throw notWritable(folder, error);
  });
  if ('release' in lock) return lock;
  const { user, host, process: pid, since } = lock as LockOwner;
  throw new Fault(
    'locked',
    `This case is open elsewhere: ${user} on ${host}, process ${pid}, since ${since}.`,
    'Close it there, or read it with `fieldguide show`.',
  );
}

/** A folder without a journal is no case; one that takes no lock can still be read. */
function notWritable(folder: string, error: unknown): Fault {
  if (!existsSync(folder)) return noCase(folder);
  return new Fault(
    'unwritable',
    `Nothing can be written to the case in ${folder} (${systemCode(error) ?? error}).`,
    'Make the folder writable or free space on its disk, or read the case with `fieldguide show`.',
  );
}
