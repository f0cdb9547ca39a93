/**
 * One record of a session as one number: what happened, and the verb or reply code. Made from the bytes of a log on
 * the hot path, so nothing here makes a string.
 */
export const CONNECT = 0;
export const END = 1;
export const COMMAND = 2;
export const REPLY = 3;
export const INFO = 4;

/** Verbs of a COMMAND. Those that no stage belongs to are OTHER. */
export const VERB = {
  other: 0,
  hello: 1,
  starttls: 2,
  auth: 3,
  mail: 4,
  rcpt: 5,
  xexch50: 6,
  data: 7,
  bdat: 8,
  bdatLast: 9,
  quit: 10,
  /** Nothing but X: overwritten by a device in the path. */
  masked: 11,
  rset: 12,
} as const;
/** What an INFO says. */
export const NEWS = {
  other: 0,
  attempt: 1,
  failedToConnect: 2,
  tlsFailed: 3,
  tlsDone: 4,
  authFailed: 5,
  tarpit: 6,
  permissions: 7,
  /** A refusal that Exchange gave itself, with code and enhanced code. */
  refused: 8,
  /** The same, of an authentication. */
  authRefused: 9,
} as const;

export const kindOf = (token: number): number => token & 7;
export const detailOf = (token: number): number => (token >> 3) & 0x3ff;
/** A reply whose number is followed by a hyphen: more lines of it come. */
export const goesOn = (token: number): boolean => (token & 0x2000) !== 0;
/** A banner of asterisks, as inspection of SMTP leaves it. */
export const isMasked = (token: number): boolean => (token & 0x4000) !== 0;

export const commandToken = (verb: number): number => COMMAND | (verb << 3);
export const infoToken = (news: number): number => INFO | (news << 3);
export const replyToken = (code: number, more: boolean, masked: boolean): number =>
  REPLY | (code << 3) | (more ? 0x2000 : 0) | (masked ? 0x4000 : 0);

/** What was said between the two, `from` to `to`: a reply when it begins with three digits, else a command. */
export function spokenToken(bytes: Uint8Array, from: number, to: number): number {
  const code = replyCode(bytes, from, to);
  if (code === 0) return commandToken(verbOf(bytes, from, to));
  const sign = bytes[from + 3];
  return replyToken(code, sign === 45, code === 220 && isStarred(bytes, from + 4, to));
}

/** The three digits at the beginning, or 0. */
export function replyCode(bytes: Uint8Array, from: number, to: number): number {
  if (to - from < 3) return 0;
  const a = (bytes[from] as number) - 48;
  const b = (bytes[from + 1] as number) - 48;
  const c = (bytes[from + 2] as number) - 48;
  if (a < 1 || a > 5 || b < 0 || b > 9 || c < 0 || c > 9) return 0;
  // A letter, a digit or a dot makes it the beginning of something else.
  if (to - from > 3 && (isWord(bytes[from + 3] as number) || bytes[from + 3] === 46)) return 0;
  return a * 100 + b * 10 + c;
}

/** Four stars in a row, at once or behind the name of the host. Whole greetings are looked at: one in a session. */
function isStarred(bytes: Uint8Array, from: number, to: number): boolean {
  let stars = 0;
  for (let at = from; at < to && stars < 4; at += 1) stars = bytes[at] === 42 ? stars + 1 : 0;
  return stars === 4;
}

const upper = (byte: number): number => (byte >= 97 && byte <= 122 ? byte - 32 : byte);
const pack = (text: string): number =>
  (text.charCodeAt(0) << 24) | (text.charCodeAt(1) << 16) | (text.charCodeAt(2) << 8) | text.charCodeAt(3);

const BY_START = new Map<number, { rest: string; verb: number }>(
  (
    [
      ['EHLO', VERB.hello],
      ['HELO', VERB.hello],
      ['STARTTLS', VERB.starttls],
      ['X-ANONYMOUSTLS', VERB.starttls],
      ['AUTH', VERB.auth],
      ['X-EXPS', VERB.auth],
      ['MAIL', VERB.mail],
      ['RCPT', VERB.rcpt],
      ['XEXCH50', VERB.xexch50],
      ['DATA', VERB.data],
      ['BDAT', VERB.bdat],
      ['QUIT', VERB.quit],
      ['RSET', VERB.rset],
    ] as const
  ).map(([name, verb]) => [pack(name), { rest: name.slice(4), verb }]),
);

/** The verb at the beginning; `DATA` and `DATAX` differ, `mail from:` and `MAIL FROM:` do not. */
export function verbOf(bytes: Uint8Array, from: number, to: number): number {
  if (to - from < 4) return VERB.other;
  const start =
    (upper(bytes[from] as number) << 24) |
    (upper(bytes[from + 1] as number) << 16) |
    (upper(bytes[from + 2] as number) << 8) |
    upper(bytes[from + 3] as number);
  const known = BY_START.get(start);
  if (!known) return isCrossed(bytes, from, to) ? VERB.masked : VERB.other;
  const { rest, verb } = known;
  let at = from + 4;
  for (let i = 0; i < rest.length; i += 1, at += 1) {
    if (at >= to || upper(bytes[at] as number) !== rest.charCodeAt(i)) return VERB.other;
  }
  if (at < to && isWord(bytes[at] as number)) return VERB.other;
  return verb === VERB.bdat && isLast(bytes, at, to) ? VERB.bdatLast : verb;
}

const isWord = (byte: number): boolean => {
  const letter = upper(byte);
  return (letter >= 65 && letter <= 90) || (letter >= 48 && letter <= 57);
};

/** `XXXX` or longer, up to a blank or the end. */
function isCrossed(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from;
  while (at < to && upper(bytes[at] as number) === 88) at += 1;
  return at - from >= 4 && (at === to || !isWord(bytes[at] as number));
}

/** `BDAT 1024 LAST`. */
function isLast(bytes: Uint8Array, from: number, to: number): boolean {
  let end = to;
  while (end > from && bytes[end - 1] === 32) end -= 1;
  return end - from >= 4 && asciiAt(bytes, end - 4, 'LAST');
}

/** Whether a text in capitals stands there, whatever the case of the bytes. */
export function asciiAt(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    if (upper(bytes[at + i] ?? 0) !== text.charCodeAt(i)) return false;
  }
  return true;
}

/** Where a text in capitals stands between the two, or -1. */
export function findAscii(bytes: Uint8Array, from: number, to: number, text: string): number {
  const first = text.charCodeAt(0);
  for (let at = from; at <= to - text.length; at += 1) {
    if (upper(bytes[at] as number) === first && asciiAt(bytes, at, text)) return at;
  }
  return -1;
}

/**
 * What a `*` record of Exchange's protocol log says; it stands in `context`, of a few in `data` (facts 4.2). Only
 * the English sentences that Exchange writes whatever the language of Windows.
 */
export function newsToken(bytes: Uint8Array, from: number, to: number): number {
  switch (upper(bytes[from] ?? 0)) {
    case 52:
    case 53:
      if (!isRefusal(bytes, from, to)) break;
      return infoToken(findAscii(bytes, from, to, 'AUTHENTICAT') >= 0 ? NEWS.authRefused : NEWS.refused);
    case 65:
      if (asciiAt(bytes, from, 'ATTEMPTING TO CONNECT')) return infoToken(NEWS.attempt);
      break;
    case 70:
      if (asciiAt(bytes, from, 'FAILED TO CONNECT')) return infoToken(NEWS.failedToConnect);
      break;
    case 83:
      if (asciiAt(bytes, from, 'SET SESSION PERMISSIONS')) return infoToken(NEWS.permissions);
      break;
    case 84:
      if (asciiAt(bytes, from, 'TARPIT')) return infoToken(NEWS.tarpit);
      if (asciiAt(bytes, from, 'TLS NEGOTIATION FAILED')) return infoToken(NEWS.tlsFailed);
      if (findAscii(bytes, from, to, 'SP_PROT_') >= 0) return infoToken(NEWS.tlsDone);
      break;
    default:
  }
  return findAscii(bytes, from, to, ' FAILED BECAUSE OF ') >= 0 ||
    asciiAt(bytes, from, 'OUTBOUND AUTHENTICATION FAILED')
    ? infoToken(NEWS.authFailed)
    : infoToken(NEWS.other);
}

/** `451 5.7.3 …`: three digits and an enhanced code, so that no number of a message is taken for a reply. */
function isRefusal(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from < 9 || replyCode(bytes, from, to) < 400 || bytes[from + 3] !== 32) return false;
  const kind = bytes[from + 4];
  return (kind === 52 || kind === 53) && bytes[from + 5] === 46 && isDigit(bytes[from + 6]) && hasDot(bytes, from + 7);
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;

/** After up to two more digits. */
function hasDot(bytes: Uint8Array, from: number): boolean {
  let at = from;
  while (at < from + 2 && isDigit(bytes[at])) at += 1;
  return bytes[at] === 46 && isDigit(bytes[at + 1]);
}
