/** What a person does on the page, in the words of the screen. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { parse } from 'yaml';
import { SAMPLE, viewer2003 } from '../fixtures/events/compose.ts';
import type { App } from './app.ts';

/** Event 7004 as the viewer of Windows Server 2003 copies it, with its trailing blanks. */
export const EVENT_7004 = viewer2003(SAMPLE);

export const ORGANISATION = 'Is the other server an Exchange server of your own organisation?';
export const GENERATION = 'Which Exchange generation is the receiving server?';
export const FLAGS = 'Is Integrated Windows Authentication on at the receiving virtual server?';

/** The command X1 by its title. */
export const METABASE = 'Read the authentication flags from the metabase';

export const question = (page: Page): Locator => page.getByRole('heading', { level: 1 });
export const outcome = (page: Page, label: string | RegExp): Locator => page.getByRole('radio', { name: label });
export const card = (page: Page, title: string): Locator => page.getByRole('region', { name: title, exact: true });
export const path = (page: Page): Locator => page.getByRole('navigation', { name: 'Path so far' });
export const reading = (page: Page): Locator => page.getByRole('main').getByRole('status');
export const terminal = (page: Page): Locator => page.getByRole('region', { name: 'Terminal', exact: true });
/** The rows that the terminal shows. */
export const screen = (page: Page): Locator => terminal(page).locator('.xterm-rows');

/** The rows of the terminal that are highlighted as proof. */
export const evidence = (page: Page): Locator =>
  screen(page)
    .locator('> div')
    .filter({ has: page.locator('span[style*="background-color"]') });

/** Pastes a text into the start page with the keys, as a person does. */
export async function bring(app: App, text: string): Promise<void> {
  const box = app.page.getByRole('textbox', { name: 'What do you have?' });
  await app.copy(text);
  await box.press('ControlOrMeta+a');
  await box.press('ControlOrMeta+v');
}

/** Begins a case with the suggestion of this wizard. */
export async function start(page: Page, wizard: string): Promise<void> {
  await page.getByRole('button', { name: `Start ${wizard}` }).click();
  await expect(path(page)).toBeVisible();
}

/** Pastes the event, begins the suggested wizard and waits for its first question. */
export async function startWithEvent(app: App, text = EVENT_7004): Promise<void> {
  await bring(app, text);
  await start(app.page, 'Where to begin');
  await expect(question(app.page)).toHaveText(ORGANISATION);
}

/** Chooses an outcome, records it and waits for the question that follows. */
export async function answer(page: Page, label: string | RegExp, next: string | RegExp): Promise<void> {
  await outcome(page, label).check();
  await record(page, next);
}

/** Records the outcome in force. */
export async function record(page: Page, next: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Record and go on' }).click();
  await expect(question(page)).toHaveText(next);
}

/** From the start page to the question about the authentication flags of Exchange 2003. */
export async function walkToFlags(app: App): Promise<void> {
  await startWithEvent(app);
  await answer(app.page, /^Yes, it is one of our Exchange servers/, GENERATION);
  await answer(app.page, /^Exchange 2000 or 2003/, FLAGS);
}

/** The card of a command, unfolded. */
export async function unfold(page: Page, title: string): Promise<Locator> {
  const name = new RegExp(`^${literally(title)}( · captured)?$`);
  const closed = page.getByRole('button', { name, expanded: false });
  await expect(closed.or(card(page, title)).first()).toBeVisible();
  if (await closed.isVisible()) await closed.click();
  return card(page, title);
}

/** Brings the output of a command that ran on another server. */
export async function pasteOutput(page: Page, title: string, output: string): Promise<void> {
  const command = await unfold(page, title);
  await command.getByRole('button', { name: 'Paste output' }).click();
  const dialog = page.getByRole('dialog', { name: 'Paste the output' });
  await dialog.getByRole('textbox', { name: 'Output' }).fill(output);
  await dialog.getByRole('button', { name: 'Record the output' }).click();
  await expect(dialog).toBeHidden();
}

/** Looks for a symptom on the start page and chooses it. */
export async function chooseSymptom(page: Page, symptom: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Find a symptom' }).fill(symptom);
  await page.getByRole('button', { name: symptom }).click();
}

/** The field of a parameter. In its place in a command it is a button with the value until it is pressed. */
export async function field(within: Locator, prompt: string): Promise<Locator> {
  const value = within.getByRole('button', { name: new RegExp(`^${literally(prompt)}: `) }).first();
  const box = within.getByRole('textbox', { name: prompt, exact: true }).first();
  await expect(value.or(box).first()).toBeVisible();
  if (!(await box.isVisible())) await value.click();
  return box;
}

/** Sets a parameter, and waits until the case has recorded it. */
export async function fill(page: Page, prompt: string, value: string): Promise<void> {
  const chain = page.getByRole('contentinfo').getByText(/^Chain /);
  const before = await chain.innerText();
  const box = await field(page.getByRole('main'), prompt);
  if ((await box.inputValue()) === value) return;
  await box.fill(value);
  await box.press('Enter');
  await expect(chain).not.toHaveText(before);
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

type CommandFile = { commands: { id: string; samples?: { id: string; output: string }[] }[] };

const CATALOGUE = 'wizards/commands';

/** The output of a sample of the catalogue: what a server of that kind prints. */
export function sample(command: string, id: string): string {
  for (const file of readdirSync(CATALOGUE)) {
    const { commands } = parse(readFileSync(join(CATALOGUE, file), 'utf8')) as CommandFile;
    const found = commands.find((entry) => entry.id === command)?.samples?.find((entry) => entry.id === id);
    if (found) return found.output;
  }
  throw new Error(`There is no sample ${id} of ${command}.`);
}

/** Really to be seen: no part outside the window, cut off by a pane that scrolls, or below something that stays. */
export async function expectInSight(...wanted: Locator[]): Promise<void> {
  for (const one of wanted) {
    await expect(one).toBeVisible();
    await expect
      .poll(
        () =>
          one.evaluate((element) => {
            // A radio button is an invisible part of the row that a person sees.
            const row = element.closest('label') ?? element;
            const { left, right, top, bottom } = row.getBoundingClientRect();
            return [top + 3, (top + bottom) / 2, bottom - 3].every((y) =>
              [left + 6, right - 6].every((x) => row.contains(document.elementFromPoint(x, y))),
            );
          }),
        { message: `${one} is to be seen whole` },
      )
      .toBe(true);
  }
}
