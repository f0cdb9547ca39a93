/** The main job as one story: from a pasted event to an exported checklist, and back again the next morning. */
import { description, quote, SAMPLE, viewer2003, viewer2008, wrapAtBlanks } from '../fixtures/events/compose.ts';
import { expect, test } from './app.ts';
import {
  answer,
  bring,
  EVENT_7004,
  FLAGS,
  fill,
  GENERATION,
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
  walkToFlags,
} from './story.ts';

const METABASE = 'Read the authentication flags from the metabase';
const DIRECTORY = 'Read the virtual server from Active Directory';

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
        const always = ['MSExchangeTransport', '7004', 'mail2.contoso.com', 'xexch50', '504 Need to authenticate first'];
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
    await expect(page.getByRole('region', { name: 'Advice' })).toContainText('Keep the proof of delivery in this case.');
    await expect(page.getByRole('main')).toContainText('Lower the logging level');
  });
});


test.describe('Exchange 2003', () => {
  test('finds Integrated Windows Authentication off, and leads through its fixes', async ({ app }) => {
    const { page } = app;
    await walkToFlags(app);
    await pasteOutput(page, DIRECTORY, sample('X3', 'no-integrated'));
    await pasteOutput(page, METABASE, sample('X1', 'no-integrated'));
    await record(page, 'Integrated Windows Authentication is off at the receiving virtual server');
    await fill(page, 'Receiving server (short name)', 'MAIL2');
    console.log(await page.getByRole('main').ariaSnapshot());
    await answer(page, 'Not done now', 'Integrated Windows Authentication is off at the receiving virtual server');
    console.log(await page.getByRole('main').ariaSnapshot());
    await page.screenshot({ path: '/tmp/e5.png' });
    await pasteOutput(page, METABASE, sample('X1', 'all-on'));
    console.log(await page.getByRole('main').ariaSnapshot());
    await answer(page, 'Done, but the fault is still there', /taken over/);
    console.log(await page.locator('body').ariaSnapshot());
  });
});

test.describe('Exchange 2016', () => {
  test('finds a connector without Exchange Server authentication', async ({ app }) => {
    const { page } = app;
    await startWithEvent(app, viewer2008({ ...SAMPLE, peer: 'mbx02.contoso.com' }));
    await pasteOutput(page, 'List the Exchange servers of the organisation', sample('E27', 'in-the-list'));
    await expect(reading(page)).toContainText('Yes, it is one of our Exchange servers');
    await record(page, GENERATION);
    console.log(await page.getByRole('main').ariaSnapshot());
    await answer(page, /^Exchange 2013/, 'Which receive connector answers the sending server?');
    console.log(await page.getByRole('main').ariaSnapshot());
    await page.screenshot({ path: '/tmp/e6.png' });
    await pasteOutput(page, 'List the receive connectors of the server', sample('E1-list', 'defaults-2016'));
    console.log(await page.locator('body').ariaSnapshot());
  });
});
