import { createORPCClient, DynamicLink } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { BinaryChannel } from '../../electron/contract-terminal.ts';
import type { Client, Connection, ConnectionState } from '../client.ts';
import type { DesktopBridge } from './bridge.ts';
import { waitForPort, watchPorts } from './ports.ts';
import { StateSource } from './state-source.ts';

const PORT = 'fieldguide-port';

/** Over message ports to the core's own process. A core that was started again sends a new port. */
export class DesktopConnection implements Connection {
  readonly door = 'desktop';
  readonly client: Client;
  readonly #state = new StateSource();
  readonly #bridge: DesktopBridge;
  #link: RPCLink<Record<never, never>> | null = null;

  constructor(bridge: DesktopBridge) {
    this.#bridge = bridge;
    this.client = createORPCClient(
      new DynamicLink(() => {
        if (!this.#link) throw new Error('There is no connection to Fieldguide at the moment.');
        return this.#link;
      }),
    );
    watchPorts(PORT, (port) => this.#use(port));
    bridge.connect();
  }

  state(): ConnectionState {
    return this.#state.get();
  }

  onState(listener: (state: ConnectionState) => void): () => void {
    return this.#state.listen(listener);
  }

  retry(): void {
    this.#bridge.connect();
  }

  async channel(kind: 'terminal' | 'files', id: string): Promise<BinaryChannel> {
    const { MessagePortChannel } = await import('../terminal/message-port-channel.ts');
    const name = `${kind}:${id}`;
    const port = waitForPort(`fieldguide-${name}`);
    this.#bridge.openChannel(name);
    return new MessagePortChannel(await port);
  }

  #use(port: MessagePort): void {
    const link = new RPCLink<Record<never, never>>({ port });
    this.#link = link;
    port.addEventListener('close', () => {
      if (this.#link !== link) return;
      this.#link = null;
      this.#state.set('lost');
      // A core that died is started again by the window's own process; asking twice does no harm.
      setTimeout(() => this.retry(), 500);
    });
    port.start();
    this.#state.set('connected');
  }
}
