/** A Postfix of our own: its files in a folder, on ports of 127.0.0.1, throwing away whatever it takes. */
import { chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './programs.ts';

export type Postfix = { closed: number; open: number; stop(): Promise<void> };

/** `closed` relays for nobody, `open` for everybody on this machine. Must be started as root. */
export async function startPostfix(folder: string, closed: number, open: number): Promise<Postfix> {
  const at = (...names: string[]): string => join(folder, ...names);
  for (const name of ['etc', 'queue', 'data']) mkdirSync(at(name), { recursive: true });
  const id = (await run('id', ['-u', 'postfix'])).stdout.trim();
  chownSync(at('data'), Number(id), 0);
  await selfSigned(at('key.pem'), at('cert.pem'));
  writeFileSync(at('etc', 'main.cf'), mainCf(folder));
  writeFileSync(at('etc', 'master.cf'), masterCf(closed, open));
  const started = await run('postfix', ['-c', at('etc'), 'start']);
  const log = existsSync(at('log')) ? readFileSync(at('log'), 'utf8') : '';
  if (started.code !== 0) throw new Error(`Postfix does not start: ${started.stderr}${log}`);
  return { closed, open, stop: async () => void (await run('postfix', ['-c', at('etc'), 'stop'])) };
}

async function selfSigned(key: string, certificate: string): Promise<void> {
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
  const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
  const made = await run('openssl', [...args, '-addext', names, '-keyout', key, '-out', certificate]);
  if (made.code !== 0) throw new Error(`openssl makes no certificate: ${made.stderr}`);
}

const mainCf = (folder: string): string => `compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
mail_owner = postfix
setgid_group = postdrop
myhostname = mail.contoso.com
mydestination = contoso.com
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = reject_unauth_destination
local_recipient_maps =
local_transport = discard:
default_transport = discard:
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
maillog_file = ${folder}/log
maillog_file_prefixes = ${folder}
smtpd_tls_security_level = may
smtpd_tls_cert_file = ${folder}/cert.pem
smtpd_tls_key_file = ${folder}/key.pem
alias_maps =
`;

const masterCf = (closed: number, open: number): string => `127.0.0.1:${closed} inet n - n - - smtpd
127.0.0.1:${open} inet n - n - - smtpd
  -o smtpd_relay_restrictions=permit_mynetworks,reject_unauth_destination
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
discard unix - - n - - discard
error unix - - n - - error
postlog unix-dgram n - n - 1 postlogd
`;
