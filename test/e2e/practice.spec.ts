/** Both practice cases, played to their verdict without a mouse. */
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { FLAGS, GENERATION, ORGANISATION, path, question, reading, terminal } from './story.ts';

/** Moves the focus with Tab, as far as needed, to what has this accessible name, and presses it. */
async function press(page: Page, name: string): Promise<void> {
  const target = page.getByRole('button', { name, exact: true });
  for (let steps = 0; steps < 60; steps += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return page.keyboard.press('Enter');
  }
  throw new Error(`Sixty times Tab did not lead to "${name}".`);
}

/** Ctrl+Enter, and what the output says. */
async function run(page: Page, says: string | RegExp): Promise<void> {
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(reading(page)).toContainText(says);
}

/** A digit chooses, or what is suggested stands; Enter records and the next question has the focus. */
async function go(page: Page, next: string | RegExp, digit?: number): Promise<void> {
  if (digit !== undefined) await page.keyboard.press(String(digit));
  await page.keyboard.press('Enter');
  await expect(question(page)).toHaveText(next);
}

test('"Two servers, one refuses" is played to its verdict and mended by keyboard alone', async ({ app }) => {
  const { page } = app;
  await expect(page.getByRole('button', { name: 'Begin Two servers, one refuses' })).toBeVisible();
  await press(page, 'Begin Two servers, one refuses');
  await expect(question(page)).toHaveText(ORGANISATION);
  await expect(page.getByRole('banner')).toContainText('Practice, simulated');
  await run(page, 'mail2.contoso.com');
  await go(page, GENERATION);
  await run(page, 'Version 6.5');
  await go(page, FLAGS);
  await run(page, '(INTEGER) 3');
  await go(page, 'Integrated Windows Authentication is off at the receiving virtual server');
  await expect(path(page)).toContainText('Practice: 3 of 3 answers right');
  await press(page, 'Record as done by hand');
  const fix = path(page).getByRole('button', { name: /^Tick Integrated Windows Authentication/ });
  await expect(fix).toContainText('done by hand');
  await expect(
    page.getByRole('region', { name: 'Proof' }).getByRole('button', { name: 'Run the proof' }),
  ).toBeFocused();
  await expect(page.getByRole('main')).toContainText(/Done by hand \d\d:\d\d.* recorded by/);
  await run(page, 'Done, and the proof succeeded');
  // The button has the focus still, so a digit comes first.
  await page.keyboard.press('1');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('radio', { name: 'Closed: solved and proven' })).toBeChecked();
});

test('"The settings are in order" is played to its verdict by keyboard alone', async ({ app }) => {
  const { page } = app;
  await expect(page.getByRole('button', { name: 'Begin The settings are in order' })).toBeVisible();
  await press(page, 'Begin The settings are in order');
  await expect(question(page)).toHaveText(ORGANISATION);
  // The event names the other server by its address, so the list alone does not settle it.
  await run(page, 'it does not settle this question');
  await go(page, GENERATION, 1);
  await run(page, 'Version 6.5');
  await go(page, FLAGS);
  await run(page, '(INTEGER) 7');
  await go(page, 'Are both authentication providers there, GSSAPI and NTLM?');
  await run(page, 'GSSAPI,NTLM');
  await go(page, 'Does the receiving server really offer authentication?');
  await run(page, 'X-EXPS');
  await go(page, 'Does the receiving server offer XEXCH50?');
  await run(page, 'XEXCH50');
  await go(page, 'Is there proof that the sending server has authenticated?');
  await run(page, 'it does not settle this question');
  await go(page, GENERATION, 2);
  await go(page, 'Does the fault go one way or both ways?', 1);
  await go(page, 'Is the sending server a member of Exchange Domain Servers?', 1);
  await run(page, 'Exchange Domain Servers');
  await go(page, /^Does the receiving server allow Send As/);
  await run(page, 'Exchange Domain Servers');
  await go(page, 'Are the rights in order in this direction?');
  await go(page, 'Which Exchange generation runs on the receiving server?', 2);
  await go(page, 'Is TLS demanded between the two servers?', 1);
  await run(page, 'AccessSSLFlags');
  await go(page, 'Does a logon follow TLS in the log?');
  await run(page, 'STARTTLS');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toContainText('tls-order.logon-left-out');
  await expect(path(page)).toContainText(/Practice: (\d+) of \1 answers right/);
  await expect(
    terminal(page)
      .getByRole('tab', { name: /^Simulated/ })
      .first(),
  ).toBeVisible();
});
