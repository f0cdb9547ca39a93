import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CaseSession } from '../../../electron/cases/case-session.ts';
import { FIRST_PREV, JOURNAL, readJournal } from '../../../electron/cases/journal.ts';
import { takeLock } from '../../../electron/cases/lock.ts';
import { sha256 } from '../../../electron/sha256.ts';
import { captureInput } from '../engine/player.ts';
import { FLAGS, MAIN, smallLibrary } from '../engine/small-library.ts';

const library = smallLibrary([MAIN, FLAGS]);
const options = { library, host: 'pc', operator: 'tester', clock: () => new Date() };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fieldguide-case-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function begun(): Promise<CaseSession> {
  const session = await CaseSession.create(folder, options);
  await session.input({
    type: 'open',
    case: 'c1',
    title: 'T',
    ticket: '',
    operator: 'tester',
    product: 'Fieldguide',
    wizard: 'main',
    evidence: [],
    parameters: {},
  });
  return session;
}
const lines = () => readFileSync(join(folder, JOURNAL), 'utf8').split('\n').slice(0, -1);

describe('the journal', () => {
  test('is one event a line, each naming the hash of the line before', async () => {
    const session = await begun();
    await session.input({ type: 'choose', outcome: 'yes' });
    await session.input({ type: 'set', name: 'remote_host', value: 'mail2.contoso.com' });
    await session.close();
    const events = lines().map((line) => JSON.parse(line));
    expect(events.map((event) => event.type)).toEqual(['opened', 'chosen', 'parameter-set']);
    expect(events[0].prev).toBe(FIRST_PREV);
    expect(events[1].prev).toBe(sha256(lines()[0] as string));
    expect(events[2].prev).toBe(sha256(lines()[1] as string));
    expect((await readJournal(folder)).head).toBe(sha256(lines()[2] as string));
  });

  test('opened again gives exactly the same state', async () => {
    const session = await begun();
    await session.input({ type: 'choose', outcome: 'yes', note: 'seen with my own eyes' });
    const state = session.state;
    await session.close();
    const again = await CaseSession.open(folder, options);
    expect(again.state).toEqual(state);
    await again.close();
  });

  test('holds every kind of event and gives them all back', async () => {
    const session = await begun();
    const capture = captureInput('T1', 'set', { output: await session.storeText('Flag : 7') });
    await session.input({ type: 'choose', outcome: 'yes' });
    await session.input({ type: 'set', name: 'remote_host', value: 'mail2.contoso.com' });
    await session.input(capture);
    await session.input({ type: 'note', text: 'a note' });
    await session.input({ type: 'describe', title: 'Another title', ticket: 'INC-2' });
    await session.input({ type: 'choose', outcome: 'set' });
    await session.input({ type: 'back', to: 2 });
    await session.input({ type: 'reuse', capture: 'c1', reading: null });
    await session.input({ type: 'choose', outcome: 'clear' });
    await session.input({ type: 'by-hand', command: 'T2', text: 'Path > Flag', parameters: { flag: '7' } });
    await session.input({ type: 'state', state: 'waiting' });
    const { state } = session;
    await session.close();
    const edited = { ...FLAGS, version: 2 };
    const again = await CaseSession.open(folder, { ...options, library: smallLibrary([MAIN, edited]) });
    expect(again.state).toEqual(state);
    await again.input({ type: 'take-version' });
    const taken = again.state;
    await again.close();
    const content = await readJournal(folder);
    expect(content.fault).toBeNull();
    expect(content.state).toEqual(taken);
    expect(new Set(content.events.map((event) => event.type))).toEqual(
      new Set([
        'opened',
        'chosen',
        'parameter-set',
        'captured',
        'noted',
        'described',
        'went-back',
        'reused',
        'done-by-hand',
        'state-set',
        'version-taken',
      ]),
    );
    for (const event of content.events) expect(Date.parse(event.at)).not.toBeNaN();
  });

  test('of an older version, with a change by hand that was recorded as pasted, still opens as it was written', async () => {
    const session = await begun();
    for (const outcome of ['yes', 'clear']) await session.input({ type: 'choose', outcome });
    const output = await session.storeText('Done by hand, as the path says.');
    await session.input(captureInput('T2', null, { shell: 'console', source: 'pasted', output }));
    await session.close();
    const again = await CaseSession.open(folder, options);
    expect(again.visit).toMatchObject({ captures: ['c1'], byHand: [] });
    expect(again.state.captures.c1).toMatchObject({ command: 'T2', shell: 'console', source: 'pasted' });
    await again.close();
  });

  test('keeps a copy of every wizard and command file that it enters, named by its hash', async () => {
    const session = await begun();
    await session.input({ type: 'choose', outcome: 'yes' });
    for (const hash of session.state.files) {
      expect(sha256(readFileSync(join(folder, 'wizards', hash)))).toBe(hash);
    }
    const flags = library.wizards.get('flags')?.hash;
    expect(session.state.files).toContain(flags);
    await session.close();
  });

  test.each([1, 5, 40])(
    'cut %i bytes before its end, it opens to the last whole event and keeps the piece aside',
    async (cut) => {
      const session = await begun();
      await session.input({ type: 'choose', outcome: 'yes' });
      await session.close();
      const path = join(folder, JOURNAL);
      const whole = readFileSync(path);
      truncateSync(path, whole.length - cut);
      const again = await CaseSession.open(folder, options);
      expect(again.state.seq).toBe(1);
      expect(again.recorded.tornBytes).toBeGreaterThan(0);
      const aside = readdirSync(folder).find((name) => name.startsWith('journal.torn-')) as string;
      expect(whole.includes(readFileSync(join(folder, aside)))).toBe(true);
      await again.input({ type: 'choose', outcome: 'no' });
      await again.close();
      expect((await readJournal(folder)).fault).toBeNull();
    },
  );

  test('reading it writes nothing, not even when its last line is torn', async () => {
    await (await begun()).close();
    const path = join(folder, JOURNAL);
    truncateSync(path, readFileSync(path).length - 3);
    const before = readdirSync(folder).sort();
    const size = readFileSync(path).length;
    await CaseSession.read(folder, options);
    expect(readdirSync(folder).sort()).toEqual(before);
    expect(readFileSync(path).length).toBe(size);
  });

  test.each([
    ['a changed word', (text: string) => text.replace('"tester"', '"nobody"'), 2, 'chain'],
    ['a line that is no JSON', (text: string) => `${text.split('\n')[0]}\nhello\n`, 2, 'json'],
    ['a line that is no event', (text: string) => `${text.split('\n')[0]}\n{"seq":2}\n`, 2, 'shape'],
    ['a missing line', (text: string) => `${text.split('\n').slice(1).join('\n')}`, 1, 'chain'],
  ])('%s is found with its line, and the case is not continued', async (_, change, line, kind) => {
    const session = await begun();
    await session.input({ type: 'choose', outcome: 'yes' });
    await session.close();
    const path = join(folder, JOURNAL);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
    expect((await readJournal(folder)).fault).toMatchObject({ line, kind });
    await expect(CaseSession.open(folder, options)).rejects.toMatchObject({ code: 'broken-journal' });
    expect(existsSync(join(folder, 'lock.json'))).toBe(false);
  });

  test('a refused input leaves no line', async () => {
    const session = await begun();
    await expect(session.input({ type: 'choose', outcome: 'perhaps' })).rejects.toMatchObject({
      code: 'unknown-outcome',
    });
    await session.close();
    expect(lines()).toHaveLength(1);
  });

  test('a folder that holds no case is named as such', async () => {
    await expect(readJournal(folder)).rejects.toMatchObject({ code: 'no-case' });
  });
});

describe('the lock', () => {
  test('lets one writer in and names it to the second', async () => {
    const session = await begun();
    await expect(CaseSession.open(folder, options)).rejects.toMatchObject({
      code: 'locked',
      message: expect.stringContaining(String(process.pid)),
    });
    await session.close();
    await (await CaseSession.open(folder, options)).close();
  });

  test('is taken over at once when its process on this host is gone', async () => {
    await (await begun()).close();
    const { hostname } = await import('node:os');
    const gone = { host: hostname(), process: 2 ** 22 - 1, user: 'x', since: '', token: 'old' };
    writeFileSync(join(folder, 'lock.json'), JSON.stringify(gone));
    const lock = await takeLock(folder, new Date().toISOString());
    expect('release' in lock).toBe(true);
    if ('release' in lock) await lock.release();
    expect(readdirSync(folder).filter((name) => name.startsWith('lock'))).toEqual([]);
  });

  test('of another host is respected', async () => {
    await (await begun()).close();
    writeFileSync(
      join(folder, 'lock.json'),
      JSON.stringify({ host: 'elsewhere', process: 1, user: 'x', since: '', token: 't' }),
    );
    await expect(CaseSession.open(folder, options)).rejects.toMatchObject({ code: 'locked' });
  });
});
