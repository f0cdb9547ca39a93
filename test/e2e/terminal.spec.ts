/** The terminal beside the question: a real shell that outlives the page. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type App, expect, test } from './app.ts';
import { card, chooseSymptom, FLAGS, path, question, reading, screen, start, terminal, walkToFlags } from './story.ts';

const input = (page: Page) => page.getByRole('textbox', { name: 'Terminal input' });

/** A case with one bash in front. */
async function openBash(app: App): Promise<void> {
  await walkToFlags(app);
  await terminal(app.page).getByRole('button', { name: 'Bash' }).click();
  await expect(terminal(app.page).getByRole('tab', { name: 'Bash', exact: true })).toBeVisible();
  await expect(screen(app.page)).toContainText(/[$#]/);
}

/** Types a line and presses Enter. */
async function type(page: Page, line: string): Promise<void> {
  await input(page).focus();
  await page.keyboard.type(`${line}\n`);
}

test('what is typed reaches the shell, and its output comes back', async ({ app }) => {
  await openBash(app);
  await type(app.page, 'echo $((20 + 3)) apples');
  await expect(screen(app.page)).toContainText('23 apples');
});

test('keys of the step do not answer it while somebody types in the terminal', async ({ app }) => {
  await openBash(app);
  await type(app.page, 'echo 1 2 3');
  await expect(screen(app.page)).toContainText('1 2 3');
  await expect(question(app.page)).toHaveText(FLAGS);
  await expect(app.page.getByRole('radio', { checked: true })).toHaveCount(0);
});

test('a reload of the page keeps the tab, its screen and the command that runs in it', async ({ app }) => {
  const { page } = app;
  await openBash(app);
  await type(page, 'echo before; for n in 1 2 3 4 5 6; do sleep 1; echo tick $n; done; echo all done');
  await expect(screen(page)).toContainText('tick 1');
  await page.reload();
  await expect(question(page)).toHaveText(FLAGS);
  await expect(terminal(page).getByRole('tab')).toHaveCount(1);
  await expect(screen(page)).toContainText('before');
  await expect(screen(page)).toContainText('tick 1');
  await expect(screen(page)).toContainText('all done');
  await type(page, 'echo still the same shell $n');
  await expect(screen(page)).toContainText('still the same shell 6');
});

test('a shell that dies in mid command is said in the capture; the tab starts anew and the case is whole', async ({
  app,
}) => {
  await app.bringPack('test/fixtures/cli/pack');
  const { page } = app;
  await chooseSymptom(page, 'The bench is shut');
  await start(page, 'Bench');
  await page.getByRole('button', { name: 'End the shell' }).click();
  await card(page, 'End the shell').getByRole('button', { name: 'Run' }).click();
  await expect(card(page, 'End the shell')).toContainText('the shell ended in mid command');
  const dead = terminal(page).getByRole('status').filter({ hasText: 'What it printed is kept.' });
  await dead.getByRole('button', { name: 'Start it again' }).click();
  await expect(dead).toBeHidden();
  await type(page, 'echo alive again');
  await expect(screen(page)).toContainText('alive again');
  await expect(path(page)).toContainText('1 capture');
  const verified = await app.cli(['verify', app.caseFolder(), '--json']);
  expect(JSON.parse(verified.out)).toMatchObject({ ok: true, torn_bytes: 0 });
});

test('a running command can be cancelled, and the capture says how it ended', async ({ app }) => {
  await app.bringPack('test/fixtures/cli/pack');
  const { page } = app;
  await chooseSymptom(page, 'The bench is shut');
  await start(page, 'Bench');
  await page.getByRole('button', { name: 'Take a long time' }).click();
  const long = card(page, 'Take a long time');
  await long.getByRole('button', { name: 'Run' }).click();
  // The shell has said that the command began: from here on there is something to cancel.
  await expect(terminal(page).locator('.terminal-command-dot[data-result="running"]')).toBeAttached();
  await expect(long).toContainText(/Running, [1-9]\d* s/);
  await long.getByRole('button', { name: 'Cancel' }).click();
  await expect(long).toContainText('failed (exit 130)');
  await expect(reading(page).or(page.getByRole('main').getByText('No rule reads it'))).toBeVisible();
});

test('a command that waits for its shell can be cancelled: nothing is sent, and the page says so', async ({ app }) => {
  writeFileSync(join(app.shellHome, '.bashrc'), 'sleep 4\n');
  await app.bringPack('test/fixtures/cli/pack');
  const { page } = app;
  await chooseSymptom(page, 'The bench is shut');
  await start(page, 'Bench');
  await page.getByRole('button', { name: 'Take a long time' }).click();
  const long = card(page, 'Take a long time');
  await long.getByRole('button', { name: 'Run' }).click();
  await long.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('alert')).toContainText('cancelled before it was sent, so nothing has run');
  await expect(long.getByRole('button', { name: 'Run' })).toBeEnabled();
  await expect(screen(page)).toContainText(/[$#]/);
  await expect(screen(page)).not.toContainText('sleep');
  await expect(path(page)).not.toContainText('capture');
});

test('a second tab has a shell of its own', async ({ app }) => {
  const { page } = app;
  await openBash(app);
  await type(page, 'place=first; echo in $place');
  await expect(screen(page)).toContainText('in first');
  const first = (await terminal(page).getByRole('tab').getAttribute('id')) as string;
  await page.getByRole('button', { name: 'New terminal' }).click();
  await page.getByRole('menuitem', { name: 'Bash' }).click();
  await expect(terminal(page).getByRole('tab', { selected: true })).not.toHaveAttribute('id', first);
  await expect(screen(page)).not.toContainText('in first');
  await expect(screen(page)).toContainText(/[$#]/);
  await type(page, 'echo "here: [$place]"');
  await expect(screen(page)).toContainText('here: []');
  await terminal(page).getByRole('tab').first().click();
  await expect(screen(page)).toContainText('in first');
  await type(page, 'echo "back: [$place]"');
  await expect(screen(page)).toContainText('back: [first]');
});

test('the shell learns the size of the panel when it is dragged', async ({ app }) => {
  const { page } = app;
  await openBash(app);
  const size = async (mark: string) => {
    await type(page, `echo ${mark}:$(stty size)`);
    const row = screen(page).locator('> div', { hasText: new RegExp(`^${mark}:\\d`) });
    await expect(row).toBeVisible();
    return (await row.innerText()).split(':')[1]?.trim().split(' ').map(Number) as [number, number];
  };
  const [rows, columns] = await size('before');
  const border = page.getByRole('separator', { name: 'Height of the terminal' });
  await border.focus();
  for (let step = 0; step < 6; step += 1) await page.keyboard.press('ArrowUp');
  await expect.poll(() => screen(page).locator('> div').count()).toBeGreaterThan(rows);
  const [after, same] = await size('after');
  expect(after).toBeGreaterThanOrEqual(rows + 4);
  expect(same).toBe(columns);
  expect(await screen(page).locator('> div').count()).toBe(after);
});

test('a flood does not keep the page from answering, and ends at the prompt', async ({ app }) => {
  const { page } = app;
  await openBash(app);
  await type(page, 'yes flooding the terminal with the same line | head -200000; echo the flood is over');
  await expect(screen(page)).toContainText('flooding the terminal');
  await page.getByRole('button', { name: 'Why we ask' }).click();
  await expect(page.getByRole('main')).toContainText('Where it is off they stay anonymous', { timeout: 2_000 });
  await expect(screen(page)).toContainText('the flood is over', { timeout: 30_000 });
});

test('find leads to text that has scrolled away', async ({ app }) => {
  const { page } = app;
  await openBash(app);
  await type(page, 'echo "the needle"; seq 1 300');
  await expect(screen(page)).toContainText('300');
  await expect(screen(page)).not.toContainText('the needle');
  await terminal(page).getByRole('button', { name: 'Find' }).click();
  const field = page.getByRole('textbox', { name: 'Find in the terminal' });
  await field.fill('the needle');
  await field.press('Enter');
  await expect(screen(page)).toContainText('the needle');
  await field.fill('no such words');
  await expect(terminal(page).getByRole('status')).toHaveText('Not found');
  await field.press('Escape');
  await expect(field).toBeHidden();
  await expect(input(page)).toBeFocused();
});
