/** A TCP connection within a time limit. */
import { connect, type Socket } from 'node:net';
import type { Attempt } from '../../wizards/engine/probe/observation.ts';
import { systemCode } from '../fault.ts';

export type Opened = { socket: Socket } | { error: Attempt['error']; text: string };

const WORDS: Record<string, [error: Attempt['error'], words: string]> = {
  ECONNREFUSED: ['refused', 'the connection is refused'],
  ECONNRESET: ['reset', 'the connection was reset'],
  ETIMEDOUT: ['timeout', 'nothing answers'],
  EHOSTUNREACH: ['unreachable', 'there is no way to this host'],
  ENETUNREACH: ['unreachable', 'there is no way to this network'],
  EADDRNOTAVAIL: ['other', 'this computer does not have the local address'],
};

export type Endpoint = { address: string; port: number; source: string | null };

/** Never rejects for what the network does; rejects with the signal's reason. */
export function openSocket(to: Endpoint, timeoutMs: number, signal: AbortSignal): Promise<Opened> {
  return new Promise((resolve, reject) => {
    const { address: host, port, source } = to;
    const socket = connect({ host, port, ...(source === null ? {} : { localAddress: source }) });
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.removeAllListeners();
      settle();
    };
    const fail = (opened: Opened): void =>
      end(() => {
        socket.on('error', () => {});
        socket.destroy();
        resolve(opened);
      });
    const abort = (): void => {
      fail({ error: 'other', text: 'stopped' });
      reject(signal.reason);
    };
    const seconds = Number((timeoutMs / 1000).toFixed(1));
    const timer = setTimeout(() => fail({ error: 'timeout', text: `nothing answers within ${seconds} s` }), timeoutMs);
    signal.addEventListener('abort', abort, { once: true });
    socket.once('connect', () => end(() => resolve({ socket: socket.setNoDelay(true) })));
    socket.once('error', (error) => {
      const [kind, text] = WORDS[systemCode(error) ?? ''] ?? ['other', error.message];
      fail({ error: kind, text });
    });
    if (signal.aborted) abort();
  });
}
