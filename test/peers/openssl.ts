/** What openssl sees of a server's TLS. */
import { run } from './programs.ts';

export type OpensslView = { protocol: string | null; cipher: string | null; subject: string | null };

export async function openssl(port: number): Promise<OpensslView> {
  const args = ['s_client', '-brief', '-starttls', 'smtp', '-connect', `127.0.0.1:${port}`];
  const { stdout, stderr } = await run('openssl', args);
  const field = (name: string): string | null =>
    new RegExp(`^${name}: (.*)$`, 'm').exec(`${stderr}${stdout}`)?.[1]?.trim() ?? null;
  return {
    protocol: field('Protocol version'),
    cipher: field('Ciphersuite'),
    subject: field('Peer certificate')?.replaceAll(' ', '') ?? null,
  };
}
