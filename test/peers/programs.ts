/** Programs that nobody here wrote, from Debian's packages. */
import { spawn, spawnSync } from 'node:child_process';
import { installDebianPackage, isOnPath } from '../run/debian-packages.mjs';

const PACKAGES: [program: string, debian: string][] = [
  ['postfix', 'postfix'],
  ['swaks', 'swaks'],
  ['openssl', 'openssl'],
  ['dnsmasq', 'dnsmasq-base'],
  ['dig', 'bind9-dnsutils'],
];

/** Installs what is missing. Returns the programs that are not there all the same. */
export async function providePeers(): Promise<string[]> {
  // Postfix asks how it is to be set up, unless it was told before.
  if (!isOnPath('postfix') && process.getuid?.() === 0)
    spawnSync('debconf-set-selections', { input: 'postfix postfix/main_mailer_type select No configuration\n' });
  for (const [program, debian] of PACKAGES) if (!isOnPath(program)) await installDebianPackage(debian);
  // swaks needs it for TLS, but Debian only recommends it.
  if (spawnSync('perl', ['-MNet::SSLeay', '-e', '1']).status !== 0) await installDebianPackage('libnet-ssleay-perl');
  return PACKAGES.map(([program]) => program).filter((program) => !isOnPath(program));
}

export type Run = { code: number | null; stdout: string; stderr: string };

/** A program to its end, at most 60 seconds. Its standard input is empty. */
export function run(command: string, args: string[], env: Record<string, string> = {}): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
      env: { ...process.env, ...env },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}
