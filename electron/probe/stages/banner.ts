import { endByReply, type ProbeContext } from '../probe-context.ts';
import type { SmtpConnection } from '../smtp-connection.ts';

/** Waits for the greeting. */
export async function awaitBanner(probe: ProbeContext): Promise<boolean> {
  probe.record.begin('banner');
  const exchange = await (probe.connection as SmtpConnection).greeting();
  const { reply, ended } = exchange;
  if (ended !== 'reply' || !reply || reply.code === 220 || reply.code >= 400) return endByReply(probe, exchange);
  probe.record.end('fail', 'What came is no greeting of SMTP.');
  return false;
}
