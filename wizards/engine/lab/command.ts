/** One line of a client, taken apart as the lab server understands it. */

import { readPath, sizeOf } from './mailbox-path.ts';
import { LAB_VERBS, type LabVerb } from './words.ts';

export type LabCommand = {
  /** `*` is a verb that no server has. */
  verb: LabVerb;
  /** As it was written, without blanks around it. */
  word: string;
  argument: string;
  /** Of MAIL and RCPT the address; null where there is none. */
  address: string | null;
  /** Bytes that are announced: SIZE of MAIL, of XEXCH50 and BDAT what follows. */
  bytes: number | null;
  last: boolean;
  malformed: boolean;
  tooLong: boolean;
  masked: boolean;
};

/** Names of moments, which no client can say. */
const MOMENTS: readonly LabVerb[] = ['CONNECT', 'LOGIN', 'BLOB', 'BODY', 'IDLE', 'ERRORS', '*'];
const SPOKEN = new Set<string>(LAB_VERBS.filter((verb) => !MOMENTS.includes(verb)));

export function readCommand(line: string, tooLong = false): LabCommand {
  const [, word = '', argument = ''] = /^[ \t]*(\S*)[ \t]*(.*?)[ \t]*$/s.exec(line) ?? [];
  const upper = word.toUpperCase();
  const verb = SPOKEN.has(upper) ? (upper as LabVerb) : '*';
  const command = { ...moment(verb), word, argument, tooLong, masked: /^X{4,}$/i.test(word) };
  switch (verb) {
    case 'MAIL':
    case 'RCPT': {
      const path = readPath(verb === 'MAIL' ? 'FROM' : 'TO', argument);
      if (!path || (verb === 'RCPT' && path.address === '')) return { ...command, malformed: true };
      return { ...command, address: path.address, bytes: sizeOf(path.parameters) };
    }
    case 'XEXCH50': {
      const [, bytes] = /^(\d{1,12}) \d{1,3}$/.exec(argument) ?? [];
      return bytes === undefined ? { ...command, malformed: true } : { ...command, bytes: Number(bytes) };
    }
    case 'BDAT': {
      const [, bytes, last] = /^(\d{1,12})( LAST)?$/i.exec(argument) ?? [];
      if (bytes === undefined) return { ...command, malformed: true };
      return { ...command, bytes: Number(bytes), last: last !== undefined };
    }
    default:
      return command;
  }
}

/** A command that nobody said: a moment at which the server speaks. */
export function moment(verb: LabVerb): LabCommand {
  return {
    verb,
    word: verb,
    argument: '',
    address: null,
    bytes: null,
    last: false,
    malformed: false,
    tooLong: false,
    masked: false,
  };
}
