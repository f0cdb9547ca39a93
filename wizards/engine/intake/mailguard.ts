/** What SMTP inspection (Cisco Mailguard and its kin) leaves behind in a session: KB 320027, facts 2.1.5 L2, 4.3. */
import type { Conversation } from './conversation-stage.ts';

const EHLO_REFUSED = 'EHLO answered 500';

/** Each trace in a few words; none for a session that nothing rewrote. */
export function mailguardTraces({ exchanges }: Conversation): string[] {
  const banner = exchanges.find(({ stage }) => stage === 'banner')?.replies[0] ?? '';
  const offered = exchanges.filter(({ stage }) => stage === 'ehlo').flatMap(({ replies }) => replies.slice(1));
  const verb = exchanges.find((one) => commandTrace(one.verb) !== null)?.verb ?? '';
  const refused = exchanges.some(({ verb: sent, code }) => refusedEhlo(sent, code) !== null);
  const quoted = exchanges.flatMap(({ replies }) => replies).find((reply) => quotedTrace(reply) !== null);
  return [
    greetingTrace(banner),
    keywordTrace(offered.map((line) => line.slice(4).trim())),
    commandTrace(verb),
    refused ? EHLO_REFUSED : null,
    quoted ? quotedTrace(quoted) : null,
  ].filter((trace) => trace !== null);
}

/** A greeting of stars, be it behind the name of the host. */
export const greetingTrace = (banner: string): string | null =>
  /^220[ -].*\*{4,}/.test(banner) ? 'masked greeting' : null;

export function keywordTrace(offered: readonly string[]): string | null {
  const masked = offered.find((word) => /^X{4,}[A-Z]?$/.test(word));
  return masked === undefined ? null : `masked keywords (${masked})`;
}

export const commandTrace = (verb: string): string | null =>
  /^X{4,}$/i.test(verb) ? `masked command (${verb})` : null;

/** The other side did not get the command as it was sent, or does not know it. */
export const refusedEhlo = (verb: string, code: number | null): string | null =>
  /^EHLO$/i.test(verb) && code === 500 ? EHLO_REFUSED : null;

/** A refusal that quotes what arrived: `500 5.5.1 Command unrecognized: "XXXX mail.contoso.com"`. */
export const quotedTrace = (reply: string): string | null =>
  /^50\d\b.*\bX{4,}(?![\w-])/s.test(reply) ? 'masked command (quoted in the reply)' : null;
