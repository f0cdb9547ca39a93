/** The name servers that are asked: those of this computer, or those that the person names. */
import { getServers } from 'node:dns';
import { Fault } from '../../fault.ts';
import { parseTarget } from '../target.ts';

/** `text` is how it is shown: the address, with the port where it is not 53. */
export type Resolver = { address: string; port: number; text: string };

const PORT = 53;
const MOST_RESOLVERS = 10;

/** Throws a Fault for what is no address, and where there is none at all. */
export function resolversFrom(named: readonly string[]): Resolver[] {
  const texts = named.length > 0 ? named : getServers();
  const resolvers = texts.map((text): Resolver => {
    const { host, port, isAddress } = parseTarget(text, PORT);
    if (!isAddress)
      throw new Fault(
        'not-an-address',
        `"${text}" is no address of a name server.`,
        'Such as 192.0.2.53 or 192.0.2.53:5353.',
      );
    return {
      address: host,
      port,
      text: port === PORT ? host : host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`,
    };
  });
  const once = [...new Map(resolvers.map((one) => [one.text, one])).values()].slice(0, MOST_RESOLVERS);
  if (once.length > 0) return once;
  throw new Fault('no-resolver', 'This computer has no name server.', 'Name one with --resolver 192.0.2.53.');
}
