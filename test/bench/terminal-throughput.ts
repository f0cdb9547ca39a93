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

const folder = mkdtempSync(join(tmpdir(), 'terminal-bench-'));
const text = logText(MEGABYTES * 1024 * 1024);
writeFileSync(join(folder, 'log.txt'), text);
const server = await startBenchServer(Buffer.from(`${text}last-line\n`.replaceAll('\n', '\r\n')));
const close = openAlone(server.address);
const { page, terminals } = server;
try {
  const product = async (): Promise<number> => {
    const { id } = await terminals.open({ shell: 'bash', columns: 120, rows: 36, directory: folder });
    await terminals.ready(id);
    const view = await page.ask('openView', id);
    if (process.env.BENCH_VERBOSE) console.log('view:', view);
    const start = performance.now();
    const seen = page.ask('viewPainted', id, 'last-line');
    const capture = await terminals.run(id, "cat log.txt; printf 'last-%s\\n' line", { timeoutMs: 300_000 });
    await seen;
    const ms = performance.now() - start;
    if (
      capture.totalBytes < text.length ||
      capture.output.length !== Math.min(capture.totalBytes, DEFAULT_CAPTURE_LIMIT)
    ) {
      throw new Error(`captured ${capture.output.length} of ${capture.totalBytes} bytes`);
    }
    await page.ask('closeView', id);
    await terminals.close(id);
    return ms;
  };
  const bare = (): Promise<number> => page.ask('bare', 'last-line');
  const memory = (): Promise<number> => page.ask('memory', 'last-line');

  const times = { product: [] as number[], bare: [] as number[], memory: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    // In turns, so that a slow moment of the machine meets all three.
    times.bare.push(await bare());
    times.product.push(await product());
    times.memory.push(await memory());
  }
  const speed = (ms: number): string =>
    `${((text.length / 1024 / 1024 / ms) * 1000).toFixed(1)} MB/s (${(ms / 1000).toFixed(2)} s)`;
  const [ours, overBare, fromMemory] = [median(times.product), median(times.bare), median(times.memory)];
  if (process.env.BENCH_VERBOSE) console.log(times);
  printTable(`Terminal: ${MEGABYTES} MB of log text to the last painted row, median of ${ROUNDS}`, [
    { what: 'shell, core, capture, view', value: speed(ours), figure: '', reached: null },
    { what: 'bare WebSocket into xterm.js', value: speed(overBare), figure: '', reached: null },
    { what: 'xterm.js fed from memory', value: speed(fromMemory), figure: '', reached: null },
    {
      what: 'ratio to the bare WebSocket',
      value: (overBare / ours).toFixed(2),
      figure: '>= 0.95',
      reached: overBare / ours >= 0.95,
    },
    {
      what: 'ratio to xterm.js from memory',
      value: (fromMemory / ours).toFixed(2),
      figure: 'goal 0.8',
      reached: fromMemory / ours >= 0.8,
    },
  ]);
} finally {
  await close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}
