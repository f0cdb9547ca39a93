import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { CaseSession } from '../../../electron/cases/case-session.ts';
import { CaseStore } from '../../../electron/cases/case-store.ts';
import { JOURNAL } from '../../../electron/cases/journal.ts';
import { verifyCase } from '../../../electron/cases/verify-case.ts';
import { Fault } from '../../../electron/fault.ts';
import { crashOptions, OPENING } from '../../crash/crash-case.ts';
import { canMount, mountSmallDisk, type SmallDisk } from '../../support/small-disk.ts';

let disk: SmallDisk | null = null;
afterEach(() => disk?.remove());

function smallDisk(): { folder: string; fill(): void; free(): void; makeReadOnly(): void } {
  disk = mountSmallDisk(256) as SmallDisk;
  const { folder, makeReadOnly } = disk;
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill() {
      for (const size of [4096, 1])
        for (let n = 0; ; n += 1) {
          try {
            writeFileSync(`${ballast}-${size}-${n}`, Buffer.alloc(size));
          } catch {
            break;
          }
        }
    },
    free() {
      for (const name of readdirSync(folder)) if (name.startsWith('ballast')) rmSync(join(folder, name));
    },
    makeReadOnly,
  };
}

async function begun(folder: string): Promise<CaseSession> {
  const session = await CaseSession.create(folder, crashOptions);
  await session.input(OPENING);
  return session;
}
const note = (n: number) => ({ type: 'note', text: `${n} ${'x'.repeat(500)}` }) as const;
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error) => error as Fault,
  );

describe.skipIf(!canMount)('a full disk (a small tmpfs; needs root to mount it)', () => {
  test('refuses what it does not take, keeps all that was recorded, and goes on once there is room', async () => {
    const { folder, fill, free } = smallDisk();
    const path = join(folder, 'case');
    const session = await begun(path);
    fill();
    let taken = 0;
    let fault: Fault | null = null;
    while (fault === null) {
      fault = await refusal(session.input(note(taken)));
      if (fault === null) taken += 1;
    }
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).toMatchObject({
      code: 'not-recorded',
      message: expect.stringContaining('ENOSPC'),
      hint: expect.stringContaining('Free space'),
    });
    expect(await verifyCase(path)).toMatchObject({ ok: true, events: 1 + taken, torn_bytes: 0 });
    expect(await refusal(session.storeText('y'.repeat(10_000)))).toMatchObject({ code: 'not-recorded' });
    expect(readdirSync(join(path, 'wizards')).filter((name) => name.includes('part'))).toEqual([]);
    free();
    await session.input(note(taken));
    await session.close();
    expect(await verifyCase(path)).toMatchObject({ ok: true, events: 2 + taken, torn_bytes: 0 });
  });

  test('lets a case be read, and says why it cannot be continued', async () => {
    const { folder, fill, free } = smallDisk();
    const path = join(folder, 'case');
    await (await begun(path)).close();
    fill();
    expect(await refusal(CaseSession.open(path, crashOptions))).toMatchObject({
      code: 'unwritable',
      message: expect.stringContaining('ENOSPC'),
      hint: expect.stringContaining('free space'),
    });
    expect((await CaseSession.read(path, crashOptions)).state.seq).toBe(1);
    expect(readdirSync(path).sort()).toEqual([JOURNAL, 'wizards']);
    free();
    await (await CaseSession.open(path, crashOptions)).close();
  });
});

describe.skipIf(!canMount)('a read-only folder (a small tmpfs; needs root to mount it)', () => {
  test('can be listed, read and verified; opening and beginning a case say what to do', async () => {
    const { folder, makeReadOnly } = smallDisk();
    const path = join(folder, 'case');
    await (await begun(path)).close();
    makeReadOnly();
    expect(await refusal(CaseSession.open(path, crashOptions))).toMatchObject({
      code: 'unwritable',
      message: expect.stringContaining('EROFS'),
      hint: expect.stringContaining('fieldguide show'),
    });
    expect(await refusal(CaseSession.create(join(folder, 'new'), crashOptions))).toMatchObject({
      code: 'not-recorded',
      message: expect.stringContaining('EROFS'),
      hint: expect.stringContaining('writable'),
    });
    expect((await CaseSession.read(path, crashOptions)).state.title).toBe('Crash');
    expect(await verifyCase(path)).toMatchObject({ ok: true, events: 1 });
    expect(await new CaseStore(folder).list(crashOptions.library)).toMatchObject([{ id: 'case', fault: null }]);
  });
});
