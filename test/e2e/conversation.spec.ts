/** The fifteen parts of a conversation and those between, drawn as a ladder on which the person shows what is missing. */
import { expect, test } from './app.ts';
import { look } from './looks.ts';
import { question } from './story.ts';

test('the first part that is missing is shown on the ladder or among the outcomes, and either follows the other', async ({
  app,
}) => {
  const { page } = app;
  await page.getByRole('link', { name: 'Wizards', exact: true }).click();
  await page.getByRole('button', { name: 'Start Firewall, SMTP inspection' }).click();
  await expect(question(page)).toContainText('device between');
  const ladder = page.getByRole('region', { name: 'The conversation' });
  await expect(ladder.getByRole('listitem')).toHaveCount(19);
  await expect(ladder.getByText('missing here')).toBeHidden();
  const part = ladder.getByRole('button', { name: /An immediate acknowledgement/ });
  await part.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('radio', { name: /After the 354/ })).toBeChecked();
  await expect(part).toContainText('missing here');
  await expect(ladder.getByRole('listitem').last()).toContainText('not reached');
  await look(page, 'conversation');
  await page.getByRole('radio', { name: /At the greeting/ }).check();
  await expect(part).not.toContainText('missing here');
  await expect(ladder.getByRole('button', { name: /The greeting/ })).toContainText('missing here');
});
