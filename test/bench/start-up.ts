/** Process start, browser launch and page to the first usable step, against a blank page served the same way. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Core } from '../../electron/core.ts';
import { firstAddress, serveDoor } from '../support/served-door.ts';
import { launchChromium } from './chromium.ts';
import { median, milliseconds, printTable } from './table.ts';

const RUNS = Number(process.env.BENCH_RUNS ?? 7);
const BLANK = `require('node:http').createServer((q, r) => r.end('<!doctype html><title>b</title><h1>Blank</h1>')).listen(0, '127.0.0.1', function () { console.log('http://127.0.0.1:' + this.address().port + '/') })`;

async function blankPage(): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, ['-e', BLANK], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url, browser] = await Promise.all([firstAddress(child), launchChromium()]);
  const page = await browser.newPage();
  await page.goto(url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const time = performance.now() - start;
  await browser.close();
  child.kill();
  return time;
}

async function firstStep(home: string, id: string): Promise<number> {
  const start = performance.now();
  const [door, browser] = await Promise.all([serveDoor(home, { onNote: () => {} }), launchChromium()]);
  const page = await browser.newPage();
  const url = new URL(door.url);
  await page.goto(`${url.origin}/${url.hash}&case=${id}`);
  await page.getByRole('radio').first().waitFor();
  const time = performance.now() - start;
  await browser.close();
  await door.stop(true);
  return time;
}

const home = mkdtempSync(join(tmpdir(), 'fieldguide-start-'));
const core = new Core({ door: 'cli', programFolder: resolve('dist'), version: '0', dataFolder: home });
const { id } = await core.createCase({ title: 'Start', ticket: '', operator: 'bench', wizard: 'entry' });
await core.close();
const blank: number[] = [];
const ours: number[] = [];
await blankPage();
await firstStep(home, id);
for (let run = 0; run < RUNS; run += 1) {
  blank.push(await blankPage());
  ours.push(await firstStep(home, id));
}
rmSync(home, { recursive: true, force: true });
const ratio = median(ours.map((time, run) => time / (blank[run] as number)));
printTable(`Start to the first usable step (${RUNS} runs in turn, medians)`, [
  { what: 'blank page', value: milliseconds(median(blank)), figure: '', reached: null },
  { what: 'first usable step', value: milliseconds(median(ours)), figure: '', reached: null },
  { what: 'ratio', value: ratio.toFixed(2), figure: '≤ 1.5', reached: ratio <= 1.5 },
]);
