import type { Connection } from '../client.ts';
import { BrowserConnection } from './browser-connection.ts';
import { DesktopConnection } from './desktop-connection.ts';

/** Opens the connection of the door that the page was opened by. */
export function connect(): Connection {
  return window.fieldguide ? new DesktopConnection(window.fieldguide) : new BrowserConnection();
}
