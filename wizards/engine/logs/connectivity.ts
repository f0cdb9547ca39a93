/**
 * The connectivity log of Exchange (CONNECTLOG*.LOG): rows become groups of connections that failed in the same way. A
 * fold of one row after another in bounded memory. Pure. Layout: documentation of connectivity logging; the wording of
 * the descriptions is not documented, so it is read by codes and by the few words that all versions share.
 */
import { readLastError } from '../intake/last-error.ts';

export const CONNECTIVITY_FIELDS = ['date-time', 'session', 'source', 'destination', 'direction', 'description'];

/** Named as in `CONNECTIVITY_FIELDS`. */
export type ConnectivityRow = Record<string, string | undefined>;

/** `dns`: no name or no mail server found. `connect`: no connection. `none`: connected. */
export type ConnectivityStage = 'dns' | 'connect' | 'none';

/** Connections with the same stage, destination and error. */
export type ConnectionGroup = {
  stage: ConnectivityStage;
  source: string | null;
  destination: string;
  host: string | null;
  address: string | null;
  /** A reply in the description of a connection that was made, or before it was. */
  reply: string | null;
  error: string | null;
  count: number;
  /** Messages that went through. */
  messages: number;
  first: string | null;
  last: string | null;
  line: number;
};

export type ConnectivityCounts = {
  rows: number;
  left_out: number;
  sessions: number;
  by_stage: Record<ConnectivityStage, number>;
  /** Failures that are in no group any more, since there were too many different ones. */
  not_grouped: number;
};

type Session = {
  row: ConnectivityRow;
  stage: ConnectivityStage;
  connected: boolean;
  host: string | null;
  address: string | null;
  reply: string | null;
  error: string | null;
  messages: number;
  line: number;
  last: string | null;
};

const LONGEST_ERROR = 300;
const DNS_FAILED =
  /\bDNS\b.*\b(?:fail|error|return|timed? ?out)|\b(?:ErrorRetry|ErrorTimeout|InfoNoRecords|InfoDomainNonexistent|ErrorBadReply)\b|MX record.*(?:not|fail)|no (?:MX|records)/i;
const CONNECT_FAILED =
  /\bfail(?:ed)? connection|\bfailed to connect|unable to connect|winsock error|\bTimedOut\b|\bConnectionRefused\b|actively refused|no connection could be made|\b100(?:51|60|61|65)\b/i;
const CONNECTED = /established connection|connected to|connection (?:was )?established/i;
const MESSAGES = /\bMessages: (\d{1,9})\b/i;
const ADDRESS = /\[?((?:\d{1,3}\.){3}\d{1,3}|[\da-f]{0,4}(?::[\da-f]{0,4}){3,7})\]?(?::\d{1,5})?/i;
const HOST_WITH_ADDRESS = /([\w-]+(?:\.[\w-]+)+)\[(?:\d{1,3}\.){3}\d{1,3}\]/;

export class ConnectivityFold {
  private readonly open = new Map<string, Session>();
  private readonly groups = new Map<string, ConnectionGroup>();
  private readonly most: number;
  private readonly counted: ConnectivityCounts = {
    rows: 0,
    left_out: 0,
    sessions: 0,
    by_stage: { dns: 0, connect: 0, none: 0 },
    not_grouped: 0,
  };

  /** At most so many groups, and so many sessions that have not ended. */
  constructor(most = 2000) {
    this.most = Math.max(1, most);
  }

  /** Takes one row in. False for a row without a session. */
  push(row: ConnectivityRow, line: number): boolean {
    this.counted.rows += 1;
    const id = row.session?.trim();
    if (!id || !/^[+>-]$/.test(row.direction?.trim() ?? '')) {
      this.counted.left_out += 1;
      return false;
    }
    let session = this.open.get(id);
    if (!session) {
      if (this.open.size >= this.most) this.endOldest();
      session = {
        row,
        stage: 'none',
        connected: false,
        host: null,
        address: null,
        reply: null,
        error: null,
        messages: 0,
        line,
        last: null,
      };
      this.open.set(id, session);
    }
    read(session, row);
    if (row.direction?.trim() === '-') this.end(id, session);
    return true;
  }

  /** Ends what is open and gives the groups, those with failures first, then the largest. */
  finish(): { groups: ConnectionGroup[]; counts: ConnectivityCounts } {
    for (const [id, session] of [...this.open]) this.end(id, session);
    const failed = ({ stage, reply, error }: ConnectionGroup): number => (stage !== 'none' || reply || error ? 1 : 0);
    const groups = [...this.groups.values()].sort(
      (a, b) => failed(b) - failed(a) || b.count - a.count || a.line - b.line,
    );
    return { groups, counts: { ...this.counted, by_stage: { ...this.counted.by_stage } } };
  }

  private endOldest(): void {
    for (const [id, session] of this.open) {
      this.end(id, session);
      return;
    }
  }

  private end(id: string, session: Session): void {
    this.open.delete(id);
    // A later host of the list took the connection: what failed before does not count.
    const stage = session.connected ? 'none' : session.stage;
    this.counted.sessions += 1;
    this.counted.by_stage[stage] += 1;
    const destination = session.row.destination?.trim() ?? '';
    const key = [
      stage,
      destination,
      session.address,
      session.reply,
      session.error?.replace(/\d{4,}|\d\d:\d\d:\d\d/g, '#'),
    ].join('|');
    const group = this.groups.get(key);
    if (group) {
      group.count += 1;
      group.messages += session.messages;
      group.last = session.last ?? group.last;
    } else if (this.groups.size >= this.most) this.counted.not_grouped += 1;
    else {
      this.groups.set(key, {
        stage,
        source: session.row.source?.trim() || null,
        destination,
        host: session.host,
        address: session.address,
        reply: session.reply,
        error: session.error,
        count: 1,
        messages: session.messages,
        first: session.row['date-time'] ?? null,
        last: session.last,
        line: session.line,
      });
    }
  }
}

function read(session: Session, row: ConnectivityRow): void {
  const text = (row.description ?? '').slice(0, 2000);
  session.last = row['date-time'] ?? session.last;
  session.messages += Number(MESSAGES.exec(text)?.[1] ?? 0);
  session.host ??= HOST_WITH_ADDRESS.exec(text)?.[1] ?? null;
  if (CONNECT_FAILED.test(text)) {
    if (session.stage === 'none') session.stage = 'connect';
    session.address = ADDRESS.exec(text)?.[1] ?? session.address;
    // The last row sums up what an earlier one says with its cause.
    if (session.error === null || !MESSAGES.test(text)) session.error = text.slice(0, LONGEST_ERROR).trim();
  } else if (DNS_FAILED.test(text)) {
    session.stage = 'dns';
    session.error ??= text.slice(0, LONGEST_ERROR).trim();
  } else if (CONNECTED.test(text)) {
    session.connected = true;
    session.address = ADDRESS.exec(text)?.[1] ?? session.address;
    session.error = null;
  }
  const reply = /(?:^|[\s("'])([45]\d\d[ -](?:[45]\.\d{1,3}\.\d{1,3}|[A-Z]).*)$/.exec(text)?.[1];
  if (reply !== undefined) session.reply = readLastError(reply.replace(/["')\s]+$/, '')).reply;
}
