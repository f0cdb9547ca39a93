/** The probe in the page: asked, watched, understood, taken along into a case. */
import type { Page } from '@playwright/test';
import { startNameServer } from '../fixtures/dns/name-server.ts';
import { startTestLab } from '../fixtures/lab/lab.ts';
import { type App, expect, test } from './app.ts';
import { look } from './looks.ts';
import { card, question, reading } from './story.ts';

const ladder = (page: Page) => page.getByRole('region', { name: 'The conversation' });
const shows = (page: Page) => page.getByRole('complementary', { name: 'What this shows' });
const failed = (page: Page) => ladder(page).locator('[data-state="failed"]');

/** A lab server for the time of a test. */
async function withLab(profile: string, work: (target: string) => Promise<void>): Promise<void> {
  const lab = await startTestLab({ profile, server: '2003' });
  try {
    await work(`127.0.0.1:${lab.port}`);
  } finally {
    await lab.close();
  }
}

async function openProbe({ page }: App, target: string): Promise<void> {
  await page.getByRole('link', { name: 'Probe' }).click();
  await page.getByLabel('Server').fill(target);
  await page.getByLabel('Up to').selectOption('XEXCH50 and its data');
  await page.getByLabel('Sender').fill('user1@contoso.com');
  await page.getByLabel('Recipient').fill('user2@contoso.com');
}

test('a healthy server is asked by keys alone, and asked again it is the same', async ({ app }) => {
  const { page } = app;
  await withLab('healthy', async (target) => {
    await openProbe(app, target);
    await page.getByLabel('Recipient').press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${target} answers as it should`);
    await expect(shows(page)).toContainText('Nothing is wrong, as far as this goes.');
    await expect(ladder(page)).toContainText('250 XEXCH50 OK');
    await expect(failed(page)).toHaveCount(0);
    await page.getByRole('button', { name: 'Run again' }).press('Enter');
    await expect(shows(page)).toContainText('The same as before.');
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${target} answers as it should`);
  });
});

test('what breaks is marked at its step, its wizard is started, and the probe becomes evidence of the step', async ({
  app,
}) => {
  const { page } = app;
  await withLab('blob-blocked-reset', async (target) => {
    await openProbe(app, target);
    await page.getByRole('button', { name: 'Run the probe' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Stopped at step 13: The connection was/);
    await expect(failed(page)).toContainText('Its acknowledgement');
    await expect(shows(page)).toContainText('blob-reset');
    await page.getByRole('button', { name: /^Start wizard: Firewall/ }).click();
    await expect(question(page)).toHaveText('What happens after XEXCH50?');

    await page.getByText('Send the binary data of XEXCH50 and wait').click();
    await page.getByRole('button', { name: 'Probe from here…' }).click();
    await expect(page.getByLabel('Server')).toHaveValue(target);
    await expect(page.getByLabel('Recipient')).toHaveValue('user2@contoso.com');
    await page.getByLabel('Up to').selectOption('XEXCH50 and its data');
    await page.getByRole('button', { name: /^Run/ }).click();
    await expect(failed(page)).toBeVisible();
    await page.getByRole('button', { name: 'Keep as evidence of the case' }).click();
    await expect(page.getByRole('button', { name: 'Kept as evidence' })).toBeDisabled();
    await page.getByRole('link', { name: 'Case' }).click();
    await expect(reading(page)).toContainText('The connection is reset after the bytes');
    const { out } = await app.cli(['export', app.caseFolder(), '--format', 'md']);
    expect(out).toContain('Finding: blob-reset');
    expect(out).toContain('fieldguide probe smtp');
  });
});

test('a probe that waits is stopped at once; a target that is none is refused with the remedy', async ({ app }) => {
  const { page } = app;
  await withLab('blob-blocked', async (target) => {
    await openProbe(app, target);
    await page.getByRole('button', { name: 'Run the probe' }).click();
    await expect(ladder(page)).toContainText('(1124 bytes)');
    await expect(failed(page)).toHaveCount(0);
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Stopped on the way to ${target}`);
  });
  await page.getByLabel('Server').fill('not a host');
  await page.getByRole('button', { name: 'Run again' }).click();
  await expect(page.getByRole('alert')).toContainText('is no host and no address');
  await expect(page.getByLabel('Server')).toHaveValue('not a host');
});

test('name servers are asked about a domain: who answered what, and the wizard that goes on', async ({ app }) => {
  const { page } = app;
  const server = await startNameServer([
    ['MX', 'fabrikam.com', '10 mail.fabrikam.com'],
    ['TXT', 'fabrikam.com', 'v=spf1 mx -all'],
  ]);
  try {
    await page.getByRole('link', { name: 'Probe' }).click();
    await page.getByLabel('Ask', { exact: true }).selectOption('a domain (DNS)');
    await page.getByLabel('Domain').fill('fabrikam.com');
    await page.getByLabel('Name servers').fill(server.text);
    await page.getByLabel('Name servers').press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'fabrikam.com: None of its mail servers has an address',
    );
    const lines = page.getByRole('region', { name: 'Questions and answers' });
    await expect(lines).toContainText('MX fabrikam.com is 10 mail.fabrikam.com');
    await expect(shows(page)).toContainText('mx-unresolved');
    await expect(shows(page)).not.toContainText('DATA');
    await look(page, 'probe-domain');
    await page.reload();
    await expect(page.getByLabel('Name servers')).toHaveValue(server.text);
    await page.getByRole('button', { name: /^Start wizard/ }).click();
    await expect(question(page)).toHaveText('Do these servers have addresses, and do they answer on port 25?');
  } finally {
    await server.close();
  }
});

test('an address is asked for its name and for lists', async ({ app }) => {
  const { page } = app;
  const server = await startNameServer([
    ['PTR', '25.100.51.198.in-addr.arpa', 'mail.contoso.com'],
    ['A', 'mail.contoso.com', '198.51.100.25'],
    ['A', '25.100.51.198.zen.spamhaus.org', '127.0.0.4'],
  ]);
  try {
    await page.getByRole('link', { name: 'Probe' }).click();
    await page.getByLabel('Ask', { exact: true }).selectOption('an address: its name, lists');
    await page.getByLabel('Address', { exact: true }).fill('198.51.100.25');
    await page.getByLabel('It introduces itself as').fill('mail.contoso.com');
    await page.getByLabel('Name servers').fill(server.text);
    await page.getByRole('button', { name: 'Run the probe' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('198.51.100.25: The address is on Spamhaus ZEN');
    await expect(shows(page)).toContainText('Spamhaus ZEN lists the address: XBL');
  } finally {
    await server.close();
  }
});

test('a server is tested for relaying only by who says that it is theirs', async ({ app }) => {
  const { page } = app;
  await withLab('relay-open', async (target) => {
    await page.getByRole('link', { name: 'Probe' }).click();
    await page.getByLabel('Ask', { exact: true }).selectOption('whether it relays');
    await page.getByLabel('Server', { exact: true }).fill(target);
    await page.getByLabel('A domain of the server').fill('contoso.com');
    await expect(page.getByRole('button', { name: 'Run the probe' })).toBeDisabled();
    await page.getByLabel('This server is mine, or I run it').check();
    await page.getByRole('button', { name: 'Run the probe' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      /^Stopped at rcpt: 12 of 12 ways of asking were taken/,
    );
    await expect(shows(page)).toContainText('relay-open');
    await look(page, 'probe-relay');
  });
});

test('the program is a command of its own tabs: the probe runs there, and its output is read', async ({ app }) => {
  const { page } = app;
  await withLab('blob-blocked-reset', async (target) => {
    await openProbe(app, target);
    await page.getByRole('button', { name: 'Run the probe' }).click();
    await page.getByRole('button', { name: /^Start wizard: Firewall/ }).click();
    const probe = card(page, 'Send the binary data of XEXCH50 and wait for its acknowledgement (probe)');
    await page.getByText('Send the binary data of XEXCH50 and wait').click();
    await probe.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(reading(page)).toContainText('The connection is reset after the bytes');
  });
});

test('looks as it should: empty, and with a fault', async ({ app }) => {
  const { page } = app;
  await page.getByRole('link', { name: 'Probe' }).click();
  await look(page, 'probe-empty');
  await withLab('mailguard', async (target) => {
    await openProbe(app, target);
    await page.getByRole('button', { name: 'Run the probe' }).click();
    await expect(shows(page)).toContainText('banner-masked');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Every step is answered, but not as it should be');
    await look(page, 'probe-fault');
  });
});
