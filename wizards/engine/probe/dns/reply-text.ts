/** One line about a question and what came back. */
import type { DnsReply } from './answer.ts';

const MOST_VALUES = 20;

/** `192.0.2.53 by UDP: MX contoso.com is 10 mail.contoso.com`. */
export function replyText(reply: DnsReply): string {
  const { resolver, transport, edns, type, name } = reply;
  const size = transport === 'UDP' ? ` (${edns === null ? 'no EDNS' : `EDNS ${edns}`})` : '';
  return [`${resolver} by ${transport}${size}: ${type} ${name} ${saysOf(reply)}`, ...reply.remarks].join('; ');
}

function saysOf({ outcome, code, truncated, records, type, bytes }: DnsReply): string {
  if (outcome === 'silent') return 'was not answered in time';
  if (outcome === 'unreachable') return 'could not be asked';
  if (outcome === 'broken') return 'got no answer that can be read';
  const cut = truncated ? `, cut off after ${bytes} bytes` : '';
  if (code !== 'NOERROR') return `is answered ${code}${cut}`;
  const aliases = records.filter((record) => record.type === 'CNAME').map(({ value }) => `an alias of ${value}`);
  const values = records
    .filter((record) => record.type === type)
    .map(({ value }) => (type === 'TXT' ? `"${value}"` : value));
  const shown = [...aliases, ...values].slice(0, MOST_VALUES);
  const more = aliases.length + values.length - shown.length;
  if (shown.length === 0) return `has no record${cut}`;
  return `is ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}${cut}`;
}
