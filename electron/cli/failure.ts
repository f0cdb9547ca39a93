/** What went wrong, in the form in which the command line says it. */
import type { CommanderError } from 'commander';
import { systemCode } from '../fault.ts';

/** `exit`: 2 wrong usage or unreadable input, 3 internal error. */
export type Failure = { exit: 2 | 3; code: string; message: string; hint: string | null; detail?: string };

/** Faults for which the person at the command line can do nothing by asking otherwise. */
const INTERNAL = new Set(['no-library', 'no-page', 'broken-wizard', 'not-recorded', 'start-failed', 'no-pty']);

const SYSTEM: Record<string, [message: string, hint: string]> = {
  ENOENT: ['does not exist', 'Check the path.'],
  EACCES: ['may not be read or written by this account', 'Change its permissions, or choose another place.'],
  EPERM: ['may not be read or written by this account', 'Change its permissions, or choose another place.'],
  EROFS: ['lies on a read-only file system', 'Choose another place.'],
  ENOSPC: ['cannot be written: the disk is full', 'Free space, then try again.'],
  EISDIR: ['is a folder', 'Name a file.'],
  ENOTDIR: ['leads through something that is no folder', 'Check the path.'],
  EEXIST: ['exists already', 'Choose another name.'],
  ENAMETOOLONG: ['is too long a name', 'Choose a shorter one.'],
};

/** Recognised by shape, so that the modules that define the errors need not be loaded to report one. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return internal(String(error));
  const code = systemCode(error);
  if ('hint' in error && code !== null) {
    const hint = typeof error.hint === 'string' ? error.hint : null;
    return { exit: INTERNAL.has(code) ? 3 : 2, code, message: error.message, hint };
  }
  const known = code === null ? undefined : SYSTEM[code];
  if (code !== null && known && 'path' in error && typeof error.path === 'string') {
    return { exit: 2, code: code.toLowerCase(), message: `${error.path} ${known[0]}.`, hint: known[1] };
  }
  return internal(error.message, error.stack);
}

function internal(message: string, detail?: string): Failure {
  const failure = { exit: 3, code: 'internal', message: `Something went wrong inside Fieldguide: ${message}` } as const;
  return { ...failure, hint: 'Try again; if it stays, report it with the text above.', ...(detail ? { detail } : {}) };
}

/** A fault of the command line itself: `commander.unknownOption` and its like. */
export function usageFailure(error: CommanderError): Failure {
  const [sentence = '', ...suggestion] = error.message.replace(/^error: /, '').split('\n');
  const isHelp = error.code === 'commander.help';
  const message = isHelp ? 'No verb was given.' : `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;
  return {
    exit: 2,
    code: isHelp ? 'no-verb' : error.code.replace(/^commander\./, '').replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`),
    message: /[.?!)]$/.test(message) ? message : `${message}.`,
    hint: suggestion.join(' ').replace(/^\(|\)$/g, '') || 'See `fieldguide --help`.',
  };
}
