/** Finds messages in message tracking: Get-MessageTrackingLog as list, table or CSV, and lines of MSGTRK*.LOG. */
import { type TrackedMessage, TrackingFold } from '../logs/tracking.ts';
import { EVENTS } from '../logs/tracking-events.ts';
import { linesIn } from './clean-lines.ts';
import { type Finding, linesOf } from './finding.ts';
import { readBlocks } from './format-list.ts';
import { type NamedRecord, nameKey } from './named-record.ts';
import { withoutQuoteMarks } from './quote-marks.ts';
import { readConsoleTables, readSeparated } from './table-rows.ts';
import { findingOfMessage } from './tracked-message.ts';
import { pushLogLines } from './tracking-lines.ts';
import type { Unfolded } from './unfold.ts';

/** So many messages are listed, those in trouble first. */
const MOST_MESSAGES = 300;

/** How the properties of Get-MessageTrackingLog are called in the log. */
const LOG_NAMES: Record<string, string> = {
  timestamp: 'date-time',
  datetime: 'date-time',
  clientip: 'client-ip',
  clienthostname: 'client-hostname',
  serverip: 'server-ip',
  serverhostname: 'server-hostname',
  sourcecontext: 'source-context',
  connectorid: 'connector-id',
  source: 'source',
  eventid: 'event-id',
  internalmessageid: 'internal-message-id',
  messageid: 'message-id',
  recipients: 'recipient-address',
  recipientaddress: 'recipient-address',
  recipientstatus: 'recipient-status',
  relatedrecipientaddress: 'related-recipient-address',
  sender: 'sender-address',
  senderaddress: 'sender-address',
  // Tells messages apart where no ID is printed; goes nowhere else.
  messagesubject: 'message-subject',
};
const NAMES: ReadonlySet<string> = new Set(Object.keys(LOG_NAMES));
const LONG = new Set(['recipientstatus', 'recipients', 'sourcecontext']);

/**
 * One finding of kind `tracking` for each message, in trouble first, `most` at the most. Its id is the event at which
 * it stopped; `way` are its stations.
 */
export function findTracking(unfolded: Unfolded, known: readonly Finding[], most: number): Finding[] {
  const { stream, text } = unfolded;
  const fold = new TrackingFold();
  const taken = linesOf(known);
  if (text.includes('Z,')) pushLogLines(withoutQuoteMarks(text), fold, taken);
  if (fold.counts().rows === 0 && stream.includes('eventid')) {
    const records = recordsIn(linesIn(unfolded)).filter(({ line }) => !taken(line));
    for (const record of records) pushRecord(record, fold);
  }
  const messages = fold.messages();
  const mixed = mixedWithOthers(messages);
  return messages
    .slice(0, Math.min(most, MOST_MESSAGES))
    .map((message) => findingOfMessage(message, !mixed.has(message)));
}

/** Those between whose rows others stand. */
function mixedWithOthers(messages: readonly TrackedMessage[]): Set<TrackedMessage> {
  const mixed = new Set<TrackedMessage>();
  let longest: TrackedMessage | null = null;
  for (const message of [...messages].sort((a, b) => a.firstLine - b.firstLine)) {
    if (longest && message.firstLine <= longest.endLine) mixed.add(message).add(longest);
    if (!longest || message.endLine > longest.endLine) longest = message;
  }
  return mixed;
}

function recordsIn(lines: readonly string[]): NamedRecord[] {
  const blocks = readBlocks(lines, NAMES, LONG).filter((record) => isRow(record, 2));
  if (blocks.length > 0) return blocks;
  const columns = new Set([...NAMES].filter((name) => name !== 'messagesubject'));
  const rows = [...readConsoleTables(lines, columns, (record) => isRow(record, 3)), ...readSeparated(lines, columns)];
  return rows.filter((record) => isRow(record, 3)).sort((a, b) => a.line - b.line);
}

/** An event that tracking has, beside other columns of tracking: `EventId` alone also stands in event logs. */
function isRow({ values }: NamedRecord, least: number): boolean {
  if (!EVENTS.has(values.get('eventid')?.toUpperCase() ?? '')) return false;
  return [...values.keys()].filter((key) => NAMES.has(key)).length >= least;
}

function pushRecord({ values, line, end }: NamedRecord, fold: TrackingFold): void {
  const row: Record<string, string> = {};
  for (const [key, value] of values) {
    const name = LOG_NAMES[key];
    if (name !== undefined) row[name] = value;
  }
  const { 'message-subject': subject, ...rest } = row;
  const who = subject === undefined ? undefined : nameKey(`${row['sender-address'] ?? ''} ${subject}`.slice(0, 80));
  fold.push(rest, line, end, who);
}
