/** Records as zone files write them. */
import type { Answer as AnsweredRecord } from 'dns-packet';
import type { DnsRecord } from '../../../wizards/engine/probe/dns/answer.ts';
import { plainName } from '../../../wizards/engine/probe/dns/names.ts';

/** More of one answer are not kept: 64 KB hold some thousand. */
const MOST_RECORDS = 1000;

export const recordsOf = (answers: readonly AnsweredRecord[]): DnsRecord[] =>
  answers.slice(0, MOST_RECORDS).flatMap((answer) => {
    const value = valueIn(answer);
    return value === null
      ? []
      : [{ name: answer.name, type: answer.type, ttl: ('ttl' in answer && answer.ttl) || 0, value }];
  });

/** Null for what no probe asks for. */
function valueIn(answer: AnsweredRecord): string | null {
  switch (answer.type) {
    case 'A':
    case 'AAAA':
      return answer.data;
    case 'CNAME':
    case 'PTR':
      return plainName(answer.data);
    case 'MX':
      return `${answer.data.preference ?? 0} ${plainName(answer.data.exchange)}`;
    case 'TXT':
      return joined(answer.data);
    default:
      return null;
  }
}

/** A text comes in parts of 255 bytes that belong together without a blank (RFC 7208 section 3.3). */
function joined(data: string | Buffer | (string | Buffer)[]): string {
  const parts = Array.isArray(data) ? data : [data];
  return parts.map((part) => (typeof part === 'string' ? part : part.toString('utf8'))).join('');
}
