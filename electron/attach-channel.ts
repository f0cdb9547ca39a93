/** Joins a channel that a page opened to the part of the core that it is for. */
import type { BinaryChannel } from './contract-terminal.ts';
import type { Core } from './core.ts';
import { Fault } from './fault.ts';

/** Rejects when there is no such tab or intake. Nothing that comes at once is lost: listeners are set before any pause. */
export async function attachChannel(
  core: Core,
  kind: string | undefined,
  id: string,
  channel: BinaryChannel,
): Promise<void> {
  if (kind === 'terminal') core.terminals.attach(id, channel);
  else if (kind === 'files') (await core.intakes()).attach(id, channel);
  else throw new Fault('no-such-channel', 'There is no channel of this kind.');
}
