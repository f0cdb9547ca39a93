/** How a screen looks: pictures in both sizes and all themes, nothing that overflows, nothing that axe objects to. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
] as const;
const THEMES = [
  { name: 'light', colorScheme: 'light', forcedColors: 'none' },
  { name: 'dark', colorScheme: 'dark', forcedColors: 'none' },
  { name: 'contrast', colorScheme: 'dark', forcedColors: 'active' },
] as const;
const FOLDER = 'test-results/looks';

/** Takes the pictures of what the page shows now, and checks each of them. `name` is that of the files. */
export async function look(page: Page, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  await page.mouse.move(0, 0);
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const { name: theme, ...media } of THEMES) {
      await test.step(`${theme}, ${size.width} × ${size.height}`, async () => {
        await page.emulateMedia({ ...media, reducedMotion: 'reduce' });
        await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
        await page.screenshot({ path: join(FOLDER, `${name}-${theme}-${size.width}.png`), animations: 'disabled' });
        // Soft, so that one run shows everything that is wrong.
        expect.soft(await overflow(page), 'what is wider than the window').toEqual([]);
        // The narrow layout is judged once: its colours are those of the wide one.
        const judged = theme === 'light' || (theme === 'dark' && size === SIZES[0]);
        if (judged) expect.soft(await objections(page), 'what axe objects to').toEqual([]);
      });
    }
  }
  await page.setViewportSize(SIZES[0]);
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
}

/** Elements that make the page itself scroll sideways. */
async function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = [...document.body.querySelectorAll('*')].filter(
      (element) => element.getBoundingClientRect().right > width + 1,
    );
    return wide.slice(0, 5).map((element) => `${element.tagName} ${element.className}`);
  });
}

/** Serious and critical violations, each with the elements it is about. */
async function objections(page: Page): Promise<string[]> {
  // The dummies of Fluent UI's focus trap hand the focus on at once; nobody ever stands on them.
  const axe = new AxeBuilder({ page }).exclude('[data-tabster-dummy]');
  // Else axe opens a page of its own to add up, and ours loses its focus and its frames to it.
  const { violations } = await axe.setLegacyMode().analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return grave.flatMap(({ id, nodes }) =>
    nodes.map(
      (node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary?.split('\n').slice(1, 3).join(' ').trim()}`,
    ),
  );
}
