/** Mail that people bring: a report as a file, and the way of a message drawn from its headers. */
import { FOUR_HOPS } from '../fixtures/headers/blocks.ts';
import { REPORT } from '../fixtures/mail/compose.ts';
import { LOG, REFUSED } from '../fixtures/tracking/compose.ts';
import { expect, test } from './app.ts';
import { bring } from './story.ts';

test('headers are drawn as the way of the message, with delays and what is odd in words', async ({ app }) => {
  await bring(app, FOUR_HOPS);
  const way = app.page.getByRole('list', { name: 'Way of the message, oldest first' });
  await expect(way.getByRole('listitem')).toHaveCount(4);
  const slow = way.getByRole('listitem').nth(1);
  await expect(slow).toContainText('mx.contoso.com');
  await expect(slow).toContainText('after 91 s');
  await expect(slow).toContainText('slow');
  await expect(slow).toContainText('TLS: TLSv1.2 ECDHE-RSA-AES256-GCM-SHA384');
  await expect(way.getByRole('listitem').nth(0)).toContainText('Authenticated sender: user2');
});

test('a whole mail is taken apart: the report, and the server that refused at the end of the way', async ({ app }) => {
  await bring(app, REPORT);
  const recognised = app.page.getByRole('region', { name: 'Recognised' });
  await expect(recognised).toContainText('Not delivered to user2@fabrikam.com (5.1.1)');
  await expect(recognised.getByRole('listitem').filter({ hasText: 'mx.fabrikam.com' })).toContainText('refused');
  await expect(app.page.getByText('This is a whole mail.')).toBeVisible();
  await expect(app.page.getByRole('region', { name: 'Suggested' })).toContainText('The recipient does not exist');
});

test('rows of message tracking are drawn as the way of each message, with the reply that refused it', async ({
  app,
}) => {
  await bring(app, LOG);
  const recognised = app.page.getByRole('region', { name: 'Recognised' });
  const refused = recognised.getByRole('article').filter({ hasText: 'was refused' });
  const way = refused.getByRole('list', { name: 'Way of the message, oldest first' });
  const stations = REFUSED.length;
  await expect(way.getByRole('listitem')).toHaveCount(stations);
  await expect(way.getByRole('listitem').last()).toContainText(/FAIL.*550 5\.\d/);
});
