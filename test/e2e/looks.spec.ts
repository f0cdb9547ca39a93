/** Each screen in both sizes, light, dark and with forced colours. The pictures are under test-results/looks. */
import { copyFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { look } from './looks.ts';
import {
  bring,
  card,
  chooseSymptom,
  EVENT_7004,
  evidence,
  GENERATION,
  METABASE,
  ORGANISATION,
  outcome,
  pasteOutput,
  question,
  reading,
  record,
  sample,
  start,
  walkToFlags,
} from './story.ts';

/** Runs the first command of the step and records what its output suggests. */
async function runOn(page: Page, next: string | RegExp): Promise<void> {
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(reading(page)).toBeVisible();
  if ((await page.getByRole('radio', { checked: true }).count()) === 0) await page.keyboard.press('1');
  await record(page, next);
}

test.setTimeout(120_000);

test('the start page', async ({ app }) => {
  await expect(app.page.getByRole('region', { name: 'Practise' })).toBeVisible();
  await look(app.page, 'start');
});

test('the start page with a recognised event', async ({ app }) => {
  await bring(app, EVENT_7004);
  await expect(app.page.getByRole('region', { name: 'Recognised' })).toBeVisible();
  await look(app.page, 'recognised');
});

test('a step with what its output says, in a practice case', async ({ app }) => {
  const { page } = app;
  await page.getByRole('button', { name: 'Begin The settings are in order' }).click();
  await expect(question(page)).toHaveText(ORGANISATION);
  await runOn(page, GENERATION);
  await runOn(page, /^Is Integrated Windows/);
  await runOn(page, /^Are both authentication/);
  await runOn(page, /^Does the receiving server really/);
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(reading(page)).toContainText('X-EXPS');
  await expect(evidence(page).first()).toBeVisible();
  await look(page, 'walk');
  if (process.env.UPDATE_PICTURES)
    copyFileSync('test-results/looks/walk-light-1440.png', 'test/e2e/pictures/walk-light.png');
});

test('an output of forty lines, and one that is empty', async ({ app }) => {
  await app.bringPack('test/e2e/packs');
  const { page } = app;
  await chooseSymptom(page, 'The output is long');
  await start(page, 'Outputs of all sizes');
  await card(page, 'Print forty lines').getByRole('button', { name: 'Run' }).click();
  await expect(reading(page)).toContainText('line 40');
  await page.getByRole('button', { name: 'Show the output' }).click();
  await expect(page.getByLabel('Output', { exact: true })).toContainText('Queue 40');
  await look(page, 'forty-lines');
  await page.getByRole('button', { name: 'Print nothing' }).click();
  await card(page, 'Print nothing').getByRole('button', { name: 'Run' }).click();
  await page.getByRole('button', { name: 'Show the output' }).click();
  await expect(page.getByText('The command printed nothing.')).toBeVisible();
  await look(page, 'empty');
});

test('a verdict with its fix, the end of the walk, and the export', async ({ app }) => {
  const { page } = app;
  await walkToFlags(app);
  await pasteOutput(page, METABASE, sample('X1', 'no-integrated'));
  await look(page, 'pasted');
  await record(page, /^Integrated Windows Authentication is off/);
  await look(page, 'fix');
  await outcome(page, 'Done, and the proof succeeded').check();
  await page.getByRole('button', { name: 'Record and go on' }).click();
  await expect(page.getByRole('region', { name: 'End of the walk' })).toBeVisible();
  await look(page, 'verdict');
  await page.getByRole('button', { name: 'Export for the ticket' }).click();
  await expect(page.getByLabel('Preview')).toContainText(ORGANISATION);
  await look(page, 'export');
});

test('the list of wizards, the keys, and the settings', async ({ app }) => {
  const { page } = app;
  await page.getByRole('link', { name: 'Wizards', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Wizards');
  await look(page, 'wizards');
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  await look(page, 'settings');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Keys', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await look(page, 'keys');
});
