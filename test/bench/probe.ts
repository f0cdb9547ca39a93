/** The probe beside swaks doing the same, the start of the program to its first byte, and 500 targets at once. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, milliseconds, printTable, type Row } from './table.ts';

const RUNS = 9;
const TARGETS = 500;
const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const peak = fileURLToPath(new URL('./peak-memory.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'fieldguide-bench-probe-'));
const env = { ...process.env, FIELDGUIDE_HOME: join(folder, 'no-home') };
const ENVELOPE = ['--from', 'user1@contoso.com', '--to', 'user2@contoso.com'];

/** In a process of its own, so that this one keeps no time from the server. */
async function startLab(): Promise<{ port: number; end(): void }> {
  const child = spawn(process.execPath, [cli, 'lab', 'serve', '--json'], { env });
  const [line] = await once(child.stdout, 'data');
  return { port: JSON.parse(String(line)).port, end: () => child.kill() };
}

function timed(command: string, args: string[]): number | null {
  const times: number[] = [];
  for (let i = 0; i < RUNS; i += 1) {
    const began = performance.now();
    const run = spawnSync(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    if (run.error) return null;
    if (run.status !== 0) throw new Error(`${command} ended with ${run.status}: ${run.stderr}`);
    times.push(performance.now() - began);
  }
  return median(times);
}

/** From the start of the process to the EHLO that a bare server receives. */
async function toFirstByte(): Promise<number> {
  const times: number[] = [];
  const server: Server = createServer((socket) => {
    socket.on('error', () => {});
    socket.write('220 ready\r\n');
    socket.once('data', () => {
      times.push(performance.now() - began);
      socket.end('421 bye\r\n');
    });
  });
  let began = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  for (let i = 0; i < RUNS; i += 1) {
    began = performance.now();
    const child = spawn(process.execPath, [cli, 'probe', 'smtp', `127.0.0.1:${port}`, '--json'], { env });
    await once(child, 'exit');
  }
  server.close();
  return median(times);
}

try {
  const lab = await startLab();
  const target = `127.0.0.1:${lab.port}`;
  const ours = timed(process.execPath, [cli, 'probe', 'smtp', target, ...ENVELOPE, '--json']) as number;
  const [host = '', port = ''] = target.split(':');
  const swaks = timed('swaks', ['--server', host, '--port', port, '--tls', ...ENVELOPE, '--quit-after', 'RCPT']);
  const first = await toFirstByte();
  const memory = join(folder, 'peak');
  const began = performance.now();
  const many = spawnSync(
    process.execPath,
    ['--import', peak, cli, 'probe', 'smtp', '--targets', '-', '--parallel', '50', ...ENVELOPE, '--json'],
    { env: { ...env, PEAK_MEMORY: memory }, input: `${target}\n`.repeat(TARGETS), maxBuffer: 1e9 },
  );
  const manyMs = performance.now() - began;
  lab.end();
  if (many.status !== 0) throw new Error(`500 targets ended with ${many.status}: ${String(many.stderr).slice(0, 500)}`);
  const rss = Number(readFileSync(memory, 'utf8')) / 1e6;
  const rows: Row[] = [
    {
      what: 'to RCPT with STARTTLS, start included',
      value: `${milliseconds(ours)}, ${availableParallelism()} processors`,
      figure: '',
      reached: null,
    },
    {
      what: 'to swaks doing the same',
      value: swaks === null ? 'not installed' : `${(ours / swaks).toFixed(2)} x (${milliseconds(swaks)})`,
      figure: '<= 1 x',
      reached: swaks === null ? null : ours <= swaks,
    },
    { what: 'start to the first byte sent', value: milliseconds(first), figure: '<= 300 ms', reached: first <= 300 },
    {
      what: `${TARGETS} targets, 50 at a time`,
      value: milliseconds(manyMs),
      figure: '<= 5000 ms',
      reached: manyMs <= 5000,
    },
    { what: 'peak memory with them', value: `${rss.toFixed(0)} MB`, figure: '<= 150 MB', reached: rss <= 150 },
  ];
  printTable('The probe', rows);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
