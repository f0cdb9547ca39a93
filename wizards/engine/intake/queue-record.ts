/** What a queue of Exchange says about itself (Get-Queue, the Queue Viewer), made into a finding. */
import { parseAddress } from '../parameters/ip-ranges.ts';
import type { Finding } from './finding.ts';
import { readLastError } from './last-error.ts';
import { type NamedRecord, nameKey } from './named-record.ts';

/** The values of DeliveryType in the documentation of Get-Queue, 2007 to Subscription Edition. */
const DELIVERY_TYPES = [
  'DeliveryAgent',
  'DnsConnectorDelivery',
  'Heartbeat',
  'MapiDelivery',
  'NonSmtpGatewayDelivery',
  'ShadowRedundancy',
  'SmartHostConnectorDelivery',
  'SmtpDeliveryToExo',
  'SmtpDeliveryToMailbox',
  'SmtpRelayToConnectorSourceServers',
  'SmtpRelayToDag',
  'SmtpRelayToMailboxDeliveryGroup',
  'SmtpRelayToRemoteActiveDirectorySite',
  'SmtpRelayToRemoteAdSite',
  'SmtpRelayToRemoteForest',
  'SmtpRelayToServers',
  'SmtpRelayToTiRg',
  'SmtpRelayWithinAdSite',
  'SmtpRelayWithinAdSiteToEdge',
  'Undefined',
  'Unreachable',
] as const;
const TYPES_BY_KEY = DELIVERY_TYPES.map((type) => [nameKey(type), type] as const);
const STATUSES = ['Active', 'Connecting', 'Ready', 'Retry', 'Suspended', 'Frozen', 'Disabled'];
/** Queues without a destination, known by the end of their identity. */
const OWN_QUEUES = /\\(Submission|Poison|Unreachable)$/i;
const IDENTITY = /^([^\s\\]+)\\(?:\d+|Submission|Poison|Unreachable|Shadow\\\d+)$/i;
const HOST = /^[A-Za-z0-9][\w-]*(?:\.[\w-]+)+$/;
/** More messages than this have something to say, whatever the state: a few are in transit. */
const IN_TRANSIT = 20;

/** Names under which a queue prints its properties, in list, table, CSV and the Queue Viewer. */
export const QUEUE_NAMES: ReadonlySet<string> = new Set(
  'identity deliverytype status messagecount nexthopdomain nexthopconnector lasterror lastretrytime nextretrytime deferredmessagecount'.split(
    ' ',
  ),
);

export type Queue = {
  identity: string | null;
  server: string | null;
  /** Delivery type, or the name of a queue without destination; null where nothing tells. */
  type: string | null;
  status: string | null;
  messages: number | null;
  lastError: string | null;
  record: NamedRecord;
};

/** Null for what is no queue: other objects have an Identity and a Status too, and messages a LastError. */
export function queueOf(record: NamedRecord): Queue | null {
  const { values, cut } = record;
  const identity = values.get('identity') ?? null;
  const whole = identity !== null && !cut.has('identity');
  const server = whole ? (IDENTITY.exec(identity)?.[1] ?? null) : null;
  const delivery = deliveryType(values.get('deliverytype'), cut.has('deliverytype'));
  const status = STATUSES.find((one) => one.toLowerCase() === values.get('status')?.toLowerCase()) ?? null;
  // The identity of a message has the number of the message behind that of its queue.
  if (identity !== null && /\\\d+\\\d+$/.test(identity)) return null;
  const hop = values.get('nexthopdomain');
  const speaks = status !== null || values.has('messagecount') || values.has('lasterror');
  if (!(server !== null && speaks) && !(delivery !== null && (speaks || hop)) && !(hop && status !== null)) return null;
  const own = identity === null ? null : (OWN_QUEUES.exec(identity)?.[1] ?? null);
  const shadow = identity !== null && /\\Shadow\\\d+$/i.test(identity) ? 'ShadowRedundancy' : null;
  const count = /^\d{1,9}$/.exec(values.get('messagecount') ?? '')?.[0];
  return {
    identity: whole ? identity : null,
    server,
    type: own ? capital(own) : (shadow ?? (delivery === 'Undefined' ? null : delivery)),
    status,
    messages: count === undefined ? null : Number(count),
    lastError: values.get('lasterror') ?? null,
    record,
  };
}

/** Whether the values of a row stand under their columns: blanks that were lost move them. */
export function isQueueRow(record: NamedRecord, keys: readonly string[]): boolean {
  const queue = queueOf(record);
  if (!queue) return false;
  if (keys.includes('status') && queue.status === null) return false;
  if (keys.includes('messagecount') && queue.messages === null) return false;
  const written = record.values.get('deliverytype');
  // A type that nobody knows yet is no reason to lose the row, once the columns beside it fit.
  const stands = keys.includes('status') && keys.includes('messagecount');
  return written === undefined || stands || deliveryType(written, record.cut.has('deliverytype')) !== null;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();

/** As Get-Queue writes it. The Queue Viewer writes it in words; a column may have cut it. */
function deliveryType(written: string | undefined, cut: boolean): string | null {
  if (written === undefined) return null;
  const key = nameKey(written);
  const fitting = TYPES_BY_KEY.flatMap(([typeKey, type]) =>
    (cut ? typeKey.startsWith(key) : typeKey === key) ? [type] : [],
  );
  const [type] = fitting;
  if (type === undefined || key.length < 4) return null;
  if (fitting.length > 1) return written;
  return type === 'SmtpRelayToRemoteActiveDirectorySite' ? 'SmtpRelayToRemoteAdSite' : type;
}

/** Whether it waits, failed, or holds more than what is in transit. Shadow copies and poison count from the first. */
export function hasSomethingToSay({ type, status, messages, lastError }: Queue): boolean {
  if (lastError !== null || (status !== null && /^(?:Retry|Suspended|Frozen|Disabled)$/.test(status))) return true;
  if (messages === 0) return false;
  if (type !== null && /^(?:Submission|Poison|Unreachable|ShadowRedundancy)$/.test(type)) return true;
  return (messages ?? 0) > IN_TRANSIT;
}

/**
 * A finding of kind `queue`; its id is the delivery type or the name of a queue without destination, else the status.
 * Fields: `queue delivery_type status messages next_hop next_hop_connector last_error reply remote_host remote_ip domain
 * database local_server time cut_columns`.
 */
export function findingOfQueue(queue: Queue): Finding {
  const { record, identity, type, status, messages, lastError } = queue;
  const fields: Record<string, string> = {};
  const put = (name: string, value: string | null | undefined): void => {
    if (value) fields[name] = value;
  };
  put('queue', identity);
  put('delivery_type', type);
  put('status', status);
  put('messages', messages === null ? null : String(messages));
  put('next_hop', record.values.get('nexthopdomain'));
  put('next_hop_connector', record.values.get('nexthopconnector'));
  put('last_error', lastError);
  const error = lastError === null ? null : readLastError(lastError);
  put('reply', error?.reply);
  if (!record.cut.has('nexthopdomain')) putHop(queue, put);
  put('remote_host', error?.remote_host);
  put('remote_ip', error?.remote_ip);
  put('time', error?.time ?? record.values.get('lastretrytime'));
  put('local_server', queue.server);
  const cut = [...record.cut].filter((name) => QUEUE_NAMES.has(name));
  put('cut_columns', cut.map((name) => COLUMNS[name] ?? name).join(', '));
  return {
    kind: 'queue',
    id: type ?? status ?? 'unknown',
    source: 'Get-Queue',
    title: titleOf(queue, cut.length > 0),
    line: record.line,
    end: record.end,
    fields,
    local: 'the server that holds the messages',
    remote: 'where they should go',
  };
}

const COLUMNS: Record<string, string> = {
  identity: 'Identity',
  deliverytype: 'DeliveryType',
  nexthopdomain: 'NextHopDomain',
  nexthopconnector: 'NextHopConnector',
  lasterror: 'LastError',
};

/** Where the queue leads: a domain, a host, an address, or a database, by the kind of queue. */
function putHop({ type, record }: Queue, put: (name: string, value: string | undefined) => void): void {
  const hop = record.values.get('nexthopdomain')?.replace(/^\[(.*)\]$/, '$1');
  if (hop === undefined) return;
  if (parseAddress(hop)) put('remote_ip', hop);
  else if (type === 'SmtpDeliveryToMailbox' || type === 'MapiDelivery')
    put(HOST.test(hop) ? 'remote_host' : 'database', hop);
  else if (!HOST.test(hop)) return;
  else if (type === 'DnsConnectorDelivery' || (type === null && hop.split('.').length === 2)) put('domain', hop);
  else put('remote_host', hop);
}

function titleOf({ identity, type, status, messages }: Queue, cut: boolean): string {
  const name = identity === null ? `A queue${type === null ? '' : ` of type ${type}`}` : `Queue ${identity}`;
  const state = status === null ? '' : ` is ${status === 'Retry' ? 'in Retry' : status}`;
  const count =
    messages === null ? '' : `${state === '' ? ' has' : ','} ${messages} message${messages === 1 ? '' : 's'}`;
  const lost = cut ? ' (columns are cut; Format-List shows all of them)' : '';
  return `${name}${state}${count}${lost}`;
}
