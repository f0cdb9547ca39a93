/**
 * `Remote Server at mail.fabrikam.com (192.0.2.1) returned '550 5.1.1 …'`, as Exchange 2013 and later write it, one
 * for each attempt: the newest, which gives up, first.
 */
import { readDiagnosis } from './find-diagnoses.ts';
import { paragraphEnd } from './lines.ts';
import { reportHead } from './report-head.ts';
import {
  addressIn,
  isExpired,
  isOnline,
  known,
  type ReportPart,
  serverOf,
  statusIn,
  unwrapReply,
} from './report-part.ts';
import { flatten, lineOf, type Unfolded } from './unfold.ts';

const TELL_TALES = ['remoteserverreturned', 'remoteserverat'];
const SAID = /^Remote Server(?: at (\S{1,255}?)(?: \(([0-9a-fA-F.:]{2,45})\))?)? returned ["']\s*(.*)$/i;
const LONGEST = 3500;
const MOST_ATTEMPTS = 4000;
/** The attempts of one recipient stand one below the other. */
const APART = 4;

/** In the order in which they stand, the attempts for one recipient as one; `most` at the most. */
export function findReturned(unfolded: Unfolded, most: number): ReportPart[] {
  const parts: ReportPart[] = [];
  const places = placesOf(unfolded);
  for (const [i, place] of places.entries()) {
    if (parts.length > most) break;
    const limit = Math.min(places[i + 1] ?? unfolded.text.length, place + LONGEST);
    const part = partAt(unfolded, place, limit);
    if (!part) continue;
    const last = parts.at(-1);
    // Without a recipient of its own it is an earlier attempt for the one before it.
    const earlier =
      last !== undefined && part.line - last.end <= APART && (part.recipient ?? last.recipient) === last.recipient;
    if (earlier && !(part.recipient !== undefined && part.line > last.end)) addAttempt(last, part);
    else parts.push(part);
  }
  return parts.slice(0, most);
}

function placesOf({ stream, at }: Unfolded): number[] {
  const places: number[] = [];
  for (const tale of TELL_TALES) {
    for (let found = stream.indexOf(tale); found >= 0; found = stream.indexOf(tale, found + tale.length)) {
      places.push(at[found] as number);
      if (places.length >= MOST_ATTEMPTS) break;
    }
  }
  return places.sort((a, b) => a - b);
}

function partAt(unfolded: Unfolded, from: number, limit: number): ReportPart | null {
  const until = paragraphEnd(unfolded, from, limit);
  const [, host, ip, rest = ''] = SAID.exec(flatten(unfolded, from, until, null)) ?? [];
  // Replies have apostrophes too: the last quote ends this one.
  const close = Math.max(rest.lastIndexOf("'"), rest.lastIndexOf('"'));
  const said = (close < 0 ? rest : rest.slice(0, close)).trim();
  const bracketed = /^<(.*?)>?$/.exec(said)?.[1];
  const inner = bracketed === undefined ? null : readDiagnosis(bracketed);
  const told = unwrapReply(inner?.reply ?? said);
  const status = inner?.status ?? statusIn(said);
  if (status === undefined && !/^[245]\d\d[ -]/.test(told.reply)) return null;
  const line = lineOf(unfolded, from);
  const head = reportHead(unfolded, line);
  const server = serverOf(host ?? inner?.host ?? head.receiving);
  const delayed = /^4\d\d /.test(told.reply) && isExpired(told.reply);
  return known<ReportPart>({
    form: 'returned',
    generator: isOnline(head.reporting) ? 'Exchange Online' : 'Exchange 2007+',
    line: head.line ?? line,
    end: lineOf(unfolded, Math.max(from, until - 1)),
    recipient: head.recipient ?? addressIn(told.reply),
    status,
    reply: told.reply,
    action: delayed ? 'delayed' : 'failed',
    reporting: head.reporting,
    remote_host: told.remote_host ?? server.host,
    remote_ip: told.remote_ip ?? ip ?? server.ip,
    time: head.time,
    expired: isExpired(said) || undefined,
  });
}

/** 4.4.7 is never a cause: the newest attempt that says something else is. */
function addAttempt(last: ReportPart, attempt: ReportPart): void {
  last.end = attempt.end;
  if (!last.expired || attempt.expired || last.reply === undefined || !isExpired(last.reply)) return;
  last.reply = attempt.reply;
  if (attempt.remote_host !== undefined) last.remote_host = attempt.remote_host;
  if (attempt.remote_ip !== undefined) last.remote_ip = attempt.remote_ip;
}
