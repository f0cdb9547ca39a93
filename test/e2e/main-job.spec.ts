/** The main job as one story: from a pasted event to an exported checklist, and back again the next morning. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Locator } from '@playwright/test';
import { description, quote, SAMPLE, viewer2003, viewer2008, wrapAtBlanks } from '../fixtures/events/compose.ts';
import { startExchange } from '../fixtures/smtp/exchange-server.ts';
import { isOnPath } from '../run/debian-packages.mjs';
import { type App, expect, isDesktop, test } from './app.ts';
import {
  answer,
  bring,
  card,
  EVENT_7004,
  evidence,
  FLAGS,
  fill,
  GENERATION,
  LOOPBACK,
  ORGANISATION,
  outcome,
  pasteOutput,
  path,
  question,
  reading,
  record,
  sample,
  screen,
  start,
  startWithEvent,
  terminal,
  unfold,
  walkToFlags,
} from './story.ts';

const OFFER = 'Ask the server what it offers (swaks)';
const GROUP =
  'CN=First,CN=Administrative Groups,CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=contoso,DC=com';
const METABASE = 'Read the authentication flags from the metabase';
const DIRECTORY = 'Read the virtual server from Active Directory';

/** To the step that asks what the receiving server offers, with the values of a server on loopback. */
async function walkToOffer(app: App, port: number): Promise<void> {
  const { page } = app;
  await walkToFlags(app);
  await answer(page, /^I could not tell/, 'Does the receiving server really offer authentication?');
  await unfold(page, OFFER);
  await fill(page, 'Receiving server (full name)', LOOPBACK);
  await fill(page, 'Name to introduce yourself with', 'test.contoso.com');
  await fill(page, 'TCP port', String(port));
}

test.describe('What do you have?', () => {
  const events = [
    ['as the event viewer copies it', EVENT_7004, 'Virtual server1', 'MAIL1'],
    ['of a current event viewer', viewer2008(SAMPLE), 'Virtual server1', 'mail1.contoso.com'],
    ['quoted in a mail and wrapped by it', quote(wrapAtBlanks(EVENT_7004, 60), 2), 'Virtual server1', 'MAIL1'],
    ['the sentence alone', description(SAMPLE), 'Virtual server1'],
    ['without the ID of a virtual server', viewer2003({ ...SAMPLE, virtualServer: '' })],
    ['with empty quotes', viewer2003({ ...SAMPLE, full: '' })],
  ] as const;
  test('recognises a pasted 7004, however mail programs mangled it', async ({ app }) => {
    const recognised = app.page.getByRole('region', { name: 'Recognised' });
    const suggested = app.page.getByRole('region', { name: 'Suggested' });
    for (const [what, text, ...words] of events) {
      await test.step(what, async () => {
        await app.page.getByRole('textbox', { name: 'What do you have?' }).fill('');
        await expect(recognised).toBeHidden();
        await bring(app, text);
        const always = [
          'MSExchangeTransport',
          '7004',
          'mail2.contoso.com',
          'xexch50',
          '504 Need to authenticate first',
        ];
        for (const word of [...always, ...words]) await expect(recognised).toContainText(word);
        await expect(recognised).toContainText('the sending server');
        await expect(recognised).toContainText('the receiving server, which gave the reply');
        await expect(suggested).toContainText('Whether that matters depends on whose server it is.');
        await expect(suggested).toContainText('Remote host mail2.contoso.com');
      });
    }
  });

  test('recognises a 7002 and a 7010, each with its own side', async ({ app }) => {
    const recognised = app.page.getByRole('region', { name: 'Recognised' });
    await bring(app, viewer2003({ ...SAMPLE, id: 7002 }));
    await expect(recognised).toContainText('7002');
    await expect(recognised).toContainText('the sending server');
    await bring(app, viewer2003({ ...SAMPLE, id: 7010, peer: '192.0.2.10' }));
    await expect(recognised).toContainText('7010');
    await expect(recognised).toContainText('192.0.2.10');
    await expect(recognised).toContainText('the receiving server, which gave the reply');
    await expect(app.page.getByRole('region', { name: 'Suggested' })).toContainText('seen from the receiving side');
  });

  test('marks in the pasted text what was recognised', async ({ app }) => {
    await bring(app, EVENT_7004);
    await expect(app.page.getByRole('main').locator('mark', { hasText: 'mail2.contoso.com' })).toBeAttached();
    await expect(app.page.getByRole('main').locator('mark', { hasText: /^xexch50$/ })).toBeAttached();
  });

  test('offers the wizards by symptom to those who have nothing to paste', async ({ app }) => {
    const { page } = app;
    await page.getByRole('button', { name: 'Public folders do not replicate between two servers' }).click();
    await start(page, 'Authentication settings of the receiving server');
    await expect(question(page)).toHaveText(GENERATION);
  });
});

test.describe('The walk', () => {
  test('begins with title, ticket, operator and the values of the event', async ({ app }) => {
    const { page } = app;
    await bring(app, EVENT_7004);
    await page.getByRole('textbox', { name: 'Ticket' }).fill('INC-4711');
    await page.getByRole('textbox', { name: 'Title' }).fill('Public folders stand still');
    await page.getByRole('textbox', { name: 'Operator' }).fill('R. Miller');
    await start(page, 'Where to begin');
    await expect(question(page)).toHaveText(ORGANISATION);
    const banner = page.getByRole('banner');
    await expect(banner.getByRole('button', { name: /^Ticket: INC-4711/ })).toBeVisible();
    await expect(banner.getByRole('button', { name: /^Title: Public folders stand still/ })).toBeVisible();
    await expect(banner.getByRole('button', { name: /^Operator: R\. Miller/ })).toBeVisible();
    const shown = await app.cli(['show', app.caseFolder(), '--json']);
    expect(JSON.parse(shown.out)).toMatchObject({
      title: 'Public folders stand still',
      ticket: 'INC-4711',
      state: 'open',
      parameters: { remote_host: 'mail2.contoso.com', virtual_server: '1', local_server: 'MAIL1' },
    });
  });

  test('says why it asks, where, and what good looks like', async ({ app }) => {
    const { page } = app;
    await walkToFlags(app);
    const main = page.getByRole('main');
    await expect(main).toContainText('On the receiving server');
    await page.getByRole('button', { name: 'Why we ask' }).click();
    await expect(main).toContainText('Where it is off they stay anonymous');
    await page.getByRole('button', { name: 'Where in the console' }).click();
    await expect(main).toContainText('Exchange System Manager > Administrative Groups');
    await page.getByRole('button', { name: 'What good looks like' }).click();
    await expect(main.getByLabel('Sample output, healthy')).toContainText('AuthFlags');
    await page.getByRole('button', { name: 'Faulty: no integrated' }).first().click();
    await expect(main.getByLabel('Sample output, faulty')).toContainText('(INTEGER) 3');
    await page.getByRole('button', { name: 'Sources' }).click();
    await expect(main).toContainText('Microsoft KB 843106');
  });

  test('reads a pasted output and proposes the outcome with the line that proves it', async ({ app }) => {
    const { page } = app;
    await walkToFlags(app);
    await pasteOutput(page, METABASE, sample('X1', 'all-on'));
    await expect(reading(page)).toContainText('The output says: Yes, the number contains the 4');
    await expect(reading(page).getByRole('listitem')).toHaveText(/line 1 AuthFlags\s+: \(INTEGER\) 7/);
    await expect(outcome(page, /^Yes, the number contains the 4/)).toBeChecked();
    await expect(path(page).getByRole('button', { name: FLAGS })).toContainText('1 capture');
  });

  test('takes another answer than the proposed one, with the reason in a note', async ({ app }) => {
    const { page } = app;
    await walkToFlags(app);
    await pasteOutput(page, METABASE, sample('X1', 'all-on'));
    await page.getByRole('button', { name: 'Add a note' }).click();
    await page.getByRole('textbox', { name: 'Note' }).fill('This is the wrong virtual server.');
    await answer(page, /^I could not tell/, 'Does the receiving server really offer authentication?');
    await path(page).getByRole('button', { name: FLAGS }).click();
    await expect(question(page)).toHaveText(FLAGS);
    await expect(page.getByRole('main')).toContainText('against the suggestion “Yes, the number contains the 4”');
    await expect(page.getByRole('main')).toContainText('Note: This is the wrong virtual server.');
  });

  test('calls a refusal by a stranger harmless only with proof of delivery', async ({ app }) => {
    const { page } = app;
    await startWithEvent(app);
    await answer(page, /^No, it belongs to somebody else/, 'Was the message delivered all the same?');
    await answer(page, /^I could not tell/, 'What does the queue to this server say last?');
    await path(page).getByRole('button', { name: 'Was the message delivered all the same?' }).click();
    await page.getByRole('button', { name: 'Answer again from here' }).click();
    await expect(question(page)).toHaveText('Was the message delivered all the same?');
    await answer(page, /^Yes, and I have the proof/, /^Harmless: a stranger refused XEXCH50/);
    await expect(page.getByRole('region', { name: 'Advice' })).toContainText(
      'Keep the proof of delivery in this case.',
    );
    await expect(page.getByRole('main')).toContainText('Lower the logging level');
  });
});

test.describe('Exchange 2003', () => {
  test('finds Integrated Windows Authentication off, and leads through its fixes', async ({ app }) => {
    const { page } = app;
    const main = page.getByRole('main');
    const verdict = 'Integrated Windows Authentication is off at the receiving virtual server';
    await walkToFlags(app);
    await unfold(page, DIRECTORY);
    await fill(page, 'Domain controller', 'dc01.contoso.com');
    await fill(page, 'Receiving server (short name)', 'MAIL2');
    await fill(page, 'Administrative group (distinguished name)', GROUP);
    await expect(card(page, DIRECTORY)).toContainText('ldifde -f fieldguide-vs.ldf -s "dc01.contoso.com" -p base');
    await pasteOutput(page, DIRECTORY, sample('X3', 'no-integrated'));
    await pasteOutput(page, METABASE, sample('X1', 'no-integrated'));
    await expect(reading(page)).toContainText('(INTEGER) 3');
    await record(page, verdict);

    await test.step('the verdict says cause, certainty and advice', async () => {
      await expect(main).toContainText('Confirmed by its sources');
      await expect(main).toContainText('so it refuses their XEXCH50 with 504');
      await expect(page.getByRole('region', { name: 'Advice' })).toContainText('Anonymous access may stay on');
      const first = page.getByRole('region', {
        name: 'Fix: Tick Integrated Windows Authentication in Exchange System',
      });
      for (const word of [
        'Low risk',
        'Changes SMTP virtual server 1 on MAIL2',
        'No service is restarted.',
        'Clear the box again',
      ]) {
        await expect(first).toContainText(word);
      }
    });

    await test.step('a fix that is left makes room for the next one', async () => {
      await outcome(page, 'Not done now').check();
      await page.getByRole('button', { name: 'Record and go on' }).click();
      const second = page.getByRole('region', { name: 'Fix: Write the authentication flags without the console' });
      await expect(second).toContainText('Medium risk');
      const change = card(page, 'Write the authentication flags into Active Directory');
      await expect(change).toContainText('msExchAuthenticationFlags: 7');
      await expect(change.getByRole('button', { name: 'Copy' })).toBeEnabled();
    });

    await test.step('the proof is the check that failed before', async () => {
      await pasteOutput(page, METABASE, sample('X1', 'all-on'));
      await expect(reading(page)).toContainText('Done, and the proof succeeded');
    });

    await test.step('a fault that is still there sends the search on', async () => {
      await answer(
        page,
        'Done, but the fault is still there',
        'Has the metabase taken over what Active Directory says?',
      );
      await expect(page.getByRole('banner')).toContainText('open');
      await expect(path(page)).toContainText('Done, but the fault is still there');
    });
  });
});

test.describe('Exchange 2016', () => {
  test('finds a connector without Exchange Server authentication, and closes the case with the proof', async ({
    app,
  }) => {
    const { page } = app;
    const connector = 'Read one receive connector';
    await startWithEvent(app, viewer2008({ ...SAMPLE, peer: 'mbx02.contoso.com' }));
    await pasteOutput(page, 'List the Exchange servers of the organisation', sample('E27', 'in-the-list'));
    await expect(reading(page)).toContainText('Yes, it is one of our Exchange servers');
    await expect(reading(page)).toContainText('mbx02.contoso.com');
    await record(page, GENERATION);
    await answer(page, /^Exchange 2013/, 'Which receive connector answers the sending server?');
    await fill(page, 'Receiving server (short name)', 'MBX02');
    await fill(page, 'Domain controller', 'dc01.contoso.com');
    await answer(page, /^The one made for servers/, 'Does this connector allow Exchange Server authentication?');
    await fill(page, 'Receive connector (server and name)', 'MBX02\\Default MBX02');
    await expect(card(page, connector)).toContainText("'MBX02\\Default MBX02'");
    await pasteOutput(page, connector, sample('E1', 'exchange-auth-off'));
    await expect(reading(page)).toContainText('No, one that is needed is missing');
    await record(page, 'The connector does not allow Exchange Server authentication');

    const fix = page.getByRole('region', { name: 'Fix: Add the missing authentication mechanisms' });
    const row = fix.getByRole('row', { name: /^AuthMechanism/ });
    await expect(row).toContainText('Tls,BasicAuth,BasicAuthRequireTLS');
    await expect(row).toContainText('Tls,BasicAuth,BasicAuthRequireTLS,Integrated,ExchangeServer');
    await expect(fix).toContainText('Changes receive connector MBX02\\Default MBX02');
    await pasteOutput(page, connector, sample('E1', 'default-connector'));
    await expect(reading(page)).toContainText('Done, and the proof succeeded');
    await page.getByRole('button', { name: 'Record and go on' }).click();
    await expect(page.getByRole('region', { name: 'End of the walk' })).toBeVisible();
    await expect(page.getByRole('radio', { name: 'Closed: solved and proven' })).toBeChecked();
    await expect(page.getByRole('banner')).toContainText('closed');
  });
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
      await expect(screen(page)).toContainText('250-XEXCH50');
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

test.describe('Going back', () => {
  test('answers an earlier step differently, across the called wizard, and keeps the branch as superseded', async ({
    app,
  }) => {
    const { page } = app;
    await walkToFlags(app);
    await pasteOutput(page, METABASE, sample('X1', 'no-integrated'));
    await record(page, /^Integrated Windows Authentication is off/);
    await expect(path(page).getByRole('listitem')).toHaveCount(5);

    await path(page).getByRole('button', { name: ORGANISATION }).click();
    await expect(page.getByRole('main')).toContainText('Answered Yes, it is one of our Exchange servers');
    await page.getByRole('button', { name: 'Answer again from here' }).click();
    await answer(page, /^It is ours, but in another forest/, 'Expected: the other forest is not authenticated');
    await expect(path(page).getByRole('button', { name: 'superseded, kept in the journal' })).toHaveCount(5);
    await expect(page.getByRole('main')).not.toContainText('Integrated Windows Authentication is off');

    const shown = JSON.parse((await app.cli(['show', app.caseFolder(), '--json'])).out) as { verdict: string };
    expect(shown.verdict).toBe('entry.other-forest');
    expect(JSON.parse((await app.cli(['verify', app.caseFolder(), '--json'])).out)).toMatchObject({
      ok: true,
      faults: [],
    });
  });

  test('goes back into the called wizard, offers the old capture with its age, and returns to the caller', async ({
    app,
  }) => {
    const { page } = app;
    await walkToFlags(app);
    await pasteOutput(page, METABASE, sample('X1', 'all-on'));
    await record(page, 'Are both authentication providers there, GSSAPI and NTLM?');
    await answer(page, /^Both are there/, 'Does the receiving server really offer authentication?');
    await path(page).getByRole('button', { name: FLAGS }).click();
    await page.getByRole('button', { name: 'Answer again from here' }).click();
    await expect(question(page)).toHaveText(FLAGS);
    const offered = page
      .getByRole('note')
      .filter({ hasText: `“${METABASE}” was captured just now with the same values.` });
    await offered.getByRole('button', { name: 'Use it' }).click();
    await expect(reading(page)).toContainText('(INTEGER) 7');
    await record(page, 'Are both authentication providers there, GSSAPI and NTLM?');
    await answer(page, /^I could not tell/, 'Does the receiving server really offer authentication?');
    await answer(page, /^Yes, both lines are there/, 'Does the receiving server offer XEXCH50?');
    await answer(page, /^Yes, the line is there/, 'Is there proof that the sending server has authenticated?');
    await outcome(page, /^Yes, there is a 1708/).check();
    await page.getByRole('button', { name: 'Record and go on' }).click();
    await expect(page.getByRole('main')).toContainText('next.sendas-rights');
  });
});

test.describe('A change', () => {
  test('is confirmed by name, with its way back recorded before it runs, and proven by the same check', async ({
    app,
  }) => {
    await app.bringPack('test/fixtures/cli/pack');
    const { page } = app;
    writeFileSync(join(app.shellHome, 'mode.txt'), 'Bench : 1\nMode  : shut\n');
    await page.getByRole('button', { name: 'The bench is shut' }).click();
    await start(page, 'Bench');
    await card(page, 'Read the mode').getByRole('button', { name: 'Run' }).click();
    await expect(reading(page)).toContainText('Mode  : shut');
    await record(page, 'The bench is shut');

    const fix = page.getByRole('region', { name: 'Fix: Open the bench' });
    await fix.getByRole('combobox', { name: 'Mode of the bench' }).selectOption('open');
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

test.describe('The next morning', () => {
  test('the app opens again exactly where the case stood', async ({ app }) => {
    await walkToFlags(app);
    await pasteOutput(app.page, METABASE, sample('X1', 'no-integrated'));
    const before = await standing(app.page);
    await app.restart();
    await app.page.getByRole('region', { name: 'Cases' }).getByRole('link').click();
    await expect(question(app.page)).toHaveText(FLAGS);
    await expect(reading(app.page)).toContainText('(INTEGER) 3');
    expect(await standing(app.page)).toEqual(before);
    await record(app.page, /^Integrated Windows Authentication is off/);
    await app.restart();
    await expect(app.page.getByRole('region', { name: 'Cases' })).toContainText(
      'Tick Integrated Windows Authentication',
    );
  });
});

/** What the screen shows of a case, but for its clock times. */
async function standing(page: App['page']): Promise<string> {
  const parts = [page.getByRole('banner'), path(page), page.getByRole('main')];
  const shown = await Promise.all(parts.map((part) => part.ariaSnapshot()));
  return shown.join('\n');
}

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
