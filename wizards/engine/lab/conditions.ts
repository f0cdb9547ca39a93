/** What the conditions of a rule mean. A new one is an entry here and its name in the schema. */

import { announced, mechanismsOf } from './capabilities.ts';
import type { LabCommand } from './command.ts';
import type { Conversation } from './conversation.ts';
import { isLocal } from './mailbox-path.ts';
import type { LabState } from './session-state.ts';
import type { LabCondition } from './words.ts';

export type Situation = {
  conversation: Conversation;
  state: LabState;
  command: LabCommand;
  /** How an authentication ended; null outside of one. */
  login: 'right' | 'wrong' | 'cancelled' | null;
  /** Whether this client brought this sender and recipient for the first time; asked only where a rule wants it. */
  firstContact: () => boolean;
};

const mechanism = ({ command }: Situation): string => (command.argument.split(' ')[0] ?? '').toUpperCase();

const CONDITIONS: Record<LabCondition, (situation: Situation) => boolean> = {
  'not-greeted': ({ state }) => !state.greeted,
  plain: ({ state }) => state.tls === 'none',
  encrypted: ({ state }) => state.tls !== 'none',
  anonymous: ({ state }) => state.user === null,
  authenticated: ({ state }) => state.user !== null,
  'no-sender': ({ state }) => state.sender === null,
  'sender-given': ({ state }) => state.sender !== null,
  'no-recipient': ({ state }) => state.recipients === 0,
  'no-argument': ({ command }) => command.argument === '',
  'with-argument': ({ command }) => command.argument !== '',
  malformed: ({ command }) => command.malformed,
  'too-long': ({ command }) => command.tooLong,
  'too-large': ({ command, conversation }) => (command.bytes ?? 0) > conversation.server.limit,
  'last-chunk': ({ command }) => command.last,
  'not-local': ({ command, conversation }) => !isLocal(command.address ?? '', conversation.local),
  'not-announced': ({ command, conversation, state }) => !announced(conversation, state, command.verb),
  'mechanism-not-announced': (situation) => {
    const { command, conversation, state } = situation;
    return !mechanismsOf(conversation, state, command.verb).includes(mechanism(situation));
  },
  'in-order': (situation) => {
    const { state, command } = situation;
    if (command.malformed) return false;
    switch (command.verb) {
      case 'MAIL':
        return state.greeted && state.sender === null;
      case 'RCPT':
        return state.sender !== null;
      case 'XEXCH50':
        return state.recipients > 0;
      case 'AUTH':
      case 'X-EXPS':
        return state.greeted && state.user === null && !CONDITIONS['mechanism-not-announced'](situation);
      default:
        return true;
    }
  },
  cancelled: ({ login }) => login === 'cancelled',
  'wrong-login': ({ login }) => login === 'wrong',
  'first-contact': ({ firstContact }) => firstContact(),
  masked: ({ command }) => command.masked,
};

export function holds(condition: LabCondition, situation: Situation): boolean {
  return CONDITIONS[condition](situation);
}
