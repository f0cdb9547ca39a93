import type { WebSocket } from 'ws';
import type { BinaryChannel } from './contract-terminal.ts';

/** A WebSocket as the terminal's channel: whole binary messages. Text messages are none of its business. */
export function webSocketChannel(socket: WebSocket): BinaryChannel {
  socket.binaryType = 'nodebuffer';
  return {
    send: (bytes) => {
      if (socket.readyState === socket.OPEN) socket.send(bytes, { binary: true, compress: false });
    },
    onMessage: (listener) => socket.on('message', (data: Buffer, binary: boolean) => binary && listener(data)),
    onClose: (listener) => socket.on('close', listener),
    bufferedAmount: () => socket.bufferedAmount,
    close: () => socket.close(),
  };
}
