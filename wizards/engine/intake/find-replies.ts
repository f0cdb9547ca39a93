/** Finds replies of SMTP servers: a line of a log or terminal, the LastError of a queue, a quotation in a sentence. */
import type { Library } from '../library.ts';
import { explainReply } from '../reply.ts';
import { type Finding, linesOf } from './finding.ts';
import { readLastError } from './last-error.ts';
import { isCount, quotedReply } from './quoted-reply.ts';
import { joinReply } from './reply-lines.ts';
import type { Unfolded } from './unfold.ts';

/** What stands before a reply: the marks of swaks and of mails, quotes, the name of the field of a queue. */
const BEFORE = String.raw`^[\s>"'“]*(?:<[-~*]+\s+)?(?:LastError\s*:\s*)?["'“]?`;
const REPLY = new RegExp(`${BEFORE}((?:[45]\\d\\d[ -](?!\\d{3})|[45]\\.\\d{1,3}\\.\\d{1,3}\\b|\\[\\{LED=).*)$`);
const LAST_ERROR = /^[\s>]*LastError\s*:/i;
/** A reply with another one in it, whose quotation may go on in the next line. */
const NESTED = /responded with:? *"[^"]*$/i;
const NUMBER = /[45]\d\d[ -]|[45]\.\d{1,3}\.\d|LED=|LastError/i;
/** A line that begins so is one of a message or a list, and no reply. */
const LONGEST_LINE = 4000;
/** So many lines at most belong to one reply, or to one wrapped value. */
const MOST_LINES = 40;

/** `led`: something before it says that it is a reply. */
type Found = { reply: string; command: string | null; lines: number; led: boolean };

/**
 * In the order of their lines, each text once; `most` at the most. Lines that belong to a finding of another kind
 * are left to it.
 */
export function findReplies(library: Library, { text }: Unfolded, known: readonly Finding[], most: number): Finding[] {
  const found = new Map<string, Finding>();
  const taken = linesOf(known);
  const lines = text.split(/\r\n|\r|\n/);
  for (let index = 0; index < lines.length; index += 1) {
    if (found.size === most) break;
    const line = lines[index] as string;
    if (line.length > LONGEST_LINE || !NUMBER.test(line) || taken(index + 1)) continue;
    const one = replyAt(lines, index);
    if (one === null) continue;
    const first = index + 1;
    index += one.lines - 1;
    if (found.has(one.reply)) continue;
    const { code, enhanced, meaning, known, peer } = explainReply(library, one.reply);
    // A line of prose may begin with a number too.
    if (
      known !== 'text' &&
      enhanced === null &&
      (!one.led || !/^\d{3}[ -][A-Z<#]/.test(one.reply) || isCount(one.reply))
    )
      continue;
    const fields = {
      reply: one.reply,
      ...(one.command === null ? {} : { command: one.command }),
      ...otherSide(one.reply, peer),
    };
    found.set(one.reply, {
      kind: 'reply',
      id: enhanced ?? String(code),
      source: 'SMTP',
      title: meaning,
      line: first,
      ...(one.lines > 1 ? { end: first + one.lines - 1 } : {}),
      fields,
      local: null,
      remote: null,
    });
  }
  return [...found.values()];
}

/** Who refused, where the wrapper around a reply names it. */
function otherSide(reply: string, peer: string | null): Record<string, string> {
  const { remote_host, remote_ip } = readLastError(reply);
  const host = peer ?? remote_host;
  return { ...(host === null ? {} : { remote_host: host }), ...(remote_ip === null ? {} : { remote_ip }) };
}

/** The reply that begins in this line, with the number of lines that it takes; null where none does. */
function replyAt(lines: readonly string[], index: number): Found | null {
  const line = lines[index] as string;
  const wrapped = LAST_ERROR.test(line) || line.includes('{LED=') || NESTED.test(line) ? valueAt(lines, index) : null;
  const start = REPLY.exec(wrapped?.text ?? line)?.[1];
  if (start === undefined) {
    const quoted = quotedReply(line, () =>
      lines
        .slice(index + 1, index + 6)
        .map(withoutMarks)
        .join(' '),
    );
    return quoted && { ...quoted, lines: 1 };
  }
  if (wrapped) return { reply: trimmed(start), command: null, lines: wrapped.lines, led: true };
  const parts = [trimmed(start)];
  // `550-one`, `550-two`, `550 three` are one reply.
  while (/^\d{3}-/.test(parts.at(-1) ?? '') && parts.length < MOST_LINES) {
    const next = REPLY.exec(lines[index + parts.length] ?? '')?.[1];
    if (next === undefined || next.length > LONGEST_LINE || next.slice(0, 3) !== start.slice(0, 3)) break;
    parts.push(trimmed(next));
  }
  return { reply: joinReply(parts), command: null, lines: parts.length, led: true };
}

const trimmed = (reply: string): string => reply.replace(/["'”\s]+$/, '');
const withoutMarks = (line: string): string => line.replace(/^[\s>]+/, '').slice(0, LONGEST_LINE);

/**
 * A value with the lines on which it goes on: those that are indented, and for `[{LED=` all up to its end. The text
 * is one line.
 */
function valueAt(lines: readonly string[], index: number): { text: string; lines: number } {
  let text = (lines[index] as string).trimEnd();
  let count = 1;
  while (count < MOST_LINES && text.length < LONGEST_LINE) {
    const next = lines[index + count] ?? '';
    const open = (text.includes('{LED=') && !/\}\]?\s*$/.test(text)) || NESTED.test(text);
    if (next.trim() === '' || !(open || /^[\s>]*\s{6,}\S/.test(next)) || /^[\s>]*[A-Za-z]\w+\s+: /.test(next)) break;
    text = `${text} ${withoutMarks(next).trim()}`;
    count += 1;
  }
  return { text, lines: count };
}
