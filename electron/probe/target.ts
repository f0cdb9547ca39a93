/** What a person names as the target of a probe. */
import { isIP } from 'node:net';
import { Fault } from '../fault.ts';

export type Target = { host: string; port: number; isAddress: boolean };

/** `HOST`, `HOST:PORT`, `192.0.2.10:2525`, `[2001:db8::1]:25`. Throws a Fault `not-a-target`. */
export function parseTarget(text: string, defaultPort = 25): Target {
  const trimmed = text.trim();
  // Node compiles its pattern of IPv6 when it is first asked, which takes 10 ms: not for what has one colon at most.
  if (trimmed.split(':').length > 2 && isIP(trimmed)) return { host: trimmed, port: defaultPort, isAddress: true };
  const [, bracketed, named, port] = /^(?:\[([^\]]+)\]|([^:\s]+))(?::(\d{1,5}))?$/.exec(trimmed) ?? [];
  const host = bracketed ?? named ?? '';
  const number = port === undefined ? defaultPort : Number(port);
  const isAddress = isIP(host) !== 0;
  if ((bracketed !== undefined && isIP(bracketed) !== 6) || (!isAddress && !isName(host)))
    throw new Fault(
      'not-a-target',
      `"${trimmed}" is no host and no address.`,
      'Such as mail.contoso.com, 192.0.2.10:25 or [2001:db8::10]:25.',
    );
  if (number < 1 || number > 65_535)
    throw new Fault('not-a-target', `${port} is no port.`, 'A port is a whole number from 1 to 65535.');
  return { host, port: number, isAddress };
}

const isName = (host: string): boolean =>
  host.length <= 253 &&
  /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$/i.test(host);
