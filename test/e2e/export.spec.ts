/** The checklist that goes into the ticket, in each format. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Locator } from '@playwright/test';
import { type App, expect, isDesktop, test } from './app.ts';
import { look } from './looks.ts';
import {
  answer,
  bring,
  EVENT_7004,
  FLAGS,
  GENERATION,
  METABASE,
  ORGANISATION,
  pasteOutput,
  path,
  record,
  sample,
  start,
  walkToFlags,
} from './story.ts';

test.describe('The export for the ticket', () => {
  test('opens in each format and reads well for somebody who was not there', async ({ app }) => {
    const { page } = app;
    await bring(app, EVENT_7004);
    await page.getByRole('textbox', { name: 'Ticket' }).fill('INC-4711');
    await page.getByRole('textbox', { name: 'Operator' }).fill('R. Miller');
    await start(page, 'Where to begin');
    await answer(page, /^I could not tell/, 'What does the other server call itself?');
    await path(page).getByRole('button', { name: ORGANISATION }).click();
    await page.getByRole('button', { name: 'Answer again from here' }).click();
    await answer(page, /^Yes, it is one of our/, GENERATION);
    await answer(page, /^Exchange 2000 or 2003/, FLAGS);
    await pasteOutput(page, METABASE, sample('X1', 'no-integrated'));
    await record(page, /^Integrated Windows Authentication is off/);
    await page.getByRole('banner').getByRole('button', { name: 'Export' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export for the ticket' });
    const everywhere = [
      'INC-4711',
      'R. Miller',
      'mail2.contoso.com',
      ORGANISATION,
      FLAGS,
      'cscript //nologo',
      'AuthFlags                       : (INTEGER) 3',
      'Integrated Windows Authentication is off at the receiving virtual server',
      'What does the other server call itself?',
      'Tick Integrated Windows Authentication in Exchange System Manager',
    ];
    for (const format of ['Markdown', 'Plain text, for ticket fields', 'HTML, one file', 'JSON', 'Jira']) {
      await test.step(format, async () => {
        await dialog.getByRole('radio', { name: format }).check();
        const file = await save(app, dialog);
        for (const words of everywhere) expect(plain(file.text), `${format} names ${words}`).toContain(words);
        await expect(dialog.getByLabel('Preview')).toContainText('INC-4711');
      });
    }
  });

  test('replaces names and addresses when that is wished, each with a switch, and remembers it', async ({ app }) => {
    const { page } = app;
    await walkToFlags(app);
    await pasteOutput(page, METABASE, sample('X1', 'no-integrated'));
    await page.getByRole('banner').getByRole('button', { name: 'Export' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export for the ticket' });
    const preview = dialog.getByLabel('Preview');
    await expect(preview).toContainText('mail2.contoso.com');
    await dialog.getByLabel('Replace names and addresses by stand-ins').press('Space');
    await expect(preview).toContainText('stand-ins');
    await expect(preview).not.toContainText('contoso', { ignoreCase: true });
    const hit = dialog.getByRole('checkbox', { name: /^mail2\.contoso\.com → / });
    await expect(hit).toBeChecked();
    await look(page, 'export-redacted');
    await hit.press('Space');
    await expect(preview).toContainText('mail2.contoso.com');
    await dialog.getByLabel('Further words, with commas between them').fill('virtual');
    await dialog.getByLabel('Further words, with commas between them').press('Enter');
    await expect(preview).toContainText('WORD-1');
    await page.reload();
    await page.getByRole('banner').getByRole('button', { name: 'Export' }).click();
    await expect(preview).toContainText('WORD-1');
    await dialog.getByRole('checkbox', { name: 'mail2.contoso.com' }).press('Space');
    await expect(preview).not.toContainText('mail2.contoso.com');
  });

  test('goes to a colleague as a case file, and on paper as a PDF', async ({ app }) => {
    test.skip(isDesktop, 'what is saved is asked for by a dialog of the system');
    const { page } = app;
    await walkToFlags(app);
    await page.getByRole('banner').getByRole('button', { name: 'Export' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export for the ticket' });
    for (const [format, begins] of [
      ['PDF', '%PDF-'],
      ['Case file, to hand over', 'PK'],
    ] as const) {
      await dialog.getByRole('radio', { name: format }).check();
      await expect(dialog.getByText(format === 'PDF' ? /\.pdf$/ : /\.fieldguide\.zip$/)).toBeVisible({
        timeout: 30_000,
      });
      expect((await save(app, dialog)).text.slice(0, begins.length)).toBe(begins);
    }
    const file = join(app.shellHome, 'case.zip');
    expect((await app.cli(['export', app.caseFolder(), '--format', 'case', '-o', file])).code).toBe(0);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('link', { name: 'Start' }).click();
    await page.getByLabel('Case file').setInputFiles(file);
    await expect(page.getByText('This case is here already; nothing was written.')).toBeAttached();
    await expect(path(page)).toBeVisible();
    await page.getByRole('link', { name: 'Start' }).click();
    writeFileSync(file, 'no zip');
    await page.getByLabel('Case file').setInputFiles(file);
    await expect(page.getByRole('alert')).toContainText('This case file cannot be imported');
  });

  test('as HTML is one file that opens by itself: no script, nothing loaded, nothing wider than the window', async ({
    app,
  }) => {
    test.skip(isDesktop, 'the browser that opens the file is part of the browser door');
    await walkToFlags(app);
    await pasteOutput(app.page, METABASE, sample('X1', 'no-integrated'));
    await record(app.page, /^Integrated Windows Authentication is off/);
    const file = join(app.shellHome, 'case.html');
    expect((await app.cli(['export', app.caseFolder(), '--format', 'html', '-o', file])).code).toBe(0);
    const page = await app.page.context().newPage();
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(request.url()));
    await page.setViewportSize({ width: 1024, height: 700 });
    await page.goto(pathToFileURL(file).href);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('mail2.contoso.com');
    await expect(page.getByRole('heading', { name: FLAGS })).toBeVisible();
    await expect(page.getByText('(INTEGER) 3').first()).toBeVisible();
    expect(await page.locator('script, link, iframe, object, embed, [src], [onclick]').count()).toBe(0);
    expect(loaded, 'the file alone').toEqual([pathToFileURL(file).href]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1024);
    await page.screenshot({ path: 'test-results/looks/export.html.png', fullPage: true });
    await page.close();
  });
});

/** Presses "Save file" and reads what was saved. A desktop asks with a dialog of the system: there the preview has to do. */
async function save(app: App, dialog: Locator): Promise<{ name: string; text: string }> {
  if (isDesktop) return { name: '', text: await dialog.getByLabel('Preview').innerText() };
  const download = app.page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save file' }).click();
  const file = await download;
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

/** The words of an export without the escapes of its format. */
function plain(text: string): string {
  if (text.startsWith('{'))
    return JSON.stringify(JSON.parse(text), null, 1).replaceAll('\\\\', '\\').replaceAll('\\"', '"');
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&gt;', '>')
    .replace(/\\([._*-])/g, '$1')
    .replace(/\n +/g, ' ');
}
