/** The replies of a probe, each with its line in the result, and questions about them. */
import { parseAddress } from '../../parameters/ip-ranges.ts';
import { type DnsReply, type RecordType, tells, valuesOf } from './answer.ts';
import type { HostsEntry } from './hosts-file.ts';
import { sameAddress, sameName } from './names.ts';

/** `line` counts from 1 among all steps of the result. */
export type Seen = DnsReply & { line: number };
export type SeenEntry = HostsEntry & { at: number };
export type FindingLines = { code: string; lines: number[] };

export const linesOf = (seen: readonly { line: number }[]): number[] => seen.map(({ line }) => line);

/** Replies about a name, in the order in which they came in. */
export const about = (seen: readonly Seen[], type: RecordType, name: string): Seen[] =>
  seen.filter((reply) => reply.type === type && sameName(reply.name, name));

/** The one that counts: complete, or by TCP where UDP was cut off; of the first resolver that says something. */
export function truthOf(seen: readonly Seen[], type: RecordType, name: string): Seen | null {
  const telling = about(seen, type, name).filter(tells);
  return telling.find(({ truncated }) => !truncated) ?? telling[0] ?? null;
}

/** IPv4 and IPv6 addresses of a name, as they were answered. */
export const addressesOf = (seen: readonly Seen[], name: string): string[] =>
  (['A', 'AAAA'] as const).flatMap((type) => {
    const reply = truthOf(seen, type, name);
    return reply ? valuesOf(reply, type) : [];
  });

export const isAddress = (text: string): boolean => parseAddress(text.replace(/^\[(?:ipv6:)?|\]$/gi, '')) !== null;

/** Name servers that did not do their work, each kind with its lines. */
export function resolverFindings(seen: readonly Seen[]): FindingLines[] {
  const silent: Seen[] = [];
  const refusing: Seen[] = [];
  for (const resolver of new Set(seen.map((reply) => reply.resolver))) {
    const byUdp = seen.filter((reply) => reply.resolver === resolver && reply.transport === 'UDP');
    if (byUdp.some(tells)) continue;
    if (byUdp.every(({ outcome }) => outcome === 'silent')) silent.push(...byUdp);
    else refusing.push(...byUdp.filter((reply) => reply.outcome !== 'silent'));
  }
  return [
    { code: 'dns-timeout', lines: linesOf(silent) },
    { code: 'dns-refused', lines: linesOf(refusing) },
  ];
}

/** Entries of the hosts file that lead elsewhere than the name servers, as lines. */
export function shadowing(entries: readonly SeenEntry[], seen: readonly Seen[]): FindingLines {
  const other = entries.filter(({ name, address }) => {
    const known = addressesOf(seen, name);
    return !known.some((one) => sameAddress(one, address));
  });
  return { code: 'hosts-shadows', lines: other.map(({ at }) => at) };
}
