/** Carries the contract and the terminals over message ports. Runs in any process that has ports. */
import type { Buffer } from 'node:buffer';
import { RPCHandler } from '@orpc/server/message-port';
import { attachChannel } from './attach-channel.ts';
import type { BinaryChannel } from './contract-terminal.ts';
import type { Core } from './core.ts';
import type { ChannelRequest } from './desktop-rules.ts';
import { createRouter } from './router.ts';

/** The part that Electron's MessagePortMain and Node's MessagePort share. */
export type Port = {
  postMessage(message: unknown): void;
  // biome-ignore lint/suspicious/noExplicitAny: the two kinds hand different things to the listener
  on(event: any, listener: (event: any) => void): unknown;
  start(): void;
  close(): void;
};
/** Returns what takes a port that the window's process handed over. Anything else is closed at once. */
export function servePorts(core: Core): (request: unknown, port: Port) => void {
  const rpc = new RPCHandler(createRouter(core));
  return (request, port) => {
    const wanted = request as Partial<ChannelRequest> | null;
    if (wanted?.type === 'rpc') {
      rpc.upgrade(port as Parameters<typeof rpc.upgrade>[0]);
      port.start();
    } else if (wanted && 'id' in wanted && typeof wanted.id === 'string') {
      void attachChannel(core, wanted.type, wanted.id, portChannel(port)).then(
        () => port.start(),
        () => port.close(),
      );
    } else port.close();
  };
}

/** A port as the terminal's channel. Electron wraps messages into events, Node hands them over bare. */
export function portChannel(port: Port): BinaryChannel {
  return {
    send: (bytes) => port.postMessage(bytes),
    onMessage: (listener) =>
      port.on('message', (event: { data?: unknown } | Buffer) => {
        const message = ArrayBuffer.isView(event) ? event : (event as { data?: unknown }).data;
        if (message instanceof Uint8Array) listener(message);
      }),
    onClose: (listener) => port.on('close', listener),
    close: () => port.close(),
  };
}
