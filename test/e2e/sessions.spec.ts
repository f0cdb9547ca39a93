/** Logs that people bring: read in the background, browsed as sessions, and taken along into a case. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { composeLogs, type LogTruth } from '../fixtures/logs/compose-logs.ts';
import { type App, expect, isDesktop, test } from './app.ts';
import { look } from './looks.ts';
import { EVENT_7004, expectInSight, path, question } from './story.ts';

const files = (page: Page): Locator => page.getByRole('region', { name: 'Files', exact: true });
const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Sessions' });
/** Rows that stand in the list, its head left out. */
const rows = (page: Page): Locator => grid(page).getByRole('row').filter({ hasNotText: 'Time (UTC)' });
const session = (page: Page): Locator => page.getByRole('region', { name: 'Session', exact: true });
const stage = (page: Page, name: string): Locator =>
  page.getByRole('button', { name: new RegExp(`^${name} [\\d,]+$`) });
const grouped = (number: number): string => number.toLocaleString('en-GB');

/** Composed logs in a folder of their own, with the truth about them. */
function folderOfLogs(app: App, bytes: number): { folder: string; truth: LogTruth } {
  const folder = join(app.shellHome, 'ProtocolLog');
  mkdirSync(folder);
  const write = ({ name, text }: { name: string; text: string }) => writeFileSync(join(folder, name), text, 'latin1');
  return { folder, truth: composeLogs({ seed: 11, bytes, fileBytes: 400_000, write }) };
}

/** Chooses a folder as the dialog of the system would. */
async function bringFolder(page: Page, folder: string): Promise<void> {
  await page.locator('input[webkitdirectory]').setInputFiles(folder);
}

async function openSessions(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Look at the sessions' }).click();
  await expect(rows(page).first()).toBeVisible();
}

/** Drops files that a page made, anywhere on it. */
async function drop(page: Page, named: Record<string, string>): Promise<void> {
  const transfer = await page.evaluateHandle((contents) => {
    const carried = new DataTransfer();
    for (const [name, text] of Object.entries(contents)) carried.items.add(new File([text], name));
    return carried;
  }, named);
  await page.dispatchEvent('main', 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
}

/** Lets the bytes of files through only once `release` was called. */
async function holdFiles(page: Page): Promise<() => void> {
  const held: (() => void)[] = [];
  let open = false;
  await page.routeWebSocket(/\/files\//, (socket) => {
    const server = socket.connectToServer();
    let sent = 0;
    socket.onMessage((message) => {
      sent += 1;
      // The first file is announced and begun; the rest waits.
      if (open || sent <= 2) server.send(message);
      else held.push(() => server.send(message));
    });
  });
  return () => {
    open = true;
    for (const send of held.splice(0)) send();
  };
}

test('a folder of logs is read, its sessions are browsed, and one becomes evidence of a case', async ({ app }) => {
  const { page } = app;
  const { folder, truth } = folderOfLogs(app, 3_000_000);
  const failed = truth.sessions - (truth.byStage.none ?? 0);

  await bringFolder(page, folder);
  await expect(files(page).getByRole('heading')).toHaveText(`ProtocolLog, ${truth.files} files`);
  await expect(files(page)).toContainText(
    `${grouped(truth.sessions)} sessions in ${truth.files} files, ${grouped(failed)} failed`,
  );
  await expect(page.getByRole('status').first()).toContainText('All files were read');
  const suggested = page.getByRole('region', { name: 'Suggested by the files' });
  await expect(suggested).toContainText(`of ${truth.sessions} sessions`);
  await expect(suggested).toContainText(/first in ProtocolLog\/\S+\.LOG, line \d+/);

  await openSessions(page);
  await expect(page.getByRole('checkbox', { name: 'Only failed' })).toBeChecked();
  await expect(page.getByText(`${grouped(failed)} sessions listed.`)).toBeVisible();
  await expect(stage(page, 'blob')).toContainText(grouped(truth.byStage.blob ?? 0));
  expect(await rows(page).count(), 'only rows in sight are drawn').toBeLessThan(60);

  await stage(page, 'blob').click();
  await expect(page.getByText(`${grouped(truth.byStage.blob ?? 0)} sessions listed.`)).toBeVisible();
  await rows(page).first().click();
  await expect(session(page).getByRole('heading', { level: 2 })).toHaveText(
    'Stopped at step 13: the BLOB was sent, no answer came',
  );
  const rungs = session(page).getByRole('region', { name: 'The conversation' }).getByRole('listitem');
  await expect(rungs.filter({ hasText: 'An immediate acknowledgement' })).toContainText('missing here');
  await expect(rungs.filter({ hasText: 'The permission to send them' })).toContainText('354 Send binary data');
  await expect(session(page).getByRole('region', { name: 'What was found' })).toContainText('XEXCH50 1124 2');
  const about = await session(page)
    .getByText(/\.LOG, line \d+$/)
    .innerText();
  const [, name = '', line = ''] = /ProtocolLog\/(\S+), line (\d+)$/.exec(about) ?? [];

  await session(page).getByRole('button', { name: 'Start wizard with this…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Start wizard with this' });
  await dialog.getByRole('textbox', { name: 'Ticket' }).fill('INC-20460');
  await dialog.getByRole('button', { name: 'Start Firewall, SMTP inspection or virus wall in the path' }).click();
  await expect(path(page)).toBeVisible();

  const bytes = readFileSync(join(folder, name));
  const hash = createHash('sha256').update(bytes).digest('hex');
  const text = bytes.toString('latin1').split('\r\n');
  await test.step('it stands in the case', async () => {
    await path(page)
      .getByRole('button', { name: /^.*What was brought/ })
      .click();
    const brought = page.getByRole('main');
    await expect(brought).toContainText(hash);
    await expect(brought).toContainText(`line ${line}: ${text[Number(line) - 1]}`);
  });
  for (const format of ['md', 'html', 'txt']) {
    await test.step(`and in the checklist as ${format}`, async () => {
      const { out } = await app.cli(['export', app.caseFolder(), '--format', format]);
      // A plain text is wrapped for the fields of ticket systems.
      const plain = out.replace(/[\s|]+/g, '');
      for (const words of [`ProtocolLog/${name}`, hash, `line ${line}: `, 'XEXCH50 1124 2', '354 Send binary data'])
        expect(plain).toContain(words.replaceAll(' ', ''));
    });
  }
});

test('what was narrowed down stays when one comes back, and each part of it can be taken away', async ({ app }) => {
  const { page } = app;
  const { folder, truth } = folderOfLogs(app, 1_500_000);
  await bringFolder(page, folder);
  await openSessions(page);
  const listed = page.getByText(/ sessions? listed\./);
  const remote = [...truth.byRemote].find(([, { failed }]) => failed >= 3)?.[0] ?? '';
  const peer = truth.byRemote.get(remote);
  await page.getByRole('searchbox', { name: 'Remote: a name, an address or a range' }).fill(remote);
  await expect(listed).toContainText(`${peer?.failed} sessions listed.`);
  await page.getByRole('link', { name: 'Start', exact: true }).click();
  await page.getByRole('link', { name: 'Sessions', exact: true }).click();
  await expect(listed).toContainText(`${peer?.failed} sessions listed.`);
  await page.getByRole('checkbox', { name: 'Only failed' }).uncheck();
  await expect(listed).toContainText(`${peer?.sessions} sessions listed.`);
  await page.getByRole('button', { name: `No longer narrow down by: Remote ${remote}` }).click();
  await expect(listed).toContainText(`${grouped(truth.sessions)} sessions listed.`);

  await test.step('by a row of the groups', async () => {
    const reply = '504 5.7.1 Not authorized';
    await page.getByRole('button', { name: new RegExp(`xexch50 ${reply.replaceAll('.', '\\.')}`) }).click();
    await expect(listed).toContainText(`${truth.byReply.get(`xexch50 ${reply}`)} sessions listed.`);
    await page.getByRole('button', { name: 'Take all away' }).click();
    await expect(listed).toContainText(`${grouped(truth.sessions)} sessions listed.`);
  });
  await test.step('by a bar of the picture', async () => {
    const bars = page.getByRole('group', { name: /^Sessions over time/ }).getByRole('button');
    const words = (await bars.nth(1).getAttribute('aria-label')) ?? '';
    await bars.nth(1).click();
    await expect(listed).toContainText(`${/: ([\d,]+) session/.exec(words)?.[1]} session`);
    await page.getByRole('button', { name: /^No longer narrow down by: 2025-/ }).click();
    await expect(listed).toContainText(`${grouped(truth.sessions)} sessions listed.`);
  });
  await test.step('by a drag over bars of the picture', async () => {
    const bars = page.getByRole('group', { name: /^Sessions over time/ }).getByRole('button');
    const labels = await Promise.all([1, 2, 3].map((index) => bars.nth(index).getAttribute('aria-label')));
    const all = labels.reduce((sum, label) => sum + Number(/: ([\d,]+) session/.exec(label ?? '')?.[1] ?? 0), 0);
    await bars.nth(3).hover();
    await page.mouse.down();
    await bars.nth(1).hover();
    await page.mouse.up();
    await expect(listed).toContainText(`${grouped(all)} sessions listed.`);
    await page.getByRole('button', { name: /^No longer narrow down by: 2025-/ }).click();
    await expect(listed).toContainText(`${grouped(truth.sessions)} sessions listed.`);
  });
  await test.step('to nothing, and out of it again', async () => {
    await page.getByRole('searchbox', { name: 'Words in reply, remote or connector' }).fill('no such words');
    await expect(page.getByText('No session fits all of these.')).toBeVisible();
    await page.getByRole('button', { name: 'Show all sessions' }).click();
    await expect(rows(page).first()).toBeVisible();
  });
});

test('the progress is shown while files come over, and stopping leaves the page at hand', async ({ app }) => {
  test.skip(isDesktop, 'the desktop hands files over by a message port, which cannot be held up here');
  const { page } = app;
  const { folder, truth } = folderOfLogs(app, 1_500_000);
  const release = await holdFiles(page);
  await bringFolder(page, folder);
  await expect(files(page).getByRole('progressbar', { name: 'Files handed over' })).toBeVisible();
  await expect(files(page)).toContainText(/Taking over .* of 1\.\d MB of \d+ files/);
  await files(page).getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(files(page)).toContainText('Stopped before anything was read.');
  await expect(files(page).getByRole('progressbar')).toHaveCount(0);
  release();
  await page.getByRole('button', { name: 'Put these files away' }).click();
  await expect(files(page)).toHaveCount(0);
  await bringFolder(page, folder);
  await expect(files(page)).toContainText(`${grouped(truth.sessions)} sessions in ${truth.files} files`);
});

test('what is no log is read too: an event among the files is shown with its own suggestion', async ({ app }) => {
  const { page } = app;
  await drop(page, { 'event.txt': EVENT_7004, 'notes.txt': 'Nothing of interest.' });
  await files(page).getByRole('button', { name: '1 file left out' }).click();
  await expect(files(page)).toContainText('notes.txt');
  await files(page).getByRole('button', { name: '1 finding in 1 other file' }).click();
  await expect(files(page)).toContainText('mail2.contoso.com');
  await page.getByRole('button', { name: 'Start Where to begin' }).click();
  await expect(question(page)).toHaveText('Is the other server an Exchange server of your own organisation?');
  const { out } = await app.cli(['export', app.caseFolder(), '--format', 'md']);
  expect(out).toContain('event.txt');
  expect(out).toContain(createHash('sha256').update(EVENT_7004).digest('hex'));
});

test('files in which nothing can be read are named, each with the reason', async ({ app }) => {
  const { page } = app;
  await drop(page, { 'one.txt': 'The weather is fine today.', 'two.bin': '\u0000\u0001\u0002'.repeat(400) });
  await expect(files(page).getByRole('note')).toContainText('Nothing that Fieldguide knows stands in these files.');
  const table = files(page).getByRole('table');
  await expect(table.getByRole('row').filter({ hasText: 'one.txt' })).toContainText('recognised');
  await expect(table.getByRole('row').filter({ hasText: 'two.bin' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Sessions', exact: true })).toHaveCount(0);
});

test('a path of the computer that the program runs on is read; a wrong one is refused with the remedy', async ({
  app,
}) => {
  const { page } = app;
  const { folder, truth } = folderOfLogs(app, 500_000);
  await page.getByRole('button', { name: 'Name a path…' }).click();
  const field = page.getByRole('textbox', { name: 'File or folder on the computer that Fieldguide runs on' });
  await expect(field).toBeFocused();
  await field.fill(`${folder}-elsewhere`);
  await field.press('Enter');
  await expect(page.getByRole('alert')).toContainText('there is no such file or folder');
  await expect(page.getByRole('alert')).toContainText('Write the whole path');
  await field.fill(`"${folder}"`);
  await field.press('Enter');
  await expect(files(page)).toContainText(`${grouped(truth.sessions)} sessions`);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('the list is walked by keys alone, to the far end and into a session and back', async ({ app }) => {
  const { page } = app;
  const { folder, truth } = folderOfLogs(app, 3_000_000);
  await bringFolder(page, folder);
  await openSessions(page);
  await page.getByRole('checkbox', { name: 'Only failed' }).uncheck();
  await expect(page.getByText(`${grouped(truth.sessions)} sessions listed.`)).toBeVisible();
  const active = () =>
    grid(page).evaluate((element) => {
      const row = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
      return row?.getAttribute('aria-rowindex') ?? null;
    });
  await grid(page).focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(active).toBe('3');
  await page.keyboard.press('PageDown');
  await expect.poll(async () => Number(await active())).toBeGreaterThan(8);
  await page.keyboard.press('End');
  await expect.poll(active).toBe(String(truth.sessions + 1));
  await expect(rows(page).last()).not.toContainText('Reading…');
  await page.keyboard.press('Space');
  await expect(page.getByText('1 chosen')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(session(page).getByRole('heading', { level: 2 })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(session(page)).toHaveCount(0);
  await expect(grid(page)).toBeFocused();
  await page.keyboard.press('Home');
  await expect.poll(active).toBe('2');
});

test('a reload of the page finds the sessions again', async ({ app }) => {
  const { page } = app;
  const { folder, truth } = folderOfLogs(app, 500_000);
  await bringFolder(page, folder);
  await openSessions(page);
  await page.reload();
  await expect(rows(page).first()).toBeVisible();
  await page.getByRole('link', { name: 'Start', exact: true }).click();
  await expect(files(page)).toContainText(`${grouped(truth.sessions)} sessions`);
});

test('looks as it should: files, list, open session, dialog', async ({ app }) => {
  test.setTimeout(150_000);
  const { page } = app;
  const { folder } = folderOfLogs(app, 3_000_000);
  await bringFolder(page, folder);
  await expect(page.getByRole('region', { name: 'Suggested by the files' })).toBeVisible();
  await look(page, 'files');
  await openSessions(page);
  await look(page, 'sessions');
  await stage(page, 'xexch50').click();
  await rows(page).first().click();
  await expect(session(page)).toContainText('Refused at step 11');
  await expectInSight(session(page).getByRole('button', { name: 'Start wizard with this…' }));
  await look(page, 'session');
  await session(page).getByRole('button', { name: 'Start wizard with this…' }).click();
  await expect(
    page
      .getByRole('dialog')
      .getByRole('button', { name: /^Start / })
      .first(),
  ).toBeVisible();
  await look(page, 'session-start');
});
