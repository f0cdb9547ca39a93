/** An answer of a name server, as text that can be compared and shown. The bytes are read in electron/probe/dns. */

export type RecordType = 'A' | 'AAAA' | 'MX' | 'TXT' | 'PTR' | 'CNAME';

/** `value` is the data in the form of zone files: an address, a name, `10 mail.contoso.com`, the joined text. */
export type DnsRecord = { name: string; type: string; ttl: number; value: string };

export type DnsQuestion = { name: string; type: RecordType };

/** `edns` is the size in bytes that the asker says it takes (RFC 6891); without it 512 are meant. */
export type DnsWay = { resolver: string; transport: 'UDP' | 'TCP'; edns: number | null };

/**
 * `answered`: a reply that fits the question, whatever its code. `silent`: none in time. `unreachable`: the system or
 * the other side refused the connection. `broken`: bytes that are no reply.
 */
export type DnsReply = DnsQuestion &
  DnsWay & {
    outcome: 'answered' | 'silent' | 'unreachable' | 'broken';
    /** Such as NOERROR or NXDOMAIN; null without an answer. */
    code: string | null;
    truncated: boolean;
    records: DnsRecord[];
    bytes: number;
    ms: number;
    /** What else was seen, in sentences: replies from another address, bytes that cannot be read. */
    remarks: string[];
  };

/** The reply says something about the name: it is there, or it is not. */
export const tells = ({ outcome, code }: DnsReply): boolean =>
  outcome === 'answered' && (code === 'NOERROR' || code === 'NXDOMAIN');

/** Values of one type, of whatever name: the aliases that lead there are left out. */
export const valuesOf = ({ records }: DnsReply, type: string): string[] =>
  records.filter((record) => record.type === type).map(({ value }) => value);

/** The same set of records, whatever their order and time to live. */
export function sameRecords(one: DnsReply, other: DnsReply, type: string): boolean {
  const key = (reply: DnsReply): string =>
    [...new Set(valuesOf(reply, type).map((value) => (type === 'TXT' ? value : value.toLowerCase())))]
      .sort()
      .join('\n');
  return one.code === other.code && key(one) === key(other);
}

export type MailExchanger = { preference: number; host: string };

/** The MX records of a reply, the preferred first. */
export function exchangers(reply: DnsReply): MailExchanger[] {
  return valuesOf(reply, 'MX')
    .map((value) => /^(\d+) (.+)$/.exec(value))
    .filter((match) => match !== null)
    .map(([, preference, host]) => ({ preference: Number(preference), host: host as string }))
    .sort((a, b) => a.preference - b.preference || (a.host < b.host ? -1 : 1));
}
