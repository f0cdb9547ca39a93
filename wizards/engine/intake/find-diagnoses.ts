/**
 * Lines of diagnosis that Exchange writes for administrators, known by their codes in whatever language the report is:
 * `<mail.contoso.com #5.7.1 smtp;550 5.7.1 …>` (2000 and 2003), `mail.fabrikam.com #550 5.1.1 … ##` and
 * `host #<host #5.1.1 smtp;550 …> #SMTP#` (2007 and later).
 */
import { paragraphEnd } from './lines.ts';
import { reportHead } from './report-head.ts';
import {
  isExpired,
  isOnline,
  known,
  lastAddressIn,
  type ReportPart,
  serverOf,
  statusIn,
  unwrapReply,
} from './report-part.ts';
import { flatten, lineOf, type Unfolded } from './unfold.ts';

const ANCHOR = /#(?:[245]\.\d{1,3}\.\d{1,3}(?![.\d])|[45]\d\d[ -][245]\.\d{1,3}\.\d{1,3}(?![.\d]))/g;
/** A diagnosis is no longer than this, and one bracket opens no further before its code. */
const LONGEST = 3000;
const BEFORE = 160;
/** A bound for text that only looks like diagnoses. */
const MOST_ATTEMPTS = 4000;

export type Diagnosis = { host?: string | undefined; status?: string | undefined; reply?: string | undefined };

/** In the order in which they stand; `most` at the most. */
export function findDiagnoses(unfolded: Unfolded, most: number): ReportPart[] {
  const parts: ReportPart[] = [];
  let done = 0;
  let attempts = 0;
  for (const match of unfolded.text.matchAll(ANCHOR)) {
    if (match.index < done) continue;
    if (parts.length === most || attempts === MOST_ATTEMPTS) break;
    attempts += 1;
    const found = diagnosisAt(unfolded, match.index, done);
    if (!found) continue;
    parts.push(found.part);
    done = found.to;
  }
  return parts;
}

/** The content of the angle brackets of a diagnosis; null when it is none. */
export function readDiagnosis(inner: string): Diagnosis | null {
  const match = /^\s*([\w.-]{0,255}?)\s*#([245]\.\d{1,3}\.\d{1,3})(?![.\d])\s*(.*)$/.exec(inner);
  if (!match) return null;
  const [, host, status, rest = ''] = match;
  const reply = rest.replace(/^(?:smtp|x400|x500|notes|[a-z]{2,8})\s*;\s*/i, '').trim();
  return { host: host || undefined, status, reply: reply || undefined };
}

function diagnosisAt(unfolded: Unfolded, anchor: number, after: number): { part: ReportPart; to: number } | null {
  const { text } = unfolded;
  const until = paragraphEnd(unfolded, anchor, Math.min(text.length, anchor + LONGEST));
  const low = Math.max(after, anchor - BEFORE);
  const before = text.slice(low, anchor);
  // Bracketed: only a host stands between the bracket and the code.
  const open = /(?:<|&lt;)\s*[\w.-]{0,120}\s*$/.exec(before);
  if (open) {
    const from = low + open.index;
    const close = bracketEnd(text, from, until);
    const to = close ?? until;
    const flat = flatten(unfolded, from, to, null);
    const read = readDiagnosis(flat.slice(1, close === null ? undefined : -1));
    if (!read) return null;
    // `host #<host #5.1.1 smtp;…> #SMTP#` is how 2007 and later print the report of another system.
    const prefix = /([\w.-]{1,120})?\s*#\s*$/.exec(text.slice(Math.max(after, from - BEFORE), from));
    const speaks = read.reply !== undefined || (read.host !== undefined && close !== null);
    if (!speaks && !prefix) return null;
    return partFrom(unfolded, {
      from,
      until: to,
      flat,
      read,
      generator: prefix ? 'Exchange 2007+' : 'Exchange 2003',
      asked: prefix?.[1],
    });
  }
  if (!/^#[45]\d\d/.test(text.slice(anchor, anchor + 4))) return null;
  // `host #550 5.1.1 … ##`, the host possibly on the line above it.
  const end = text.slice(anchor + 1, until).search(/##|#SMTP#/);
  const to = end < 0 ? until : anchor + 1 + end;
  const flat = flatten(unfolded, anchor, to, null);
  const reply = flat.slice(1);
  const host = /(?:^|[\s>])([A-Za-z0-9][\w.-]{0,120})?[ \t]*(?:\r?\n[ \t>]*)?$/.exec(before)?.[1];
  // Without its end sign and without a server it may be anything that begins with a number.
  if (end < 0 && host === undefined && !/^\d{3} \d\.\d+\.\d+ [A-Z]+\.[A-Z]/i.test(reply)) return null;
  const read = { status: statusIn(reply), reply };
  return partFrom(unfolded, { from: anchor, until: to, flat, read, generator: 'Exchange 2007+', asked: host });
}

type Found = {
  from: number;
  until: number;
  flat: string;
  read: Diagnosis;
  generator: 'Exchange 2003' | 'Exchange 2007+';
  /** The server named before the diagnosis. */
  asked: string | undefined;
};

function partFrom(
  unfolded: Unfolded,
  { from, until, flat, read, generator, asked }: Found,
): { part: ReportPart; to: number } | null {
  const line = lineOf(unfolded, from);
  const head = reportHead(unfolded, line);
  const recipient =
    head.recipient ??
    lastAddressIn(unfolded.text.slice(Math.max(0, from - BEFORE), from)) ??
    addressNamed(read.reply ?? flat);
  const told = unwrapReply(read.reply ?? '');
  const fromReport = read.host ?? head.reporting;
  const reporting = serverOf(head.reporting ?? read.host);
  // The server that is named first refused, unless it is the one that wrote the report.
  const server =
    asked !== undefined && asked.toLowerCase() !== fromReport?.toLowerCase()
      ? serverOf(asked)
      : serverOf(head.receiving);
  // A code alone, in brackets, is a report only below a recipient or with a server that it names in full.
  if (read.reply === undefined && head.line === undefined && !(read.host ?? '').includes('.')) return null;
  const delayed = /^4\d\d /.test(told.reply) && isExpired(told.reply);
  return {
    to: until,
    part: known<ReportPart>({
      form: 'diagnosis',
      generator: isOnline(reporting.host) ? 'Exchange Online' : generator,
      line: head.line ?? line,
      end: lineOf(unfolded, Math.max(from, until - 1)),
      recipient,
      status: read.status,
      reply: told.reply,
      action: delayed ? 'delayed' : 'failed',
      reporting: reporting.host ?? reporting.ip,
      remote_host: server.host ?? told.remote_host,
      remote_ip: server.ip ?? told.remote_ip,
      time: head.time,
      expired: isExpired(read.status) || isExpired(told.reply) || undefined,
    }),
  };
}

/** `… for user@fabrikam.com`, `<user@fabrikam.com>…`: the address that a reply is about. */
const addressNamed = (reply: string): string | undefined => lastAddressIn(reply.slice(0, 400));

/**
 * Where the bracket that opens at `from` ends, those within counted; null when it does not close before `until`.
 * Quote signs at the beginning of a line are none.
 */
function bracketEnd(text: string, from: number, until: number): number | null {
  let depth = 0;
  for (const match of text.slice(from, until).matchAll(/\n(?:[ \t]*(?:>|&gt;))+(?=[ \t]*\S)|<|>|&lt;|&gt;/g)) {
    if (match[0].startsWith('\n')) continue;
    depth += match[0] === '<' || match[0] === '&lt;' ? 1 : -1;
    if (depth === 0) return from + match.index + match[0].length;
  }
  return null;
}
