/** What the name servers say about an address from which mail is sent: its name, and lists that hold it. */
import { isIP } from 'node:net';
import { notPublic } from '../../../wizards/engine/probe/dns/address-kinds.ts';
import { listVerdict } from '../../../wizards/engine/probe/dns/address-list.ts';
import {
  type AddressSeen,
  addressFindings,
  addressNotes,
  type ListSeen,
  namesOf,
  whyDoubted,
} from '../../../wizards/engine/probe/dns/address-rules.ts';
import { listName, reverseName, sameName } from '../../../wizards/engine/probe/dns/names.ts';
import { truthOf } from '../../../wizards/engine/probe/dns/seen.ts';
import type { ProbeResult } from '../../../wizards/engine/probe/probe-result.ts';
import type { AddressList } from '../../../wizards/engine/schema.ts';
import { Fault } from '../../fault.ts';
import type { RunOptions } from '../smtp-probe.ts';
import { parseTarget } from '../target.ts';
import { type DnsOptions, DnsProbe, dnsResult } from './dns-probe.ts';
import type { Resolver } from './resolvers.ts';

export type AddressOptions = DnsOptions & {
  helo: string | null;
  /** Asked one and all, unless the address is one that nobody outside can see. */
  lists: readonly AddressList[];
};

/** An address may have any number of names. */
const MOST_NAMES = 5;

/** Throws a Fault for what is no address. */
export function addressIn(text: string): { address: string; reverse: string } {
  const address = text.trim().replace(/^\[|\]$/g, '');
  const reverse = reverseName(address);
  if (isIP(address) && reverse) return { address, reverse };
  throw new Fault(
    'not-an-address',
    `"${text.trim()}" is no address.`,
    'Such as 192.0.2.25. A domain is asked for by probe dns.',
  );
}

/** Throws a Fault for what is no address, and the signal's reason when it is stopped. */
export async function probeAddress(text: string, options: AddressOptions, run: RunOptions): Promise<ProbeResult> {
  const { address, reverse } = addressIn(text);
  const helo = options.helo === null ? null : parseTarget(options.helo).host;
  const at = (run.now ?? (() => new Date()))();
  const probe = new DnsProbe(options, run);
  await probe.note(probe.resolvers.map((resolver) => probe.lookUp(resolver, { name: reverse, type: 'PTR' })));
  const ptr = truthOf(probe.replies, 'PTR', reverse);
  const first = probe.resolvers.find(({ text: resolver }) => resolver === ptr?.resolver);
  const names = namesOf({ address, replies: probe.replies }).slice(0, MOST_NAMES);
  if (helo !== null && !isIP(helo) && !names.some((name) => sameName(name, helo))) names.push(helo);
  const type = isIP(address) === 4 ? 'A' : 'AAAA';
  if (first) await probe.note(names.map((name) => probe.lookUp(first, { name, type })));
  const lists = first && !notPublic(address) ? await askLists(probe, first, address, options.lists) : [];
  const seen: AddressSeen = { address, helo, replies: probe.replies, lists, hosts: await probe.hostsEntries(names) };
  return dnsResult(
    probe,
    { target: address, kind: 'ip', why: whyDoubted(seen), lines: addressFindings(seen), notes: addressNotes(seen) },
    { outbound_ip: address },
    {
      resolvers: probe.resolvers.map(({ text: resolver }) => resolver).join(', '),
      timeout_ms: options.timeoutMs,
      lists: lists.map(({ list }) => list.zone).join(', '),
      ...(helo === null ? {} : { helo }),
    },
    at,
    run.known,
  );
}

async function askLists(
  probe: DnsProbe,
  resolver: Resolver,
  address: string,
  lists: readonly AddressList[],
): Promise<ListSeen[]> {
  const version = isIP(address) as 4 | 6;
  const fitting = lists.filter(({ families }) => families.includes(version));
  const replies = await probe.noted(
    fitting.map(({ zone }) => probe.lookUp(resolver, { name: listName(address, zone) ?? zone, type: 'A' })),
  );
  const seen: ListSeen[] = [];
  for (const [i, list] of fitting.entries()) {
    const reply = replies[i]?.find(({ outcome }) => outcome === 'answered') ?? replies[i]?.[0];
    if (!reply) continue;
    const isListed = listVerdict(list, reply, null).state === 'listed';
    const control = isListed ? await controlOf(probe, resolver, list.zone) : null;
    seen.push({ list, reply, control });
  }
  return seen;
}

/** No list may hold this one; those that were given up often answer to everything (RFC 5782 section 5). */
async function controlOf(probe: DnsProbe, resolver: Resolver, zone: string): Promise<ListSeen['control']> {
  const question = { name: listName('127.0.0.1', zone) ?? zone, type: 'A' } as const;
  const [control] = await probe.noted([probe.lookUp(resolver, question)]);
  return control?.find(({ outcome }) => outcome === 'answered') ?? null;
}
