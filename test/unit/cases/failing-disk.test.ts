import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CaseSession } from '../../../electron/cases/case-session.ts';
import { JOURNAL } from '../../../electron/cases/journal.ts';
import { verifyCase } from '../../../electron/cases/verify-case.ts';
import { crashOptions, OPENING } from '../../crash/crash-case.ts';

let above: string;
let folder: string;
/** What all open files of this process have in common; here the disk is made to fail. */
let files: FileHandle;

beforeEach(async () => {
  above = mkdtempSync(join(tmpdir(), 'fieldguide-failing-'));
  folder = join(above, 'case');
  const file = await open(join(above, 'any'), 'w');
  files = Object.getPrototypeOf(file);
  await file.close();
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(above, { recursive: true, force: true });
});

const systemError = (code: string) => Object.assign(new Error(`${code}: it fails`), { code });
const journal = () => readFileSync(join(folder, JOURNAL), 'utf8');
const NOTE = { type: 'note', text: 'Seen.' } as const;

async function begun(): Promise<CaseSession> {
  const session = await CaseSession.create(folder, crashOptions);
  await session.input(OPENING);
  return session;
}

/** The next line is written only up to `bytes`, then the disk is full. */
function failAfter(bytes: number, code = 'ENOSPC'): void {
  const { appendFile } = files;
  vi.spyOn(files, 'appendFile').mockImplementationOnce(async function (this: FileHandle, line) {
    await appendFile.call(this, (line as Buffer).subarray(0, bytes));
    throw systemError(code);
  });
}

describe('an outcome that the disk does not take', () => {
  test.each([
    [0, 'ENOSPC', 'Free space'],
    [1, 'ENOSPC', 'Free space'],
    [100, 'EDQUOT', 'Free space'],
    [1_000_000, 'EIO', 'Bring the folder of the case back'],
    [0, 'EROFS', 'Make the folder of the case writable'],
    [0, 'EWHATEVER', 'Look at the disk'],
  ])(
    'after %i bytes of its line (%s) is refused with a remedy, leaves nothing, and the next try works',
    async (bytes, code, remedy) => {
      const session = await begun();
      const [before, state] = [journal(), session.state];
      failAfter(bytes, code);
      await expect(session.input(NOTE)).rejects.toMatchObject({
        code: 'not-recorded',
        message: expect.stringContaining(code),
        hint: expect.stringContaining(remedy),
      });
      expect(journal()).toBe(before);
      expect(session.state).toBe(state);
      await session.input(NOTE);
      await session.close();
      expect(await verifyCase(folder)).toMatchObject({ ok: true, events: 2, torn_bytes: 0 });
    },
  );

  test('because it was not flushed counts as little as one that was not written', async () => {
    const session = await begun();
    const before = journal();
    vi.spyOn(files, 'datasync').mockRejectedValueOnce(systemError('EIO'));
    await expect(session.input(NOTE)).rejects.toMatchObject({ code: 'not-recorded' });
    expect(journal()).toBe(before);
    await session.input(NOTE);
    await session.close();
    expect(await verifyCase(folder)).toMatchObject({ ok: true, events: 2 });
  });

  test.each([1, 50, 1_000_000])('and of which %i bytes cannot even be cut off stays in nobody’s way', async (bytes) => {
    const session = await begun();
    failAfter(bytes);
    vi.spyOn(files, 'truncate').mockRejectedValueOnce(systemError('EIO')).mockRejectedValueOnce(systemError('EIO'));
    await expect(session.input(NOTE)).rejects.toMatchObject({ code: 'not-recorded' });
    await expect(session.input(NOTE)).rejects.toMatchObject({ code: 'not-recorded' });
    await session.input({ type: 'note', text: 'Another one.' });
    await session.close();
    expect(await verifyCase(folder)).toMatchObject({ ok: true, events: 2, torn_bytes: 0 });
    expect(journal()).toContain('Another one.');
    expect(journal()).not.toContain('Seen.');
  });

  test('is acknowledged only after the flush', async () => {
    const session = await begun();
    const order: string[] = [];
    const { datasync } = files;
    vi.spyOn(files, 'datasync').mockImplementationOnce(async function (this: FileHandle) {
      order.push(journal().includes('Seen.') ? 'flushed when written' : 'flushed too early');
      await datasync.call(this);
    });
    session.onChange(() => order.push('told'));
    await session.input(NOTE);
    order.push('acknowledged');
    expect(order).toEqual(['flushed when written', 'told', 'acknowledged']);
    await session.close();
  });

  test('whatever fails, and when: what was acknowledged is there, in order, and nothing else', async () => {
    const failure = fc.record({
      at: fc.constantFrom('appendFile', 'datasync', 'truncate', 'sync', 'stat'),
      skip: fc.nat(2),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(failure), { maxLength: 12 }), async (plan) => {
        rmSync(folder, { recursive: true, force: true });
        const session = await begun();
        const taken: string[] = [];
        for (const [n, failing] of plan.entries()) {
          const spy = failing && failing.skip < 2 ? vi.spyOn(files, failing.at as 'sync') : null;
          for (let times = 0; times <= (failing?.skip ?? 0); times += 1) spy?.mockRejectedValueOnce(systemError('EIO'));
          const text = `Note ${n}.`;
          await session.input({ type: 'note', text }).then(
            () => taken.push(text),
            (error) => expect(error).toMatchObject({ code: 'not-recorded' }),
          );
          spy?.mockRestore();
        }
        await session.input({ type: 'note', text: 'The last one.' });
        await session.close();
        const notes = journal()
          .split('\n')
          .slice(1, -1)
          .map((line) => JSON.parse(line).text);
        expect(notes).toEqual([...taken, 'The last one.']);
        expect((await verifyCase(folder)).ok).toBe(true);
      }),
      { numRuns: 30 },
    );
  }, 60_000);
});

describe('an output that the disk does not take', () => {
  test('is refused, leaves no half file, and is stored on the next try', async () => {
    const session = await begun();
    vi.spyOn(files, 'writeFile').mockRejectedValueOnce(systemError('ENOSPC'));
    await expect(session.storeText('Flag : 7')).rejects.toMatchObject({ code: 'not-recorded' });
    expect(readdirSync(join(folder, 'captures'))).toEqual([]);
    const { sha256 } = await session.storeText('Flag : 7');
    expect(readdirSync(join(folder, 'captures'))).toEqual([sha256]);
    await session.close();
  });
});

describe('a folder that went away under an open case', () => {
  test('refuses what comes, does not come back as an empty one, and takes it when it is there again', async () => {
    const session = await begun();
    renameSync(folder, `${folder}-away`);
    await expect(session.input(NOTE)).rejects.toMatchObject({
      code: 'not-recorded',
      hint: expect.stringContaining('Bring the folder of the case back'),
    });
    await expect(session.storeText('Flag : 7')).rejects.toMatchObject({ code: 'not-recorded' });
    expect(readdirSync(above)).not.toContain('case');
    renameSync(`${folder}-away`, folder);
    await session.input(NOTE);
    await session.close();
    expect(await verifyCase(folder)).toMatchObject({ ok: true, events: 2 });
  });

  test('and was deleted never says "recorded"', async () => {
    const session = await begun();
    rmSync(folder, { recursive: true });
    await expect(session.input(NOTE)).rejects.toMatchObject({ code: 'not-recorded' });
    await expect(session.input(NOTE)).rejects.toMatchObject({ code: 'not-recorded' });
    await expect(session.close()).resolves.toBeUndefined();
  });

  test('before it was opened is a case that is not there', async () => {
    await expect(CaseSession.open(folder, crashOptions)).rejects.toMatchObject({ code: 'no-case' });
  });
});

describe('a journal that something else changed while the case was open', () => {
  test.each([
    ['a foreign line', (text: string) => `${text}{"foreign":1}\n`],
    ['a missing end', (text: string) => text.slice(0, -10)],
    ['nothing at all', () => ''],
  ])('(%s) is left as it is, and nothing is written behind it', async (_, change) => {
    const session = await begun();
    const altered = change(journal());
    writeFileSync(join(folder, JOURNAL), altered);
    await expect(session.input(NOTE)).rejects.toMatchObject({
      code: 'not-recorded',
      message: expect.stringContaining('something else has changed it'),
    });
    expect(journal()).toBe(altered);
    await session.close();
  });

  test('behind a line that failed is left as it is: only our own line is cut off', async () => {
    const session = await begun();
    failAfter(50);
    vi.spyOn(files, 'truncate').mockRejectedValueOnce(systemError('EIO'));
    await expect(session.input(NOTE)).rejects.toMatchObject({ code: 'not-recorded' });
    const altered = `${journal()}and something else`;
    writeFileSync(join(folder, JOURNAL), altered);
    await expect(session.input(NOTE)).rejects.toMatchObject({ code: 'not-recorded' });
    expect(journal()).toBe(altered);
    await session.close();
  });

  test('by removing it is not made anew', async () => {
    const session = await begun();
    rmSync(join(folder, JOURNAL));
    for (let tries = 0; tries < 3; tries += 1)
      await expect(session.input(NOTE)).rejects.toMatchObject({ code: 'not-recorded' });
    expect(readdirSync(folder)).not.toContain(JOURNAL);
    await session.close();
  });

  test('by putting another of the same length in its place is not gone on with', async () => {
    const session = await begun();
    const other = journal().replace('"tester"', '"rester"');
    rmSync(join(folder, JOURNAL));
    writeFileSync(join(folder, JOURNAL), other);
    for (let tries = 0; tries < 3; tries += 1)
      await expect(session.input(NOTE)).rejects.toMatchObject({ code: 'not-recorded' });
    expect(journal()).toBe(other);
    await session.close();
  });

  test('by putting a copy in its place is gone on with through the copy', async () => {
    const session = await begun();
    const copy = journal();
    rmSync(join(folder, JOURNAL));
    writeFileSync(join(folder, JOURNAL), copy);
    await expect(session.input(NOTE)).rejects.toMatchObject({ code: 'not-recorded' });
    await session.input(NOTE);
    await session.close();
    expect(await verifyCase(folder)).toMatchObject({ ok: true, events: 2 });
  });
});
