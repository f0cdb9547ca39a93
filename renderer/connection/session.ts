import type { Client, Connection } from '../client.ts';

let current: Connection | null = null;

/** Set once by `main.ts` before anything is drawn. */
export function setConnection(connection: Connection): void {
  current = connection;
}

/** The connection of this page. */
export function connection(): Connection {
  if (!current) throw new Error('The page has not been connected yet.');
  return current;
}

export const client = (): Client => connection().client;
