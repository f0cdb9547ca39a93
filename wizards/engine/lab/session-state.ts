/** What the lab server knows of a session. */
import type { LabCommand } from './command.ts';

export type LabState = {
  greeted: boolean;
  /** The name that the client gave. */
  hello: string;
  /** `internal` is X-ANONYMOUSTLS, with which Exchange servers talk among themselves. */
  tls: 'none' | 'starttls' | 'internal';
  user: string | null;
  sender: string | null;
  /** How many were accepted. */
  recipients: number;
};

export const FRESH: LabState = {
  greeted: false,
  hello: '',
  tls: 'none',
  user: null,
  sender: null,
  recipients: 0,
};

/** The state after a command was answered with this code. */
export function advance(state: LabState, command: LabCommand, code: number): LabState {
  if (code < 200 || code >= 300) return state;
  switch (command.verb) {
    case 'EHLO':
    case 'HELO':
      return { ...state, ...NO_MAIL, greeted: true, hello: command.argument };
    case 'MAIL':
      return { ...state, sender: command.address, recipients: 0 };
    case 'RCPT':
      return { ...state, recipients: state.recipients + 1 };
    case 'RSET':
    case 'BODY':
      return { ...state, ...NO_MAIL };
    default:
      return state;
  }
}

const NO_MAIL = { sender: null, recipients: 0 } as const;

/** After TLS both sides forget what was said before (RFC 3207, section 4.2). */
export function afterTls(kind: 'starttls' | 'internal'): LabState {
  return { ...FRESH, tls: kind };
}
