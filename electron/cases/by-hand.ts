/** Records a change that the person made along a path in a console: there is no output, but it was done. */
import { startingValues } from '../../wizards/engine/captured-values.ts';
import { readableText } from '../../wizards/engine/command-view.ts';
import { Fault } from '../fault.ts';
import type { CaseSession } from './case-session.ts';
import { commandOfStep } from './walk-commands.ts';
import { noteWayBack } from './way-back.ts';

export async function recordByHand(session: CaseSession, id: string): Promise<void> {
  const command = commandOfStep(session, id, 'console');
  if (command.role !== 'change')
    throw new Fault('no-change', 'This path changes nothing.', 'Record what you found as the answer of the step.');
  const entry = session.library.commands.get(id)?.command;
  const known = entry ? startingValues(session.library, session.state, entry, (hash) => session.textOf(hash)) : {};
  const parameters = Object.fromEntries(
    command.parameters.flatMap((name) => (known[name] === undefined ? [] : [[name, known[name]]])),
  );
  await noteWayBack(session, command);
  await session.input({ type: 'by-hand', command: id, text: readableText(command), parameters });
}
