/** Finds connections that failed in pasted lines of the connectivity log. */

import {
  CONNECTIVITY_FIELDS,
  type ConnectionGroup,
  ConnectivityFold,
  type ConnectivityRow,
} from '../logs/connectivity.ts';
import { parseAddress } from '../parameters/ip-ranges.ts';
import { readRows } from './delimited.ts';
import { type Finding, linesOf } from './finding.ts';
import { withoutQuoteMarks } from './quote-marks.ts';
import type { Unfolded } from './unfold.ts';

const START = /^(?:#Fields: *date-time,session,source,destination,|\d{4}-\d\d-\d\dT[\d:.]{8,16}Z,[0-9A-F-]{8,36},)/im;
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]{8,16}Z$/;
/** What connects, by the documentation. Without a header this and the direction have to show what it is. */
const SOURCES = /^(?:SMTP|MapiDelivery|MapiSubmission|DeliveryAgent|StoreDriver\w*)$/i;
const HOST = /^[\w-]+(?:\.[\w-]+){2,}$/;
const DOMAIN = /^[\w-]+(?:\.[\w-]+)+$/;
const MOST_GROUPS = 300;

/**
 * One finding of kind `session` for each way in which connections failed; its id is the stage (`dns`, `connect`, or
 * `none` where the fault came later). Fields: `source domain remote_host remote_ip reply error connections messages
 * time until`.
 */
export function findConnectivity(unfolded: Unfolded, known: readonly Finding[], most: number): Finding[] {
  const { groups } = foldOf(unfolded, linesOf(known));
  return groups
    .filter(({ stage, reply, error }) => stage !== 'none' || reply !== null || error !== null)
    .slice(0, Math.min(most, MOST_GROUPS))
    .map(findingOfConnections);
}

/** A sentence when a connectivity log was pasted in which no connection failed. */
export function remarkOnConnectivity(unfolded: Unfolded, found: readonly Finding[]): string | null {
  if (found.length > 0) return null;
  const { counts } = foldOf(unfolded, () => false);
  if (counts.sessions === 0) return null;
  const which = counts.sessions === 1 ? 'The connection' : `All ${counts.sessions} connections`;
  return `${which} in this connectivity log came about. What was said in them stands in the protocol log, which is switched on at the connector.`;
}

function foldOf(unfolded: Unfolded, taken: (line: number) => boolean): ReturnType<ConnectivityFold['finish']> {
  const fold = new ConnectivityFold();
  if (unfolded.text.includes('Z,')) pushLines(withoutQuoteMarks(unfolded.text), fold, taken);
  return fold.finish();
}

function pushLines(text: string, fold: ConnectivityFold, taken: (line: number) => boolean): void {
  const first = START.exec(text);
  if (!first) return;
  const above = text.slice(0, first.index).split(/\r\n|\r|\n/).length - 1;
  let names: string[] | null = null;
  for (const { line, fields } of readRows(text.slice(first.index))) {
    const head = fields[0] as string;
    if (head.startsWith('#Fields:')) {
      names = [head.slice(8), ...fields.slice(1)].map((name) => name.trim().toLowerCase());
      continue;
    }
    if (!TIME.test(head) || fields.length < 5 || taken(above + line)) continue;
    // The description is not always quoted: what stands behind a comma in it is a part of it.
    if (names !== null && !(names.includes('session') && names.includes('destination'))) continue;
    if (names === null && !(SOURCES.test(fields[2] ?? '') && /^[+>-]$/.test(fields[4] ?? ''))) continue;
    fold.push(rowOf(names ?? CONNECTIVITY_FIELDS, fields), above + line);
  }
}

function rowOf(names: readonly string[], fields: readonly string[]): ConnectivityRow {
  const row: ConnectivityRow = {};
  for (const [index, name] of names.entries()) {
    row[name] = index === names.length - 1 ? fields.slice(index).join(',') : fields[index];
  }
  return row;
}

/** A group of connections that failed in the same way, as a finding. */
export function findingOfConnections(group: ConnectionGroup): Finding {
  const { stage, destination, count, line } = group;
  const fields: Record<string, string> = { stage };
  const put = (name: string, value: string | null): void => {
    if (value?.trim()) fields[name] = value.trim();
  };
  put('source', group.source);
  if (parseAddress(destination)) put('remote_ip', destination);
  else if (DOMAIN.test(destination))
    put(HOST.test(destination) && stage !== 'dns' ? 'remote_host' : 'domain', destination);
  else put('destination', destination);
  put('remote_host', group.host);
  if (group.address !== null && parseAddress(group.address)) put('remote_ip', group.address);
  put('reply', group.reply);
  put('error', group.error);
  put('connections', String(count));
  put('messages', String(group.messages));
  put('time', group.first);
  put('until', group.last === group.first ? null : group.last);
  const to = destination === '' ? '' : ` to ${destination}`;
  const times = count === 1 ? '' : `, ${count} times`;
  const what = {
    dns: `The name system knows no way${to}`,
    connect: `No connection${to} was made`,
    none: `A connection${to} was made and failed later`,
  }[stage];
  return {
    kind: 'session',
    id: stage,
    source: 'connectivity log',
    title: `${what}${times}`,
    line,
    fields,
    local: 'the server that wrote the log',
    remote: 'the destination',
  };
}
