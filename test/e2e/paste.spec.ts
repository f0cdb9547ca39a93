/** The start page: what a person brings, and what Fieldguide recognises in it. */
import { description, quote, SAMPLE, viewer2003, viewer2008, wrapAtBlanks } from '../fixtures/events/compose.ts';
import { expect, test } from './app.ts';
import { bring, chooseSymptom, EVENT_7004, GENERATION, question, start } from './story.ts';

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
    await chooseSymptom(page, 'Public folders do not replicate between two servers');
    await start(page, 'Authentication settings of the receiving server');
    await expect(question(page)).toHaveText(GENERATION);
  });
});
