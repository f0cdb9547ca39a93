import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../electron/contract.ts';
import type { BinaryChannel } from '../electron/contract-terminal.ts';

/** The core's procedures, typed by the contract. */
export type Client = ContractRouterClient<Contract>;

/** `lost` comes back by itself; `refused` needs the person: the token is not that of the running program. */
export type ConnectionState = 'connecting' | 'connected' | 'lost' | 'refused';

/** The one way from the page to the core, whichever door it came through. */
export interface Connection {
  readonly door: 'browser' | 'desktop';
  /** Stays the same object over a reconnection. Calls made while there is no connection are rejected. */
  readonly client: Client;
  state(): ConnectionState;
  /** Calls `listener` on each change; returns how to stop. */
  onState(listener: (state: ConnectionState) => void): () => void;
  /** Tries again now instead of after the pause. */
  retry(): void;
  /** Bytes both ways: of a terminal tab, or of the files of an intake. */
  channel(kind: 'terminal' | 'files', id: string): Promise<BinaryChannel>;
}
