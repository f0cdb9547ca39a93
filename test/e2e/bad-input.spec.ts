/** Bad input is normal input: each kind gets an answer that says what is wrong and what to do, and nothing is lost. */
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { SAMPLE, viewer2003 } from '../fixtures/events/compose.ts';
import { expect, isDesktop, test } from './app.ts';
import { answer, bring, EVENT_7004, FLAGS, field, question, start, unfold, walkToFlags } from './story.ts';

const recognised = (page: Page) => page.getByRole('region', { name: 'Recognised' });
const box = (page: Page) => page.getByRole('textbox', { name: 'What do you have?' });

/** Drops a file anywhere on the page. */
async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ file, data }) => {
      const carried = new DataTransfer();
      carried.items.add(new File([Uint8Array.from(atob(data), (char) => char.charCodeAt(0))], file));
      return carried;
    },
    { file: name, data: bytes.toString('base64') },
  );
  await page.dispatchEvent('main', 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
}

test.describe('Pasted', () => {
  test('text that is no event is answered with what can be pasted, and a way on', async ({ app }) => {
    const { page } = app;
    await bring(app, 'The mail does not work since this morning, please help.');
    await expect(page.getByRole('note')).toContainText(
      'Neither an event nor a reply was recognised in this text. Copy the whole event',
    );
    await start(page, 'Where to begin');
    await expect(question(page)).toHaveText('What do you see?');
  });

  test('two events in one paste are both shown, each with its line', async ({ app }) => {
    await bring(app, `${EVENT_7004}\r\n\r\n${viewer2003({ ...SAMPLE, id: 7010, peer: '192.0.2.10' })}`);
    const events = recognised(app.page).getByRole('article');
    await expect(events).toHaveCount(2);
    await expect(events.nth(0)).toContainText('line 1');
    await expect(events.nth(0)).toContainText('7004');
    await expect(events.nth(1)).toContainText('7010');
    await expect(events.nth(1)).toContainText('192.0.2.10');
  });

  test('5 MB are searched, and the page stays at hand', async ({ app }) => {
    const { page } = app;
    const noise = 'Nothing of interest stands in this line of the log of the application, number 0123456789.\r\n';
    await bring(app, noise.repeat(Math.ceil((5 * 1024 * 1024) / noise.length)) + EVENT_7004);
    await expect(page.getByText(/5\.0 MB of text/)).toBeVisible();
    await expect(recognised(page)).toContainText('mail2.contoso.com');
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await expect(box(page)).toHaveValue('');
  });

  test('more than can be read at once is refused with the limit, and what stood there stays', async ({ app }) => {
    const { page } = app;
    await bring(app, EVENT_7004);
    await expect(recognised(page)).toContainText('7004');
    await bring(app, 'x'.repeat(7 * 1024 * 1024));
    await expect(page.getByRole('alert')).toContainText('7.0 MB of text; at most 6.0 MB can be read at once.');
    await expect(recognised(page)).toContainText('7004');
  });
});

test.describe('Dropped', () => {
  test('a text file in UTF-16, as Windows tools write it, is read', async ({ app }) => {
    await drop(app.page, 'event.txt', Buffer.from(`\ufeff${EVENT_7004}`, 'utf16le'));
    await expect(recognised(app.page)).toContainText('mail2.contoso.com');
    await expect(app.page.getByText('From event.txt')).toBeVisible();
  });

  test('a binary file is refused by name, with the remedy', async ({ app }) => {
    await drop(app.page, 'store.edb', Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7) % 256)));
    await expect(app.page.getByRole('alert')).toContainText('store.edb');
    await expect(app.page.getByRole('alert')).toContainText('Open it in the program that wrote it');
    await expect(box(app.page)).toHaveValue('');
  });
});

test.describe('A wizard file with a fault', () => {
  test('is named with file, line and column; the other wizards work', async ({ app }) => {
    const pack = join(app.shellHome, 'pack');
    mkdirSync(pack);
    const good = readFileSync('test/fixtures/cli/pack/bench.yaml', 'utf8');
    writeFileSync(
      join(pack, 'broken.yaml'),
      good.replace('id: bench', 'id: broken').replace('kind: verdict', 'kind: verdct'),
    );
    const line = good.slice(0, good.indexOf('kind: verdict')).split('\n').length;
    await app.bringPack('test/fixtures/cli/pack');
    await app.bringPack(pack);
    const { page } = app;
    await page.getByRole('note').getByRole('link', { name: 'Show them' }).click();
    const faults = page.getByRole('region', { name: 'Faults in the files' });
    await expect(faults).toContainText(new RegExp(`broken\\.yaml:${line}:\\d+`));
    await expect(faults).toContainText('Did you mean "verdict"?');
    await expect(page.getByRole('button', { name: 'Start Bench' })).toBeVisible();
    await page.getByRole('button', { name: 'Start Where to begin' }).click();
    await expect(question(page)).toHaveText('What do you see?');
  });
});

test.describe('Own wizards in the running app', () => {
  test('are read again as they are saved; a fault is named and takes nothing away', async ({ app }) => {
    const { page, home } = app;
    const bench = readFileSync('test/fixtures/cli/pack/bench.yaml', 'utf8');
    const save = (text: string): void => writeFileSync(join(home, 'wizards', 'bench.yaml'), text);
    await page.getByRole('link', { name: 'Wizards', exact: true }).click();
    await expect(page.getByRole('region', { name: 'Your own wizards' })).toContainText(join(home, 'wizards'));
    cpSync('test/fixtures/cli/pack/bench-commands.yaml', join(home, 'wizards', 'bench-commands.yaml'));
    save(bench);
    const soon = { timeout: 5000 };
    await expect(page.getByRole('button', { name: 'Start Bench' })).toBeVisible(soon);
    save(bench.replace('title: Bench', 'title: Our bench').replace('kind: verdict', 'kind: verdct'));
    const faults = page.getByRole('region', { name: 'Faults in the files' });
    await expect(faults).toContainText('Did you mean "verdict"?', soon);
    await expect(page.getByRole('button', { name: 'Start Bench' })).toBeVisible();
    save(bench.replace('title: Bench', 'title: Our bench'));
    await expect(page.getByRole('button', { name: 'Start Our bench' })).toBeVisible(soon);
    await expect(faults).toBeHidden();
  });
});

test.describe('A journal that ends in mid line', () => {
  test('is opened to its last whole event; the torn piece is kept aside and mentioned', async ({ app }) => {
    await walkToFlags(app);
    await app.close();
    const journal = join(app.caseFolder(), 'journal.jsonl');
    const torn = '{"seq":99,"prev":"0000';
    appendFileSync(journal, torn);
    await app.open();
    await app.page.getByRole('region', { name: 'Cases' }).getByRole('link').click();
    await expect(question(app.page)).toHaveText(FLAGS);
    await expect(app.page.getByRole('note')).toContainText(`Those ${torn.length} bytes were set aside`);
    const kept = readdirSync(app.caseFolder()).filter((name) => name.startsWith('journal.torn'));
    expect(kept.map((name) => readFileSync(join(app.caseFolder(), name), 'utf8'))).toEqual([torn]);
    await answer(app.page, /^Yes, the number contains/, 'Are both authentication providers there, GSSAPI and NTLM?');
    expect(JSON.parse((await app.cli(['verify', app.caseFolder(), '--json'])).out)).toMatchObject({ ok: true });
  });
});

test.describe('A value in a parameter', () => {
  const prompt = 'Name to introduce yourself with';
  const values: [string, string, RegExp][] = [
    ['with a quote', 'mail1".contoso.com', /“"” does not belong here \(character 6\)/],
    ['with a leading dash', '-oProxyCommand.contoso.com', /begins with “-”.*Enter the value without it/],
    ['of one word where a full name belongs', 'mail1', /the domain is missing.*Write the full name/],
  ];

  test('that could mean something else to the shell is refused with place and remedy, and stays in the field', async ({
    app,
  }) => {
    const { page } = app;
    await walkToFlags(app);
    await answer(page, /^I could not tell/, 'Does the receiving server really offer authentication?');
    const command = await unfold(page, 'Ask the server what it offers (swaks)');
    const box = await field(command, prompt);
    for (const [what, value, says] of values) {
      await test.step(what, async () => {
        await box.fill(value);
        await box.press('Enter');
        await expect(command.getByRole('alert')).toHaveText(says);
        await expect(box).toHaveValue(value);
        await expect(command.getByRole('button', { name: 'Copy' })).toBeDisabled();
      });
    }
    await box.fill('mail1.contoso.com');
    await box.press('Enter');
    await expect(command.getByRole('alert')).toBeHidden();
    await expect(command).toContainText("--ehlo 'mail1.contoso.com'");
  });

  test('with a line break pasted into it cannot become two commands', async ({ app }) => {
    const { page } = app;
    await walkToFlags(app);
    await answer(page, /^I could not tell/, 'Does the receiving server really offer authentication?');
    const command = await unfold(page, 'Ask the server what it offers (swaks)');
    await (await field(command, prompt)).focus();
    await app.copy('mail1.contoso.com\ntouch owned');
    await page.keyboard.press('ControlOrMeta+v');
    await page.keyboard.press('Enter');
    await expect(command.getByRole('alert')).toContainText('does not belong here (character 18)');
    await expect(command.getByRole('button', { name: 'Copy' })).toBeDisabled();
  });
});

test.describe('The program', () => {
  test.skip(isDesktop, 'the desktop has no port');

  test('says in one sentence that its port is taken, and what to do', async ({ app }) => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as { port: number };
    const { code, err } = await app.cli(['serve', '--no-open', '--port', String(port)]);
    server.close();
    expect(code).toBe(2);
    expect(err.trim()).toMatch(new RegExp(`Port ${port} is taken by another program\\.\\s+Choose another with --port`));
  });

  test('opens without a data folder it can write, says so on the page, and starts no case', async ({ app }) => {
    await app.close();
    writeFileSync(join(app.shellHome, 'file'), '');
    app.expectFaults(/cannot be written/);
    await app.open([], join(app.shellHome, 'file', 'data'));
    await expect(app.page.getByRole('note')).toContainText(
      'cannot be written (ENOTDIR): make it writable, or set FIELDGUIDE_HOME',
    );
    await bring(app, EVENT_7004);
    await app.page.getByRole('button', { name: 'Start Where to begin' }).click();
    await expect(app.page.getByRole('alert')).toContainText('cannot be written');
    await expect(recognised(app.page)).toContainText('7004');
  });

  test('does not take an address without its token', async ({ app }) => {
    app.expectFaults(/WebSocket/);
    await app.page.evaluate(() => sessionStorage.clear());
    await app.page.goto(new URL(app.url).origin);
    await expect(app.page.getByRole('alert')).toContainText('Open the address again that Fieldguide printed');
  });
});
