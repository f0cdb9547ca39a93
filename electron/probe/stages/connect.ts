import { openSocket } from '../open-socket.ts';
import type { ProbeContext } from '../probe-context.ts';
import { SmtpConnection } from '../smtp-connection.ts';

/** Opens the connection, to the first of the addresses that takes it. */
export async function openConnection(probe: ProbeContext): Promise<boolean> {
  const { options, record, target, signal } = probe;
  record.begin('connect');
  let why = 'There is no address to connect to.';
  for (const address of probe.addresses) {
    const opened = await openSocket({ address, port: target.port, source: options.source }, options.timeoutMs, signal);
    if ('error' in opened) {
      const line = record.step('note', `${address}, port ${target.port}: ${opened.text}`);
      record.attempts.push({ line, ...opened });
      why = `No connection: ${opened.text}.`;
      continue;
    }
    record.step('note', `${address}, port ${target.port}: connected`);
    probe.localAddress = opened.socket.localAddress ?? null;
    probe.addresses = [address];
    probe.connection = new SmtpConnection(opened.socket, record, options.timeoutMs, signal);
    record.end('ok');
    return true;
  }
  record.end('fail', why);
  return false;
}
