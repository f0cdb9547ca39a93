import { endByReply, type ProbeContext } from '../probe-context.ts';
import type { SmtpConnection } from '../smtp-connection.ts';

/** Leaves politely: what was begun is taken back, so that nothing is ever delivered. */
export async function leave(probe: ProbeContext): Promise<boolean> {
  const { record } = probe;
  const connection = probe.connection as SmtpConnection;
  // The server has said that it goes: it waits for nothing more.
  if (record.exchanges.at(-1)?.reply?.code === 421) return true;
  record.begin('quit');
  if (record.exchanges.some(({ verb, reply }) => verb === 'MAIL' && reply !== null))
    await connection.command('RSET', 'RSET');
  return endByReply(probe, await connection.command('QUIT', 'QUIT'));
}
