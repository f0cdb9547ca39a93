/** The exchange of an AUTH (RFC 4954, section 4): challenges and answers, up to the verdict. */
import { LAB_LOGIN, MECHANISMS } from '../../../wizards/engine/lab/auth-exchange.ts';
import type { Line } from './byte-reader.ts';

export type Login = { login: 'right' | 'wrong' | 'cancelled'; user: string };

export type Exchange = {
  /** Sends a challenge and gives the client's line; null where the client is gone. */
  challenge(text: string): Promise<Line | null>;
};

/** `argument` is what stood behind the verb: the mechanism, maybe a first answer. Null: the client is gone. */
export async function authenticate(mechanism: string, argument: string, exchange: Exchange): Promise<Login | null> {
  const wrong: Login = { login: 'wrong', user: '' };
  const known = Object.hasOwn(MECHANISMS, mechanism) ? MECHANISMS[mechanism] : undefined;
  if (!known) return wrong;
  const first = argument.split(' ')[1];
  // A lone equals sign is an empty first answer.
  const answers = first === undefined ? [] : [decoded(first === '=' ? '' : first)];
  for (const text of known.challenges.slice(answers.length)) {
    const line = await exchange.challenge(text);
    if (line === null) return null;
    if (line.text === '*') return { ...wrong, login: 'cancelled' };
    answers.push(line.tooLong ? '' : decoded(line.text));
  }
  if (!known.accepts(answers)) return wrong;
  return { login: 'right', user: LAB_LOGIN.user.split('@')[0] ?? '' };
}

const decoded = (text: string): string => Buffer.from(text, 'base64').toString('utf8');
