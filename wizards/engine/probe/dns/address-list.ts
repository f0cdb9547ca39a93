/** What a list of addresses answers, and what that means (RFC 5782). */
import type { AddressList } from '../../schema.ts';
import { type DnsReply, valuesOf } from './answer.ts';

/**
 * `refused`: the list did not take the question. `useless`: an answer, or none, that says nothing about the address.
 * `why` is a sentence without its beginning.
 */
export type ListVerdict = { state: 'listed' | 'clear' | 'refused' | 'useless'; why: string };

/** Spamhaus, and others in the same way: about the question, never about the address. */
const ERRORS: Record<string, string> = {
  '127.255.255.252': 'the name that was asked for is mistyped',
  '127.255.255.254':
    'the question came by way of a big public name server, and the list does not answer those; ask through a name server of your own',
  '127.255.255.255': 'too many questions came from this name server',
};

/** `control` is the list's answer about 127.0.0.1, which no list may hold (RFC 5782 section 5); null: not asked. */
export function listVerdict({ codes }: AddressList, reply: DnsReply, control: DnsReply | null): ListVerdict {
  if (reply.outcome !== 'answered') return { state: 'useless', why: 'it did not answer' };
  if (reply.code === 'REFUSED') return { state: 'refused', why: 'the name server refused the question' };
  if (reply.code === 'NXDOMAIN') return { state: 'clear', why: 'it is not on the list' };
  if (reply.code !== 'NOERROR') return { state: 'useless', why: `the name server answered ${reply.code}` };
  const answers = valuesOf(reply, 'A');
  if (answers.length === 0) return { state: 'clear', why: 'it is not on the list' };
  const error = answers.find((answer) => answer.startsWith('127.255.255.'));
  if (error) return { state: 'refused', why: ERRORS[error] ?? `it answered with the error ${error}` };
  if (!answers.every((answer) => answer.startsWith('127.')))
    return { state: 'useless', why: `${answers[0]} is no answer of such a list: something answers in its place` };
  if (control && valuesOf(control, 'A').length > 0)
    return { state: 'useless', why: 'it names every address, 127.0.0.1 too, as lists do that were given up' };
  const meanings = answers.map((answer) => codes.find(({ code }) => code === answer)?.means ?? `it answered ${answer}`);
  return { state: 'listed', why: [...new Set(meanings)].join('; ') };
}
