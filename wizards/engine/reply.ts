/** What a reply of an SMTP server means. Pure; the replies are data. */
import type { Library } from './library.ts';
import type { Certainty, Culprit, ReplyEntry } from './schema.ts';

/** A reply taken apart. `peer` is the server that a wrapper around the reply names. */
export type ParsedReply = { code: number | null; enhanced: string | null; text: string; peer: string | null };
export type ReplyExplanation = {
  code: number | null;
  enhanced: string | null;
  meaning: string;
  culprit: Culprit;
  /** A wizard of the library, or null where none would help. */
  wizard: string | null;
  sources: string[];
  /** `text` and `enhanced` are explanations of this reply, `code` of its number, `class` of its digits only. */
  known: 'text' | 'enhanced' | 'code' | 'class' | 'not';
  certainty: Certainty;
  from: string | null;
  peer: string | null;
};

/** Longer texts are no single reply. Only their beginning is looked at. */
const LONGEST = 20_000;

/**
 * Takes a reply apart. Wrappers of queues and reports are taken off first, since the innermost reply is that of the
 * other server: `responded with: "…"`, `… -> …`, and `[{LED=…};{MSG=};{FQDN=…};{IP=…};{LRT=…}]` of 2013 and later.
 */
export function parseReply(reply: string): ParsedReply {
  const flat = reply.slice(0, LONGEST).replace(/\s+/g, ' ').trim();
  const peer = /\{FQDN=([^};]+)\}/i.exec(flat)?.[1] ?? /\{IP=([^};]+)\}/i.exec(flat)?.[1] ?? null;
  const text = innermost(/\{LED=(.*?)\}(?:;|\]|$)/i.exec(flat)?.[1] ?? flat);
  const code = /(?:^|[^\d.#[])([2-5]\d\d)(?=[ -]|$)(?![ -]?\d{2,})/.exec(text)?.[1];
  const enhanced = /(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?![.\d])/.exec(text)?.[1];
  return { code: code === undefined ? null : Number(code), enhanced: enhanced ?? null, text, peer };
}

function innermost(text: string): string {
  const quoted =
    /responded with:? ["“](.+)["”]/i.exec(text)?.[1] ??
    /Target host responded with error\.? ?->\s*(.+)$/i.exec(text)?.[1];
  if (quoted === undefined) return text.replace(/^["“]+|["”]+$/g, '');
  // Behind the closing quote stands what the sender did next.
  return innermost(quoted.replace(/["”].*$/, ''));
}

/** The entry that fits best: words count more than the enhanced code, and that more than the number alone. */
export function bestEntry(entries: readonly ReplyEntry[], parsed: ParsedReply): ReplyEntry | null {
  let best: { entry: ReplyEntry; weight: number } | null = null;
  for (const entry of entries) {
    const weight = weigh(entry, parsed);
    if (weight > (best?.weight ?? 0)) best = { entry, weight };
  }
  return best?.entry ?? null;
}

function weigh({ code, enhanced, text }: ReplyEntry, parsed: ParsedReply): number {
  let weight = 0;
  if (code) {
    if (parsed.code === null || !code.includes(parsed.code)) return 0;
    weight += 1;
  }
  if (enhanced) {
    const fits = Math.max(...enhanced.map((pattern) => closeness(pattern, parsed.enhanced)));
    if (fits === 0) return 0;
    weight += fits;
  }
  if (text !== undefined) {
    if (!matches(text, parsed.text)) return 0;
    weight += 8;
  }
  return weight;
}

/** 4 for the very code, 3 for one of a range, 2 for one of any class, 0 for another one. */
function closeness(pattern: string, enhanced: string | null): number {
  if (enhanced === null) return 0;
  if (pattern === enhanced) return 4;
  const [head, first, last] = /^(.+\.)(\d+)-(\d+)$/.exec(pattern)?.slice(1) ?? [];
  if (head !== undefined && enhanced.startsWith(head)) {
    const detail = Number(enhanced.slice(head.length));
    return detail >= Number(first) && detail <= Number(last) ? 3 : 0;
  }
  return pattern.startsWith('X.') && enhanced.slice(1) === pattern.slice(1) ? 2 : 0;
}

function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'i').test(text);
  } catch {
    return false;
  }
}

const CLASSES: Record<string, string> = {
  2: 'it succeeded',
  3: 'it goes on, the server waits for more',
  4: 'it failed for now, and is tried again',
  5: 'it failed for good, and the sender gets a report',
};
/** RFC 3463, the second number of an enhanced code. */
const SUBJECTS: Record<string, string> = {
  0: 'the reason is not given',
  1: 'it is about an address',
  2: 'it is about the mailbox',
  3: 'it is about the mail system that answered',
  4: 'it is about the network or the way there',
  5: 'it is about the commands of the session',
  6: 'it is about the content or its form',
  7: 'it is about security or policy',
};
/** RFC 5321, the second digit of a code. */
const SECOND_DIGITS: Record<string, string> = {
  0: 'it is about the syntax of a command',
  1: 'it is information',
  2: 'it is about the connection',
  5: 'it is about the mail system that answered',
};
/** These commands may be refused for good without a report: the message goes on. */
const MESSAGE_GOES_ON = /\b(xexch50|x-link2state|auth|starttls|[eh][eh]lo)\b/i;

/** Explains a reply by its words, else by its codes, else by their digits. Never throws. */
export function explainReply(
  { replies, wizards }: Pick<Library, 'replies' | 'wizards'>,
  reply: string,
): ReplyExplanation {
  const parsed = parseReply(reply);
  const { code, enhanced, peer } = parsed;
  const entry = bestEntry(replies, parsed);
  if (entry) {
    const known = entry.text !== undefined ? 'text' : entry.enhanced ? 'enhanced' : 'code';
    const wizard = entry.wizard !== undefined && wizards.has(entry.wizard) ? entry.wizard : null;
    const { culprit, sources, certainty, from = null } = entry;
    // A code that nobody describes says less with its three digits than with class and subject.
    if (known === 'code' && enhanced !== null)
      return { code, enhanced, ...byDigits(parsed, enhanced), culprit, wizard, certainty, from, peer };
    const meaning = hasOtherWords(entry, parsed)
      ? `Not known by its words. By its code: ${entry.meaning}`
      : entry.meaning;
    return { code, enhanced, meaning, culprit, wizard, sources, known, certainty, from, peer };
  }
  const wizard = wizards.has('reply-triage') ? 'reply-triage' : null;
  const rest = { culprit: 'unknown', wizard, from: null, peer } as const;
  const digits = enhanced ?? (code === null ? null : String(code));
  if (digits === null) {
    const meaning =
      'No reply code stands in this text. A reply begins with three digits, mostly followed by a code such as 5.7.1.';
    return { code, enhanced, ...rest, meaning, sources: [], known: 'not', certainty: 'unverified' };
  }
  return { code, enhanced, ...rest, ...byDigits(parsed, digits), certainty: 'confirmed' };
}

/** Whether the reply says more than an entry that explains codes in general. */
function hasOtherWords({ text, enhanced }: ReplyEntry, parsed: ParsedReply): boolean {
  if (text !== undefined || enhanced?.some((pattern) => !pattern.startsWith('X.'))) return false;
  const words = parsed.text.replace(String(parsed.code), '').replace(enhanced ? (parsed.enhanced ?? '') : '', '');
  return /[\p{L}\d]/u.test(words);
}

/** `digits` are the enhanced code (5.7.1), else the code alone (550). */
function byDigits({ text }: ParsedReply, digits: string): Pick<ReplyExplanation, 'meaning' | 'sources' | 'known'> {
  const kind = digits.charAt(0);
  const subject = digits.split('.')[1];
  const about = subject === undefined ? SECOND_DIGITS[digits.charAt(1)] : SUBJECTS[subject];
  const goesOn = kind === '5' && MESSAGE_GOES_ON.test(text);
  const result = goesOn ? 'the command was refused for good, and the message itself goes on' : CLASSES[kind];
  const meaning = `Not known by its words. By its digits: ${result}${about === undefined ? '' : `; ${about}`}.`;
  const sources = ['RFC 5321: SMTP', ...(subject === undefined ? [] : ['RFC 3463: enhanced status codes'])];
  return { meaning, sources, known: 'class' };
}
