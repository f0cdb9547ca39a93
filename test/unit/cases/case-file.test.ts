/** A case as one file, and what is done with one that comes from outside. */
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { importCaseFile, writeCaseFile } from '../../../electron/cases/case-file.ts';
import { CaseSession } from '../../../electron/cases/case-session.ts';
import { JOURNAL } from '../../../electron/cases/journal.ts';
import { verifyCase } from '../../../electron/cases/verify-case.ts';
import { sha256 } from '../../../electron/sha256.ts';
import { captureInput } from '../engine/player.ts';
import { FLAGS, MAIN, smallLibrary } from '../engine/small-library.ts';

const options = { library: smallLibrary([MAIN, FLAGS]), host: 'pc', operator: 'tester', clock: () => new Date() };
const ID = '20261126-0a1b2c3d';
let folder: string;
let mine: string;
let theirs: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fieldguide-file-'));
  mine = join(folder, 'mine');
  theirs = join(folder, 'theirs');
  for (const one of [mine, theirs]) mkdirSync(one);
  const session = await CaseSession.create(join(mine, ID), options);
  await session.input({
    ...{ type: 'open', case: ID, title: 'T', ticket: 'INC-1', operator: 'tester', product: 'Fieldguide' },
    ...{ wizard: 'main', evidence: [], parameters: {} },
  });
  await session.input({ type: 'choose', outcome: 'yes' });
  await session.input(captureInput('T1', 'set', { output: await session.storeText('Flag : 7') }));
  await session.close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function packed(from = join(mine, ID)): Promise<string> {
  const file = join(folder, `${Math.random()}.zip`);
  await writeCaseFile(from, 'Fieldguide 0.1.0', createWriteStream(file));
  return file;
}
async function goOn(root: string, outcome: string): Promise<void> {
  const session = await CaseSession.open(join(root, ID), options);
  await session.input({ type: 'note', text: outcome });
  await session.close();
}
/** The bytes of all files of a folder, by name. */
function contentOf(at: string): Record<string, string> {
  const names = readdirSync(at, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    names.map((entry) => [
      join(entry.parentPath, entry.name),
      sha256(readFileSync(join(entry.parentPath, entry.name))),
    ]),
  );
}

describe('a case that is handed over', () => {
  test('arrives whole: same journal, same captures, same head; nothing else travels', async () => {
    writeFileSync(join(mine, ID, 'lock.json'), '{}');
    const imported = await importCaseFile(await packed(), theirs);
    const { head, events } = await verifyCase(join(mine, ID));
    expect(imported).toEqual({ id: ID, title: 'T', events, head, outcome: 'new', before: null });
    expect(await verifyCase(join(theirs, ID))).toMatchObject({ ok: true, head, events });
    expect(readFileSync(join(theirs, ID, JOURNAL))).toEqual(readFileSync(join(mine, ID, JOURNAL)));
    expect(existsSync(join(theirs, ID, 'lock.json'))).toBe(false);
    expect(readdirSync(theirs)).toEqual([ID]);
  });

  test('can be continued by somebody else, and the journal shows who did what', async () => {
    await importCaseFile(await packed(), theirs);
    const colleague = await CaseSession.open(join(theirs, ID), { ...options, host: 'other' });
    await colleague.input({ type: 'note', text: 'seen' }, 'colleague');
    await colleague.close();
    const lines = readFileSync(join(theirs, ID, JOURNAL), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ actor, host }) => `${actor} on ${host}`)).toEqual([
      ...['tester on pc', 'tester on pc', 'tester on pc', 'colleague on other'],
    ]);
  });

  test('that is imported twice is recognised, and nothing is written', async () => {
    const file = await packed();
    await importCaseFile(file, theirs);
    const before = contentOf(theirs);
    expect(await importCaseFile(file, theirs)).toMatchObject({ id: ID, outcome: 'same', before: { relation: 'same' } });
    expect(contentOf(theirs)).toEqual(before);
  });

  test.each([
    ['went on there', 'continues', mine],
    ['went on here', 'is-continued', theirs],
  ])('and %s is laid beside the one that is here, which stays as it is', async (_, relation) => {
    await importCaseFile(await packed(), theirs);
    const old = await packed();
    await goOn(relation === 'continues' ? mine : theirs, 'more');
    const before = contentOf(join(theirs, ID));
    const imported = await importCaseFile(relation === 'continues' ? await packed() : old, theirs);
    expect(imported).toMatchObject({ outcome: 'beside', before: { id: ID, relation } });
    expect(imported.id).toMatch(new RegExp(`^${ID}-[0-9a-f]{8}$`));
    expect(contentOf(join(theirs, ID))).toEqual(before);
    expect((await verifyCase(join(theirs, imported.id))).ok).toBe(true);
  });

  test('that went on differently on both sides is told so', async () => {
    await importCaseFile(await packed(), theirs);
    await goOn(mine, 'here');
    await goOn(theirs, 'there');
    expect(await importCaseFile(await packed(), theirs)).toMatchObject({
      outcome: 'beside',
      before: { relation: 'differs' },
    });
  });

  test('with a fault is not handed over', async () => {
    const [capture] = readdirSync(join(mine, ID, 'captures'));
    writeFileSync(join(mine, ID, 'captures', capture as string), 'Flag : 4');
    await expect(packed()).rejects.toThrow('does not hold what was recorded');
  });
});

describe('a file that is no case, or was altered, is refused; nothing is written', () => {
  type Member = [name: string, bytes: string | Buffer];
  /** A case file made of these members; the manifest fits them unless it is given. */
  async function made(members: Member[], manifest?: unknown): Promise<string> {
    const zip = new ZipFile();
    const files = members.map(([path, bytes]) => ({
      path,
      bytes: Buffer.byteLength(bytes),
      sha256: sha256(Buffer.from(bytes)),
    }));
    for (const [name, bytes] of members) zip.addBuffer(Buffer.from(bytes), name);
    const { head, events } = await verifyCase(join(mine, ID));
    const told = manifest ?? {
      format: 'fieldguide.case',
      version: 1,
      case: ID,
      title: 'T',
      product: 'x',
      events,
      head,
      files,
    };
    zip.addBuffer(Buffer.from(typeof told === 'string' ? told : JSON.stringify(told)), 'manifest.json');
    zip.end();
    const file = join(folder, `${Math.random()}.zip`);
    await pipeline(zip.outputStream as Readable, createWriteStream(file));
    return file;
  }
  const members = (): Member[] => [
    [JOURNAL, readFileSync(join(mine, ID, JOURNAL))],
    ...(['captures', 'wizards'] as const).flatMap((kind) =>
      readdirSync(join(mine, ID, kind)).map(
        (name): Member => [`${kind}/${name}`, readFileSync(join(mine, ID, kind, name))],
      ),
    ),
  ];
  async function refused(file: string, why: string | RegExp): Promise<void> {
    await expect(importCaseFile(file, theirs)).rejects.toThrow(why);
    expect(readdirSync(theirs)).toEqual([]);
    expect(
      readdirSync(folder)
        .filter((name) => !name.endsWith('.zip'))
        .sort(),
    ).toEqual(['mine', 'theirs']);
  }

  test('the case as it is would be taken', async () => {
    expect(await importCaseFile(await made(members()), theirs)).toMatchObject({ outcome: 'new' });
  });
  test('no zip, half a zip, an empty one', async () => {
    const file = await packed();
    writeFileSync(`${file}.half.zip`, readFileSync(file).subarray(0, 500));
    writeFileSync(`${file}.text.zip`, 'not a zip');
    await refused(`${file}.half.zip`, 'no zip archive');
    await refused(`${file}.text.zip`, 'no zip archive');
    await refused(join(folder, 'missing.zip'), 'There is no file');
    await refused(await made([]), 'no journal');
  });
  test('a line of the journal that was changed', async () => {
    const changed = members().map(
      ([name, bytes]): Member => (name === JOURNAL ? [name, String(bytes).replace('INC-1', 'INC-2')] : [name, bytes]),
    );
    await refused(await made(changed), 'does not follow line 1');
  });
  test('a capture that was changed, is missing, or is another one', async () => {
    const other = members().map(
      ([name, bytes]): Member => (name.startsWith('captures/') ? [name, 'x'] : [name, bytes]),
    );
    await refused(await made(other), 'does not hold what was recorded');
    await refused(await made(members().filter(([name]) => !name.startsWith('captures/'))), 'is not there');
  });
  test('paths that lead out of the folder, and what no case holds', async () => {
    for (const name of ['lock.json', 'captures/short', 'x.exe'])
      await refused(await made([...members(), [name, 'x']]), 'is no part of a case');
    // No tool of ours writes such a name, so it is put into the bytes.
    const file = await made([...members(), ['captures/aa/aa/x', 'x']]);
    writeFileSync(
      file,
      Buffer.from(readFileSync(file, 'latin1').replaceAll('captures/aa/aa/x', 'captures/../../x'), 'latin1'),
    );
    await refused(file, /is no part of a case|cannot be read/);
  });
  test('a manifest that lies, of a later version, or none', async () => {
    const { head, events } = await verifyCase(join(mine, ID));
    const files = members().map(([path, bytes]) => ({
      path,
      bytes: Buffer.byteLength(bytes),
      sha256: sha256(Buffer.from(bytes)),
    }));
    const told = { format: 'fieldguide.case', version: 1, case: ID, title: 'T', product: 'x', events, head, files };
    await refused(await made(members(), { ...told, head: 'f'.repeat(64) }), 'another one than its manifest says');
    await refused(await made(members(), { ...told, version: 2 }), 'later version');
    await refused(await made(members(), '{'), 'cannot be read');
    await refused(
      await made(members(), { ...told, files: files.map((one) => ({ ...one, bytes: 1 })) }),
      'longer than its manifest says',
    );
    await refused(await made(members(), { ...told, files: [{ ...files[0], path: '../x' }] }), 'its manifest names');
  });
  test('a name of a case that is a path gets a name of its own', async () => {
    const { head, events } = await verifyCase(join(mine, ID));
    const files = members().map(([path, bytes]) => ({
      path,
      bytes: Buffer.byteLength(bytes),
      sha256: sha256(Buffer.from(bytes)),
    }));
    const told = {
      format: 'fieldguide.case',
      version: 1,
      case: '../../evil',
      title: 'T',
      product: 'x',
      events,
      head,
      files,
    };
    expect((await importCaseFile(await made(members(), told), theirs)).id).toBe(`case-${head.slice(0, 8)}`);
  });
});
