/** A session as the page shows it: laid over the conversation that a wizard draws. */
import type { Library } from '../../wizards/engine/library.ts';
import { ladderOf } from '../../wizards/engine/logs/session-ladder.ts';
import type { Conversation } from '../../wizards/engine/schema.ts';
import type { SessionView } from '../contract-intake.ts';
import type { FoundSession } from './session-stream.ts';

export function sessionView(library: Library, row: number, session: FoundSession): SessionView {
  const conversation = conversationIn(library);
  const outgoing = session.direction === 'send';
  return {
    ...session,
    row,
    ladder: {
      sender: outgoing ? 'this server' : session.remote || 'the other side',
      receiver: outgoing ? session.remote || 'the other side' : 'this server',
      rungs: conversation
        ? ladderOf(conversation, session).map(({ part, state, steps }) => ({
            n: part.n ?? null,
            from: part.from,
            says: part.says,
            state,
            lines: steps.map(({ text, line, ms }) => ({ text, line, ms })),
          }))
        : [],
    },
  };
}

/** The first conversation whose parts say which stage they are. */
function conversationIn(library: Library): Conversation | null {
  for (const { wizard } of library.wizards.values()) {
    for (const step of wizard.steps) {
      if (step.kind === 'question' && step.conversation?.parts.some(({ stage }) => stage !== undefined))
        return step.conversation;
    }
  }
  return null;
}
