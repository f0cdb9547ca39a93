/** Finds reports of failed and delayed delivery (NDR, DSN), one finding for each recipient. */
import type { Library } from '../library.ts';
import { explainReply } from '../reply.ts';
import { findDiagnoses } from './find-diagnoses.ts';
import { findErrorDetails } from './find-error-details.ts';
import { findPostfixReports } from './find-postfix-reports.ts';
import { findReturned } from './find-returned.ts';
import { findStatusFields } from './find-status-fields.ts';
import type { Finding } from './finding.ts';
import { lineAt, lineCount } from './lines.ts';
import { mergeReports } from './merge-reports.ts';
import { addressIn, isExpired, type ReportPart, statusIn } from './report-part.ts';
import type { Unfolded } from './unfold.ts';

/** One entry for each form in which a report says what happened. */
const FORMS = [findStatusFields, findDiagnoses, findReturned, findErrorDetails, findPostfixReports];
/** How far below a report its returned headers end, and how far below a recipient the next one stands. */
const HEADERS_WITHIN = 400;
const NEXT_WITHIN = 15;

/** In the order of their lines; `most` at the most. */
export function findNdrs(library: Library, unfolded: Unfolded, most: number): Finding[] {
  const parts = mergeReports(FORMS.flatMap((find) => find(unfolded, most))).slice(0, most);
  addReturnedHeaders(unfolded, parts);
  const seen = new Set<string>();
  return parts.flatMap((part) => {
    const finding = findingOf(library, part);
    // A thread that quotes its report again and again is one report.
    const key = JSON.stringify(finding?.fields);
    if (!finding || seen.has(key)) return [];
    seen.add(key);
    return [finding];
  });
}

/** Sender and Message-ID of the returned message, from the headers below the report; several recipients share them. */
function addReturnedHeaders(unfolded: Unfolded, parts: ReportPart[]): void {
  let below: { line: number; sender?: string | undefined; message_id?: string | undefined } | null = null;
  for (const part of [...parts].reverse()) {
    const until = Math.min(below?.line ?? lineCount(unfolded) + 1, part.end + HEADERS_WITHIN);
    let sender: string | undefined;
    let message_id: string | undefined;
    for (let line = part.end + 1; line < until && (!sender || !message_id); line += 1) {
      const { text } = lineAt(unfolded, line);
      const [, name, value = ''] = /^(From|Return-Path|Message-ID)\s*:\s*(.*)$/i.exec(text) ?? [];
      if (name === undefined) continue;
      const whole = value === '' ? lineAt(unfolded, line + 1).text : value;
      if (name.toLowerCase() === 'message-id') message_id ??= /<[^<>\s]{1,900}>/.exec(whole)?.[0];
      else sender ??= addressIn(whole);
    }
    if (!sender && !message_id && below && below.line - part.end <= NEXT_WITHIN) ({ sender, message_id } = below);
    part.sender ??= sender;
    part.message_id ??= message_id;
    below = { line: part.line, sender: part.sender, message_id: part.message_id };
  }
}

function findingOf(library: Library, part: ReportPart): Finding | null {
  const status = part.status ?? statusIn(part.reply);
  const code = /^[245]\d\d/.exec(part.reply ?? '')?.[0];
  const id = status ?? code;
  if (id === undefined) return null;
  const ours = isOurs(part);
  const fields: Record<string, string | undefined> = {
    generator: part.generator,
    status,
    reply: part.reply,
    error: part.reply === undefined ? part.error : undefined,
    action: part.action,
    local_server: ours ? part.reporting : undefined,
    reporting_server: ours ? undefined : part.reporting,
    remote_host: part.remote_host,
    remote_ip: part.remote_ip,
    command: part.command,
    recipient: part.recipient,
    domain: part.recipient?.split('@')[1]?.toLowerCase(),
    sender: part.sender,
    message_id: part.message_id,
    time: part.time,
  };
  return {
    kind: 'ndr',
    id,
    source: 'NDR',
    title: titleOf(library, part, id),
    line: part.line,
    end: part.end,
    fields: Object.fromEntries(
      Object.entries(fields).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim().slice(0, 4000)]] : [])),
    ),
    local: ours ? 'the server that wrote the report' : null,
    remote: part.remote_host || part.remote_ip ? otherSide(part) : null,
  };
}

const otherSide = ({ reply }: ReportPart): string =>
  reply === undefined ? 'the server that was to be reached' : 'the server that replied';

/**
 * A report goes to the sender, so a server that is named within the sender's domain is ours. Of others it cannot be
 * known: they may be the recipient's.
 */
function isOurs({ reporting, sender }: ReportPart): boolean {
  const domain = sender?.split('@')[1]?.toLowerCase();
  return reporting !== undefined && domain !== undefined && `.${reporting.toLowerCase()}`.endsWith(`.${domain}`);
}

function titleOf(library: Library, part: ReportPart, id: string): string {
  const to = part.recipient === undefined ? '' : ` to ${part.recipient}`;
  const { meaning } = explainReply(library, part.reply ?? id);
  const known = part.reply === undefined || !isExpired(part.reply);
  if (part.action === 'delayed') {
    const why = part.expired && !known ? 'the report does not say why' : meaning;
    return `Delay notice, not yet a failure: not delivered${to} so far (${id}): ${why}`;
  }
  if (part.expired)
    return `Not delivered${to}, given up after waiting (${id}). ${known && part.reply !== undefined ? `The last error: ${meaning}` : meaning}`;
  return `Not delivered${to} (${id}): ${meaning}`;
}
