/** The way back of a change, written into the case before anything is changed. */
import { type CommandView, readableText } from '../../wizards/engine/command-view.ts';
import type { CaseSession } from './case-session.ts';

export async function noteWayBack(session: CaseSession, command: CommandView): Promise<void> {
  const { rollback } = command;
  const words = rollback?.text ?? rollback?.note ?? 'none is known';
  await session.input({ type: 'note', text: `Before the change ${readableText(command)}: the way back is ${words}` });
}
