/** What the name servers say about a domain, and whether they all say the same on every way. */
import {
  type DnsQuestion,
  type DnsReply,
  exchangers,
  type RecordType,
  tells,
  valuesOf,
} from '../../../wizards/engine/probe/dns/answer.ts';
import {
  type DomainSeen,
  domainFindings,
  domainNotes,
  whyNoWay,
} from '../../../wizards/engine/probe/dns/domain-rules.ts';
import { sameName } from '../../../wizards/engine/probe/dns/names.ts';
import { isAddress, truthOf } from '../../../wizards/engine/probe/dns/seen.ts';
import { isSpf, parseSpf } from '../../../wizards/engine/probe/dns/spf.ts';
import type { ProbeResult } from '../../../wizards/engine/probe/probe-result.ts';
import { Fault } from '../../fault.ts';
import type { RunOptions } from '../smtp-probe.ts';
import { parseTarget } from '../target.ts';
import { type DnsOptions, DnsProbe, dnsResult, LARGE_EDNS } from './dns-probe.ts';
import type { Resolver } from './resolvers.ts';

export type DomainOptions = DnsOptions & { followSpf: boolean };

const TYPES: readonly RecordType[] = ['MX', 'A', 'AAAA', 'TXT'];
/** Further exchangers are not asked for: nobody gets that far. */
const MOST_EXCHANGERS = 20;
/** Included records that are read; ten are allowed, and somewhat more show that it is too many. */
const MOST_INCLUDED = 20;

/** Throws a Fault for what is no domain, and the signal's reason when it is stopped. */
export async function probeDomain(text: string, options: DomainOptions, run: RunOptions): Promise<ProbeResult> {
  const domain = domainIn(text);
  const at = (run.now ?? (() => new Date()))();
  const probe = new DnsProbe(options, run);
  const { resolvers } = probe;
  await probe.note(
    resolvers.flatMap((resolver) => TYPES.map((type) => probe.lookUp(resolver, { name: domain, type }))),
  );
  await askOtherWays(probe, domain);
  const mx = truthOf(probe.replies, 'MX', domain);
  const hosts = mx
    ? exchangers(mx)
        .map(({ host }) => host)
        .slice(0, MOST_EXCHANGERS)
    : [];
  const first = resolvers.find(({ text: resolver }) => resolver === mx?.resolver);
  if (first)
    await askExchangers(
      probe,
      first,
      hosts.filter((host) => host !== '.' && !sameName(host, domain)),
    );
  const spfLookups = first && options.followSpf ? await followSpf(probe, first, domain) : null;
  const entries = await probe.hostsEntries([domain, ...hosts]);
  const seen: DomainSeen = { domain, replies: probe.replies, hosts: entries, spfLookups };
  const lines = domainFindings(seen);
  return dnsResult(
    probe,
    { target: domain, kind: 'dns', why: whyNoWay(seen), lines, notes: domainNotes(seen) },
    { domain },
    {
      resolvers: resolvers.map(({ text: one }) => one).join(', '),
      timeout_ms: options.timeoutMs,
      follow_spf: options.followSpf,
    },
    at,
    run.known,
  );
}

/** Throws a Fault for what is no domain. */
export function domainIn(text: string): string {
  const { host, isAddress: literal } = parseTarget(text);
  if (literal || /:\d+$/.test(text.trim()))
    throw new Fault(
      'not-a-domain',
      `"${text.trim()}" is no domain.`,
      'Such as contoso.com. An address is asked for by probe ip.',
    );
  return host.replace(/\.$/, '');
}

/** The longest answer once more: by TCP, as in the days before EDNS, and with room for more than one packet. */
async function askOtherWays(probe: DnsProbe, domain: string): Promise<void> {
  const questions = probe.resolvers.flatMap((resolver) => {
    const own = probe.replies.filter((reply) => reply.resolver === resolver.text && tells(reply));
    const longest = own.sort((a, b) => b.bytes - a.bytes)[0];
    if (!longest) return [];
    const { name, type } = longest;
    const question: DnsQuestion = { name, type };
    const asked = own.some((reply) => reply.transport === 'TCP' && reply.type === type && sameName(name, domain));
    return [
      ...(asked ? [] : [one(probe.askByTcp(resolver, question))]),
      one(probe.ask(resolver, question, null)),
      one(probe.ask(resolver, question, LARGE_EDNS)),
    ];
  });
  await probe.note(questions);
}

const one = async (reply: Promise<DnsReply>): Promise<DnsReply[]> => [await reply];

async function askExchangers(probe: DnsProbe, resolver: Resolver, hosts: readonly string[]): Promise<void> {
  const names = hosts.filter((host) => !isAddress(host));
  await probe.note(
    names.flatMap((name) => (['A', 'AAAA'] as const).map((type) => probe.lookUp(resolver, { name, type }))),
  );
}

/** Lookups of the record and of all that it leads to. Null without a record. */
async function followSpf(probe: DnsProbe, resolver: Resolver, domain: string): Promise<number | null> {
  const recordOf = (name: string): string | null => {
    const txt = truthOf(probe.replies, 'TXT', name);
    return (txt && valuesOf(txt, 'TXT').find(isSpf)) ?? null;
  };
  const own = recordOf(domain);
  if (own === null) return null;
  let { lookups } = parseSpf(own);
  const waiting = parseSpf(own).leadsTo;
  const known = new Set([domain.toLowerCase()]);
  while (waiting.length > 0 && known.size <= MOST_INCLUDED) {
    const name = waiting.shift() as string;
    // A record that leads back to itself must not keep us.
    if (known.has(name.toLowerCase())) continue;
    known.add(name.toLowerCase());
    await probe.note([probe.lookUp(resolver, { name, type: 'TXT' })]);
    const record = recordOf(name);
    if (record === null) continue;
    const spf = parseSpf(record);
    lookups += spf.lookups;
    waiting.push(...spf.leadsTo);
  }
  return lookups;
}
