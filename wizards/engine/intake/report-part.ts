/** What one form of a report (NDR) says about one recipient; the forms of a report are put together afterwards. */
import { parseAddress } from '../parameters/ip-ranges.ts';

export type Generator = 'Exchange 2003' | 'Exchange 2007+' | 'Exchange Online' | 'Postfix' | 'RFC 3464';
export type ReportPart = {
  /** A report says the same thing in several forms, but each form once for each recipient. */
  form: 'fields' | 'diagnosis' | 'returned' | 'table' | 'postfix';
  generator: Generator;
  /** First and last line of the text that belong to it. */
  line: number;
  end: number;
  recipient?: string | undefined;
  status?: string | undefined;
  /** The reply of a server, as quoted. */
  reply?: string | undefined;
  /** What went wrong before any server replied. */
  error?: string | undefined;
  action?: string | undefined;
  /** The server that wrote the report. */
  reporting?: string | undefined;
  remote_host?: string | undefined;
  remote_ip?: string | undefined;
  command?: string | undefined;
  time?: string | undefined;
  sender?: string | undefined;
  message_id?: string | undefined;
  /** The report says that the message waited too long: its `reply` is the last error before, where one is known. */
  expired?: boolean | undefined;
};

const ADDRESS = String.raw`[^\s<>()"',;:@[\]{}|]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?`;
const ADDRESSES = new RegExp(ADDRESS, 'g');
const ALONE = new RegExp(`^["'<([]*(${ADDRESS})[>"')\\]]*(?=$|[\\s:])`);

/** The first mail address in a text. */
export const addressIn = (text: string): string | undefined => text.slice(0, 2000).match(ADDRESSES)?.[0];
/** The last mail address in a text. */
export const lastAddressIn = (text: string): string | undefined => text.slice(-2000).match(ADDRESSES)?.at(-1);
/** The mail address with which a text begins. */
export const addressAtStart = (text: string): string | undefined => ALONE.exec(text.slice(0, 400))?.[1];

/** An enhanced status code (RFC 3463) at the beginning of a reply or alone. */
export function statusIn(text: string | undefined): string | undefined {
  return text === undefined
    ? undefined
    : /(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?![.\d])/.exec(text.slice(0, 4000))?.[1];
}

/** 4.4.7 and 5.4.7: the message waited too long (RFC 3463), which is never a cause. */
export const isExpired = (text: string | undefined): boolean =>
  text !== undefined && /(?:^|[^\d.])[45]\.4\.7(?![.\d])|message expired/i.test(text.slice(0, 4000));

/** A server by name or by address: brackets and a closing point taken away; both absent where it is neither. */
export function serverOf(raw: string | undefined): { host?: string; ip?: string } {
  const bare =
    raw
      ?.trim()
      .replace(/^\[(?:IPv6:)?(.*)\]$/i, '$1')
      .replace(/\.$/, '') ?? '';
  if (bare === '') return {};
  if (parseAddress(bare)) return { ip: bare };
  return /^[A-Za-z0-9_](?:[\w.-]{0,253}\w)?$/.test(bare) ? { host: bare } : {};
}

/**
 * The reply within what Exchange Online and later versions put around it: `Remote server returned … -> 550 5.1.1 …`
 * (facts 3.3); the brackets behind it name the server that was tried. The other wrappers are undone by parseReply.
 */
export function unwrapReply(raw: string): { reply: string; remote_host?: string; remote_ip?: string } {
  const reply = /^.*?\s->\s*(?=[245]\d\d[ -])(.+)$/.exec(raw)?.[1] ?? raw;
  const host = serverOf(/\[?LastAttemptedServerName=([^\]\s]{1,255})\]?/i.exec(raw)?.[1]).host;
  const ip = serverOf(/\[?LastAttemptedIP=([0-9a-fA-F.:]{2,45}?)(?::\d{1,5})?(?=[\]\s]|$)/.exec(raw)?.[1]).ip;
  return { reply: reply.trim(), ...(host ? { remote_host: host } : {}), ...(ip ? { remote_ip: ip } : {}) };
}

/** Leaves out what is not known. */
export function known<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== '')) as T;
}

/** Whether a server is one of Exchange Online. */
export const isOnline = (host: string | undefined): boolean =>
  host !== undefined && /\.(?:outlook|exchangelabs|office365)\.com$/i.test(host);
