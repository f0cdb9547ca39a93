import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CaseSession } from '../../../electron/cases/case-session.ts';
import { JOURNAL, readJournal } from '../../../electron/cases/journal.ts';
import { verifyCase } from '../../../electron/cases/verify-case.ts';
import { crashOptions, OPENING } from '../../crash/crash-case.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fieldguide-torn-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The bytes of a journal of three events, and where its last line begins. The note has characters of several bytes. */
async function threeEvents(): Promise<{ bytes: Buffer; last: number }> {
  const session = await CaseSession.create(join(folder, 'whole'), crashOptions);
  await session.input(OPENING);
  await session.input({ type: 'choose', outcome: 'yes', note: 'seen' });
  await session.input({ type: 'note', text: 'Größe 5 \u{1f4ce}' });
  await session.close();
  const bytes = readFileSync(join(folder, 'whole', JOURNAL));
  return { bytes, last: bytes.lastIndexOf(0x0a, -2) + 1 };
}

function caseWith(bytes: Buffer, name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  writeFileSync(join(path, JOURNAL), bytes);
  return path;
}

describe('a last line that was torn', () => {
  test('at any of its bytes is named, set aside and cut off; what was recorded before stays, and the case goes on', async () => {
    const { bytes, last } = await threeEvents();
    const wizards = join(folder, 'whole', 'wizards');
    const copies = readdirSync(wizards).map((name) => [name, readFileSync(join(wizards, name))] as const);
    for (let cut = last; cut < bytes.length; cut += 1) {
      const torn = bytes.subarray(last, cut);
      const path = caseWith(bytes.subarray(0, cut), `cut-${cut}`);
      mkdirSync(join(path, 'wizards'));
      for (const [name, copy] of copies) writeFileSync(join(path, 'wizards', name), copy);
      expect(await verifyCase(path)).toMatchObject({ ok: true, events: 2, torn_bytes: torn.length, faults: [] });
      const session = await CaseSession.open(path, crashOptions);
      expect(session.state.seq).toBe(2);
      expect(session.state.visits[0]).toMatchObject({ outcome: 'yes', note: 'seen' });
      expect(session.recorded.tornBytes).toBe(torn.length);
      const aside = readdirSync(path).filter((name) => name.startsWith('journal.torn-'));
      expect(aside.map((name) => readFileSync(join(path, name)))).toEqual(torn.length > 0 ? [torn] : []);
      await session.input({ type: 'note', text: 'Once more.' });
      await session.close();
      expect(readFileSync(join(path, JOURNAL)).subarray(0, last)).toEqual(bytes.subarray(0, last));
      expect(await verifyCase(path)).toMatchObject({ ok: true, events: 3, torn_bytes: 0, faults: [] });
    }
  }, 60_000);

  test('and that a power cut left as zeros is set aside as well', async () => {
    const { bytes, last } = await threeEvents();
    const path = caseWith(Buffer.concat([bytes.subarray(0, last), Buffer.alloc(4096)]), 'zeros');
    const session = await CaseSession.open(path, crashOptions);
    expect(session.recorded.tornBytes).toBe(4096);
    await session.close();
    expect(await readJournal(path)).toMatchObject({ fault: null, length: last });
  });

  test('is cut off only once: a crash between setting it aside and cutting it leaves one piece', async () => {
    const { bytes, last } = await threeEvents();
    const path = caseWith(bytes.subarray(0, -1), 'twice');
    await (await CaseSession.open(path, crashOptions)).close();
    writeFileSync(join(path, JOURNAL), bytes.subarray(0, -1));
    await (await CaseSession.open(path, crashOptions)).close();
    const aside = readdirSync(path).filter((name) => name.startsWith('journal.torn-'));
    expect(aside.map((name) => readFileSync(join(path, name)))).toEqual([bytes.subarray(last, -1)]);
  });
});
