/** Exports of long cases: time and memory of each format, and whether memory grows with the case. */

import { EXPORTERS } from '../../electron/export/export.ts';
import type { Checklist, StepItem } from '../../wizards/engine/checklist/model.ts';
import { redact } from '../../wizards/engine/redact/redact.ts';
import { fullWalk } from '../unit/export/walker.ts';
import { median, milliseconds, printTable, type Row } from './table.ts';

const RUNS = 5;
const OUTPUT_LINES = 60;

/** A case whose steps each have an output. */
function longCase(steps: number): Checklist {
  const made = fullWalk().checklist();
  const [pattern] = made.path.steps.filter(({ captures }) => captures.length > 0);
  if (!pattern) throw new Error('The walk of the tests has a step with an output.');
  const lines = Array.from({ length: OUTPUT_LINES }, (_, i) => ({
    n: i + 1,
    text: `Line ${i + 1} of mbx02.contoso.com [192.0.2.${i}]`,
    evidence: i === 30,
  }));
  const step = (n: number): StepItem => ({
    ...pattern,
    n,
    captures: pattern.captures.map((capture) => ({
      ...capture,
      output: { ...capture.output, lines, totalLines: OUTPUT_LINES },
    })),
  });
  return { ...made, path: { ...made.path, steps: Array.from({ length: steps }, (_, i) => step(i + 1)) } };
}

function timed(work: () => unknown): number {
  const times = Array.from({ length: RUNS }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  });
  return median(times);
}

const rows: Row[] = [];
const add = (what: string, ms: number, most: number | null = null): void => {
  const [figure, reached] = most === null ? ['', null] : [`<= ${most} ms`, ms <= most];
  rows.push({ what, value: milliseconds(ms), figure: figure as string, reached: reached as boolean | null });
};
for (const steps of [500, 2000, 8000]) {
  const made = longCase(steps);
  add(
    `HTML of ${steps} steps`,
    timed(() => EXPORTERS.html.write(made)),
    steps === 500 ? 1000 : null,
  );
}
const half = longCase(500);
for (const [format, { write }] of Object.entries(EXPORTERS))
  if (format !== 'html')
    add(
      `${format} of 500 steps`,
      timed(() => write(half)),
    );
add(
  'names of 500 steps replaced',
  timed(() => redact(half, { keep: [], words: [] })),
);
rows.push({
  what: 'peak memory',
  value: `${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
  figure: '',
  reached: null,
});
printTable('Exports', rows);
