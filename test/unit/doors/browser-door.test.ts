import { request } from 'node:http';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type BrowserDoor, startBrowserDoor } from '../../../electron/browser.ts';
import type { CaseNews, Contract } from '../../../electron/contract.ts';
import { pathAfter } from '../../../electron/contract-path.ts';
import type { PathView } from '../../../wizards/engine/view.ts';
import { type SmallCore, smallCore } from './small-core.ts';

let small: SmallCore;
let door: BrowserDoor;
let token: string;

beforeAll(async () => {
  small = smallCore();
  door = await startBrowserDoor({ core: small.core, pageFolder: small.pageFolder, port: 0 });
  token = new URL(door.url).hash.replace('#token=', '');
});
afterAll(async () => {
  await door.close();
  await small.dispose();
});

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string };

function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: door.port, path, method, headers }, (response) => {
      let body = '';
      response.on('data', (part) => (body += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** How an upgrade ends: 'open', or the status of the refusal. */
function upgrade(path: string, protocols: string[], headers: Record<string, string> = {}): Promise<string> {
  const origin = `http://127.0.0.1:${door.port}`;
  const socket = new WebSocket(`ws://127.0.0.1:${door.port}${path}`, protocols, {
    headers: { Origin: origin, ...headers },
  });
  return new Promise((resolve) => {
    socket.on('open', () => {
      socket.close();
      resolve('open');
    });
    socket.on('unexpected-response', (_, response) => resolve(String(response.statusCode)));
    socket.on('error', () => resolve('error'));
  });
}

describe('what is served', () => {
  test('the page, with a policy that starts with default-src and forbids frames', async () => {
    const answer = await get('/');
    expect(answer.status).toBe(200);
    const policy = String(answer.headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  test('a fresh nonce each time, the same in page and policy, and never the token', async () => {
    const [one, two] = [await get('/'), await get('/')];
    const nonce = /content="([^"]+)"/.exec(one.body)?.[1] as string;
    expect(one.headers['content-security-policy']).toContain(`'nonce-${nonce}'`);
    expect(two.body).not.toContain(nonce);
    expect(one.body).not.toContain(token);
  });

  test.each(['/assets/app-1a2b.js'])('%s of the program', async (path) => {
    expect((await get(path)).status).toBe(200);
  });

  test.each([
    '/../secret.js',
    '/assets/../../secret.js',
    '/%2e%2e/secret.js',
    '/assets/..%2f..%2fsecret.js',
    '/..\\secret.js',
    '//secret.js',
    '/.hidden.js',
    '/assets',
    '/nothing.js',
    '/index.html%00.js',
  ])('nothing outside of it: %s', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('outside');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  test.each(['POST', 'PUT', 'OPTIONS', 'DELETE'])('%s is refused', async (method) => {
    expect((await get('/', {}, method)).status).toBe(405);
  });
});

describe('who is served', () => {
  test.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', 'localhost', '[::1]:80'])(
    'a request for the host %j is refused with 403 (DNS rebinding)',
    async (host) => {
      expect((await get('/', { Host: host })).status).toBe(403);
    },
  );

  test('localhost with our port is served too', async () => {
    expect((await get('/', { Host: `localhost:${door.port}` })).status).toBe(200);
  });

  test('the contract opens with the token as subprotocol', async () => {
    expect(await upgrade('/rpc', ['fieldguide', `token.${token}`])).toBe('open');
  });

  test.each<[string, string[], Record<string, string>]>([
    ['no token', ['fieldguide'], {}],
    ['a wrong token', ['fieldguide', `token.${'A'.repeat(43)}`], {}],
    ['a shorter token', ['fieldguide', 'token.A'], {}],
    ['a foreign origin', ['fieldguide', 'TOKEN'], { Origin: 'https://evil.example' }],
    ['the origin of another port', ['fieldguide', 'TOKEN'], { Origin: 'http://127.0.0.1:1' }],
    ['the origin null', ['fieldguide', 'TOKEN'], { Origin: 'null' }],
    ['a foreign host', ['fieldguide', 'TOKEN'], { Host: 'evil.example', Origin: 'http://evil.example' }],
  ])('an upgrade with %s is refused with 403', async (_, protocols, headers) => {
    const given = protocols.map((entry) => (entry === 'TOKEN' ? `token.${token}` : entry));
    expect(await upgrade('/rpc', given, headers)).toBe('403');
    expect(await upgrade('/terminal/tab-1', given, headers)).toBe('403');
  });

  test('other paths have no socket', async () => {
    expect(await upgrade('/other', ['fieldguide', `token.${token}`])).toBe('403');
  });
});

describe('the contract over the socket', () => {
  function connect() {
    const origin = `http://127.0.0.1:${door.port}`;
    const socket = new WebSocket(`ws://127.0.0.1:${door.port}/rpc`, ['fieldguide', `token.${token}`], {
      headers: { Origin: origin },
    });
    const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ websocket: socket as never }));
    return { client, socket };
  }

  test('plays a walk and streams each view', async () => {
    const { client, socket } = connect();
    const { id } = await client.cases.create({ title: '', ticket: 'INC-1', operator: 'tester', wizard: 'main' });
    const views = await client.walk.watch({ case: id });
    const first = await views.next();
    expect(first.value).toMatchObject({ id, ticket: 'INC-1', step: { step: { title: 'Is it ours?' } } });
    await client.walk.choose({ case: id, visit: 1, outcome: 'yes' });
    const second = await views.next();
    expect(second.value).toMatchObject({ step: { wizard: 'flags' }, recordedBy: 'tester' });
    const news = [first.value, second.value] as CaseNews[];
    const path = news.reduce<PathView[]>((before, { path: change }) => pathAfter(before, change), []);
    expect(path).toStrictEqual((await client.walk.view({ case: id })).path);
    await views.return?.(undefined as never);
    expect(await client.cases.list()).toMatchObject([{ id, state: 'open', wizard: 'main' }]);
    socket.close();
  });

  test('a refusal carries code, sentence and remedy', async () => {
    const { client, socket } = connect();
    const { id } = await client.cases.create({ title: '', ticket: '', operator: '', wizard: 'main' });
    const refused = client.walk.choose({ case: id, visit: 1, outcome: 'perhaps' });
    await expect(refused).rejects.toMatchObject({
      message: expect.stringContaining('perhaps'),
      data: { code: 'unknown-outcome', hint: 'One of: yes, no, unknown.' },
    });
    socket.close();
  });

  test('input that does not fit the contract is refused at the border', async () => {
    const { client, socket } = connect();
    await expect(client.walk.back({ case: 'x', to: -1 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(client.cases.create({ title: 7 } as never)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    socket.close();
  });

  test.each(['../escape', '..', '/etc', 'a/b', 'C:\\x', ''])('a case id never names a path: %j', async (id) => {
    const { client, socket } = connect();
    await expect(client.walk.note({ case: id, text: 'x' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    socket.close();
  });
});

describe('starting', () => {
  test('a port that is taken is one sentence with the remedy', async () => {
    const second = startBrowserDoor({ core: small.core, pageFolder: small.pageFolder, port: door.port });
    await expect(second).rejects.toMatchObject({ code: 'port-taken', hint: expect.stringContaining('--port') });
  });
});

describe('a case that nobody looks at any more', () => {
  test('is given up, so that another door can go on with it', async () => {
    const { CaseSession } = await import('../../../electron/cases/case-session.ts');
    const session = await small.core.createCase({ title: '', ticket: '', operator: '', wizard: 'main' });
    const stop = session.onChange(() => {});
    await small.core.closeIdle();
    await expect(CaseSession.open(session.folder, await small.core.sessionOptions())).rejects.toMatchObject({
      code: 'locked',
    });
    stop();
    await small.core.closeIdle();
    const other = await CaseSession.open(session.folder, await small.core.sessionOptions());
    await other.input({ type: 'choose', outcome: 'yes' });
    await other.close();
    const again = await small.core.session(session.folder);
    expect(again.state.visits).toHaveLength(2);
  });
});
