/** Events as lists of properties: Format-List of PowerShell, wevtutil's text, eventquery's list. */
import { bytesOfList } from './event-bytes.ts';
import { type Dialect, EVENTQUERY, POWERSHELL, type Property, WEVTUTIL } from './event-labels.ts';
import { EMPTY, type EventRecord, eventNumber } from './event-record.ts';
import { type Block, propertyBlocks } from './property-blocks.ts';
import { withoutQuoteMarks } from './quote-marks.ts';

/** The first `most` events of each dialect, in order. */
export function readEventProperties(text: string, most: number): EventRecord[] {
  const dialects = [WEVTUTIL, EVENTQUERY, POWERSHELL].filter(({ signs }) => signs.some((sign) => text.includes(sign)));
  if (dialects.length === 0) return [];
  const lines = withoutQuoteMarks(text).split(/\r?\n/);
  const records: EventRecord[] = [];
  for (const dialect of dialects) {
    for (const block of propertyBlocks(lines, dialect, 2 * most)) {
      const record = recordOf(block, dialect);
      if (record) records.push(record);
    }
  }
  return records.sort((a, b) => a.line - b.line).slice(0, most);
}

function recordOf({ line, end, values }: Block, dialect: Dialect): EventRecord | null {
  if (dialect.proof.filter((name) => values.has(name)).length < dialect.proofs) return null;
  const of = (property: Property): string | undefined => {
    const name = Object.keys(dialect.labels).find((each) => dialect.labels[each] === property && values.has(each));
    return name === undefined ? undefined : values.get(name)?.join('\n').trim() || undefined;
  };
  const id = eventNumber(of('id'));
  if (id === null) return null;
  const source = oneLine(of('source'));
  const message = of('message') ?? null;
  if (source === null && message === null) return null;
  return {
    ...EMPTY,
    line,
    end,
    id,
    source,
    level: oneLine(of('level')),
    time: oneLine(of('time')),
    computer: oneLine(of('computer')),
    message,
    bytes: bytesOfList(oneLine(of('bytes')) ?? ''),
  };
}

const oneLine = (value: string | undefined): string | null => value?.replace(/\s+/g, ' ') || null;
