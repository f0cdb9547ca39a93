/** The checklist that goes into the ticket, in each format. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Locator } from '@playwright/test';
import { type App, expect, isDesktop, test } from './app.ts';
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
    for (const format of ['Markdown', 'Plain text, for ticket fields', 'HTML, one file', 'JSON']) {
      await test.step(format, async () => {
        await dialog.getByRole('radio', { name: format }).check();
        const file = await save(app, dialog);
        for (const words of everywhere) expect(plain(file.text), `${format} names ${words}`).toContain(words);
        await expect(dialog.getByLabel('Preview')).toContainText('INC-4711');
      });
    }
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
