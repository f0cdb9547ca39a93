/** An address as a number with its family, so that ranges can be compared. */
type Address = { version: 4 | 6; number: bigint };
type Range = { version: 4 | 6; low: bigint; high: bigint };

function parseV4(text: string): bigint | null {
  const octets = text.split('.');
  if (octets.length !== 4) return null;
  let number = 0n;
  for (const octet of octets) {
    // A leading zero is octal to some programs and decimal to others.
    if (!/^(0|[1-9]\d{0,2})$/.test(octet) || Number(octet) > 255) return null;
    number = number * 256n + BigInt(octet);
  }
  return number;
}

function groupsOf(text: string): bigint[] | null {
  if (text === '') return [];
  const groups: bigint[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    if (i === parts.length - 1 && part.includes('.')) {
      const tail = parseV4(part);
      if (tail === null) return null;
      groups.push(tail >> 16n, tail & 0xffffn);
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) {
      groups.push(BigInt(`0x${part}`));
    } else {
      return null;
    }
  }
  return groups;
}

function parseV6(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = groupsOf(halves[0] as string);
  const tail = halves.length === 2 ? groupsOf(halves[1] as string) : [];
  if (!head || !tail) return null;
  // The dotted form may only end the whole address.
  if (halves.length === 2 && (halves[0] as string).includes('.')) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => 0n), ...tail];
  return groups.reduce((number, group) => number * 65536n + group, 0n);
}

/** An IPv4 or IPv6 address without a zone; null when it is none. `::ffff:192.0.2.1` counts as IPv4. */
export function parseAddress(text: string): Address | null {
  if (!text.includes(':')) {
    const number = parseV4(text);
    return number === null ? null : { version: 4, number };
  }
  const number = parseV6(text);
  if (number === null) return null;
  return number >> 32n === 0xffffn ? { version: 4, number: number & 0xffffffffn } : { version: 6, number };
}

/** Bits of a dotted mask such as 255.255.255.0; null unless its ones are all in front. */
function maskBits(mask: string): number | null {
  const number = parseV4(mask);
  if (number === null) return null;
  const bits = number.toString(2).padStart(32, '0');
  return /^1*0*$/.test(bits) ? bits.lastIndexOf('1') + 1 : null;
}

function network(address: Address, bits: number): Range | null {
  const width = address.version === 4 ? 32 : 128;
  if (bits > width) return null;
  const host = (1n << BigInt(width - bits)) - 1n;
  const low = address.number & ~host;
  return { version: address.version, low, high: low | host };
}

/** A single address, `a-b`, `net/bits` or `net(mask)`, as Exchange prints them; null when it is none of these. */
export function parseRange(text: string): Range | null {
  const trimmed = text.trim();
  const ends = /^([^-]+?)\s*-\s*([^-]+)$/.exec(trimmed);
  if (ends) {
    const low = parseAddress(ends[1] as string);
    const high = parseAddress(ends[2] as string);
    if (!low || !high || low.version !== high.version || low.number > high.number) return null;
    return { version: low.version, low: low.number, high: high.number };
  }
  const prefixed = /^(.+)\/(\d{1,3})$/.exec(trimmed);
  const masked = /^(.+?)\s*\(([\d.]+)\)$/.exec(trimmed);
  const address = parseAddress(prefixed?.[1] ?? masked?.[1] ?? trimmed);
  if (!address) return null;
  if (prefixed) return network(address, Number(prefixed[2]));
  if (!masked) return { version: address.version, low: address.number, high: address.number };
  const bits = maskBits(masked[2] as string);
  return bits === null || address.version !== 4 ? null : network(address, bits);
}

/**
 * Whether one of the ranges holds the address. Null where that cannot be told: the address is unreadable, or none of the
 * readable ranges holds it and at least one range is unreadable.
 */
export function ipInRanges(ip: string, ranges: string[]): boolean | null {
  const address = parseAddress(ip.trim().replace(/%[\w.-]+$/, ''));
  if (!address) return null;
  const parsed = ranges.map(parseRange);
  const inside = (range: Range | null) =>
    range !== null && range.version === address.version && range.low <= address.number && address.number <= range.high;
  if (parsed.some(inside)) return true;
  return parsed.includes(null) ? null : false;
}
