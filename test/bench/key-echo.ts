/** From a key to its echo on the screen, in a tab beside one that floods, against the same without the flood. */
import { startBenchServer } from '../fixtures/terminal/bench-server.ts';
import { openAlone } from './chromium.ts';
import { milliseconds, percentile, printTable } from './table.ts';

const KEYS = Number(process.env.BENCH_KEYS ?? 400);
const FLOOD = "yes '2024-03-05T10:11:12.345Z,EX01,192.0.2.10:25,198.51.100.7:25,>,RCPT TO:<ben@fabrikam.com>,'";

const server = await startBenchServer();
const close = openAlone(server.address);
const { page, terminals } = server;
try {
  const open = async (name: string): Promise<string> => {
    const { id } = await terminals.open({ shell: 'bash', columns: 120, rows: 24 });
    await terminals.ready(id);
    await page.ask('openView', id, name, true);
    return id;
  };
  const typed = await open('typed');
  const flooding = await open('flooding');
  // The kernel echoes each key; nothing else is in the way.
  const reading = terminals.run(typed, 'cat >/dev/null', { timeoutMs: 600_000 });
  const measure = () => page.ask('keys', 'typed', KEYS);

  await page.ask('hide', 'flooding', true);
  await measure();
  const quiet = await measure();
  const flood = terminals.run(flooding, FLOOD, { timeoutMs: 600_000 });
  await new Promise((done) => setTimeout(done, 1000));
  const hidden = await measure();
  await page.ask('hide', 'flooding', false);
  await new Promise((done) => setTimeout(done, 1000));
  const beside = await measure();
  terminals.interrupt(flooding);
  const { totalBytes, ms } = await flood;
  terminals.interrupt(typed);
  await reading;

  const p99 = (numbers: number[]): number => percentile(numbers, 0.99);
  const row = (what: string, times: { parsed: number[]; painted: number[] }) => ({
    what,
    value: `${milliseconds(percentile(times.painted, 0.5))} / ${milliseconds(p99(times.painted))} (parsed ${milliseconds(p99(times.parsed))})`,
    figure: '',
    reached: null,
  });
  const added = p99(hidden.painted) - p99(quiet.painted);
  const addedBeside = p99(beside.painted) - p99(quiet.painted);
  printTable(
    `Key to drawn echo, median / p99 of ${KEYS}; flood of ${Math.round(totalBytes / 1024 / 1024 / (ms / 1000))} MB/s`,
    [
      row('no flood', quiet),
      row('another tab floods, not shown', hidden),
      row('another tab floods, shown beside', beside),
      { what: 'added by the flood', value: milliseconds(added), figure: '<= 16 ms', reached: added <= 16 },
      { what: 'added by a flood shown beside', value: milliseconds(addedBeside), figure: '', reached: null },
    ],
  );
} finally {
  await close();
  await server.close();
}
