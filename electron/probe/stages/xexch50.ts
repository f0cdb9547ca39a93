import { announces } from '../../../wizards/engine/probe/capability-list.ts';
import { currentCapabilities, endByReply, type ProbeContext } from '../probe-context.ts';
import type { SmtpConnection } from '../smtp-connection.ts';

/** Announces extended properties, as an Exchange server of 2000 to 2010 does (facts: KB 818222). */
export async function announceBlob(probe: ProbeContext): Promise<boolean> {
  const { record, options } = probe;
  record.begin('xexch50');
  if (options.bytes === null) return leaveOut(probe, 'It was not asked for.');
  if (options.to.length === 0) return leaveOut(probe, 'It needs a recipient.');
  if (!announces(currentCapabilities(probe), 'XEXCH50')) return leaveOut(probe, 'It is not offered.');
  const connection = probe.connection as SmtpConnection;
  const exchange = await connection.command('XEXCH50', `XEXCH50 ${options.bytes} 2`);
  if (exchange.reply?.code === 354 && exchange.ended === 'reply') {
    record.end('ok');
    return true;
  }
  if (exchange.reply && exchange.reply.code < 400) record.end('fail', 'The answer is no 354, so nothing may be sent.');
  else endByReply(probe, exchange);
  return false;
}

function leaveOut({ record }: ProbeContext, why: string): boolean {
  record.end('skipped', why);
  return false;
}

/** Sends exactly as many bytes as were announced, all of them zero, and waits for the acknowledgement. */
export async function sendBlob(probe: ProbeContext): Promise<boolean> {
  const { record, options } = probe;
  const count = options.bytes as number;
  record.begin('blob');
  const connection = probe.connection as SmtpConnection;
  return endByReply(probe, await connection.bytes('BLOB', new Uint8Array(count), `(${count} bytes)`));
}
