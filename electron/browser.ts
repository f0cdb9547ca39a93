/**
 * The browser door: the same page and the same contract, served on loopback to the person who started it.
 *
 * Attacks that it has to stand: another page in the same browser that calls our port (no CORS, Origin and token
 * checked at the upgrade, no cookies since those ignore ports), DNS rebinding (every request names its Host), and
 * other users of the machine (token of 256 bits that never leaves the URL fragment).
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { attachChannel } from './attach-channel.ts';
import type { Core } from './core.ts';
import { Fault, systemCode } from './fault.ts';
import { pageFile, plainAnswer } from './page-file.ts';
import { createRouter } from './router.ts';
import { webSocketChannel } from './web-socket-channel.ts';

export type BrowserDoorOptions = { core: Core; pageFolder: string; port: number };
export type BrowserDoor = { url: string; port: number; close(): Promise<void> };

const PROTOCOL = 'fieldguide';
/** The largest message of the contract (a paste) with room for its JSON. */
const LARGEST_MESSAGE = 16 * 1024 * 1024;

/** Serves the page until it is closed. Port 0 is a free one. The token is in the fragment of the address. */
export async function startBrowserDoor({ core, pageFolder, port }: BrowserDoorOptions): Promise<BrowserDoor> {
  const token = randomBytes(32).toString('base64url');
  const server = createServer((request, response) => {
    serve(request, response, pageFolder, portOf(server)).catch(() => refuse(response, 500));
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE, handleProtocols: () => PROTOCOL });
  const rpc = new RPCHandler(createRouter(core));
  server.on('upgrade', (request, socket, head) => {
    const path = (request.url ?? '').split('?')[0] as string;
    const [, kind, name] = /^\/(terminal|files)\/([\w-]+)$/.exec(path) ?? [];
    if (!isAllowedUpgrade(request, portOf(server), token) || (path !== '/rpc' && name === undefined)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      if (name === undefined) void rpc.upgrade(client);
      else attachChannel(core, kind, name, webSocketChannel(client)).catch(() => client.close(4404, 'no such channel'));
    });
  });
  await listen(server, port);
  const url = `http://127.0.0.1:${portOf(server)}/#token=${token}`;
  return { url, port: portOf(server), close: () => close(server, sockets) };
}

const portOf = (server: Server): number => (server.address() as AddressInfo | null)?.port ?? 0;

function hostAllowed(request: IncomingMessage, port: number): boolean {
  const host = request.headers.host;
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

function isAllowedUpgrade(request: IncomingMessage, port: number, token: string): boolean {
  if (!hostAllowed(request, port)) return false;
  if (request.headers.origin !== `http://${request.headers.host}`) return false;
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((entry) => entry.trim());
  const given = offered.find((entry) => entry.startsWith('token.'))?.slice('token.'.length) ?? '';
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return offered.includes(PROTOCOL) && a.length === b.length && timingSafeEqual(a, b);
}

async function serve(request: IncomingMessage, response: ServerResponse, folder: string, port: number): Promise<void> {
  if (!hostAllowed(request, port)) return refuse(response, 403);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
  const file = await pageFile(folder, request.url ?? '/', "'self'");
  response.writeHead(file.status, file.headers);
  response.end(request.method === 'HEAD' ? undefined : file.body);
}

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) return void response.end();
  const { headers, body } = plainAnswer(status, "'self'");
  response.writeHead(status, headers);
  response.end(body);
}

async function listen(server: Server, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EADDRINUSE') {
      throw new Fault(
        'port-taken',
        `Port ${port} is taken by another program.`,
        'Choose another with --port, or leave it out for a free one.',
      );
    }
    if (code === 'EACCES')
      throw new Fault(
        'port-denied',
        `Port ${port} may not be used by this account.`,
        'Choose one above 1023 with --port.',
      );
    throw error;
  }
}

async function close(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const client of sockets.clients) client.terminate();
  sockets.close();
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
