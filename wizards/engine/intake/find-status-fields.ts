/** Delivery-status fields of RFC 3464, wherever they stand in a text. They are never translated. */
import { REACHED } from './find-postfix-reports.ts';
import { type Line, lineAt, lineCount } from './lines.ts';
import {
  addressIn,
  type Generator,
  isExpired,
  isOnline,
  known,
  type ReportPart,
  serverOf,
  statusIn,
  unwrapReply,
} from './report-part.ts';
import { lineOf, type Unfolded } from './unfold.ts';

/** The fields of a message (RFC 3464, 2.2) and those of a recipient (2.3), with what Exchange and Postfix add. */
const OF_MESSAGE = new Set([
  'reporting-mta',
  'original-envelope-id',
  'dsn-gateway',
  'received-from-mta',
  'arrival-date',
  'x-postfix-queue-id',
  'x-postfix-sender',
]);
const OF_RECIPIENT = new Set([
  'original-recipient',
  'final-recipient',
  'action',
  'status',
  'remote-mta',
  'diagnostic-code',
  'last-attempt-date',
  'final-log-id',
  'will-retry-until',
]);
const NAME = /^([A-Za-z][A-Za-z-]{2,40})\s*:\s*(.*)$/;
/** What begins the headers of a message, and so ends the value before it. */
const HEADER =
  /^(?:Received|Return-Path|From|To|Cc|Subject|Date|Message-ID|MIME-Version|Content-[A-Z][\w-]*|X-[\w-]+)\s?:|^-{2,}/i;
/** Where a line of a text without line breaks has to be broken again. */
const JOINED =
  /\s(?=(?:Reporting-MTA|Final-Recipient|Original-Recipient|Remote-MTA|Diagnostic-Code|Received-From-MTA|Arrival-Date|Last-Attempt-Date|Will-Retry-Until)\s?:|Action\s?: ?(?:failed|delayed|delivered|relayed|expanded)\b|Status\s?: ?[245]\.\d)/gi;
const MOST_BLANKS = 3;
const MOST_ABOVE = 40;
/** Lines of a value, and lines of fields in a row. */
const LONGEST_VALUE = 40;
const LONGEST_RUN = 5000;

type Field = { name: string; value: string; line: number; end: number };
type Group = { fields: Map<string, string>; line: number; end: number };

/** In the order in which they stand, one for each recipient that is not said to be reached; `most` at the most. */
export function findStatusFields(unfolded: Unfolded, most: number): ReportPart[] {
  const { stream, at } = unfolded;
  const parts: ReportPart[] = [];
  let done = 0;
  let found = stream.indexOf('finalrecipient');
  while (found >= 0 && parts.length < most) {
    const line = lineOf(unfolded, at[found] as number);
    if (line > done && isField(lineAt(unfolded, line).text)) {
      const run = fieldsAround(unfolded, line, done);
      parts.push(...partsOf(run.fields));
      done = run.end;
    }
    found = stream.indexOf('finalrecipient', found + 14);
  }
  return parts.slice(0, most);
}

const isField = (text: string): boolean => {
  const name = (NAME.exec(text)?.[1] ?? '').toLowerCase();
  return OF_MESSAGE.has(name) || OF_RECIPIENT.has(name) || /final-recipient\s?:/i.test(text);
};

/** The unbroken run of fields around a line; lines up to `after` are left alone. */
function fieldsAround(unfolded: Unfolded, line: number, after: number): { fields: Field[]; end: number } {
  let first = line;
  for (let number = line - 1, blanks = 0; number > after && line - number <= MOST_ABOVE; number -= 1) {
    const above = lineAt(unfolded, number);
    if (above.text === '') blanks += 1;
    else if (isField(above.text)) [first, blanks] = [number, 0];
    else if (!above.indented && !/^X-[\w-]+:/i.test(above.text)) break;
    if (blanks > MOST_BLANKS) break;
  }
  const fields: Field[] = [];
  const last = Math.min(lineCount(unfolded), first + LONGEST_RUN);
  let end = first;
  let blanks = 0;
  for (let number = first; number <= last; number += 1) {
    const here = lineAt(unfolded, number);
    if (here.text === '') {
      blanks += 1;
      if (blanks > MOST_BLANKS) break;
      continue;
    }
    if (!take(fields, here, number, blanks > 0)) break;
    end = number;
    blanks = 0;
  }
  return { fields, end };
}

/** Adds a line to the fields; false when it belongs to none. */
function take(fields: Field[], { text, indented }: Line, line: number, afterBlank: boolean): boolean {
  for (const piece of text.split(JOINED)) {
    const [, name, value] = NAME.exec(piece) ?? [];
    const lower = name?.toLowerCase() ?? '';
    const last = fields.at(-1);
    if (!indented && (OF_MESSAGE.has(lower) || OF_RECIPIENT.has(lower) || (/^x-/.test(lower) && !afterBlank))) {
      fields.push({ name: lower, value: value ?? '', line, end: line });
    } else if (indented && (OF_MESSAGE.has(lower) || OF_RECIPIENT.has(lower))) {
      // A whole report that stands indented; a value never begins like a field.
      fields.push({ name: lower, value: value ?? '', line, end: line });
    } else if (last && !afterBlank && (indented || !HEADER.test(piece)) && line - last.line <= LONGEST_VALUE) {
      // Mail programs that wrap also lose the blank before a continuation.
      last.value = `${last.value} ${piece}`.trim();
      last.end = line;
    } else if (fields.length > 0 || piece === text) return false;
  }
  return true;
}

/** The parts of every report in a run of fields; another report begins where, after recipients, its server is named. */
function partsOf(fields: readonly Field[]): ReportPart[] {
  const parts: ReportPart[] = [];
  let start = 0;
  let recipients = false;
  for (const [index, { name }] of fields.entries()) {
    if (name === 'reporting-mta' && recipients) {
      parts.push(...partsOfReport(fields.slice(start, index)));
      [start, recipients] = [index, false];
    }
    recipients ||= OF_RECIPIENT.has(name);
  }
  return [...parts, ...partsOfReport(fields.slice(start))];
}

function partsOfReport(fields: readonly Field[]): ReportPart[] {
  const message = new Map<string, string>();
  const groups: Group[] = [];
  let first = fields[0]?.line ?? 1;
  for (const { name, value, line, end } of fields) {
    if (OF_MESSAGE.has(name)) message.set(name, value);
    if (!OF_RECIPIENT.has(name)) continue;
    let group = groups.at(-1);
    if (!group || group.fields.has(name) || (name === 'original-recipient' && group.fields.has('status'))) {
      group = { fields: new Map(), line: groups.length === 0 ? first : line, end };
      groups.push(group);
    }
    group.fields.set(name, value);
    group.end = end;
    first = end;
  }
  return groups.flatMap((group) => partOf(message, group) ?? []);
}

/** `dns; mail.contoso.com`, `rfc822;user@contoso.com`, `smtp;550 …`: the type and the value. */
function typed(value: string | undefined): { type: string; value: string } {
  const [, type, rest] = /^\s*([\w-]{1,30})\s*;\s*(.*)$/.exec(value ?? '') ?? [];
  return { type: type?.toLowerCase() ?? '', value: rest ?? value?.trim() ?? '' };
}

function partOf(message: ReadonlyMap<string, string>, { fields, line, end }: Group): ReportPart | null {
  const action = /^[a-z]+/.exec(fields.get('action')?.toLowerCase() ?? '')?.[0];
  if (!fields.has('final-recipient') || (action !== undefined && action !== 'failed' && action !== 'delayed'))
    return null;
  const status = statusIn(fields.get('status'));
  if (status === undefined && !fields.has('diagnostic-code')) return null;
  const diagnosis = typed(fields.get('diagnostic-code'));
  const isReply = diagnosis.type === 'smtp' || /^[245]\d\d[ -]/.test(diagnosis.value);
  const told = isReply ? unwrapReply(diagnosis.value) : { reply: '' };
  const reached = isReply ? null : REACHED.exec(diagnosis.value);
  const remote = serverOf(typed(fields.get('remote-mta')).value.split(/[\s(]/)[0] || reached?.[1]);
  const reporting = serverOf(typed(message.get('reporting-mta')).value.split(/[\s(]/)[0]);
  const expired = isExpired(status) || isExpired(told.reply);
  return known<ReportPart>({
    form: 'fields',
    generator: generatorOf(message, reporting.host),
    line,
    end,
    recipient:
      addressIn(typed(fields.get('final-recipient')).value) ?? addressIn(fields.get('original-recipient') ?? ''),
    status,
    reply: told.reply,
    error: isReply ? undefined : diagnosis.value,
    action: action ?? (status?.startsWith('4.') ? 'delayed' : 'failed'),
    reporting: reporting.host ?? reporting.ip,
    remote_host: remote.host ?? told.remote_host,
    remote_ip: remote.ip ?? told.remote_ip ?? reached?.[2],
    time: fields.get('last-attempt-date') ?? message.get('arrival-date'),
    sender: addressIn(typed(message.get('x-postfix-sender')).value),
    expired: expired || undefined,
  });
}

function generatorOf(message: ReadonlyMap<string, string>, reporting: string | undefined): Generator {
  if ([...message.keys()].some((name) => name.startsWith('x-postfix'))) return 'Postfix';
  return isOnline(reporting) ? 'Exchange Online' : 'RFC 3464';
}
