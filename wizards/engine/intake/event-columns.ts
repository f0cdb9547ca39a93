/** Events as tables with a line of dashes below the names: Format-Table of PowerShell, eventquery's /FO TABLE. */
import { EMPTY, type EventRecord, eventNumber } from './event-record.ts';
import { withoutQuoteMarks } from './quote-marks.ts';

type Column = 'source' | 'id' | 'level' | 'time' | 'computer' | 'message';
/** A column from its first character to the one behind its last dash. */
type Span = { column: Column | null; from: number; to: number };

const COLUMNS: Record<string, Column> = {
  TimeCreated: 'time',
  TimeGenerated: 'time',
  Time: 'time',
  'Date Time': 'time',
  Id: 'id',
  EventID: 'id',
  InstanceID: 'id',
  InstanceId: 'id',
  Event: 'id',
  'Event ID': 'id',
  LevelDisplayName: 'level',
  EntryType: 'level',
  Type: 'level',
  ProviderName: 'source',
  Source: 'source',
  MachineName: 'computer',
  ComputerName: 'computer',
  Message: 'message',
  Description: 'message',
};
const SIGNS = ['TimeCreated', 'EntryType', 'ComputerName', 'ProviderName', 'InstanceI'];
const RULE = /^\s*(?:-{2,}|={2,})(?:\s+(?:-{2,}|={2,}))+\s*$/;
/** How far above its table Get-WinEvent names the provider. */
const GROUP_ABOVE = 4;
const LONGEST_LINE = 20_000;

/** The first `most` events in order. */
export function readEventColumns(text: string, most: number): EventRecord[] {
  if (!SIGNS.some((sign) => text.includes(sign)) || !/--|==/.test(text)) return [];
  const lines = withoutQuoteMarks(text).split(/\r?\n/);
  const records: EventRecord[] = [];
  for (let n = 1; n < lines.length && records.length < most; n += 1) {
    const rule = lines[n] as string;
    if (rule.length > LONGEST_LINE || !RULE.test(rule)) continue;
    const spans = spansOf(lines[n - 1] as string, rule);
    if (!spans.some(({ column }) => column === 'id') || spans.filter(({ column }) => column).length < 3) continue;
    const source = groupAbove(lines, n - 1);
    for (n += 1; n < lines.length && records.length < most; n += 1) {
      const record = recordOf(lines[n] as string, spans, n + 1, source);
      if (!record) break;
      records.push(record);
    }
  }
  return records;
}

function spansOf(names: string, rule: string): Span[] {
  const runs = [...rule.matchAll(/-+|=+/g)].map(({ 0: run, index }) => ({ from: index, to: index + run.length }));
  return runs.map(({ from, to }, i) => {
    const name = cell(names, runs, i);
    return { column: COLUMNS[name] ?? null, from, to };
  });
}

/** `   ProviderName: MSExchangeTransport` */
function groupAbove(lines: readonly string[], header: number): string | null {
  for (let n = header - 1; n >= 0 && n >= header - GROUP_ABOVE; n -= 1) {
    const found = /^\s*ProviderName:\s*(\S.{0,200})$/.exec(lines[n] as string);
    if (found) return (found[1] as string).trim();
  }
  return null;
}

function recordOf(text: string, spans: Span[], line: number, group: string | null): EventRecord | null {
  if (text.trim() === '' || text.length > LONGEST_LINE) return null;
  const values: Partial<Record<Column, string>> = {};
  for (const [i, { column }] of spans.entries()) if (column) values[column] ??= cell(text, spans, i);
  const id = eventNumber(values.id);
  if (id === null) return null;
  return {
    ...EMPTY,
    line,
    end: line,
    id,
    source: values.source || group,
    level: values.level || null,
    time: values.time || null,
    computer: values.computer || null,
    message: values.message || null,
  };
}

/** What stands in a column: names and texts begin with its dashes, numbers end with them and may begin before. */
function cell(text: string, spans: readonly { from: number; to: number }[], i: number): string {
  const next = spans[i + 1];
  const from = startOf(text, spans[i] as Span);
  return text.slice(from, next ? Math.max(from, startOf(text, next)) : text.length).trim();
}

function startOf(text: string, { from, to }: { from: number; to: number }): number {
  if (from === 0) return 0;
  if (text[from - 1] === ' ' && text[from] !== ' ') return from;
  const last = text.slice(0, to).trimEnd().length;
  return last <= from - 1 && text[from - 1] === ' ' ? from : text.lastIndexOf(' ', last - 1) + 1;
}
