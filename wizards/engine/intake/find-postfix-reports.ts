/** Recipients in a report of Postfix: `<user@fabrikam.com>: host mail.fabrikam.com[192.0.2.1] said: 550 … (in reply to RCPT TO command)`. */
import { paragraphEnd } from './lines.ts';
import { known, type ReportPart, serverOf, statusIn } from './report-part.ts';
import { flatten, lineOf, type Unfolded } from './unfold.ts';

const TELL_TALES = [
  'mailsystemathost',
  'said4',
  'said5',
  'refusedtotalktome',
  'lostconnectionwith',
  'connectto',
  'conversationwith',
  'servicelookuperror',
  'nameserviceerror',
  'hostordomainnamenotfound',
  'loopsbacktomyself',
  'unknownuser',
];
const ENTRY =
  /^(?:[ \t]|>|&gt;)*(?:<|&lt;)[^\s<>@&]{1,64}@[^\s<>&]{1,255}(?:>|&gt;)(?: \([^()\n]{1,400}\))?:[ \t\r\n]/gm;
const LONGEST = 3000;
const MOST_ATTEMPTS = 4000;
const HEAD = /^<([^\s<>]+)>(?: \([^()]*\))?: (.*)$/;
const SAID = /^host (\S{1,255}?)\[([0-9a-fA-F.:]{2,45})\](?::\d{1,5})? (?:said|refused to talk to me): (.+)$/;
/** The server that Postfix wanted to reach. */
export const REACHED =
  /(?:connect to|lost connection with|conversation with|timed out while talking to) (\S{1,255}?)\[([0-9a-fA-F.:]{2,45})\]/;
/** How what Postfix says about a recipient begins. */
const BEGINS =
  /^(?:delivery temporarily suspended|host \S+\[|connect to |lost connection with |conversation with |timed out while |Host or domain |Host found |Name service |unknown user:|mail for )/;
const SUSPENDED = /^delivery temporarily suspended: /;
const REPLYING_TO = /\s*\(in reply to (?:end of )?([A-Z][A-Z-]*)[^()]*\)\s*$/;
/** What Postfix says itself, with the status that it then reports. */
const OWN: [RegExp, string][] = [
  [/^connect to |^delivery temporarily suspended: connect to /, '4.4.1'],
  [/^(?:delivery temporarily suspended: )?(?:lost connection with|conversation with|timed out while) /, '4.4.2'],
  [/Name service error for .*(?:try again|SERVFAIL)/i, '4.4.3'],
  [/^Host or domain name not found|^Host found but no data record|Name service error for/i, '5.4.4'],
  [/loops back to myself/, '5.4.6'],
  [/^unknown user:/, '5.1.1'],
];

/** In the order in which they stand; `most` at the most. */
export function findPostfixReports(unfolded: Unfolded, most: number): ReportPart[] {
  const { stream, text } = unfolded;
  if (!TELL_TALES.some((tale) => stream.includes(tale))) return [];
  const reporter = reporterIn(unfolded);
  const places: number[] = [];
  let attempts = 0;
  for (const match of text.matchAll(ENTRY)) {
    if (attempts === MOST_ATTEMPTS) break;
    attempts += 1;
    // A reply that quotes the address may stand at the beginning of a wrapped line, and is no entry.
    if (BEGINS.test(saidAt(unfolded, match.index, match.index + match[0].length + 80).said)) places.push(match.index);
  }
  const parts = places.flatMap((from, i) => {
    const limit = Math.min(places[i + 1] ?? text.length, from + LONGEST);
    return partAt(unfolded, from, limit, reporter) ?? [];
  });
  return parts.slice(0, most);
}

const speaks = (said: string): boolean =>
  SAID.test(said.replace(SUSPENDED, '')) || OWN.some(([pattern]) => pattern.test(said));

type Entry = { recipient: string | undefined; said: string; start: number; until: number };

/** The entry that begins at an offset; `said` is empty where none does. */
function saidAt(unfolded: Unfolded, from: number, limit: number): Entry {
  const until = paragraphEnd(unfolded, from, limit);
  const start = from + (/^(?:[ \t]|>|&gt;)*/.exec(unfolded.text.slice(from, from + 200))?.[0].length ?? 0);
  const [, recipient, said = ''] = HEAD.exec(flatten(unfolded, start, until, null)) ?? [];
  return { recipient, said, start, until };
}

type Reporter = { host: string | undefined; line: number; delayed: boolean };

/** The head of the report: which server wrote it, and whether it only warns (a delay). */
function reporterIn(unfolded: Unfolded): Reporter | null {
  const { stream, at } = unfolded;
  const found = stream.indexOf('mailsystemathost');
  if (found < 0) return null;
  const from = at[found] as number;
  const flat = flatten(unfolded, from, from + 400, null);
  const host = serverOf(/at host ([\w.-]{1,255}?)\.?(?:\s|$)/i.exec(flat)?.[1]).host;
  return {
    host,
    line: lineOf(unfolded, from),
    delayed: stream.slice(found, found + 800).includes('thisisawarningonly'),
  };
}

function partAt(unfolded: Unfolded, from: number, limit: number, reporter: Reporter | null): ReportPart | null {
  const { recipient, said, start, until } = saidAt(unfolded, from, limit);
  if (recipient === undefined || !speaks(said)) return null;
  const quoted = SAID.exec(said.replace(SUSPENDED, ''));
  const own = OWN.find(([pattern]) => pattern.test(said))?.[1];
  const command = REPLYING_TO.exec(said)?.[1]?.toLowerCase();
  const reply = (quoted?.[3] ?? '').replace(REPLYING_TO, '').trim();
  const reached = REACHED.exec(said);
  const remote = serverOf(quoted?.[1] ?? reached?.[1]);
  const status = statusIn(reply) ?? own;
  return known<ReportPart>({
    form: 'postfix',
    generator: 'Postfix',
    line: lineOf(unfolded, start),
    end: lineOf(unfolded, Math.max(start, until - 1)),
    recipient,
    status,
    reply,
    error: reply === '' ? said.replace(REPLYING_TO, '') : undefined,
    action: reporter?.delayed ? 'delayed' : 'failed',
    reporting: reporter?.host,
    remote_host: remote.host,
    remote_ip: quoted?.[2] ?? reached?.[2],
    command,
  });
}
