/** A message of message tracking, made into a finding. */

import { serverOf, type TrackedMessage } from '../logs/tracking.ts';
import type { Outcome } from '../logs/tracking-events.ts';
import { parseAddress } from '../parameters/ip-ranges.ts';
import type { Finding } from './finding.ts';
import { readLastError } from './last-error.ts';

const LONGEST_FIELD = 1000;

/**
 * Fields: `message_id event tracking_source time local_server connector send_connector sender recipient reply
 * accepted_with deferred_with remote_host remote_ip stations`. `reply` is a refusal or a delay; what the next server said when it
 * took the message is `accepted_with`, and what put it off before `deferred_with`. `alone`: no row of another message stands between its rows, so all lines are its.
 */
export function findingOfMessage(message: TrackedMessage, alone: boolean): Finding {
  const { outcome, event, last, messageId, sender, way, more, firstLine, endLine } = message;
  const fields: Record<string, string> = {};
  const put = (name: string, value: string | null | undefined): void => {
    const text = value?.trim().slice(0, LONGEST_FIELD).trim();
    if (text) fields[name] = text;
  };
  const handed = outcome === 'handed-over';
  const status = last['recipient-status']?.replace(/^\{(?!LED=)(.*)\}$/s, '$1') ?? '';
  const error = status === '' ? null : readLastError(status);
  put('message_id', messageId);
  put('event', event);
  put('tracking_source', last.source?.toUpperCase());
  put('time', last['date-time']);
  put('local_server', serverOf(last, event));
  put(handed || event === 'DEFER' ? 'send_connector' : 'connector', last['connector-id']);
  put('sender', sender);
  put('recipient', last['recipient-address']);
  if (outcome === 'refused' || outcome === 'waiting' || outcome === 'lost') put('reply', error?.reply);
  else if (handed) put('accepted_with', error?.reply ?? status);
  const deferral = message.deferred === null ? null : readLastError(message.deferred);
  put('deferred_with', deferral?.reply);
  const address = error?.remote_ip ?? addressOf(message);
  put('remote_host', error?.remote_host);
  put('remote_ip', address);
  // Who put it off is taken for who refused it unless another address stands there.
  if (
    outcome === 'refused' &&
    deferral &&
    !error?.remote_host &&
    (address ?? deferral.remote_ip) === deferral.remote_ip
  ) {
    put('remote_host', deferral.remote_host);
    put('remote_ip', deferral.remote_ip);
  }
  if (handed) {
    put('remote_host', last['server-hostname']);
    if (parseAddress(last['server-ip'] ?? '')) put('remote_ip', last['server-ip']);
  }
  put('stations', String(way.length + more));
  return {
    kind: 'tracking',
    id: event,
    source: 'message tracking',
    title: titleOf(message, fields.remote_host),
    line: firstLine,
    end: alone ? endLine : firstLine,
    fields,
    local: 'the server that wrote the row',
    remote: handed ? 'the server that took the message' : null,
    way,
  };
}

/**
 * The other server of a refusal by SMTP: by the documentation `server-ip` is "the source or destination server", so
 * it is taken only where another row shows that it is not our own.
 */
function addressOf({ outcome, last, ownAddress }: TrackedMessage): string | null {
  const address = last['server-ip']?.trim() ?? '';
  if ((outcome !== 'refused' && outcome !== 'waiting') || last.source?.toUpperCase() !== 'SMTP') return null;
  return ownAddress !== null && ownAddress !== address && parseAddress(address) ? address : null;
}

const WHAT: Record<Outcome, string> = {
  refused: 'was refused',
  lost: 'was dropped',
  waiting: 'waits',
  accepted: 'was taken in, and nothing more is known of it',
  'handed-over': 'was handed over',
  delivered: 'was delivered',
};

function titleOf({ outcome, event, last, messageId }: TrackedMessage, remote: string | undefined): string {
  const name = messageId === null ? 'A message' : `Message ${messageId}`;
  const to = outcome === 'handed-over' && remote !== undefined ? ` to ${remote}` : '';
  return `${name} ${WHAT[outcome]}${to} (${[event, last.source?.toUpperCase()].filter((part) => part).join(', ')})`;
}
