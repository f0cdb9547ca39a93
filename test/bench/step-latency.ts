/** From the choice of an outcome to the next step on the screen, in a case with a journal of 2,000 events. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Core } from '../../electron/core.ts';
import { serveDoor } from '../support/served-door.ts';
import { launchChromium } from './chromium.ts';
import { median, milliseconds, percentile, printTable } from './table.ts';

const CHOICES = Number(process.env.BENCH_CHOICES ?? 200);
const home = mkdtempSync(join(tmpdir(), 'fieldguide-steps-'));
const core = new Core({ door: 'cli', programFolder: resolve('dist'), version: '0', dataFolder: home });
const session = await core.createCase({ title: 'Steps', ticket: '', operator: 'bench', wizard: 'auth-settings' });
const outcome = session.view.step?.outcomes[0]?.id as string;
while (session.state.seq < 2000) {
  await session.input({ type: 'choose', outcome });
  await session.input({
    type: 'back',
    to: session.state.visits.findLast((visit) => !visit.superseded && visit.outcome !== null)?.n as number,
  });
}
const id = session.id;
await core.close();

const door = await serveDoor(home, { onNote: () => {} });
const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
const url = new URL(door.url);
await page.goto(`${url.origin}/${url.hash}&case=${id}`);
await page.getByRole('radio').first().waitFor();

/** Time inside the page, from the key until the frame with the new heading is painted. */
async function choose(): Promise<number> {
  await page.getByRole('radio').first().check();
  await page.evaluate(() => {
    const before = document.querySelector('h1')?.textContent;
    const measured = window as unknown as { took: Promise<number> };
    measured.took = new Promise((done) => {
      let start = 0;
      addEventListener('keydown', () => (start = performance.now()), { capture: true, once: true });
      // A message that is sent before a frame is painted arrives after it.
      const painted = new MessageChannel();
      painted.port1.onmessage = () => {
        painted.port1.close();
        done(performance.now() - start);
      };
      const seen = new MutationObserver(() => {
        if (document.querySelector('h1')?.textContent === before) return;
        seen.disconnect();
        requestAnimationFrame(() => painted.port2.postMessage(null));
      });
      seen.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
  });
  await page.keyboard.press('Enter');
  return page.evaluate(() => (window as unknown as { took: Promise<number> }).took);
}

/** Back to the step that was just answered, as a person goes there: through the path. */
async function goBack(): Promise<void> {
  const present = page.locator('[data-visit]').filter({ has: page.locator('[aria-current="step"]') });
  const visit = Number(await present.getAttribute('data-visit'));
  await page.locator(`[data-visit="${visit - 1}"] button`).click();
  await page.getByRole('button', { name: 'Answer again from here' }).click();
  await page.locator(`[data-visit="${visit + 1}"] [aria-current="step"]`).waitFor();
  await page.getByRole('radio').first().waitFor();
}

const times: number[] = [];
for (let choice = 0; choice < CHOICES; choice += 1) {
  times.push(await choose());
  await goBack();
}
await browser.close();
await door.stop();
const p99 = percentile(times, 0.99);
printTable(`Choosing an outcome to the next step on screen (${CHOICES} choices, journal of 2,000 events)`, [
  { what: 'median', value: milliseconds(median(times)), figure: '', reached: null },
  { what: 'p99', value: milliseconds(p99), figure: '≤ 50 ms', reached: p99 <= 50 },
]);
