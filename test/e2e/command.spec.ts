/** Commands in a real shell, run for the case or typed by hand, and a change with its confirmation. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startExchange } from '../fixtures/smtp/exchange-server.ts';
import { isOnPath } from '../run/debian-packages.mjs';
import { type App, expect, test } from './app.ts';
import {
  answer,
  card,
  chooseSymptom,
  evidence,
  fill,
  reading,
  record,
  screen,
  start,
  terminal,
  unfold,
  walkToFlags,
} from './story.ts';

const OFFER = 'Ask the server what it offers (swaks)';

/** To the step that asks what the receiving server offers, with the values of a server on loopback. */
async function walkToOffer(app: App, port: number): Promise<void> {
  const { page } = app;
  await walkToFlags(app);
  await answer(page, /^I could not tell/, 'Does the receiving server really offer authentication?');
  await unfold(page, OFFER);
  await fill(page, 'Receiving server (name or address)', '127.0.0.1');
  await fill(page, 'Name to introduce yourself with', 'test.contoso.com');
  await fill(page, 'TCP port', String(port));
}

test('a value that is recorded takes the focus from nobody who has gone on to the next field', async ({ app }) => {
  const { page } = app;
  await walkToFlags(app);
  await answer(page, /^I could not tell/, 'Does the receiving server really offer authentication?');
  const command = await unfold(page, OFFER);
  const name = command.getByRole('textbox', { name: 'Name to introduce yourself with' });
  const next = command.getByRole('button', { name: /^TCP port: / });
  await name.fill('test.contoso.com');
  // In one go, as from quick hands: the core has not answered yet when the focus moves on.
  const other = await next.elementHandle();
  await name.evaluate((box, to) => {
    box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    (to as HTMLElement).focus();
  }, other);
  await expect(command.getByRole('button', { name: /^Name to introduce yourself with: / })).toBeVisible();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await expect(next).toBeFocused();
});

test.describe('The terminal beside the question', () => {
  test.skip(!isOnPath('swaks'), 'needs swaks');

  test('runs the command in a real shell against a real server, and marks the lines that prove it', async ({ app }) => {
    const { page } = app;
    const server = await startExchange('exchange-2003-no-auth');
    try {
      await walkToOffer(app, server.port);
      await card(page, OFFER).getByRole('button', { name: 'Run' }).click();
      await expect(reading(page)).toContainText('No, one or both lines are missing');
      await expect(reading(page)).toContainText('250-mail2.contoso.com Hello [127.0.0.1]');
      await expect(reading(page)).toContainText('line 18 <- 250 OK');
      await expect(screen(page)).toContainText('250-TURN');
      expect(server.seen).toEqual(['EHLO test.contoso.com', 'QUIT']);
      await expect(card(page, OFFER)).toContainText('succeeded');
      await expect(evidence(page)).toContainText(['250-mail2.contoso.com Hello [127.0.0.1]']);
      await record(page, 'Has the metabase taken over what Active Directory says?');
    } finally {
      await server.close();
    }
  });

  test('takes a command that was typed by hand as evidence under its own text', async ({ app }) => {
    const { page } = app;
    const server = await startExchange('exchange-2003');
    try {
      await walkToOffer(app, server.port);
      await terminal(page).getByRole('button', { name: 'Bash' }).click();
      await expect(screen(page)).toContainText(/[$#]/);
      await page.getByRole('textbox', { name: 'Terminal input' }).focus();
      const typed = `swaks --server 127.0.0.1:${server.port} --ehlo by-hand.contoso.com --quit-after FIRST-HELO`;
      await page.keyboard.type(`${typed}\n`);
      await expect(screen(page)).toContainText('=== Connection closed with remote host.');
      await card(page, OFFER).getByRole('button', { name: 'Use as evidence' }).click();
      const dialog = page.getByRole('dialog', { name: 'Use as evidence' });
      await dialog.getByRole('radio', { name: typed }).check();
      await expect(dialog.getByRole('combobox', { name: 'Read it like' })).toHaveValue('L2');
      await dialog.getByRole('button', { name: 'Put it into the case' }).click();
      await expect(reading(page)).toContainText('Yes, both lines are there');
      await record(page, 'Does the receiving server offer XEXCH50?');
      const exported = await app.cli(['export', app.caseFolder(), '--format', 'md']);
      expect(exported.out).toContain(typed);
    } finally {
      await server.close();
    }
  });
});

test.describe('A change', () => {
  test('is confirmed by name, with its way back recorded before it runs, and proven by the same check', async ({
    app,
  }) => {
    await app.bringPack('test/fixtures/cli/pack');
    const { page } = app;
    writeFileSync(join(app.shellHome, 'mode.txt'), 'Bench : 1\nMode  : shut\n');
    await chooseSymptom(page, 'The bench is shut');
    await start(page, 'Bench');
    await card(page, 'Read the mode').getByRole('button', { name: 'Run' }).click();
    await expect(reading(page)).toContainText('Mode  : shut');
    await record(page, 'The bench is shut');

    const fix = page.getByRole('region', { name: 'Fix: Open the bench' });
    await fix.getByRole('combobox', { name: 'Mode of the bench' }).selectOption('open');
    await expect(card(page, 'Set the mode')).toContainText("'open' > mode.txt");
    await fix.getByRole('button', { name: 'Review and run…' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Change mode.txt of the bench?' });
    await expect(dialog).toContainText('This command changes mode.txt of the bench');
    await expect(dialog.getByRole('region', { name: 'Way back' })).toContainText("'shut' > mode.txt");
    await expect(dialog).toContainText('Low risk');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
    expect(readFileSync(join(app.shellHome, 'mode.txt'), 'utf8'), 'nothing ran yet').toContain('shut');

    await fix.getByRole('button', { name: 'Review and run…' }).click();
    await dialog.getByRole('button', { name: 'Run the change' }).click();
    await page.getByRole('region', { name: 'Proof' }).getByRole('button', { name: 'Run the proof' }).click();
    await expect(reading(page)).toContainText('Done, and the proof succeeded');
    expect(readFileSync(join(app.shellHome, 'mode.txt'), 'utf8')).toContain('open');
    const events = readFileSync(join(app.caseFolder(), 'journal.jsonl'), 'utf8').split('\n');
    const noted = events.findIndex((line) => line.includes('Before the change') && line.includes('the way back is'));
    const changed = events.findIndex((line) => line.includes('"command":"BENCH2"'));
    expect(noted).toBeGreaterThan(0);
    expect(changed, 'the change comes after its way back').toBeGreaterThan(noted);
    await page.getByRole('button', { name: 'Record and go on' }).click();
    await expect(page.getByRole('radio', { name: 'Closed: solved and proven' })).toBeChecked();
  });
});
