/** A DNS server with a few names of contoso.com and fabrikam.com, on a port of 127.0.0.1. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { run } from './programs.ts';

/** More than fits into 512 bytes, so that it is cut off by UDP without EDNS. */
const LONG = Array.from({ length: 30 }, (_, i) => `ip4:198.51.100.${i + 100}`);

const RECORDS = [
  '--mx-host=contoso.com,mail.contoso.com,10',
  '--mx-host=contoso.com,mail2.contoso.com,20',
  '--host-record=mail.contoso.com,192.0.2.10',
  '--host-record=mail2.contoso.com,192.0.2.11',
  '--txt-record=contoso.com,v=spf1 mx -all',
  '--mx-host=fabrikam.com,missing.fabrikam.com,10',
  '--txt-record=fabrikam.com,v=spf1 mx -all',
  '--txt-record=fabrikam.com,v=spf1 a -all',
  '--mx-host=long.contoso.com,mail.contoso.com,10',
  // A comma begins the next part of the text.
  `--txt-record=long.contoso.com,v=spf1 ,${LONG.slice(0, 15).join(' ')} ,${LONG.slice(15).join(' ')} -all`,
];

export async function startDnsmasq(port: number): Promise<{ port: number; stop(): Promise<void> }> {
  const how = ['--keep-in-foreground', '--no-resolv', '--no-hosts', '--bind-interfaces', '--conf-file=/dev/null'];
  const local = ['--local=/contoso.com/', '--local=/fabrikam.com/', '--local=/2.0.192.in-addr.arpa/'];
  const where = ['--listen-address=127.0.0.1', `--port=${port}`, '--pid-file', '--user=root'];
  const child = spawn('dnsmasq', [...how, ...where, ...local, ...RECORDS], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  for (let tries = 0; tries < 50; tries += 1) {
    if ((await dig(port, 'contoso.com', 'MX')).length > 0) {
      return {
        port,
        stop: async () => {
          child.kill();
          await ended;
        },
      };
    }
    await pause(50);
  }
  child.kill();
  throw new Error('dnsmasq does not answer.');
}

/** The answers of dig, sorted. */
export async function dig(port: number, ...question: string[]): Promise<string[]> {
  const args = ['@127.0.0.1', '-p', String(port), '+short', '+time=1', '+tries=1', ...question];
  const { stdout } = await run('dig', args);
  return stdout
    .split('\n')
    .map((line) => line.trim().replaceAll('"', ''))
    .filter((line) => line !== '' && !line.startsWith(';'))
    .sort();
}
