/**
 * A log file through a real shell, the core (capture on) and the product's view, to the last painted row; against
 * the same bytes over a bare WebSocket into xterm.js, and from memory, in the same page.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_CAPTURE_LIMIT } from '../../electron/terminal/capture.ts';
import { startBenchServer } from '../fixtures/terminal/bench-server.ts';
import { openAlone } from './chromium.ts';
import { median, printTable } from './table.ts';

const MEGABYTES = Number(process.env.BENCH_MEGABYTES ?? 50);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);

function logText(size: number): string {
  const verbs = [
    'EHLO mail.contoso.com',
    'MAIL FROM:<anna@contoso.com> SIZE=20481',
    'RCPT TO:<ben@fabrikam.com>',
    'BDAT 20481 LAST',
    'QUIT',
  ];
  const lines: string[] = [];
  for (let n = 0, length = 0; length < size; n++) {
    const at = `2024-03-05T10:${String(n % 60).padStart(2, '0')}:${String((n * 7) % 60).padStart(2, '0')}.${String(n % 1000).padStart(3, '0')}Z`;
    const line = `${at},EX01\\To Fabrikam,08DC3CE1${((n * 2654435761) % 2 ** 32).toString(16).padStart(8, '0')},${n % 40},192.0.2.${n % 250}:${20000 + (n % 9999)},198.51.100.${n % 99}:25,>,${verbs[n % verbs.length]},`;
    lines.push(line);
    length += line.length + 1;
  }
  return `${lines.join('\n')}\n`;
}

type Text = 'plain' | 'coloured';
const plain = logText(MEGABYTES * 1024 * 1024);
/** A colour in each line, as from a program that marks what it found. */
const texts: Record<Text, string> = { plain, coloured: plain.replaceAll(',>,', ',\x1b[32m>\x1b[0m,') };
const folder = mkdtempSync(join(tmpdir(), 'terminal-bench-'));
for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, `${name}.txt`), text);
const asSent = (text: string): Uint8Array => Buffer.from(`${text}last-line\n`.replaceAll('\n', '\r\n'));
const server = await startBenchServer({ plain: asSent(texts.plain), coloured: asSent(texts.coloured) });
const close = openAlone(server.address);
const { page, terminals } = server;
const LAST = 'last-line';

async function product(text: Text): Promise<{ ms: number; received: number }> {
  const { id } = await terminals.open({ shell: 'bash', columns: 120, rows: 36, directory: folder });
  await terminals.ready(id);
  await page.ask('openView', id);
  const start = performance.now();
  const seen = page.ask('viewPainted', id, LAST);
  const capture = await terminals.run(id, `cat ${text}.txt; printf 'last-%s\\n' line`, { timeoutMs: 300_000 });
  await seen;
  const ms = performance.now() - start;
  const { output, totalBytes } = capture;
  if (totalBytes < texts[text].length || output.length !== Math.min(totalBytes, DEFAULT_CAPTURE_LIMIT)) {
    throw new Error(`captured ${output.length} of ${totalBytes} bytes`);
  }
  const received = await page.ask('closeView', id);
  await terminals.close(id);
  return { ms, received };
}

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

async function compare(text: Text, figures: { bare: number | null; memory: number | null }): Promise<void> {
  const times = { product: [] as number[], bare: [] as number[], memory: [] as number[] };
  let received = 0;
  for (let round = 0; round < ROUNDS; round++) {
    // In turns, so that a slow moment of the machine meets all three.
    times.bare.push(await page.ask('bare', text, LAST));
    const ours = await product(text);
    times.product.push(ours.ms);
    received = Math.max(received, ours.received);
    times.memory.push(await page.ask('memory', text, LAST));
  }
  const speed = (ms: number): string =>
    `${((texts[text].length / 1024 / 1024 / ms) * 1000).toFixed(1)} MB/s (${(ms / 1000).toFixed(2)} s)`;
  const ratio = (what: string, value: number, figure: number | null, word: string) => ({
    what,
    value: value.toFixed(2),
    figure: figure === null ? '' : `${word} ${figure}`,
    reached: figure === null ? null : value >= figure,
  });
  const ours = median(times.product);
  printTable(
    `Terminal: ${megabytes(texts[text].length)} of ${text} log text to the last painted row, median of ${ROUNDS}`,
    [
      { what: 'shell, core, capture, view', value: speed(ours), figure: '', reached: null },
      { what: 'of which the view had to parse', value: megabytes(received), figure: '', reached: null },
      { what: 'bare WebSocket into xterm.js', value: speed(median(times.bare)), figure: '', reached: null },
      { what: 'xterm.js fed from memory', value: speed(median(times.memory)), figure: '', reached: null },
      ratio('ratio to the bare WebSocket', median(times.bare) / ours, figures.bare, '>='),
      ratio('ratio to xterm.js from memory', median(times.memory) / ours, figures.memory, 'goal'),
    ],
  );
}

try {
  await compare('plain', { bare: 0.95, memory: 0.8 });
  await compare('coloured', { bare: null, memory: null });
} finally {
  await close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}
