/**
 * One writer a case: `lock.json` with owner, host and process. A lock of this host whose process is gone is taken
 * over at once; one of another host is respected (nobody here can tell whether it lives).
 */
import { randomUUID } from 'node:crypto';
import { link, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { systemCode } from '../fault.ts';

export type LockOwner = { host: string; process: number; user: string; since: string; token: string };
export type Lock = { release(): Promise<void> };
const NAME = 'lock.json';
/** So often, and after so long, it is looked again at a lock that cannot be judged at this moment. */
const PATIENCE = 20;
const PAUSE_MS = 10;

/** Takes the lock, or says who holds it. */
export async function takeLock(folder: string, now: string): Promise<Lock | LockOwner> {
  const mine: LockOwner = {
    host: hostname(),
    process: process.pid,
    user: userInfo().username,
    since: now,
    token: randomUUID(),
  };
  const path = join(folder, NAME);
  const draft = `${path}.${mine.token}`;
  try {
    await writeFile(draft, JSON.stringify(mine));
    if (await claim(path, draft)) {
      await removeRemains(folder, draft);
      return { release: () => release(path, mine.token) };
    }
    return (await readOwner(path)) ?? { ...mine, user: 'unknown', process: 0 };
  } finally {
    await rm(draft, { force: true }).catch(() => {});
  }
}

/** True when the file at `path` is ours. */
async function claim(path: string, draft: string): Promise<boolean> {
  for (let patience = PATIENCE; patience > 0; ) {
    try {
      // A hard link appears whole or not at all, so two that start at once cannot both win.
      await link(draft, path);
      return true;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
    const owner = await readOwner(path);
    if (owner && isAlive(owner)) return false;
    if (owner && (await removeDead(path, owner, draft))) continue;
    patience -= 1;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return false;
}

/**
 * Between reading a dead lock and removing it another process may have put its own there. So only who holds the lock
 * `….over` may remove; it is looked at once more under it, and nobody else can change it then. False when another
 * process is at it.
 */
async function removeDead(path: string, dead: LockOwner, draft: string): Promise<boolean> {
  const over = `${path}.over`;
  if (!(await claim(over, draft))) return false;
  try {
    await release(path, dead.token);
    return true;
  } finally {
    await rm(over, { force: true });
  }
}

/**
 * What processes of this host left that were killed while they took the lock: drafts, and locks for taking over. What
 * cannot be read stays. Called with the lock held; `draft` is ours.
 */
async function removeRemains(folder: string, draft: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const isDraft = /^lock\.json\.[0-9a-f-]{36}$/.test(name);
    if (!isDraft && !/^lock\.json(?:\.over)+$/.test(name)) continue;
    const owner = await readOwner(path);
    if (!owner || isAlive(owner)) continue;
    if (isDraft) await rm(path, { force: true });
    else await removeDead(path, owner, draft);
  }
}

async function readOwner(path: string): Promise<LockOwner | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as LockOwner;
  } catch {
    return null;
  }
}

async function release(path: string, token: string): Promise<void> {
  const owner = await readOwner(path);
  if (owner?.token === token) await rm(path, { force: true });
}

function isAlive(owner: LockOwner): boolean {
  if (owner.host !== hostname()) return true;
  if (owner.process === process.pid) return true;
  try {
    process.kill(owner.process, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}
