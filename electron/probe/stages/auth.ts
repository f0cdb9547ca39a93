import { announces } from '../../../wizards/engine/probe/capability-list.ts';
import { currentCapabilities, type Logon, type ProbeContext } from '../probe-context.ts';
import type { SmtpConnection } from '../smtp-connection.ts';

/** Each counts as a failed logon where the account may be locked out. */
const MOST_TRIES = 2;

/**
 * Which mechanisms are offered; between Exchange servers, whether the first word of a logon is taken up. A logon with a
 * password is tried only when one was asked for.
 */
export async function authenticate(probe: ProbeContext): Promise<boolean> {
  const { record, options } = probe;
  const connection = probe.connection as SmtpConnection;
  record.begin('auth');
  const offered = currentCapabilities(probe).filter((one) => /^(?:AUTH|X-EXPS)[\s=]/i.test(one));
  for (const one of offered) record.step('note', `offered: ${one}`);
  if (options.logon) return logOn(probe, connection, options.logon);
  if (!announces(currentCapabilities(probe), 'X-EXPS') || !offered.some((one) => /^X-EXPS\b.*\bGSSAPI\b/i.test(one))) {
    record.end('skipped', offered.length > 0 ? 'No logon was asked for.' : 'No logon is offered.');
    return true;
  }
  const { reply, ended } = await connection.command('X-EXPS', 'X-EXPS GSSAPI');
  if (reply?.code === 334 && !connection.isOver) {
    // RFC 4954, section 4: an asterisk cancels, so that nothing counts as a failed logon.
    await connection.command('AUTH-CANCEL', '*');
    record.end('ok');
  } else record.end('fail', ended === 'reply' ? `It was answered: ${reply?.lines.at(-1)}` : 'No answer came.');
  return !connection.isOver;
}

async function logOn(probe: ProbeContext, connection: SmtpConnection, logon: Logon): Promise<boolean> {
  const { record, options, tls } = probe;
  if (tls === null && !options.insecureLogon) {
    record.end('skipped', 'The password is not sent without TLS.');
    return true;
  }
  for (let tries = 0; tries < MOST_TRIES && !connection.isOver; tries += 1) {
    const { reply } = await SAY[logon.mechanism](connection, logon.user, await logon.password());
    if (reply?.code === 235) {
      record.end('ok');
      return true;
    }
    // Only a wrong password is worth another try.
    if (reply?.code !== 535) break;
  }
  record.end('fail', `The logon of ${logon.user} failed.`);
  return !connection.isOver;
}

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
const hidden = (text: string): string => `(${text.length} characters, not shown)`;

/** What is secret goes to the server alone; the record has its length. */
const SAY = {
  PLAIN: (connection: SmtpConnection, user: string, password: string) => {
    const token = base64(`\u0000${user}\u0000${password}`);
    return connection.command('AUTH', `AUTH PLAIN ${token}`, `AUTH PLAIN ${hidden(token)}`);
  },
  LOGIN: async (connection: SmtpConnection, user: string, password: string) => {
    const started = await connection.command('AUTH', 'AUTH LOGIN');
    if (started.reply?.code !== 334) return started;
    const named = await connection.command('AUTH', base64(user), hidden(base64(user)));
    if (named.reply?.code !== 334) return named;
    return connection.command('AUTH', base64(password), hidden(base64(password)));
  },
};
