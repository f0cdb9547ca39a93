/** One record of IIS's SMTP service, whatever the layout of the log it stands in (facts 4.3). */
import { asciiAt, findAscii, VERB, verbOf } from './tokens.ts';

/** Where a value begins and ends in the bytes of a line. */
export type Span = { from: number; to: number };

/** What a record tells. */
export const ROLE = {
  /** What a client said to us and what it was answered: both in one record. */
  served: 0,
  /** What we said to another server. */
  sent: 1,
  /** What another server answered us. */
  heard: 2,
} as const;

export type IisRecord = {
  bytes: Uint8Array;
  role: number;
  /** Words, -1 where there is none. */
  remote: number;
  site: number;
  time: number;
  peer: Span;
  method: Span;
  query: Span;
  /** Empty where the log has no such field. */
  status: Span;
  offset: number;
  line: number;
};

/** A record to be filled line by line. */
export function emptyRecord(): IisRecord {
  const span = (): Span => ({ from: 0, to: 0 });
  return {
    bytes: new Uint8Array(0),
    role: ROLE.served,
    remote: -1,
    site: -1,
    time: Number.NaN,
    peer: span(),
    method: span(),
    query: span(),
    status: span(),
    offset: 0,
    line: 0,
  };
}

const OUTBOUND = 'OUTBOUNDCONNECTION';

/** The user of a record is one of two names where the server is the client. */
export function roleOf(bytes: Uint8Array, { from, to }: Span): number {
  if (to - from < OUTBOUND.length || !asciiAt(bytes, from, OUTBOUND)) return ROLE.served;
  const rest = from + OUTBOUND.length;
  if (to - rest === 7 && asciiAt(bytes, rest, 'COMMAND')) return ROLE.sent;
  return to - rest === 8 && asciiAt(bytes, rest, 'RESPONSE') ? ROLE.heard : ROLE.served;
}

/** Nothing, or the hyphen of IIS. */
export const isEmpty = (bytes: Uint8Array, { from, to }: Span): boolean =>
  to <= from || (to - from === 1 && bytes[from] === 45);

export const isNamed = (bytes: Uint8Array, { from, to }: Span, name: string): boolean =>
  to - from === name.length && asciiAt(bytes, from, name);

/** The verb of the method. A chunk is the last one unless its query is but a size. */
export function verbOfRecord({ bytes, method, query }: IisRecord): number {
  const verb = verbOf(bytes, method.from, method.to);
  if (verb !== VERB.bdat) return verb;
  if (findAscii(bytes, query.from, query.to, 'LAST') >= 0) return VERB.bdatLast;
  for (let at = query.from; at < query.to; at += 1) {
    const byte = bytes[at] as number;
    if (byte !== 43 && (byte < 48 || byte > 57)) return VERB.bdatLast;
  }
  return isEmpty(bytes, query) ? VERB.bdatLast : VERB.bdat;
}

/** The number in `sc-status`: 0 for a hyphen or none, -1 for what is no number. */
export function statusOf({ bytes, status }: IisRecord): number {
  if (isEmpty(bytes, status)) return 0;
  let value = 0;
  for (let at = status.from; at < status.to; at += 1) {
    const digit = (bytes[at] as number) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
    if (value > 65_535) return -1;
  }
  return value;
}
