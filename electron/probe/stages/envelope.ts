import { announces } from '../../../wizards/engine/probe/capability-list.ts';
import { currentCapabilities, endByReply, type ProbeContext } from '../probe-context.ts';
import type { SmtpConnection } from '../smtp-connection.ts';

const mailLine = ({ options }: ProbeContext): string => `MAIL FROM:<${options.from}>`;
const rcptLine = (to: string): string => `RCPT TO:<${to}>`;

/** The sender; with PIPELINING, where it is asked for and offered, together with the first recipient. */
export async function nameSender(probe: ProbeContext): Promise<boolean> {
  const { record, options } = probe;
  const connection = probe.connection as SmtpConnection;
  record.begin('mail');
  const [first] = options.to;
  probe.rcptOnItsWay = options.pipelining && first !== undefined && announces(currentCapabilities(probe), 'PIPELINING');
  if (!probe.rcptOnItsWay) return endByReply(probe, await connection.command('MAIL', mailLine(probe)));
  const both = Buffer.from(`${mailLine(probe)}\r\n${rcptLine(first as string)}\r\n`);
  return endByReply(probe, await connection.bytes('MAIL', both, `${mailLine(probe)} (and RCPT with it)`));
}

/** The recipients, one after the other; it failed only when none was taken. */
export async function nameRecipients(probe: ProbeContext): Promise<boolean> {
  const { record, options } = probe;
  const connection = probe.connection as SmtpConnection;
  record.begin('rcpt');
  if (options.to.length === 0) {
    record.end('skipped', 'No recipient was given.');
    return true;
  }
  let taken = false;
  for (const [index, to] of options.to.entries()) {
    if (connection.isOver) break;
    let exchange: Awaited<ReturnType<SmtpConnection['command']>>;
    if (index === 0 && probe.rcptOnItsWay) {
      record.step('sent', rcptLine(to));
      exchange = await connection.answer('RCPT');
    } else exchange = await connection.command('RCPT', rcptLine(to));
    if (endByReply(probe, exchange)) taken = true;
  }
  if (taken) record.end('ok');
  return taken && !connection.isOver;
}
