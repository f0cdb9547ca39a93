/** A record of IIS's SMTP service in words. */
import { type IisRecord, ROLE, type Span } from './iis-record.ts';
import type { LogTimes } from './log-clock.ts';
import type { DescribedLine } from './log-dialect.ts';

/** Of what a client said two records, the command and its answer; of what we said or heard one. */
export function describeIis(record: IisRecord, clock: LogTimes): DescribedLine {
  const { time, role } = record;
  const [method, query, status] = [record.method, record.query, record.status].map((span) => textOf(record, span));
  const ends = {
    session: '',
    connector: '',
    local: '',
    remote: textOf(record, record.peer),
    direction: role === ROLE.served ? ('receive' as const) : ('send' as const),
    clock,
  };
  const said = [method, query].filter((part) => part !== '').join(' ');
  const records: DescribedLine['records'] = [{ time, event: 'said', text: said, context: '' }];
  if (role === ROLE.served && status !== '') records.push({ time, event: 'said', text: status as string, context: '' });
  return { records, ends };
}

const decoder = new TextDecoder();

/** Blanks are written as `+`; a hyphen stands for nothing. */
function textOf({ bytes }: IisRecord, { from, to }: Span): string {
  const text = decoder.decode(bytes.subarray(from, to));
  return text === '-' ? '' : text.replaceAll('+', ' ').trim();
}
