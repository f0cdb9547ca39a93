/** What is said about each server on the way of a message: the same on the page and on the command line. */
import type { Hop } from './hops.ts';

/** One server on the way of a message, in words. */
export type HopWords = {
  server: string;
  /** How long the message took to get there; empty where that is not known. */
  delay: string;
  /** From whom, how, encrypted and authenticated or not. */
  facts: string[];
  /** What is odd about it. */
  notes: string[];
  /** The reply of a server that did not take the message. */
  refused: string | null;
};

export function hopWords(hop: Hop): HopWords {
  const { by, from, from_ip, with: protocol, tls, authenticated, delay, time, refused, notes } = hop;
  const server = by ?? 'A server that does not say its name';
  if (refused !== undefined) return { server, delay: '', facts: [], notes: [], refused };
  const address = from_ip !== null && from_ip !== from ? ` (${from_ip})` : '';
  const facts = [
    from === null ? (from_ip ?? '') : `from ${from}${address}`,
    protocol ?? '',
    tls === null ? 'no TLS noted' : tls === 'TLS' ? 'TLS' : `TLS: ${tls}`,
    authenticated ?? '',
    time ?? '',
  ];
  return { server, delay: delayWords(delay), facts: facts.filter((fact) => fact !== ''), notes, refused: null };
}

/** `91 s`, `35 min`, `-2.5 h`; empty where it is not known. */
export function delayWords(seconds: number | null): string {
  if (seconds === null) return '';
  if (Math.abs(seconds) < 120) return `${seconds} s`;
  const minutes = Math.round(Math.abs(seconds) / 60);
  const sign = seconds < 0 ? '-' : '';
  return minutes < 120 ? `${sign}${minutes} min` : `${sign}${(minutes / 60).toFixed(1)} h`;
}
