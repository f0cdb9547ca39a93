/** Finds replies of SMTP servers that stand alone: a line of a log or terminal, or the LastError of a queue. */
import type { Library } from '../library.ts';
import { explainReply } from '../reply.ts';
import { type Finding, linesOf } from './finding.ts';
import type { Unfolded } from './unfold.ts';

/** What stands before a reply: the marks of swaks and of mails, quotes, the name of the field of a queue. */
const BEFORE = String.raw`^[\s>"'“]*(?:<[-~*]+\s+)?(?:LastError\s*:\s*)?["'“]?`;
const REPLY = new RegExp(`${BEFORE}((?:[45]\\d\\d[ -](?!\\d{3})|[45]\\.\\d{1,3}\\.\\d{1,3}\\b|\\[\\{LED=).*)$`);
/** A line that begins so is one of a message or a list, and no reply. */
const LONGEST_LINE = 4000;

/**
 * In the order of their lines, each text once; `most` at the most. Lines that belong to a finding of another kind
 * are left to it.
 */
export function findReplies(library: Library, { text }: Unfolded, known: readonly Finding[], most: number): Finding[] {
  const found = new Map<string, Finding>();
  const taken = linesOf(known);
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (found.size === most) break;
    if (line.length > LONGEST_LINE || taken(index + 1)) continue;
    const reply = REPLY.exec(line)?.[1]?.replace(/["'”\s]+$/, '');
    if (reply === undefined || found.has(reply)) continue;
    const { code, enhanced, meaning, known, peer } = explainReply(library, reply);
    // A line of prose may begin with a number too.
    if (known !== 'text' && enhanced === null && !/^\d{3}[ -][A-Z<#]/.test(reply)) continue;
    const fields = { reply, ...(peer === null ? {} : { remote_host: peer }) };
    const id = enhanced ?? String(code);
    found.set(reply, {
      kind: 'reply',
      id,
      source: 'SMTP',
      title: meaning,
      line: index + 1,
      fields,
      local: null,
      remote: null,
    });
  }
  return [...found.values()];
}
