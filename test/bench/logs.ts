/**
 * Reading a log directory of its default size: 250 MB of protocol logs in 25 files, composed with known truth. Prints
 * the time of `logs --json` beside those of `wc -l`, and of DuckDB and lnav where they are installed.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LogSummary } from '../../wizards/engine/logs/log-summary.ts';
import { composeLogs } from '../fixtures/logs/compose-logs.ts';
import { median, milliseconds, printTable, type Row } from './table.ts';

const BYTES = 250_000_000;
const RUNS = 5;
const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const peak = fileURLToPath(new URL('./peak-memory.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'fieldguide-bench-logs-'));
const memory = `${folder}.peak`;

/** Milliseconds, and what it printed; null where the program is not installed. */
function timed(command: string, args: string[], env: Record<string, string> = {}): { ms: number; out: string } | null {
  const start = performance.now();
  const run = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 1e9,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (run.error) return null;
  if (run.status !== 0) throw new Error(`${command} ended with ${run.status}: ${run.stderr.slice(0, 500)}`);
  return { ms: performance.now() - start, out: run.stdout };
}

function medianOf(command: string, args: string[], env?: Record<string, string>): number | null {
  const times: number[] = [];
  for (let i = 0; i < RUNS; i += 1) {
    const run = timed(command, args, env);
    if (!run) return null;
    times.push(run.ms);
  }
  return median(times);
}

const COLUMNS = ['date', 'connector', 'session', 'sequence', 'local', 'remote', 'event', 'data', 'context'];

/** Merely groups the lines by session: what a general tool does that knows nothing of SMTP. */
function duckdbQuery(): string {
  const columns = `{${COLUMNS.map((name) => `'${name}': 'VARCHAR'`).join(', ')}}`;
  const source = `read_csv('${folder}/*.LOG', header = false, comment = '#', quote = '"', columns = ${columns}, null_padding = true, ignore_errors = true)`;
  return `SET threads = 2; SELECT count(*) FROM (SELECT session, count(*), min(date), max(date) FROM ${source} GROUP BY session)`;
}

const DUCKDB = `
  const { DuckDBInstance } = await import(process.env.DUCKDB_MODULE);
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  console.log(String((await connection.runAndReadAll(process.argv[1])).getRows()[0][0]));
`;

/** A process for each run, as ours: the command line program, or the package for Node that DUCKDB_MODULE names. */
function duckdb(): number | null {
  const program = medianOf('duckdb', ['-c', duckdbQuery()]);
  if (program !== null || !process.env.DUCKDB_MODULE) return program;
  return medianOf(process.execPath, ['--input-type=module', '-e', DUCKDB, duckdbQuery()]);
}

try {
  const truth = composeLogs({
    bytes: BYTES,
    write: ({ name, text }) => writeFileSync(join(folder, name), text, 'latin1'),
  });
  const args = ['--import', peak, cli, 'logs', '--json', folder];
  const env = { PEAK_MEMORY: memory, FIELDGUIDE_HOME: join(folder, 'no-home') };
  const first = timed(process.execPath, args, env);
  const summary = JSON.parse(first?.out ?? '{}') as LogSummary;
  if (
    summary.sessions !== truth.sessions ||
    JSON.stringify(summary.by_stage) !== JSON.stringify(ordered(summary, truth.byStage))
  )
    throw new Error(`The summary is not the truth: ${JSON.stringify([summary.by_stage, truth.byStage])}`);
  const ours = medianOf(process.execPath, args, env) as number;
  const rss = Number(readFileSync(memory, 'utf8')) / 1e6;
  const duck = duckdb();
  const words = medianOf('wc', ['-l', ...readdirSync(folder).map((name) => join(folder, name))]);
  const lnav = timed('lnav', ['-n', '-c', ';SELECT count(*) FROM all_logs', folder])?.ms ?? null;
  const ratio = (other: number | null) =>
    other === null ? 'not installed' : `${(ours / other).toFixed(2)} x (${milliseconds(other)})`;
  const rows: Row[] = [
    {
      what: `logs --json, ${(truth.bytes / 1e6).toFixed(0)} MB, ${truth.files} files, ${truth.sessions} sessions`,
      value: `${milliseconds(ours)}, ${(truth.bytes / 1e3 / ours).toFixed(0)} MB/s, ${availableParallelism()} processors`,
      figure: '',
      reached: null,
    },
    { what: 'peak memory', value: `${rss.toFixed(0)} MB`, figure: '<= 150 MB', reached: rss <= 150 },
    {
      what: 'to DuckDB grouping by session, its start included',
      value: ratio(duck),
      figure: '<= 0.8 x',
      reached: duck === null ? null : ours <= 0.8 * duck,
    },
    { what: 'to lnav', value: ratio(lnav), figure: '<= 0.1 x', reached: lnav === null ? null : ours <= 0.1 * lnav },
    { what: 'to wc -l', value: ratio(words), figure: '', reached: null },
  ];
  printTable('Reading protocol logs', rows);
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(memory, { force: true });
}

/** The stages of the truth in the order in which the summary has them. */
function ordered({ by_stage }: LogSummary, truth: Record<string, number>): Record<string, number | undefined> {
  return Object.fromEntries(Object.keys(by_stage).map((stage) => [stage, truth[stage]]));
}
