import { orAborted } from '../../terminal/or-aborted.ts';
import type { ProbeContext } from '../probe-context.ts';

const MOST_ADDRESSES = 4;

/** Finds the addresses of the target, or of its first mail exchanger, as this computer finds them. */
export async function lookUp(probe: ProbeContext): Promise<boolean> {
  const { target, options, record } = probe;
  record.begin('dns');
  probe.serverName = target.host;
  if (target.isAddress) {
    probe.addresses = [target.host];
    record.end('skipped', 'An address was given.');
    return true;
  }
  try {
    const { lookup } = await import('node:dns/promises');
    const host = options.mx ? await firstExchanger(probe) : target.host;
    if (host === null) return false;
    probe.serverName = host;
    const found = await inTime(lookup(host, { all: true, family: options.family }), probe);
    probe.addresses = found.map(({ address }) => address).slice(0, MOST_ADDRESSES);
    record.step('note', `${host} has ${found.map(({ address }) => address).join(', ')}`);
    record.end('ok');
    return true;
  } catch (error) {
    probe.signal.throwIfAborted();
    record.step('note', wordsOf(error));
    record.end('fail', 'The name leads to no address.');
    return false;
  }
}

async function firstExchanger(probe: ProbeContext): Promise<string | null> {
  const { target, options, record } = probe;
  const { Resolver } = await import('node:dns/promises');
  const resolver = new Resolver({ timeout: options.timeoutMs, tries: 1 });
  const found = (await inTime(resolver.resolveMx(target.host), probe)).sort((a, b) => a.priority - b.priority);
  for (const { exchange, priority } of found) record.step('note', `MX ${priority} ${exchange || '.'}`);
  const [first] = found;
  if (first && first.exchange !== '') return first.exchange;
  // RFC 7505: a domain with this takes no mail at all.
  record.end('fail', first ? 'The domain says that it takes no mail (null MX).' : 'The domain has no MX record.');
  return null;
}

/** The system's own lookups know no time limit. */
function inTime<T>(work: Promise<T>, { options, signal }: ProbeContext): Promise<T> {
  return orAborted(work, AbortSignal.any([signal, AbortSignal.timeout(options.timeoutMs)]));
}

function wordsOf(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  if (code === 'ENOTFOUND' || code === 'ENODATA') return 'the name is not found';
  if (code === 'ETIMEOUT' || (error as Error).name === 'TimeoutError') return 'no name server answered in time';
  if (code === 'ECONNREFUSED') return 'no name server can be reached';
  return `the name cannot be looked up (${String(code ?? (error as Error).message)})`;
}
