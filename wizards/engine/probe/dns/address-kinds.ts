/** Addresses that nobody outside can reach or list. */
import { ipInRanges } from '../../parameters/ip-ranges.ts';

/** IANA special-purpose registries: RFC 1918, 6598, 3927, 4193, 4291; not those of examples, which tests use. */
const RANGES: [range: string, kind: string][] = [
  ['0.0.0.0/8', 'no address of a host'],
  ['127.0.0.0/8', 'an address of the machine itself'],
  ['::1', 'an address of the machine itself'],
  ['10.0.0.0/8', 'a private address'],
  ['172.16.0.0/12', 'a private address'],
  ['192.168.0.0/16', 'a private address'],
  ['fc00::/7', 'a private address'],
  ['100.64.0.0/10', 'an address between a provider and its customers'],
  ['169.254.0.0/16', 'an address that a machine gave itself'],
  ['fe80::/10', 'an address that a machine gave itself'],
  ['224.0.0.0/3', 'no address of a host'],
  ['ff00::/8', 'no address of a host'],
  ['::', 'no address of a host'],
];

/** In words what makes the address useless outside; null for one that the Internet can route. */
export const notPublic = (address: string): string | null =>
  RANGES.find(([range]) => ipInRanges(address, [range]))?.[1] ?? null;
