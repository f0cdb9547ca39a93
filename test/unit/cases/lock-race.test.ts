import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { takeLock } from '../../../electron/cases/lock.ts';

const RACERS = 8;
const ROUNDS = 120;
/** No process has this number. */
const NOBODY = 2 ** 22 - 1;

let folder: string;
const racers: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fieldguide-lock-'));
});
afterEach(async () => {
  for (const racer of racers.splice(0)) {
    const gone = once(racer, 'exit');
    racer.kill();
    await gone;
  }
  rmSync(folder, { recursive: true, force: true });
});

const ownerOf = (token: string) => ({ host: hostname(), process: NOBODY, user: 'x', since: '', token });
const locksIn = (path: string) => readdirSync(path).filter((name) => name.startsWith('lock'));

describe('a lock whose process is dead', () => {
  test('goes to exactly one of many processes that want it at once, each time', async () => {
    const folders = Array.from({ length: ROUNDS }, (_, round) => join(folder, `case-${round}`));
    for (const [round, path] of folders.entries()) {
      mkdirSync(path);
      writeFileSync(join(path, 'lock.json'), JSON.stringify(ownerOf(`dead-${round}`)));
    }
    for (let i = 0; i < RACERS; i += 1) racers.push(fork(new URL('./lock-racer.ts', import.meta.url)));
    await Promise.all(racers.map((racer) => once(racer, 'message')));
    const answers = racers.map((racer) => once(racer, 'message'));
    for (const racer of racers) racer.send(folders);
    const won = (await Promise.all(answers)).flat(2) as string[];
    const winners = folders.map((path) => won.filter((each) => each === path).length);
    expect(winners).toEqual(folders.map(() => 1));
    for (const path of folders) {
      expect(locksIn(path)).toEqual(['lock.json']);
      const { process } = JSON.parse(readFileSync(join(path, 'lock.json'), 'utf8'));
      expect(racers.map(({ pid }) => pid)).toContain(process);
    }
  }, 60_000);

  test('is taken over although the process that was just taking it over died as well', async () => {
    writeFileSync(join(folder, 'lock.json'), JSON.stringify(ownerOf('dead')));
    writeFileSync(join(folder, 'lock.json.second'), JSON.stringify(ownerOf('second')));
    linkSync(join(folder, 'lock.json.second'), join(folder, 'lock.json.over'));
    rmSync(join(folder, 'lock.json.second'));
    const lock = await takeLock(folder, '');
    expect('release' in lock).toBe(true);
    if ('release' in lock) await lock.release();
    expect(locksIn(folder)).toEqual([]);
  });

  test('leaves nothing, wherever in taking it over it was killed', async () => {
    for (const name of ['lock.json.over', 'lock.json.over.over', 'lock.json.0b1c2d3e-0000-4000-8000-000000000000'])
      writeFileSync(join(folder, name), JSON.stringify(ownerOf(name)));
    const lock = await takeLock(folder, '');
    expect(locksIn(folder)).toEqual(['lock.json']);
    if ('release' in lock) await lock.release();
    expect(locksIn(folder)).toEqual([]);
  });
});
