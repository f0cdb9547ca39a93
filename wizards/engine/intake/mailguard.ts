/** What SMTP inspection (Cisco Mailguard and its kin) leaves behind in a session: KB 320027, facts 2.1.5 L2, 4.3. */
import type { Conversation } from './conversation-stage.ts';

/** Each trace in a few words; none for a session that nothing rewrote. */
export function mailguardTraces({ exchanges }: Conversation): string[] {
  const traces: string[] = [];
  const banner = exchanges.find(({ stage }) => stage === 'banner')?.replies[0] ?? '';
  if (/^220[ -].*\*{4,}/.test(banner)) traces.push('masked greeting');
  const offered = exchanges.filter(({ stage }) => stage === 'ehlo').flatMap(({ replies }) => replies.slice(1));
  const masked = offered.map((line) => line.slice(4).trim()).find((word) => /^X{4,}[A-Z]?$/.test(word));
  if (masked !== undefined) traces.push(`masked keywords (${masked})`);
  const verb = exchanges.find((one) => /^X{4,}$/i.test(one.verb))?.verb;
  if (verb !== undefined) traces.push(`masked command (${verb})`);
  if (exchanges.some((one) => /^EHLO$/i.test(one.verb) && one.code === 500)) traces.push('EHLO answered 500');
  return traces;
}
