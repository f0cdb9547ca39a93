/** Replies that somebody quotes within a sentence: `said: 550 …`, `responded with "…"`, `the error was: …`. */

/** What leads a quoted reply in. The words are those of mail programs, logs and people. */
const LEAD =
  /\b(?:said|says|say|replied|responded|response|responds|answered|answer|answers|returned|returns|error|reply|rejected|refused|failed|reason|message|bounced)\b(?:\s+(?:was|is|with|from|of|by|error|code|message|reply|because|due to|us|me|:))*\s*:?\s*(["'“‘(«]?)(?=[45]\d\d[ -])/gi;
const REPLY = /^[45]\d\d(?:[ -](?:[45]\.\d{1,3}\.\d{1,3}\b|[A-Z<#[])|[ -][45]\.\d{1,3}\.\d{1,3}\b)/;
const CLOSING: Record<string, string> = { '"': '"', "'": "'", '“': '”', '‘': '’', '(': ')', '«': '»' };
/** Where a person goes on in his own words. */
const OWN_WORDS =
  /[.!] (?=(?:I|We|My|Our|What|Why|How|Does|Do|Is|Are|Can|Could|Please|Any|This|But|And|Then|So|Thanks)\b)/;
/** Postfix names the command behind the reply. */
const IN_REPLY_TO = /\s*\(in reply to (?:end of )?([A-Z]+)[^)]{0,40}\)?\s*$/i;
const LONGEST = 1000;

/** `led`: words before it say that it is a reply; else only its own words can show that. */
export type QuotedReply = { reply: string; command: string | null; led: boolean };

/**
 * The first reply that a line quotes, null where none is. `rest` gives the lines below, for a quotation that is wrapped.
 */
export function quotedReply(line: string, rest: () => string): QuotedReply | null {
  for (const match of line.matchAll(LEAD)) {
    const from = match.index + match[0].length;
    const text = line.slice(from);
    if (!REPLY.test(text)) continue;
    const closing = CLOSING[match[1] ?? ''];
    return { ...withCommand(closing === undefined ? unquoted(text) : upTo(closing, text, rest)), led: true };
  }
  return bareReply(line, rest);
}

/** A number with an enhanced code or a word behind it, anywhere in a line: `we get 550 5.1.1 User unknown`. */
const BARE = /(["“‘«])?(?<![\w.:/-])(?=[45]\d\d(?:[ -][45]\.\d{1,3}\.\d{1,3}\b|[ -][A-Z][a-z]))/g;

/** A row of a log or table, which is for those who know its columns. */
const ROW = /^[\s>]*\d{4}-\d\d-\d\dT[\d:.]+Z?,|(?:,\S.*?){5}/;

function bareReply(line: string, rest: () => string): QuotedReply | null {
  if (ROW.test(line)) return null;
  for (const match of line.matchAll(BARE)) {
    const text = line.slice(match.index + match[0].length);
    if (isCount(text)) continue;
    const closing = CLOSING[match[1] ?? ''];
    return { ...withCommand(closing === undefined ? unquoted(text) : upTo(closing, text, rest)), led: false };
  }
  return null;
}

function upTo(closing: string, text: string, rest: () => string): string {
  const end = endOf(closing, text);
  if (end >= 0) return text.slice(0, end);
  const more = `${text} ${rest()}`.slice(0, LONGEST);
  const later = endOf(closing, more);
  return later < 0 ? text : more.slice(0, later);
}

/** A quote within a word, as in `can't`, closes nothing. */
function endOf(closing: string, text: string): number {
  let at = text.indexOf(closing);
  while (at >= 0 && /\w/.test(text[at - 1] ?? '') && /\w/.test(text[at + 1] ?? '')) at = text.indexOf(closing, at + 1);
  return at;
}

function unquoted(text: string): string {
  const own = OWN_WORDS.exec(text);
  return own ? text.slice(0, own.index + 1) : text;
}

function withCommand(text: string): Omit<QuotedReply, 'led'> {
  const command = IN_REPLY_TO.exec(text)?.[1] ?? null;
  const reply = (command === null ? text : text.replace(IN_REPLY_TO, '')).replace(/["'”\s]+$/, '').slice(0, LONGEST);
  return { reply, command };
}

/** `550 Mailboxes were moved`: so many of something, in a sentence. */
export const isCount = (text: string): boolean =>
  /^\d{3}[ -](?:\w+s|people|men|women)\s+(?:were|was|are|have|had|has|and|or|in|on|of|per|with|to|who|that|will|can|do)\b/i.test(
    text,
  );
