/** One case, two doors: begun in the page, continued on the command line, and back in the page. */
import { expect, test } from './app.ts';
import { answer, FLAGS, METABASE, pasteOutput, path, question, reading, record, sample, walkToFlags } from './story.ts';

test('a walk begun in the page goes on in the command line once the page has left it, and back again', async ({
  app,
}) => {
  const { page } = app;
  await walkToFlags(app);
  const folder = app.caseFolder();

  const refused = await app.cli(['run', '--case', folder, '--json'], '{"type":"quit"}\n');
  expect(refused.code, 'while the page shows the case, nobody else writes to it').toBe(2);
  expect(JSON.parse(refused.out)).toMatchObject({ error: { code: 'locked' } });

  await page.getByRole('link', { name: 'Start', exact: true }).click();
  const lines = [
    { type: 'paste', command: 'X1', shell: 'cmd', output: sample('X1', 'all-on') },
    { type: 'choose', outcome: 'integrated-on', note: 'from the command line' },
    { type: 'quit' },
  ];
  const input = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  await expect(async () => {
    const ran = await app.cli(['run', '--case', folder, '--json'], input);
    expect(ran.code).toBe(0);
    const messages = ran.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(messages.map(({ type }) => type)).toEqual(['step', 'reading', 'step', 'step']);
    expect(messages[1]).toMatchObject({ suggested: 'integrated-on' });
    expect(messages[3]).toMatchObject({ step: { id: 'providers', wizard: 'auth-settings' } });
  }, 'the page gives the case up within a few seconds').toPass({ timeout: 15_000, intervals: [500] });

  await page.getByRole('region', { name: 'Cases' }).getByRole('link').click();
  await expect(question(page)).toHaveText('Are both authentication providers there, GSSAPI and NTLM?');
  await expect(path(page).getByRole('button', { name: FLAGS })).toContainText('1 capture');
  await path(page).getByRole('button', { name: FLAGS }).click();
  await expect(page.getByRole('main')).toContainText('Note: from the command line');
  await page.getByRole('button', { name: 'Back to the present step' }).click();
  await answer(page, /^Both are there/, 'Does the receiving server really offer authentication?');
});

test('a case begun on the command line is among the cases of the page, and goes on there', async ({ app }) => {
  const begun = await app.cli(
    ['run', 'auth-settings', '--json', '--title', 'From the console', '--set', 'virtual_server=2'],
    '{"type":"choose","outcome":"exchange-2003"}\n{"type":"quit"}\n',
  );
  expect(begun.code).toBe(0);
  const { page } = app;
  await page.reload();
  await page.getByRole('region', { name: 'Cases' }).getByRole('link', { name: 'From the console' }).click();
  await expect(question(page)).toHaveText(FLAGS);
  await pasteOutput(page, METABASE, sample('X1', 'no-integrated'));
  await expect(reading(page)).toContainText('(INTEGER) 3');
  await record(page, /^Integrated Windows Authentication is off/);
});
