/** Names of the domain name system: comparing them, and the names under which addresses are looked up. */
import { parseAddress } from '../../parameters/ip-ranges.ts';

/** Names are the same whatever their case (RFC 4343) and with or without the dot at the end. */
export const plainName = (name: string): string => name.toLowerCase().replace(/(?<=.)\.$/, '');

export const sameName = (one: string, other: string): boolean => plainName(one) === plainName(other);

/** Octets of IPv4, hexadecimal digits of IPv6, the last first: `25.2.0.192`. Null when it is no address. */
export function reversed(address: string): { version: 4 | 6; labels: string } | null {
  const parsed = parseAddress(address);
  if (!parsed) return null;
  const { version, number } = parsed;
  const [count, bits, base] = version === 4 ? [4, 8n, 10] : [32, 4n, 16];
  const part = (i: number): string => ((number >> (BigInt(i) * bits)) & ((1n << bits) - 1n)).toString(base);
  return { version, labels: Array.from({ length: count }, (_, i) => part(i)).join('.') };
}

/** The name that holds the PTR record of an address (RFC 1035 section 3.5, RFC 3596 section 2.5). */
export function reverseName(address: string): string | null {
  const found = reversed(address);
  return found && `${found.labels}.${found.version === 4 ? 'in-addr' : 'ip6'}.arpa`;
}

/** The name that is asked for in a list of addresses (RFC 5782 sections 2.1 and 2.4). */
export function listName(address: string, zone: string): string | null {
  const found = reversed(address);
  return found && `${found.labels}.${plainName(zone)}`;
}

/** Whether two texts mean the same address: `2001:db8::1` is `2001:DB8:0:0:0:0:0:1`. */
export function sameAddress(one: string, other: string): boolean {
  const [a, b] = [parseAddress(one), parseAddress(other)];
  return a !== null && b !== null && a.version === b.version && a.number === b.number;
}
