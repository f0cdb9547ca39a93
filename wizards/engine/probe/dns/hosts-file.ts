/** The file in which a machine keeps names of its own; what stands there is taken before any name server is asked. */
import { parseAddress } from '../../parameters/ip-ranges.ts';
import { sameName } from './names.ts';

/** `line` counts from 1. */
export type HostsEntry = { line: number; address: string; name: string };

const MOST_LINES = 100_000;

/** Entries for the names that are asked for; lines that are none are passed over, as resolvers do. */
export function hostsEntries(text: string, names: readonly string[]): HostsEntry[] {
  const found: HostsEntry[] = [];
  const lines = text.replace(/^\ufeff/, '').split(/\r\n?|\n/, MOST_LINES);
  for (const [i, line] of lines.entries()) {
    const [address = '', ...own] = line.replace(/#.*$/s, '').trim().split(/\s+/);
    // Windows writes a zone behind addresses of one link.
    if (!parseAddress(address.replace(/%[\w.-]+$/, ''))) continue;
    for (const name of names) if (own.some((one) => sameName(one, name))) found.push({ line: i + 1, address, name });
  }
  return found;
}

/** Where the file lies (hosts(5); on Windows below the folder of the system). */
export function hostsPath(platform: string, systemRoot: string | undefined): string {
  return platform === 'win32' ? `${systemRoot || 'C:\\Windows'}\\System32\\drivers\\etc\\hosts` : '/etc/hosts';
}
