import { capabilitiesOf, isMasked } from '../../../wizards/engine/probe/capability-list.ts';
import { endByReply, type ProbeContext } from '../probe-context.ts';
import type { SmtpConnection } from '../smtp-connection.ts';

/** No server knows it; inspection answers it all the same. */
const UNKNOWN_VERB = 'XPROBE';

/** EHLO, and where it is refused HELO. Where inspection shows its traces, an unknown verb tells who answers. */
export async function introduce(probe: ProbeContext): Promise<boolean> {
  const { record, options } = probe;
  const connection = probe.connection as SmtpConnection;
  record.begin('ehlo');
  const exchange = await connection.command('EHLO', `EHLO ${options.helo}`);
  if (exchange.reply?.code === 250 && exchange.ended === 'reply') {
    probe.capabilities.before = capabilitiesOf(exchange.reply);
    if (showsInspection(probe) && !connection.isOver) await connection.command(UNKNOWN_VERB, UNKNOWN_VERB);
    record.end('ok');
    return true;
  }
  if (exchange.ended === 'reply' && !connection.isOver) {
    const older = await connection.command('HELO', `HELO ${options.helo}`);
    if (older.reply?.code === 250) {
      record.end('fail', 'EHLO is refused, HELO is taken.');
      return true;
    }
  }
  return endByReply(probe, exchange);
}

function showsInspection({ capabilities, record }: ProbeContext): boolean {
  const greeting = record.exchanges.find(({ verb }) => verb === 'banner')?.reply?.lines[0] ?? '';
  return greeting.includes('***') || (capabilities.before ?? []).some(isMasked) || capabilities.before?.length === 0;
}
