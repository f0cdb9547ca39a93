/**
 * Message tracking (MSGTRK*.LOG, Get-MessageTrackingLog): rows become the ways of messages. A fold of one row after
 * another in bounded memory, for pasted text and for whole folders of logs alike. Pure.
 */
import { readLastError } from '../intake/last-error.ts';
import { decisive, OUTCOMES, type Outcome, outcomeOf, rankOf } from './tracking-events.ts';
import { instantOf, splitList } from './tracking-values.ts';

/** The fields of a row in the order in which 2013 and later write them (documentation of message tracking). */
export const TRACKING_FIELDS =
  'date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,connector-id,source,event-id,internal-message-id,message-id,network-message-id,recipient-address,recipient-status,total-bytes,recipient-count,related-recipient-address,reference,message-subject,sender-address,return-path,message-info,directionality,tenant-id,original-client-ip,original-server-ip,custom-data,transport-traffic-type,log-id,schema-version'.split(
    ',',
  );

/** Named as in `TRACKING_FIELDS`; what a layout does not have is left out. */
export type TrackingRow = Record<string, string | undefined>;

/** One station of a message. */
export type WayPoint = {
  /** ISO 8601 in UTC, as the logs write it, or as the command printed it. */
  at?: string;
  server?: string;
  source?: string;
  event: string;
  connector?: string;
  reply?: string;
  recipient?: string;
  line: number;
};

export type TrackedMessage = {
  messageId: string | null;
  sender: string | null;
  outcome: Outcome;
  /** The event at which it stopped, and the row of it. */
  event: string;
  last: TrackingRow;
  lastLine: number;
  /** The state with which the same recipient was put off before, if that is not the end of it. */
  deferred: string | null;
  /** Address of the server that wrote that row, where another row says it. */
  ownAddress: string | null;
  /** In the order of time; `more` further ones were not kept. */
  way: WayPoint[];
  more: number;
  firstLine: number;
  endLine: number;
  /** Rows that belong to it. */
  rows: number;
};

export type TrackingCounts = {
  /** rows = rows that were taken + rows that were left out because they name no event. */
  rows: number;
  left_out: number;
  /** Messages by outcome, those that are no longer kept included. A message that comes back later counts again. */
  messages: number;
  by_outcome: Record<Outcome, number>;
};

type Fate = {
  row: TrackingRow;
  line: number;
  event: string;
  rank: number;
  at: string;
  order: number;
  deferred: string | null;
};
type Open = {
  key: string;
  sender: string | null;
  messageId: string | null;
  fates: Map<string, Fate>;
  /** Address by name of each server that took the message in by SMTP. */
  addresses: Map<string, string>;
  way: (WayPoint & { order: number; instant: string })[];
  more: number;
  firstLine: number;
  endLine: number;
  rows: number;
};

const MOST_POINTS = 200;
const MOST_RECIPIENTS = 500;
/** When room is needed, so many of the oldest are looked at for one that is done. */
const LOOKED_AT = 32;

export class TrackingFold {
  private readonly open = new Map<string, Open>();
  private readonly most: number;
  private readonly counted: TrackingCounts = {
    rows: 0,
    left_out: 0,
    messages: 0,
    by_outcome: { refused: 0, lost: 0, waiting: 0, accepted: 0, 'handed-over': 0, delivered: 0 },
  };

  /** Of more than `most` messages those that are delivered are forgotten first, then the oldest. */
  constructor(most = 5000) {
    this.most = Math.max(1, most);
  }

  /**
   * Takes one row in. `line` and `end` are where it stands. `key` tells messages apart where the layout has no
   * message ID; rows without any are one message. False for a row that names no event.
   */
  push(row: TrackingRow, line: number, end = line, key?: string): boolean {
    this.counted.rows += 1;
    const event = row['event-id']?.trim().toUpperCase();
    if (!event || !/^[A-Z][A-Z_]{2,40}$/.test(event)) {
      this.counted.left_out += 1;
      return false;
    }
    const messageId = row['message-id']?.trim() || null;
    const id = messageId ?? key ?? row['internal-message-id'] ?? '';
    let message = this.open.get(id);
    if (!message) {
      if (this.open.size >= this.most) this.forget();
      message = {
        key: id,
        sender: row['sender-address']?.trim() || null,
        messageId,
        fates: new Map(),
        addresses: new Map(),
        way: [],
        more: 0,
        firstLine: line,
        endLine: end,
        rows: 0,
      };
      this.open.set(id, message);
    }
    this.add(message, row, event, line, end);
    return true;
  }

  /** Those in trouble first, the others in the order in which they began. */
  messages(): TrackedMessage[] {
    const all = [...this.open.values()].map(finished);
    return all.sort((a, b) => OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome) || a.firstLine - b.firstLine);
  }

  /** They add up: messages = the sum of all outcomes. */
  counts(): TrackingCounts {
    const by_outcome = { ...this.counted.by_outcome };
    for (const message of this.open.values()) by_outcome[outcomeOf(worst(message).event)] += 1;
    return { ...this.counted, messages: this.counted.messages + this.open.size, by_outcome };
  }

  private add(message: Open, row: TrackingRow, event: string, line: number, end: number): void {
    message.rows += 1;
    message.endLine = Math.max(message.endLine, end);
    message.firstLine = Math.min(message.firstLine, line);
    message.sender ??= row['sender-address']?.trim() || null;
    noteAddress(message, row, event);
    const instant = instantOf(row['date-time'] ?? '');
    const recipients = splitList(row['recipient-address'] ?? '');
    const statuses = splitList(row['recipient-status'] ?? '');
    const order = message.rows;
    const point = pointOf(row, event, recipients, statuses, line);
    if (message.way.length < MOST_POINTS) message.way.push({ ...point, order, instant });
    else message.more += 1;
    // A group that was expanded goes on as its members.
    if (event === 'EXPAND' || event === 'REDIRECT' || event === 'RESOLVE') {
      const resolved = row['related-recipient-address']?.trim().toLowerCase();
      if (resolved) message.fates.delete(resolved);
    }
    const each = recipients.length > 0 ? recipients : [''];
    for (const [index, recipient] of each.entries()) {
      const status = statuses.length === each.length ? statuses[index] : row['recipient-status'];
      const own = { ...row, 'recipient-address': recipient, 'recipient-status': status };
      const key = recipient.toLowerCase();
      const known = message.fates.get(key);
      const deferred = known && outcomeOf(known.event) === 'waiting' ? known.row['recipient-status'] : known?.deferred;
      const fate = { row: own, line, event, rank: rankOf(event), at: instant, order, deferred: deferred ?? null };
      if (known ? decisive(fate, known) : message.fates.size < MOST_RECIPIENTS) message.fates.set(key, fate);
    }
  }

  private forget(): void {
    let chosen: Open | undefined;
    let looked = 0;
    for (const message of this.open.values()) {
      chosen ??= message;
      if (outcomeOf(worst(message).event) === 'delivered') {
        chosen = message;
        break;
      }
      looked += 1;
      if (looked === LOOKED_AT) break;
    }
    if (!chosen) return;
    this.open.delete(chosen.key);
    this.counted.messages += 1;
    this.counted.by_outcome[outcomeOf(worst(chosen).event)] += 1;
  }
}

const MOST_ADDRESSES = 20;

/** The server of a row of SMTP is the one that was spoken to; where mail was taken in, the one that wrote the row. */
function noteAddress({ addresses }: Open, row: TrackingRow, event: string): void {
  const name = row['server-hostname']?.trim().toLowerCase();
  const address = row['server-ip']?.trim();
  if (event !== 'RECEIVE' || row.source?.toUpperCase() !== 'SMTP' || !name || !address) return;
  if (addresses.size < MOST_ADDRESSES) addresses.set(name, address);
}

/** The recipient who fares worst decides what became of the message. */
function worst({ fates }: Open): Fate {
  let found: Fate | null = null;
  for (const fate of fates.values()) {
    // Rows about no recipient at all count only where no row names one.
    if (fates.size > 1 && fates.get('') === fate && fate.rank < 2) continue;
    const order = found ? OUTCOMES.indexOf(outcomeOf(fate.event)) - OUTCOMES.indexOf(outcomeOf(found.event)) : -1;
    if (order < 0 || (order === 0 && found !== null && fate.order > found.order)) found = fate;
  }
  return found ?? { row: {}, line: 0, event: 'RECEIVE', rank: 0, at: '', order: 0, deferred: null };
}

function finished(message: Open): TrackedMessage {
  const { row, line, event, deferred } = worst(message);
  const ordered = [...message.way].sort((a, b) =>
    a.instant < b.instant ? -1 : a.instant > b.instant ? 1 : a.order - b.order,
  );
  return {
    messageId: message.messageId,
    sender: message.sender,
    outcome: outcomeOf(event),
    event,
    last: row,
    lastLine: line,
    deferred: outcomeOf(event) === 'waiting' ? null : deferred,
    ownAddress: message.addresses.get(row['server-hostname']?.trim().toLowerCase() ?? '') ?? null,
    way: ordered.map(({ order: _order, instant: _instant, ...point }) => point),
    more: message.more,
    firstLine: message.firstLine,
    endLine: message.endLine,
    rows: message.rows,
  };
}

function pointOf(
  row: TrackingRow,
  event: string,
  recipients: readonly string[],
  statuses: readonly string[],
  line: number,
): WayPoint {
  const status = statuses.join('; ');
  const reply = status === '' ? undefined : (readLastError(status).reply ?? status);
  const parts = {
    at: row['date-time'],
    server: serverOf(row, event),
    source: row.source?.toUpperCase(),
    connector: row['connector-id'],
    reply,
    recipient:
      recipients.length > 3
        ? `${recipients.slice(0, 3).join(', ')} and ${recipients.length - 3} more`
        : recipients.join(', '),
  };
  const point: WayPoint = { event, line };
  for (const [name, value] of Object.entries(parts)) {
    const text = value?.trim().slice(0, 500);
    if (text) point[name as 'at' | 'server' | 'source' | 'connector' | 'reply' | 'recipient'] = text;
  }
  return point;
}

/** The server that wrote the row: of what was sent by SMTP the client, else the server (documentation of tracking). */
export function serverOf(row: TrackingRow, event: string): string | undefined {
  const sent = /^SEND/.test(event) && (row.source ?? 'SMTP').toUpperCase() === 'SMTP';
  return (sent ? row['client-hostname'] : row['server-hostname'])?.trim() || undefined;
}
