import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Contract } from '../../../electron/contract.ts';
import { type Port, servePorts } from '../../../electron/core-ports.ts';
import { electronProgram, withoutWindow } from '../../../electron/desktop.ts';
import { channelRequest, isOurAddress, isOurPage } from '../../../electron/desktop-rules.ts';
import { type SmallCore, smallCore } from './small-core.ts';

let small: SmallCore;
beforeAll(() => {
  small = smallCore('desktop');
});
afterAll(() => small.dispose());

describe('who may ask the main process for a port', () => {
  test('our page in the main frame', () => {
    expect(isOurPage({ url: 'fieldguide://app/', parent: null })).toBe(true);
    expect(isOurPage({ url: 'fieldguide://app/#/case/1', parent: null })).toBe(true);
  });

  test.each([
    [null],
    [{ url: 'fieldguide://app/', parent: {} }],
    [{ url: 'https://evil.example/', parent: null }],
    [{ url: 'file:///etc/passwd', parent: null }],
    [{ url: 'fieldguide://other/', parent: null }],
    [{ url: 'fieldguide://app/evil.html', parent: null }],
    [{ url: 'data:text/html,x', parent: null }],
    [{ url: '', parent: null }],
  ])('not %j', (frame) => {
    expect(isOurPage(frame)).toBe(false);
  });

  test('navigation stays on our page', () => {
    expect(isOurAddress('fieldguide://app/#/case/1')).toBe(true);
    expect(isOurAddress('https://contoso.com/')).toBe(false);
    expect(isOurAddress('nonsense')).toBe(false);
  });

  test.each([
    [undefined, { type: 'rpc' }],
    ['terminal:tab-1', { type: 'terminal', id: 'tab-1' }],
    ['files:0a-1b', { type: 'files', id: '0a-1b' }],
    ['other:tab-1', null],
    ['terminal:../x', null],
    ['terminal:', null],
    ['tab-1', null],
    [7, null],
    [null, null],
    [`terminal:${'a'.repeat(61)}`, null],
  ])('the channel %j is %j', (name, request) => {
    expect(channelRequest(name)).toEqual(request);
  });
});

describe('the contract over a message port', () => {
  test('answers like the one over the socket', async () => {
    const { port1, port2 } = new MessageChannel();
    servePorts(small.core)({ type: 'rpc' }, port2 as unknown as Port);
    const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: port1 as never }));
    expect(await client.app.info()).toMatchObject({ product: 'Fieldguide', door: 'desktop' });
    port1.close();
  });

  test.each([
    null,
    {},
    { type: 'terminal' },
    { type: 'terminal', id: 'none' },
    { type: 'files', id: 'none' },
    { type: 'other' },
  ])('a request of another kind is closed: %j', async (request) => {
    const { port1, port2 } = new MessageChannel();
    const closed = new Promise((resolve) => port1.once('close', () => resolve('closed')));
    servePorts(small.core)(request, port2 as unknown as Port);
    expect(await closed).toBe('closed');
  });
});

describe('without the Electron runtime', () => {
  test('the reason and the remedy stand in one line', () => {
    const found = electronProgram('/nowhere');
    expect(found).toHaveProperty('reason');
    const line = withoutWindow((found as { reason: string }).reason);
    expect(line).not.toContain('\n');
    expect(line).toContain('install-electron');
  });
});
