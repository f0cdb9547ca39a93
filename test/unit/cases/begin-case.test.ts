import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { JOURNAL } from '../../../electron/cases/journal.ts';
import { verifyCase } from '../../../electron/cases/verify-case.ts';
import { type SmallCore, smallCore } from '../doors/small-core.ts';

let small: SmallCore;
let files: FileHandle;
const wanted = { title: 'T', ticket: '', operator: 'tester', wizard: 'flags' };

beforeEach(async () => {
  small = smallCore();
  expect(small.core.folderFault).toBeNull();
  const file = await open(join(small.folder, 'any'), 'w');
  files = Object.getPrototypeOf(file);
  await file.close();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await small.dispose();
});

const full = Object.assign(new Error('it is full'), { code: 'ENOSPC' });
const listed = async () => small.core.store.list(await small.core.library());

describe('a case that could not be begun', () => {
  test.each([
    ['whose first event the disk does not take', 'appendFile', 'not-recorded'],
    ['whose evidence the disk does not take', 'writeFile', 'not-recorded'],
    ['whose folder the disk does not take', 'sync', 'not-recorded'],
  ] as const)(
    '%s is not there: no journal, no lock, nothing in the list; the next try makes it',
    async (_, what, code) => {
      const folder = join(small.folder, 'data', 'cases', 'c1');
      vi.spyOn(files, what).mockRejectedValue(full);
      await expect(small.core.createCase({ ...wanted, folder, evidence: 'hello' })).rejects.toMatchObject({ code });
      vi.restoreAllMocks();
      const left = existsSync(folder) ? readdirSync(folder) : [];
      expect(left.filter((name) => name === JOURNAL || name.startsWith('lock'))).toEqual([]);
      expect(await listed()).toEqual([]);
      const session = await small.core.createCase({ ...wanted, folder, evidence: 'hello' });
      expect(session.state.seq).toBe(1);
      await session.close();
      expect(await verifyCase(folder)).toMatchObject({ ok: true, events: 1 });
    },
  );
});

describe('the list of cases', () => {
  const put = (name: string, journal: string) => {
    mkdirSync(join(small.folder, 'data', 'cases', name));
    writeFileSync(join(small.folder, 'data', 'cases', name, JOURNAL), journal);
  };

  test('leaves out what was killed before its first event was recorded', async () => {
    put('empty', '');
    put('torn', '{"prev":"0000');
    expect(await listed()).toEqual([]);
  });

  test('shows a case that cannot be read with its fault, beside the others', async () => {
    const { id } = await small.core.createCase(wanted);
    mkdirSync(join(small.folder, 'data', 'cases', 'odd', JOURNAL), { recursive: true });
    put('garbage', 'no journal at all\n');
    const faults = Object.fromEntries((await listed()).map((one) => [one.id, one.fault]));
    expect(faults).toEqual({
      [id]: null,
      odd: expect.stringContaining('cannot be read (EISDIR)'),
      garbage: 'Line 1 is not JSON.',
    });
  });
});
