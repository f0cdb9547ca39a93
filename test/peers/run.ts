/**
 * The probe and the lab server against programs that nobody here wrote: Postfix, swaks, openssl, dnsmasq and
 * dig, all on 127.0.0.1. Needs root on Debian, to install and to start them; prints a table and fails on any difference.
 */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProbeResult } from '../../wizards/engine/probe/probe-result.ts';
import { dig, startDnsmasq } from './dnsmasq.ts';
import { openssl } from './openssl.ts';
import { freePorts } from './ports.ts';
import { startPostfix } from './postfix.ts';
import { providePeers, run } from './programs.ts';
import { swaks } from './swaks.ts';

const CLI = join(import.meta.dirname, '../../dist/cli.js');
type Check = { what: string; ours: string; theirs: string };
const checks: Check[] = [];
const check = (what: string, ours: unknown, theirs: unknown): void => {
  checks.push({ what, ours: JSON.stringify(ours), theirs: JSON.stringify(theirs) });
};

async function probe(...args: string[]): Promise<{ code: number | null; result: ProbeResult }> {
  const { code, stdout, stderr } = await run(process.execPath, [CLI, 'probe', ...args, '--json']);
  if (stdout === '') throw new Error(`probe ${args.join(' ')} printed nothing: ${stderr}`);
  return { code, result: JSON.parse(stdout) as ProbeResult };
}

const ENVELOPE = ['--from', 'user1@contoso.com', '--to', 'user2@contoso.com'];
const sorted = (list: readonly string[] | null): string[] => [...(list ?? [])].sort();

/** The same server, asked by swaks, by openssl and by us. */
async function compareOn(name: string, port: number): Promise<void> {
  const { result } = await probe('smtp', `127.0.0.1:${port}`, ...ENVELOPE);
  const seen = await swaks(port, '--tls', ...ENVELOPE, '--quit-after', 'RCPT');
  const shaken = await openssl(port);
  // Exchange 2003 ends its list with OK, which is no capability.
  const listed = (lines: readonly string[] | null) => sorted(lines).filter((line) => line !== 'OK');
  check(`${name}: capabilities before TLS`, sorted(result.capabilities.before), listed(seen.before));
  check(`${name}: capabilities after TLS`, sorted(result.capabilities.after), listed(seen.after));
  check(`${name}: TLS, swaks`, [result.tls?.protocol, result.tls?.cipher], [seen.tls?.protocol, seen.tls?.cipher]);
  check(`${name}: TLS, openssl`, [result.tls?.protocol, result.tls?.cipher], [shaken.protocol, shaken.cipher]);
  check(`${name}: certificate, openssl`, result.tls?.chain[0]?.subject, shaken.subject);
  const answer = result.stages
    .find((stage) => stage.name === 'rcpt')
    ?.steps.findLast((step) => step.direction === 'received');
  check(`${name}: answer to RCPT`, answer?.text.trim(), seen.rcpt);
  check(`${name}: a stage failed`, result.stage !== 'none', seen.code !== 0);
}

/** swaks judges the lab server as it would any other: its exit code says where the conversation broke. */
const SWAKS_EXITS: [profile: string, code: number][] = [
  ['healthy', 0],
  ['banner-421', 21],
  ['backpressure', 23],
  ['relay-denied', 24],
  ['greylist', 24],
  ['too-many-recipients', 24],
  ['starttls-454', 29],
];

async function withLab<T>(profile: string, server: string, work: (port: number) => Promise<T>): Promise<T> {
  const child = spawn(process.execPath, [CLI, 'lab', 'serve', '--profile', profile, '--server', server, '--json']);
  try {
    const line = await new Promise<string>((resolve, reject) => {
      child.stdout.once('data', (bytes) => resolve(String(bytes)));
      child.once('exit', () => reject(new Error(`The lab server does not start (${profile}, ${server}).`)));
    });
    return await work((JSON.parse(line) as { port: number }).port);
  } finally {
    child.kill();
  }
}

async function relayVerdict(name: string, port: number, open: boolean): Promise<void> {
  const { code, result } = await probe('relay', `127.0.0.1:${port}`, '--yes');
  check(`${name}: relay`, [code, result.findings.map((one) => one.code)], open ? [1, ['relay-open']] : [0, []]);
}

/** Values of one type in the answers that we noted, as dig prints them. */
function recordsIn(result: ProbeResult, way: string, type: string, name: string): string[] {
  const told = `${way}: ${type} ${name} is `;
  const line = result.stages.flatMap(({ steps }) => steps).find(({ text }) => text.includes(told))?.text ?? '';
  const values = line.slice(line.indexOf(told) + told.length).split(', ');
  return values.map((value) => value.replace(/^(\d+ .*[a-z])$/, '$1.').replaceAll('"', '')).sort();
}

async function compareNames(port: number): Promise<void> {
  const resolver = ['--resolver', `127.0.0.1:${port}`, '--timeout', '2'];
  const long = (await probe('dns', 'long.contoso.com', ...resolver)).result;
  // dig prints the parts of a text apart.
  const joined = (lines: string[]): string[] => lines.map((line) => line.replaceAll(' ', ''));
  for (const [type, way, ...how] of [
    ['MX', 'by UDP (EDNS 1232)'],
    ['TXT', 'by UDP (EDNS 1232)'],
    ['TXT', 'by TCP', '+tcp'],
    ['TXT', 'by UDP (EDNS 4096)', '+bufsize=4096'],
  ] as const) {
    const theirs = await dig(port, 'long.contoso.com', type, ...how);
    check(`dnsmasq: ${type} ${way}, dig`, joined(recordsIn(long, way, type, 'long.contoso.com')), joined(theirs));
  }
  const cut = (await run('dig', ['@127.0.0.1', '-p', `${port}`, '+noedns', '+ignore', 'long.contoso.com', 'TXT']))
    .stdout;
  const noted = long.stages.flatMap(({ steps }) => steps).some(({ text }) => /no EDNS.*TXT.*cut off/.test(text));
  check('dnsmasq: a long text without EDNS is cut off, dig', noted, /;; flags:[^;]* tc/.test(cut));
  const codes = async (domain: string): Promise<string[]> =>
    (await probe('dns', domain, ...resolver)).result.findings.map(({ code }) => code).sort();
  check('dnsmasq: contoso.com is well', await codes('contoso.com'), []);
  check('dnsmasq: fabrikam.com is not', await codes('fabrikam.com'), ['mx-unresolved', 'spf-many']);
  check('dnsmasq: a domain that is not there', await codes('missing.contoso.com'), ['dns-not-found']);
  const named = (await probe('ip', '192.0.2.10', ...resolver, '--helo', 'mail.contoso.com', '--no-lists')).result;
  check(
    'dnsmasq: PTR, dig',
    recordsIn(named, '(EDNS 1232)', 'PTR', '10.2.0.192.in-addr.arpa').map((one) => `${one}.`),
    await dig(port, '-x', '192.0.2.10'),
  );
  check('dnsmasq: 192.0.2.10 is well', named.findings, []);
  const nameless = (await probe('ip', '192.0.2.99', ...resolver, '--no-lists')).result;
  check(
    'dnsmasq: 192.0.2.99 has no name',
    nameless.findings.map(({ code }) => code),
    ['ptr-missing'],
  );
}

const missing = await providePeers();
if (missing.length > 0 || process.getuid?.() !== 0) {
  const why = missing.length > 0 ? `${missing.join(', ')} cannot be installed here` : 'Postfix is started by root only';
  console.error(`The peers cannot be started: ${why}. On Debian, as root, this installs and starts them.`);
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'fieldguide-peers-'));
// Postfix goes through it as a user of its own.
chmodSync(folder, 0o755);
process.env.FIELDGUIDE_HOME = join(folder, 'home');
try {
  const [closed, open] = (await freePorts(2)) as [number, number];
  const postfix = await startPostfix(join(folder, 'postfix'), closed, open);
  try {
    await compareOn('Postfix', postfix.closed);
    await relayVerdict('Postfix, closed', postfix.closed, false);
    await relayVerdict('Postfix, open', postfix.open, true);
  } finally {
    await postfix.stop();
  }
  const [port] = (await freePorts(1)) as [number];
  const names = await startDnsmasq(port);
  try {
    await compareNames(names.port);
  } finally {
    await names.stop();
  }
  for (const server of ['2003', '2010', '2016', 'postfix'])
    await withLab('healthy', server, (port) => compareOn(`lab ${server}`, port));
  for (const [profile, exit] of SWAKS_EXITS)
    await withLab(profile, '2010', async (port) => {
      const { code } = await swaks(port, '--tls', ...ENVELOPE, '--quit-after', 'RCPT');
      check(`lab 2010, ${profile}: exit of swaks`, code, exit);
    });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const { what, ours, theirs } of checks) {
  console.log(`${ours === theirs ? 'same     ' : 'DIFFERENT'}  ${what}`);
  if (ours !== theirs) console.log(`             here ${ours}\n            there ${theirs}`);
}
const different = checks.filter(({ ours, theirs }) => ours !== theirs).length;
console.log(`${checks.length - different} the same, ${different} different`);
process.exitCode = different > 0 ? 1 : 0;
