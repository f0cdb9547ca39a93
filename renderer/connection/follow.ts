import { ORPCError } from '@orpc/client';
import type { Connection } from '../client.ts';

/**
 * Listens to a stream of the core for as long as `signal` allows, over lost connections. A refusal by the core ends
 * it and goes to `onRefused`.
 */
export async function follow<T>(
  connection: Connection,
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
  signal: AbortSignal,
  onValue: (value: T) => void,
  onRefused: (error: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await connected(connection, signal);
      for await (const value of await open(signal)) {
        if (signal.aborted) return;
        onValue(value);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof ORPCError) {
        onRefused(error);
        return;
      }
    }
    await pause(200, signal);
  }
}

/** Resolves once there is a connection; rejects when `signal` ends the wait. */
export function connected(connection: Connection, signal: AbortSignal): Promise<void> {
  if (connection.state() === 'connected') return Promise.resolve();
  return new Promise((resolve, reject) => {
    const stop = connection.onState((state) => {
      if (state !== 'connected') return;
      stop();
      resolve();
    });
    signal.addEventListener('abort', () => {
      stop();
      reject(signal.reason);
    });
  });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
