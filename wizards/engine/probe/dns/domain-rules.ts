/** What the name servers' answers about a domain mean for mail to it. A new finding is one more rule here. */
import { type DnsReply, exchangers, type MailExchanger, sameRecords, tells, valuesOf } from './answer.ts';
import {
  about,
  addressesOf,
  type FindingLines,
  isAddress,
  linesOf,
  resolverFindings,
  type Seen,
  type SeenEntry,
  shadowing,
  truthOf,
} from './seen.ts';
import { isSpf, MOST_LOOKUPS, parseSpf } from './spf.ts';

export type DomainSeen = {
  domain: string;
  replies: readonly Seen[];
  hosts: readonly SeenEntry[];
  /** Lookups of the SPF record and of those that it leads to; null where these were not asked for. */
  spfLookups: number | null;
};

/** Null MX: the domain takes no mail (RFC 7505). */
const isNull = (found: readonly MailExchanger[]): boolean => found.length === 1 && found[0]?.host === '.';

type Rule = (seen: DomainSeen) => FindingLines[];

const missing: Rule = ({ domain, replies }) => {
  const mx = truthOf(replies, 'MX', domain);
  if (!mx) return [];
  if (mx.code === 'NXDOMAIN') return [{ code: 'dns-not-found', lines: [mx.line] }];
  const found = exchangers(mx);
  if (isNull(found)) return [{ code: 'mx-null', lines: [mx.line] }];
  return found.length === 0 ? [{ code: 'mx-missing', lines: [mx.line] }] : [];
};

/** RFC 2181 section 10.3, RFC 5321 section 5.1: an exchanger is a name with an address of its own. */
const badExchangers: Rule = ({ domain, replies }) => {
  const mx = truthOf(replies, 'MX', domain);
  const found = mx ? exchangers(mx) : [];
  if (!mx || isNull(found)) return [];
  const [literal, named] = [found.filter(({ host }) => isAddress(host)), found.filter(({ host }) => !isAddress(host))];
  const asked = named.map(({ host }) => [...about(replies, 'A', host), ...about(replies, 'AAAA', host)]);
  const aliases = asked.flatMap((lookups) => lookups.filter((one) => valuesOf(one, 'CNAME').length > 0).slice(0, 1));
  const nowhere = asked.flatMap((lookups, i) =>
    lookups.length > 0 && lookups.every(tells) && addressesOf(replies, named[i]?.host ?? '').length === 0
      ? lookups
      : [],
  );
  return [
    { code: 'mx-is-address', lines: literal.length > 0 ? [mx.line] : [] },
    { code: 'mx-cname', lines: linesOf(aliases) },
    { code: 'mx-unresolved', lines: linesOf(nowhere) },
  ];
};

const spf: Rule = ({ domain, replies, spfLookups }) => {
  const txt = truthOf(replies, 'TXT', domain);
  if (txt?.code !== 'NOERROR') return [];
  const records = valuesOf(txt, 'TXT').filter(isSpf);
  const [first] = records;
  if (first === undefined) return [{ code: 'spf-missing', lines: [txt.line] }];
  if (records.length > 1) return [{ code: 'spf-many', lines: [txt.line] }];
  const broken = parseSpf(first).faults.length > 0 || (spfLookups ?? 0) > MOST_LOOKUPS;
  return broken ? [{ code: 'spf-broken', lines: [txt.line] }] : [];
};

/** The same question to the same server on another way. */
const ways: Rule = ({ replies }) => {
  const byUdp = replies.filter((reply) => reply.transport === 'UDP' && tells(reply));
  const refused: Seen[] = [];
  const differing: Seen[] = [];
  for (const tcp of replies.filter(({ transport }) => transport === 'TCP')) {
    const udp = byUdp.find(
      (reply) => reply.resolver === tcp.resolver && reply.type === tcp.type && reply.name === tcp.name,
    );
    if (!udp) continue;
    if (!tells(tcp)) refused.push(tcp);
    else if (!udp.truncated && !sameRecords(udp, tcp, tcp.type)) differing.push(udp, tcp);
  }
  return [
    { code: 'dns-tcp-refused', lines: linesOf(refused) },
    { code: 'dns-tcp-differs', lines: linesOf(differing) },
    { code: 'dns-edns-filtered', lines: linesOf(replies.filter((reply) => filtered(reply, replies))) },
  ];
};

/** Not answered as it was asked, and answered with fewer bytes allowed, or by TCP. */
const filtered = (reply: DnsReply, replies: readonly Seen[]): boolean =>
  reply.transport === 'UDP' &&
  reply.edns !== null &&
  !tells(reply) &&
  replies.some(
    (other) =>
      other !== reply &&
      other.resolver === reply.resolver &&
      other.type === reply.type &&
      other.name === reply.name &&
      tells(other) &&
      (other.transport === 'TCP' ? answersUdp(other.resolver, replies) : (other.edns ?? 0) < (reply.edns ?? 0)),
  );

const answersUdp = (resolver: string, replies: readonly Seen[]): boolean =>
  replies.some((one) => one.resolver === resolver && one.transport === 'UDP' && tells(one));

const differing: Rule = ({ domain, replies }) => {
  const resolvers = [...new Set(replies.map(({ resolver }) => resolver))];
  const lines = (['MX', 'TXT', 'A', 'AAAA'] as const).flatMap((type) => {
    const answers = resolvers.flatMap((resolver) => {
      const own = truthOf(
        replies.filter((reply) => reply.resolver === resolver),
        type,
        domain,
      );
      return own ? [own] : [];
    });
    const [first] = answers;
    return first && answers.some((one) => !sameRecords(first, one, type)) ? linesOf(answers) : [];
  });
  return [{ code: 'dns-resolvers-differ', lines }];
};

const RULES: readonly Rule[] = [
  ({ replies }) => resolverFindings(replies),
  missing,
  badExchangers,
  ways,
  differing,
  ({ hosts, replies }) => [shadowing(hosts, replies)],
  spf,
];

/** Findings with the lines that prove them. */
export const domainFindings = (seen: DomainSeen): FindingLines[] =>
  RULES.flatMap((rule) => rule(seen)).filter(({ lines }) => lines.length > 0);

/** Why mail to the domain finds no way, in one sentence; null where it finds one. */
export function whyNoWay({ domain, replies }: DomainSeen): string | null {
  const mx = truthOf(replies, 'MX', domain);
  if (!mx) return 'No name server gave an answer about the domain.';
  if (mx.code === 'NXDOMAIN') return 'The domain does not exist.';
  const found = exchangers(mx);
  if (isNull(found)) return 'The domain says that it takes no mail (null MX).';
  // RFC 5321 section 5.1: without MX the address of the domain itself is taken.
  const hosts = found.length > 0 ? found.map(({ host }) => host) : [domain];
  if (hosts.some((host) => isAddress(host) || addressesOf(replies, host).length > 0)) return null;
  return found.length > 0 ? 'None of its mail servers has an address.' : 'It has no mail server and no address.';
}

/** What findings do not say: what is well, what is normal, what was not looked at. */
export function domainNotes({ domain, replies, spfLookups }: DomainSeen): string[] {
  const mx = truthOf(replies, 'MX', domain);
  const txt = truthOf(replies, 'TXT', domain);
  const record = txt && valuesOf(txt, 'TXT').find(isSpf);
  const notes: string[] = [];
  const [first] = mx ? exchangers(mx).filter(({ host }) => addressesOf(replies, host).length > 0) : [];
  if (first)
    notes.push(`Mail to the domain goes to ${first.host} (${addressesOf(replies, first.host).join(', ')}) first.`);
  if (mx?.code === 'NOERROR' && exchangers(mx).length === 0 && addressesOf(replies, domain).length > 0)
    notes.push('Without an MX record mail goes to the address of the domain itself (RFC 5321 section 5.1).');
  if (record) {
    const { doubts, faults, lookups, leadsTo } = parseSpf(record);
    notes.push(...[...faults.map((fault) => `SPF: ${fault}.`), ...doubts.map((doubt) => `SPF: ${doubt}`)]);
    if (spfLookups !== null)
      notes.push(`SPF: the record and those that it leads to cause ${spfLookups} of ${MOST_LOOKUPS} lookups.`);
    else if (leadsTo.length > 0)
      notes.push(
        `SPF: the record itself causes ${lookups} of ${MOST_LOOKUPS} lookups. What it leads to (${leadsTo.slice(0, 5).join(', ')}) was not asked for; --follow-spf does so.`,
      );
  }
  notes.push('Asked were the name servers named above alone. What another network is told may differ.');
  return notes;
}
