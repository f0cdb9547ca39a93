/** The main story without a mouse: the focus is where the work goes on. */
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import {
  answer,
  chooseSymptom,
  EVENT_7004,
  expectInSight,
  FLAGS,
  GENERATION,
  ORGANISATION,
  path,
  question,
  reading,
  sample,
  screen,
  start,
  terminal,
  walkToFlags,
} from './story.ts';

/** Tab until this element has the focus. */
async function tabTo(page: Page, role: 'button' | 'textbox' | 'link', name: string | RegExp): Promise<void> {
  const target = page.getByRole(role, { name }).first();
  for (let steps = 0; steps < 60; steps += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Sixty times Tab did not lead to ${name}.`);
}

test('the main story is walked from the paste to the export without a mouse', async ({ app }) => {
  const { page } = app;
  await expect(
    page.getByRole('textbox', { name: 'What do you have?' }),
    'the start page is ready for a paste',
  ).toBeFocused();
  await app.copy(EVENT_7004);
  await page.keyboard.press('ControlOrMeta+v');
  await expect(page.getByRole('button', { name: 'Start Where to begin' })).toBeVisible();
  await tabTo(page, 'button', 'Start Where to begin');
  await page.keyboard.press('Enter');

  await expect(question(page)).toHaveText(ORGANISATION);
  await expect(question(page), 'a new question has the focus').toBeFocused();
  await page.keyboard.press('1');
  await expect(page.getByRole('radio', { checked: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(question(page)).toHaveText(GENERATION);
  await expect(question(page)).toBeFocused();
  await page.keyboard.press('1');
  await page.keyboard.press('Enter');
  await expect(question(page)).toHaveText(FLAGS);

  await app.copy(sample('X1', 'no-integrated'));
  await page.keyboard.press('ControlOrMeta+v');
  const dialog = page.getByRole('dialog', { name: 'Paste the output' });
  await expect(dialog.getByRole('textbox', { name: 'Output' })).toHaveValue(/\(INTEGER\) 3/);
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(dialog).toBeHidden();
  await expect(reading(page)).toContainText('(INTEGER) 3');
  await page.keyboard.press('Enter');
  await expect(question(page)).toHaveText('Integrated Windows Authentication is off at the receiving virtual server');
  await expect(question(page)).toBeFocused();

  await page.keyboard.press('4');
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('region', { name: 'Fix: Write the authentication flags without the console' }),
  ).toBeVisible();
  await page.keyboard.press('4');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'End of the walk' })).toBeVisible();
  await expect(page.getByRole('radio', { name: /^Waiting/ })).toBeChecked();
  await tabTo(page, 'button', 'Export for the ticket');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Export for the ticket' }).getByLabel('Preview')).toContainText(
    ORGANISATION,
  );
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Export for the ticket' }), 'the focus returns').toBeFocused();
});

test('a dialog hides the page from screen readers for as long as it is open, and no longer', async ({ app }) => {
  const { page } = app;
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(page.locator('#root')).toHaveAttribute('aria-hidden', 'true');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.locator('#root')).not.toHaveAttribute('aria-hidden', 'true');
  await expect(page.getByRole('button', { name: 'Settings', exact: true })).toBeFocused();
});

test('F6 goes round path, step and terminal, and out of the terminal again', async ({ app }) => {
  const { page } = app;
  await walkToFlags(app);
  await terminal(page).getByRole('button', { name: 'Bash' }).click();
  await expect(screen(page)).toContainText(/[$#]/);
  await path(page).getByRole('button', { name: FLAGS }).focus();
  await page.keyboard.press('F6');
  await expect(question(page)).toBeFocused();
  await page.keyboard.press('F6');
  await expect(page.getByRole('textbox', { name: 'Terminal input' })).toBeFocused();
  await page.keyboard.press('F6');
  await expect(path(page).getByRole('button', { name: FLAGS })).toBeFocused();
  await page.keyboard.press('Shift+F6');
  await expect(page.getByRole('textbox', { name: 'Terminal input' })).toBeFocused();
});

test('Escape closes a dialog, an old record and a field, and leaves everything as it was', async ({ app }) => {
  const { page } = app;
  await walkToFlags(app);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await tabTo(page, 'button', /^Paste output/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Paste the output' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await path(page).getByRole('button', { name: ORGANISATION }).focus();
  await page.keyboard.press('Enter');
  await expect(question(page)).toHaveText(ORGANISATION);
  await page.keyboard.press('Escape');
  await expect(question(page)).toHaveText(FLAGS);
  const title = page.getByRole('button', { name: /^Title: / });
  const before = await title.innerText();
  await title.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('something else');
  await page.keyboard.press('Escape');
  await expect(title).toHaveText(before);
});

test('digits choose only where nobody types: not in a field, not in a note', async ({ app }) => {
  const { page } = app;
  await walkToFlags(app);
  await page.getByRole('button', { name: 'Add a note' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Note' })).toBeFocused();
  await page.keyboard.type('2 servers, 1 fault');
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
  await answer(page, /^I could not tell/, 'Does the receiving server really offer authentication?');
});

test.describe('in a small window', () => {
  test('the first suggestion is to be seen after a paste, and Tab leads there from the box', async ({ app }) => {
    const { page } = app;
    await page.setViewportSize({ width: 1024, height: 700 });
    await app.copy(EVENT_7004);
    await page.getByRole('textbox', { name: 'What do you have?' }).press('ControlOrMeta+v');
    const first = page.getByRole('button', { name: 'Start Where to begin' });
    await expectInSight(first);
    await expect(page.getByRole('textbox', { name: 'What do you have?' })).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect(first).toBeFocused();
  });

  test('after a run the reading, the suggested outcome and the button that records it are to be seen', async ({
    app,
  }) => {
    const { page } = app;
    await page.setViewportSize({ width: 1024, height: 700 });
    await page.getByRole('button', { name: 'Begin Two servers, one refuses' }).click();
    await expect(question(page)).toHaveText(ORGANISATION);
    const recorder = page.getByRole('button', { name: 'Record and go on' });
    for (const next of [GENERATION, FLAGS, /^Integrated Windows Authentication is off/]) {
      await expectInSight(recorder);
      await page.keyboard.press('ControlOrMeta+Enter');
      await expect(page.getByRole('radio', { checked: true })).toBeAttached();
      await expectInSight(reading(page), page.getByRole('radio', { checked: true }), recorder);
      await expect(terminal(page).getByRole('button', { name: 'Unfold', exact: true })).toBeVisible();
      await page.keyboard.press('Enter');
      await expect(question(page)).toHaveText(next);
    }
  });

  test('after a paste of an output the same holds', async ({ app }) => {
    const { page } = app;
    await page.setViewportSize({ width: 1024, height: 700 });
    await walkToFlags(app);
    await app.copy(sample('X1', 'no-integrated'));
    await page.keyboard.press('ControlOrMeta+v');
    const output = page.getByRole('dialog', { name: 'Paste the output' }).getByRole('textbox', { name: 'Output' });
    await expect(output).toHaveValue(/\(INTEGER\) 3/);
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(page.getByRole('radio', { checked: true })).toBeAttached();
    await expectInSight(
      reading(page),
      page.getByRole('radio', { checked: true }),
      page.getByRole('button', { name: 'Record and go on' }),
    );
  });

  test('a terminal that was opened by hand stays open after the run', async ({ app }) => {
    await app.bringPack('test/e2e/packs');
    const { page } = app;
    await page.setViewportSize({ width: 1024, height: 700 });
    await chooseSymptom(page, 'The output is long');
    await start(page, 'Outputs of all sizes');
    await terminal(page).getByRole('button', { name: 'Unfold', exact: true }).click();
    await page.getByRole('region', { name: 'Print forty lines' }).getByRole('button', { name: 'Run' }).click();
    await expect(reading(page)).toContainText('line 40');
    await expect(terminal(page).getByRole('button', { name: 'Fold', exact: true })).toBeVisible();
  });
});
