/** The main job as one story: from the first question to the verdict, and back again the next morning. */
import { SAMPLE, viewer2008 } from '../fixtures/events/compose.ts';
import { type App, expect, test } from './app.ts';
import {
  answer,
  bring,
  card,
  EVENT_7004,
  FLAGS,
  fill,
  GENERATION,
  METABASE,
  ORGANISATION,
  outcome,
  pasteOutput,
  path,
  question,
  reading,
  record,
  sample,
  start,
  startWithEvent,
  unfold,
  walkToFlags,
} from './story.ts';

const GROUP =
  'CN=First,CN=Administrative Groups,CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=contoso,DC=com';
const DIRECTORY = 'Read the virtual server from Active Directory';

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
    const begun = JSON.parse(shown.out);
    expect(begun).toMatchObject({
      title: 'Public folders stand still',
      ticket: 'INC-4711',
      state: 'open',
      parameters: { remote_host: 'mail2.contoso.com', receiving_host: 'mail2.contoso.com', local_server: 'MAIL1' },
    });
    expect(begun.parameters, 'the number in the event is that of the other side').not.toHaveProperty('virtual_server');
    const exported = await app.cli(['export', app.caseFolder(), '--format', 'txt']);
    expect(exported.out, 'where a value comes from').toMatch(/mail2\.contoso\.com\s+\(from the evidence\)/);
    expect(exported.out).not.toContain('entered by hand');
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

test.describe('Going back', () => {
  test('answers an earlier step differently, across the called wizard, and keeps the branch as superseded', async ({
    app,
  }) => {
    const { page } = app;
    await walkToFlags(app);
    await pasteOutput(page, METABASE, sample('X1', 'no-integrated'));
    await record(page, /^Integrated Windows Authentication is off/);
    // The last entry is no step: it says how much may still come.
    await expect(path(page).getByRole('listitem')).toHaveCount(6);
    await expect(
      path(page)
        .getByRole('listitem')
        .filter({ has: page.getByRole('button') }),
    ).toHaveCount(5);
    await expect(path(page).getByRole('listitem').last()).toContainText(/more step.*verdicts still possible: \d/);

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
    await expect(page.getByRole('main')).toContainText('The Send As right between servers · step');
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
