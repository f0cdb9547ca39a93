/** Which of the published findings an observation shows: one rule for each code, each with the lines that prove it. */
import { announces, isMasked } from './capability-list.ts';
import type { Exchange, Observation } from './observation.ts';
import { enhancedOf, type ReplyFlaw } from './reply-reader.ts';
import { type Software, softwareOf } from './software.ts';

/** Lines of the result; none: the rule does not hold. */
type Lines = number[];
type Look = Observation & { software: Software | null; greeting: string };
type Rule = [code: string, look: (seen: Look) => Lines];

const exchangesOf = ({ exchanges }: Look, verb: string): Exchange[] => exchanges.filter((one) => one.verb === verb);
const lineOf = ({ line, reply }: Exchange): number => line + Math.max(0, (reply?.lines.length ?? 0) - 1);
const textOf = ({ reply }: Exchange): string => reply?.lines.at(-1) ?? '';
const replied = (seen: Look, verb: string, pattern: RegExp): Lines =>
  exchangesOf(seen, verb).flatMap((one) => (one.ended === 'reply' && pattern.test(textOf(one)) ? [lineOf(one)] : []));
const anyReply = (seen: Look, pattern: RegExp): Lines =>
  seen.exchanges.flatMap((one) => (one.ended === 'reply' && pattern.test(textOf(one)) ? [lineOf(one)] : []));
const flawed = (seen: Look, flaw: ReplyFlaw): Lines =>
  seen.exchanges.flatMap((one) => (one.reply?.flaws.includes(flaw) ? [one.line] : []));
const attempted = (seen: Look, error: Observation['attempts'][number]['error']): Lines =>
  seen.connected ? [] : seen.attempts.flatMap((one) => (one.error === error ? [one.line] : []));
const when = (holds: boolean, lines: Lines): Lines => (holds ? lines : []);
/** The list that was given last, where one was given. */
const listLines = (seen: Look): Lines => exchangesOf(seen, 'EHLO').slice(-1).map(lineOf);
const allLists = ({ capabilities }: Look): string[] => [...(capabilities.before ?? []), ...(capabilities.after ?? [])];

const isExchange = ({ software }: Look): boolean => software?.startsWith('exchange') ?? false;
/** These have no certificate as they are installed. */
const OLD: (Software | null)[] = ['exchange-5.5', 'exchange-2000', 'exchange-2003'];
/** Exchange 2016 and later say so by SMTPUTF8, and no longer know XEXCH50. */
const knowsBlob = (seen: Look): boolean => isExchange(seen) && !announces(allLists(seen), 'SMTPUTF8');

const SPECIAL_RCPT: [code: string, pattern: RegExp][] = [
  ['relay-denied', /^5\d\d.*(?:relay|5\.7\.54|not permitted)/i],
  ['greylisted', /^4\d\d.*(?:gr[ea]y-?list|4\.7\.1 .*try again)/i],
  ['back-pressure', /^4\d\d[ -]4\.3\.1\b|^4\d\d.*insufficient system (?:resources|storage)/i],
  ['too-many-recipients', /^4\d\d[ -]4\.5\.3\b|^4\d\d.*too many recipients/i],
  ['sender-denied', /^5\d\d[ -]5\.7\.60\b|^5\d\d.*(?:send as this sender|sender.*(?:denied|not allowed))/i],
  ['tls-required-first', /^530[ -](?:5\.7\.\d )?.*(?:STARTTLS|TLS)/i],
  ['421-closing', /^421/],
];
const specialOf = (text: string): string | null => SPECIAL_RCPT.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
const special = (code: string): Rule => [
  code,
  (seen) =>
    seen.exchanges.flatMap((one) =>
      one.verb !== 'banner' && one.verb !== 'QUIT' && one.ended === 'reply' && specialOf(textOf(one)) === code
        ? [lineOf(one)]
        : [],
    ),
];
const plainRefusal = (code: string, verb: string): Rule => [
  code,
  (seen) =>
    exchangesOf(seen, verb).flatMap((one) =>
      one.ended === 'reply' && (one.reply?.code ?? 0) >= 400 && specialOf(textOf(one)) === null ? [lineOf(one)] : [],
    ),
];

const SILENT_VERBS = new Set(['banner', 'BLOB', 'QUIT', 'RSET']);

/** In the order in which they are shown: what explains most comes first. */
export const PROBE_RULES: readonly Rule[] = [
  ['blob-swallowed', (seen) => endedSo(seen, 'BLOB', ['silence'])],
  ['blob-reset', (seen) => endedSo(seen, 'BLOB', ['reset', 'closed'])],
  [
    'blob-delayed',
    (seen) =>
      exchangesOf(seen, 'BLOB').flatMap((one) => (one.ended === 'reply' && one.ms >= seen.slowMs ? [lineOf(one)] : [])),
  ],
  [
    'banner-masked',
    (seen) =>
      when(
        /\*{4,}/.test(seen.greeting),
        exchangesOf(seen, 'banner').map(({ line }) => line),
      ),
  ],
  ['invalid-verb-accepted', (seen) => replied(seen, 'XPROBE', /^2/)],
  ['capabilities-masked', maskedLines],
  ['verbs-masked', (seen) => anyReply(seen, /^5\d\d.*\bX{4,}/)],
  [
    'ehlo-refused',
    (seen) => when(replied(seen, 'HELO', /^250/).length > 0, exchangesOf(seen, 'EHLO').slice(0, 1).map(lineOf)),
  ],
  ['basic-verbs-only', (seen) => when(seen.capabilities.before?.length === 0 && seen.connected, listLines(seen))],
  ['connect-refused', (seen) => attempted(seen, 'refused')],
  ['connect-timeout', (seen) => attempted(seen, 'timeout')],
  ['connect-reset', (seen) => attempted(seen, 'reset')],
  ['connect-unreachable', (seen) => attempted(seen, 'unreachable')],
  ['banner-421', (seen) => replied(seen, 'banner', /^421/)],
  ['banner-refused', (seen) => replied(seen, 'banner', /^(?:5\d\d|4(?!21)\d\d)/)],
  ['banner-missing', (seen) => exchangesOf(seen, 'banner').flatMap((one) => (one.reply === null ? [one.line] : []))],
  [
    'banner-not-smtp',
    (seen) =>
      exchangesOf(seen, 'banner').flatMap(({ reply, line }) =>
        reply && (reply.code === 0 || (reply.code < 400 && reply.code !== 220)) ? [line] : [],
      ),
  ],
  ['starttls-refused', (seen) => replied(seen, 'STARTTLS', /^[45]/)],
  ['starttls-stripped', (seen) => when(missesTls(seen), maskedLines(seen))],
  [
    'starttls-missing',
    (seen) => when(missesTls(seen) && !allLists(seen).some(isMasked) && !OLD.includes(seen.software), listLines(seen)),
  ],
  ['tls-failed', ({ handshake }) => (handshake && !handshake.ours ? [handshake.line] : [])],
  ['tls-tool-limit', ({ handshake }) => (handshake?.ours ? [handshake.line] : [])],
  ['tls-lowered', (seen) => when(seen.tls?.lowered === true, tlsLines(seen))],
  ['starttls-injection', ({ injected }) => (injected ? [injected.line] : [])],
  ['certificate-expired', (seen) => when(certificateTime(seen) === 'expired', tlsLines(seen))],
  ['certificate-not-yet-valid', (seen) => when(certificateTime(seen) === 'early', tlsLines(seen))],
  ['certificate-name', (seen) => when(seen.tls !== null && !seen.tls.matches, tlsLines(seen))],
  ['auth-unavailable', (seen) => [...replied(seen, 'X-EXPS', /^454/), ...replied(seen, 'AUTH', /^454/)]],
  ['auth-refused', (seen) => [...replied(seen, 'AUTH', /^5(?!3[04])/), ...replied(seen, 'X-EXPS', /^5(?!3[04])/)]],
  [
    'auth-missing',
    (seen) => when(listsComplete(seen) && !offers(seen, 'AUTH') && !offers(seen, 'X-EXPS'), listLines(seen)),
  ],
  [
    'x-exps-missing',
    (seen) => when(listsComplete(seen) && offers(seen, 'AUTH') && !offers(seen, 'X-EXPS'), listLines(seen)),
  ],
  ...SPECIAL_RCPT.map(([code]) => special(code)),
  plainRefusal('mail-refused', 'MAIL'),
  plainRefusal('rcpt-refused', 'RCPT'),
  ['xexch50-504', (seen) => replied(seen, 'XEXCH50', /^504/)],
  ['xexch50-505', (seen) => replied(seen, 'XEXCH50', /^505/)],
  ['xexch50-refused', (seen) => replied(seen, 'XEXCH50', /^(?:50[0-3]|5[1-9]\d|4\d\d)/)],
  [
    'xexch50-missing',
    (seen) =>
      when(seen.wants.bytes !== null && knowsBlob(seen) && listed(seen) && !offers(seen, 'XEXCH50'), listLines(seen)),
  ],
  [
    'tarpit',
    (seen) =>
      seen.exchanges.flatMap((one) =>
        one.verb !== 'BLOB' && one.ended === 'reply' && one.ms >= seen.slowMs ? [lineOf(one)] : [],
      ),
  ],
  [
    'no-reply',
    (seen) =>
      seen.exchanges.flatMap((one) => (one.ended === 'silence' && !SILENT_VERBS.has(one.verb) ? [lineOf(one)] : [])),
  ],
  [
    'connection-closed',
    (seen) =>
      seen.exchanges.flatMap((one) =>
        (one.ended === 'closed' || one.ended === 'reset') && !SILENT_VERBS.has(one.verb) ? [lineOf(one)] : [],
      ),
  ],
  ['reply-codes-disagree', (seen) => seen.exchanges.flatMap((one) => (disagrees(one) ? [lineOf(one)] : []))],
  [
    'reply-malformed',
    (seen) =>
      seen.exchanges.flatMap((one) =>
        one.ended === 'reply' && one.reply?.flaws.includes('malformed') ? [one.line] : [],
      ),
  ],
  ['bare-lf', (seen) => flawed(seen, 'bare-lf')],
  ['nul-bytes', (seen) => flawed(seen, 'nul-bytes')],
  ['reply-too-long', (seen) => flawed(seen, 'too-long')],
];

/** Code and lines of each finding, in the order of the rules. */
export function findingLines(observation: Observation): { code: string; lines: number[] }[] {
  const greeting = observation.exchanges.find(({ verb }) => verb === 'banner')?.reply?.lines[0] ?? '';
  const seen = { ...observation, greeting, software: softwareOf(greeting) };
  return PROBE_RULES.flatMap(([code, look]) => {
    const lines = look(seen);
    return lines.length > 0 ? [{ code, lines }] : [];
  });
}

/** Where the keywords stand that were written over. */
function maskedLines(seen: Look): Lines {
  return exchangesOf(seen, 'EHLO').flatMap(({ line, reply }) =>
    (reply?.lines ?? []).flatMap((text, index) => (index > 0 && isMasked(text.slice(4).trim()) ? [line + index] : [])),
  );
}

function endedSo(seen: Look, verb: string, endings: readonly Exchange['ended'][]): Lines {
  return exchangesOf(seen, verb).flatMap((one) => (endings.includes(one.ended) ? [lineOf(one)] : []));
}

const listed = ({ capabilities }: Look): boolean => capabilities.before !== null || capabilities.after !== null;
const offers = (seen: Look, keyword: string): boolean => announces(allLists(seen), keyword);
/** What is offered only behind TLS can be told to be missing only once that list was seen. */
const listsComplete = (seen: Look): boolean =>
  isExchange(seen) &&
  listed(seen) &&
  !allLists(seen).some(isMasked) &&
  (seen.capabilities.after !== null || !announces(seen.capabilities.before, 'STARTTLS'));
const missesTls = (seen: Look): boolean =>
  seen.wants.tls &&
  seen.tls === null &&
  (seen.capabilities.before?.length ?? 0) > 0 &&
  !announces(seen.capabilities.before, 'STARTTLS');
/** The line that says what was agreed upon: the answer before it is the go-ahead. */
const tlsLines = (seen: Look): Lines => (seen.tlsLine === null ? [] : [seen.tlsLine]);

function certificateTime({ tls, now }: Look): 'expired' | 'early' | null {
  const [certificate] = tls?.chain ?? [];
  if (!certificate) return null;
  if (Date.parse(certificate.valid_to) < now.getTime()) return 'expired';
  return Date.parse(certificate.valid_from) > now.getTime() ? 'early' : null;
}

/** RFC 3463: the first digit of both means the same. */
function disagrees({ reply, ended }: Exchange): boolean {
  if (!reply || ended !== 'reply') return false;
  const enhanced = enhancedOf(reply);
  // An enhanced code knows the classes 2, 4 and 5 only.
  return (
    enhanced !== null &&
    reply.code >= 200 &&
    reply.code < 600 &&
    enhanced[0] !== String(reply.code)[0]?.replace('3', '2')
  );
}
