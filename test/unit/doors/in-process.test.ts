/** The contract as the command line uses it: the same router, and what only a door in this process may say. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CallContext } from '../../../electron/call-context.ts';
import { JOURNAL } from '../../../electron/cases/journal.ts';
import { Fault } from '../../../electron/fault.ts';
import { type Client, inProcess } from '../../../electron/in-process.ts';
import { createRouter } from '../../../electron/router.ts';
import { COMMANDS, FLAGS, smallLibrary } from '../engine/small-library.ts';
import { type SmallCore, smallCore } from './small-core.ts';

const NEW = { title: 'Elsewhere', ticket: '', operator: 'tester', wizard: 'flags' };
let small: SmallCore;
let folder: string;

beforeEach(() => {
  small = smallCore('cli');
  folder = join(small.folder, 'somewhere', 'else');
});
afterEach(() => small.dispose());

const door = (context: CallContext = {}): Client => inProcess(small.core, context);
const inFolder = () => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
const bytes = () => readFileSync(join(folder, JOURNAL), 'utf8');

describe('a refusal', () => {
  test('arrives as the Fault that it was', async () => {
    const { id } = await door().cases.create(NEW);
    const refused = door().walk.choose({ case: id, visit: 1, outcome: 'perhaps' });
    await expect(refused).rejects.toBeInstanceOf(Fault);
    await expect(refused).rejects.toMatchObject({ code: 'unknown-outcome', hint: 'One of: set, clear, unknown.' });
  });

  test('of the border names the input that does not fit', async () => {
    const refused = door().cases.create({ ...NEW, title: 'x'.repeat(201) });
    await expect(refused).rejects.toMatchObject({ code: 'bad-input', message: expect.stringMatching(/^title: .*200/) });
  });

  test('of the system stays what it was, so that its path and code are known', async () => {
    mkdirSync(join(folder, JOURNAL), { recursive: true });
    await expect(door({ folder }).cases.show({ case: 'else' })).rejects.toMatchObject({ code: 'unreadable' });
  });
});

describe('a folder that goes with the call', () => {
  test('is where the case is made, shown, walked and exported, whatever the id says', async () => {
    const { id } = await door({ folder }).cases.create(NEW);
    expect(id).toBe('else');
    await door({ folder }).walk.choose({ case: '-', visit: 1, outcome: 'clear' });
    expect(await door({ folder }).walk.view({ case: '-' })).toMatchObject({ step: { step: { id: 'set-it' } } });
    expect(await door({ folder }).cases.show({ case: '-' })).toMatchObject({
      title: 'Elsewhere',
      verdict: 'flags.off',
    });
    const { text } = await door({ folder }).cases.export({ case: '-', format: 'txt' });
    expect(text).toContain('Elsewhere');
    expect(await door().cases.list()).toEqual([]);
  });

  test('is never taken from the input, as a page could write it', async () => {
    const page = createRouterClient(createRouter(small.core), { context: {} });
    const { id } = await page.cases.create({ ...NEW, folder, context: { folder } } as typeof NEW);
    expect(existsSync(folder)).toBe(false);
    expect((await page.cases.list()).map((each) => each.id)).toEqual([id]);
    for (const path of [folder, '../somewhere/else', './else'])
      await expect(page.cases.show({ case: path })).rejects.toMatchObject({ data: { code: 'no-case' } });
  });
});

describe('a call for reading only', () => {
  test('shows and exports a case that another process holds, and leaves it as it is', async () => {
    await door({ folder }).cases.create(NEW);
    const before = [inFolder(), bytes()];
    expect(before[0]).toContain('lock.json');
    // A core of its own, as another process has.
    const other = smallCore('cli');
    try {
      const reader = inProcess(other.core, { folder, readOnly: true });
      expect(await reader.cases.show({ case: '-' })).toMatchObject({ state: 'open', wizard: 'flags', fault: null });
      expect((await reader.cases.export({ case: '-', format: 'json' })).text).toContain('Elsewhere');
      expect([inFolder(), bytes()]).toEqual(before);
      const writer = inProcess(other.core, { folder });
      await expect(writer.walk.view({ case: '-' })).rejects.toMatchObject({ code: 'locked' });
    } finally {
      await other.dispose();
    }
  });
});

describe('a walk that nobody attends', () => {
  test('refuses a command that asks questions, which a page may run', async () => {
    const asking = structuredClone(COMMANDS);
    Object.assign(asking.commands[0] as object, { interactive: true });
    await small.dispose();
    small = smallCore('cli', smallLibrary([FLAGS], asking));
    const { id } = await door().cases.create(NEW);
    await door().walk.set({ case: id, name: 'remote_host', value: 'mail2.contoso.com' });
    const run = (context: CallContext) => door(context).walk.run({ case: id, command: 'T1', shell: 'bash' });
    await expect(run({ unattended: true })).rejects.toMatchObject({ code: 'needs-terminal' });
    expect((await run({})).capture).toMatchObject({ command: 'T1', result: 'ok' });
  });

  test('runs the first form of a command that can be run here', async () => {
    const { id } = await door().cases.create(NEW);
    await door().walk.set({ case: id, name: 'remote_host', value: 'mail2.contoso.com' });
    const { capture } = await door({ unattended: true }).walk.run({ case: id, command: 'T1' });
    expect(capture).toMatchObject({ shell: 'bash', result: 'ok' });
  });
});

describe('the content', () => {
  test('gives values in normal form and refuses the first that does not fit', async () => {
    const { content } = door();
    expect(await content.values({ values: { remote_host: ' mail2.contoso.com. ' } })).toEqual({
      remote_host: 'mail2.contoso.com',
    });
    await expect(content.values({ values: { remote_hots: 'x' } })).rejects.toMatchObject({
      code: 'unknown-parameter',
      hint: expect.stringContaining('remote_host'),
    });
  });

  test('knows its wizards, those to come and those that never were', async () => {
    const { content } = door();
    expect(await content.wizard({ id: 'main' })).toEqual({ id: 'main', title: 'Main' });
    await expect(content.wizard({ id: 'later' })).rejects.toMatchObject({ code: 'planned-wizard' });
    await expect(content.wizard({ id: 'mian' })).rejects.toMatchObject({ code: 'unknown-wizard' });
    expect((await content.wizards()).find(({ id }) => id === 'flags')?.verdicts).toContain('flags.off');
  });

  test('needs no data folder', async () => {
    await door().content.wizards();
    expect(existsSync(join(small.folder, 'data'))).toBe(false);
  });
});
