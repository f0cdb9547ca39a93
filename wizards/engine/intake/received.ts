/** One line `Received:` (RFC 5321, 4.4) as Exchange, Postfix, Exim, sendmail, qmail and Google write it. */
import { parseAddress } from '../parameters/ip-ranges.ts';
import { type MailDate, parseMailDate } from './mail-date.ts';

export type Received = {
  from: string | null;
  from_ip: string | null;
  by: string | null;
  with: string | null;
  tls: string | null;
  authenticated: string | null;
  id: string | null;
  for: string | null;
  /** As written, without a comment behind it. */
  time: string | null;
  date: MailDate | null;
};

type Clause = { words: string[]; comments: string[] };
const CLAUSES = ['from', 'by', 'via', 'with', 'id', 'for'] as const;
type ClauseName = (typeof CLAUSES)[number];
const LONGEST = 20_000;

/** Null when the value is none. Never throws. */
export function parseReceived(value: string): Received | null {
  const text = value.slice(0, LONGEST);
  const { clauses, rest, stray } = clausesOf(text);
  const by = clauses.by?.words[0] ?? null;
  const from = clauses.from?.words.join(' ') || null;
  const date = parseMailDate(rest);
  if (by === null && from === null && !(stray.some((comment) => /^qmail\b/.test(comment)) && date)) return null;
  const protocol = clauses.with?.words.join(' ').replace(/,$/, '') || null;
  const comments = [...Object.values(clauses).flatMap((clause) => clause.comments), ...stray];
  const recipient = clauses.for?.words[0]?.replace(/^<|[>,]+$/g, '');
  return {
    from: named(from),
    from_ip: addressOf(clauses.from),
    by: named(by),
    with: protocol,
    tls: tlsOf(protocol, text, comments),
    authenticated: authenticationOf(protocol, comments),
    id: clauses.id?.words[0]?.replace(/^<|>$/g, '') ?? null,
    for: recipient || null,
    time: rest.replace(/\s*\([^()]*\)\s*$/, '').trim() || null,
    date,
  };
}

/** Words and comments of each clause, and what stands behind the last semicolon outside of comments. */
function clausesOf(text: string): { clauses: Partial<Record<ClauseName, Clause>>; rest: string; stray: string[] } {
  const clauses: Partial<Record<ClauseName, Clause>> = {};
  const stray: string[] = [];
  let open: Clause | null = null;
  let rest = '';
  let depth = 0;
  let start = 0;
  const close = (end: number) => {
    for (const word of text.slice(start, end).split(/\s+/)) {
      if (word === '') continue;
      const name = CLAUSES.find((clause) => clause === word.toLowerCase());
      // A name may stand once; `with` within what it introduces is a word like any other.
      if (name && !clauses[name]) {
        open = { words: [], comments: [] };
        clauses[name] = open;
      } else open?.words.push(word);
    }
  };
  for (let i = 0; i <= text.length; i += 1) {
    const sign = text[i];
    if (sign === '\\') i += 1;
    else if (sign === '(') {
      if (depth === 0) {
        close(i);
        start = i + 1;
      }
      depth += 1;
    } else if (sign === ')' && depth > 0) {
      depth -= 1;
      if (depth > 0) continue;
      ((open as Clause | null)?.comments ?? stray).push(text.slice(start, i));
      start = i + 1;
    } else if (depth === 0 && (sign === ';' || i >= text.length)) {
      close(i);
      start = i + 1;
      if (sign === ';') {
        rest = text.slice(i + 1);
        break;
      }
    }
  }
  return { clauses, rest: rest.trim(), stray };
}

/** `mail.fabrikam.com.` and `[192.0.2.1]` as a person writes them. */
const named = (name: string | null): string | null =>
  name
    ?.slice(0, 255)
    .replace(/^\[(?:IPv6:)?([^[\]]*)\]$/i, '$1')
    .replace(/\.$/, '') || null;

/** The address of the client: in the comment of the server's own, last, look-up, else where a name could stand. */
function addressOf(from: Clause | undefined): string | null {
  if (!from) return null;
  const places = [...from.comments, ...from.words];
  for (const place of places) {
    for (const [, found = ''] of place
      .slice(0, 1000)
      .matchAll(/\[?(?:IPv6:)?([0-9a-fA-F.:]{2,45})(?:%\w{1,20})?\]?/gi)) {
      if (/[.:]/.test(found) && parseAddress(found)) return found;
    }
  }
  return null;
}

/** RFC 3848 and 6531: the letter S stands for TLS, A for authentication. */
const PROTOCOL = /^(?:UTF8)?(?:ESMTP|SMTP|LMTP)(S)?(A)?$/i;

/** Version and cipher where they are written, else `TLS` where only that is known. */
function tlsOf(protocol: string | null, text: string, comments: string[]): string | null {
  // Exim names the cipher behind the comment.
  const bare = /\btls (TLS_\w{2,70})/.exec(text.slice(0, 2000))?.[1];
  for (const comment of comments) {
    // Exchange, Google and sendmail; Postfix; Exim.
    const [, version, cipher] =
      /\bversion=([\w./-]{2,20})[,\s]+(?:cipher=([\w.:-]{2,80}))?/i.exec(comment) ??
      /\busing (TLSv?[\w.]{1,6}|SSLv?[\w.]{1,6}) with cipher ([\w.:-]{2,80})/i.exec(comment) ??
      /^(?:TLS|SSL)?(TLS[\w.]{1,6}|SSL[\w.]{1,6})(?::([\w.-]{2,80}?)(?::\d{2,3})?)?$/i.exec(comment) ??
      [];
    if (version !== undefined) return [version, cipher ?? bare].filter(Boolean).join(' ');
  }
  if (bare !== undefined) return bare;
  const secured = PROTOCOL.exec(protocol?.split(' ')[0] ?? '')?.[1] !== undefined;
  return secured || comments.some((comment) => /^TLS$/i.test(comment)) ? 'TLS' : null;
}

function authenticationOf(protocol: string | null, comments: string[]): string | null {
  const said = comments.map((comment) => /^\s*authenticated\b.{0,100}/i.exec(comment)?.[0].trim()).find(Boolean);
  if (said) return said;
  return PROTOCOL.exec(protocol?.split(' ')[0] ?? '')?.[2] === undefined ? null : 'SMTP AUTH';
}
