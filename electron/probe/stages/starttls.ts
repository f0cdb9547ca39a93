import { announces, capabilitiesOf } from '../../../wizards/engine/probe/capability-list.ts';
import { type Shaken, shakeHands } from '../handshake.ts';
import { openSocket } from '../open-socket.ts';
import { endByReply, type ProbeContext } from '../probe-context.ts';
import { ProbeRecord } from '../probe-record.ts';
import { SmtpConnection } from '../smtp-connection.ts';

/** STARTTLS where it is offered, the handshake, and the list that holds behind it. */
export async function startTls(probe: ProbeContext): Promise<boolean> {
  const { record, options, capabilities } = probe;
  const connection = probe.connection as SmtpConnection;
  if (options.tls === 'implicit') return true;
  record.begin('starttls');
  if (options.tls === 'none' || !announces(capabilities.before, 'STARTTLS')) {
    record.end('skipped', options.tls === 'none' ? 'It was not asked for.' : 'It is not offered.');
    return true;
  }
  const exchange = await connection.command('STARTTLS', 'STARTTLS');
  if (exchange.reply?.code !== 220 || exchange.ended !== 'reply') {
    endByReply(probe, exchange);
    return !connection.isOver;
  }
  // What stands in the clear behind the go-ahead must not be taken for an answer under TLS.
  connection.forgetEarly();
  const shaken = await handshake(probe, false);
  if ('text' in shaken) return endWithout(probe, shaken);
  if (options.injection) await tryInjection(probe);
  return greetAgain(probe);
}

/** Shakes hands at once, before the greeting (port 465). */
export async function startImplicitTls(probe: ProbeContext): Promise<boolean> {
  probe.record.begin('starttls');
  const shaken = await handshake(probe, false);
  if ('text' in shaken) return endWithout(probe, shaken);
  probe.record.end('ok');
  return true;
}

/** Where this program's library refuses by default, it is told to accept more, over a connection of its own. */
async function handshake(probe: ProbeContext, lowered: boolean): Promise<Shaken> {
  const { record, options, signal, serverName } = probe;
  const connection = probe.connection as SmtpConnection;
  const shaken = await shakeHands(connection.socket, serverName, { lowered, timeoutMs: options.timeoutMs, signal });
  if ('tls' in shaken) {
    probe.tls = shaken.tls;
    probe.handshake = null;
    connection.adopt(shaken.socket);
    const { protocol, cipher } = shaken.tls;
    probe.tlsLine = record.step(
      'note',
      `${protocol}, ${cipher}${lowered ? ', only once this tool was told to accept it' : ''}`,
    );
    return shaken;
  }
  const line = record.step('note', `no TLS: ${shaken.text}`);
  probe.handshake = { line, ...shaken };
  if (!shaken.ours || lowered || !(await connectAgain(probe))) return shaken;
  return handshake(probe, true);
}

/** The same conversation up to the go-ahead, over a new connection. */
async function connectAgain(probe: ProbeContext): Promise<boolean> {
  const { record, options, target, signal, addresses } = probe;
  const to = { address: addresses[0] as string, port: target.port, source: options.source };
  const opened = await openSocket(to, options.timeoutMs, signal);
  if ('error' in opened) return false;
  record.step('note', 'again, over a new connection');
  (probe.connection as SmtpConnection).adopt(opened.socket);
  return options.tls === 'implicit' || upToGoAhead(probe.connection as SmtpConnection, options.helo);
}

async function upToGoAhead(connection: SmtpConnection, helo: string): Promise<boolean> {
  await connection.greeting();
  await connection.command('EHLO', `EHLO ${helo}`);
  const { reply } = await connection.command('STARTTLS', 'STARTTLS');
  connection.forgetEarly();
  return reply?.code === 220;
}

/** A handshake that this tool cannot do says nothing about the server. */
function endWithout({ record }: ProbeContext, { ours }: { ours: boolean }): boolean {
  if (ours) record.end('skipped', 'This tool cannot speak TLS with this server.');
  else record.end('fail', 'The handshake failed.');
  return false;
}

async function greetAgain(probe: ProbeContext): Promise<boolean> {
  const { options, capabilities } = probe;
  const exchange = await (probe.connection as SmtpConnection).command('EHLO', `EHLO ${options.helo}`);
  if (exchange.reply?.code === 250) capabilities.after = capabilitiesOf(exchange.reply);
  return endByReply(probe, exchange);
}

/**
 * Sends NOOP in the clear together with STARTTLS. A server that answers it under TLS carried out what anybody in the
 * path could have put there (CVE-2011-0411). Over a connection of its own, so that nothing else is disturbed.
 */
async function tryInjection(probe: ProbeContext): Promise<void> {
  const { record, options, target, signal, addresses, serverName } = probe;
  const { timeoutMs } = options;
  const opened = await openSocket(
    { address: addresses[0] as string, port: target.port, source: options.source },
    timeoutMs,
    signal,
  );
  if ('error' in opened) return;
  record.step('note', 'NOOP in the clear behind STARTTLS, over a connection of its own');
  // What is said there belongs to no stage.
  const unrecorded = new ProbeRecord(() => {});
  unrecorded.begin('starttls');
  const aside = new SmtpConnection(opened.socket, unrecorded, Math.min(timeoutMs, 3000), signal);
  try {
    await aside.greeting();
    await aside.command('EHLO', `EHLO ${options.helo}`);
    const { reply } = await aside.bytes('STARTTLS', Buffer.from('STARTTLS\r\nNOOP\r\n'), 'STARTTLS');
    if (reply?.code !== 220) return;
    aside.forgetEarly();
    const shaken = await shakeHands(aside.socket, serverName, {
      lowered: probe.tls?.lowered ?? false,
      timeoutMs,
      signal,
    });
    if ('text' in shaken) return;
    aside.adopt(shaken.socket);
    const answered = (await aside.greeting()).ended === 'reply';
    const line = record.step('note', answered ? 'it was answered under TLS' : 'it was not answered');
    if (answered) probe.injected = { line };
  } finally {
    aside.close();
  }
}
