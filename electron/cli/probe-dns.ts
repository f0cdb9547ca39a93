/** `probe dns` and `probe ip` of the command line. */

import type { ProbeResult } from '../../wizards/engine/probe/probe-result.ts';
import type { AddressList } from '../../wizards/engine/schema.ts';
import { Fault } from '../fault.ts';
import type { DnsOptions } from '../probe/dns/dns-probe.ts';
import { probeAddress } from '../probe/dns/probe-address.ts';
import { probeDomain } from '../probe/dns/probe-domain.ts';
import { resolversFrom } from '../probe/dns/resolvers.ts';
import type { RunOptions } from '../probe/smtp-probe.ts';
import { parseTarget } from '../probe/target.ts';
import { loadIntakeContent } from './content.ts';
import type { Output } from './output.ts';
import { knownFindings } from './probe.ts';
import { LadderPrinter, printConclusion } from './probe-screen.ts';

type ResolverOptions = { resolver?: string[]; timeout: number };
type AddressVerbOptions = ResolverOptions & { helo?: string; list?: string[]; lists: boolean };

/** Exit 1 when mail to the domain finds no way. */
export async function dns(
  out: Output,
  domain: string,
  verb: ResolverOptions & { followSpf?: boolean },
): Promise<number> {
  const options = { ...optionsOf(verb), followSpf: verb.followSpf === true };
  return shown(out, (run) => probeDomain(domain, options, run));
}

/** Exit 1 when the address has no name that leads back to it, or a list holds it. */
export async function ip(out: Output, address: string, verb: AddressVerbOptions): Promise<number> {
  const options = {
    ...optionsOf(verb),
    helo: verb.helo ?? null,
    lists: verb.lists ? await listsOf(out, verb.list) : [],
  };
  return shown(out, (run) => probeAddress(address, options, run));
}

const optionsOf = ({ resolver, timeout }: ResolverOptions): DnsOptions => ({
  resolvers: resolversFrom(resolver ?? []),
  timeoutMs: timeout * 1000,
  hosts: null,
});

async function listsOf(out: Output, zones: readonly string[] | undefined): Promise<readonly AddressList[]> {
  const { addressLists } = await loadIntakeContent(out);
  return zones?.map((zone) => addressLists.find((list) => list.zone === zone) ?? unknownList(zone)) ?? addressLists;
}

/** A list that the person names and that nothing is known about. Throws a Fault for what is no domain. */
function unknownList(zone: string): AddressList {
  const { host, isAddress } = parseTarget(zone);
  if (isAddress) throw new Fault('not-a-domain', `"${zone}" is no list.`, 'Such as --list zen.spamhaus.org.');
  return { zone: host.toLowerCase(), title: host, families: [4, 6], codes: [], certainty: 'unverified', sources: [] };
}

async function shown(out: Output, probe: (run: RunOptions) => Promise<ProbeResult>): Promise<number> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(new Fault('stopped', 'Stopped.')));
  const printer = out.json ? null : new LadderPrinter(out);
  const result = await probe({
    known: knownFindings(out),
    signal: stop.signal,
    ...(printer ? { onProgress: printer.show } : {}),
  });
  if (out.json) out.document(result);
  else printConclusion(out, result);
  return result.stage === 'none' ? 0 : 1;
}
