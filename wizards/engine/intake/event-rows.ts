/**
 * Events as rows of separated text: Event Viewer's CSV and text files, Export-Csv of Get-WinEvent and Get-EventLog,
 * eventquery's /FO CSV. Windows Server 2003 writes no names of columns but always the same columns (Microsoft cc780824:
 * date, time, source, type, category, event, user, computer, description).
 */
import { readRows } from './delimited.ts';
import { EMPTY, type EventRecord, eventNumber } from './event-record.ts';
import { withoutQuoteMarks } from './quote-marks.ts';

type Column = 'source' | 'id' | 'level' | 'time' | 'computer' | 'message' | 'other';
type Separator = ',' | ';' | '\t';
type Table = { columns: Column[]; separator: Separator; named: boolean };

/** Names in small letters without blanks. */
const COLUMNS: Record<string, Column> = {
  level: 'level',
  leveldisplayname: 'level',
  type: 'level',
  entrytype: 'level',
  dateandtime: 'time',
  datetime: 'time',
  timecreated: 'time',
  timegenerated: 'time',
  date: 'time',
  time: 'time',
  source: 'source',
  providername: 'source',
  eventid: 'id',
  event: 'id',
  id: 'id',
  instanceid: 'id',
  computer: 'computer',
  computername: 'computer',
  machinename: 'computer',
  message: 'message',
  description: 'message',
  taskcategory: 'other',
  category: 'other',
  user: 'other',
  log: 'other',
  logname: 'other',
};
const SERVER_2003: Column[] = ['time', 'time', 'source', 'level', 'other', 'id', 'other', 'computer', 'message'];
const SEPARATORS: Separator[] = [',', ';', '\t'];
/** A name of the column that holds the number; the beginning of a row of Windows Server 2003. */
const NAMES = /(?:^|[,;\t"])(?:Event ?ID|Instance ?ID|Id|Event)(?=[,;\t"]|\r?$)/gim;
const DATED = /^[ \t]{0,8}"?\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"?[,;\t]"?\d{1,2}:\d{2}/gm;
const LONGEST_HEADER = 2000;
/** A description has no more lines than these. */
const MOST_LINES = 400;

/** The first `most` events in order. Lines that belong to no table are passed over. */
export function readEventRows(text: string, most: number): EventRecord[] {
  const plain = withoutQuoteMarks(text);
  const records: EventRecord[] = [];
  const candidates = candidatesIn(plain);
  let line = 1;
  let counted = 0;
  for (let at = candidates(0); at !== null && records.length < most; ) {
    for (let end = plain.indexOf('\n', counted); end >= 0 && end < at; end = plain.indexOf('\n', end + 1)) {
      line += 1;
      counted = end + 1;
    }
    const newline = plain.indexOf('\n', at);
    const next = newline < 0 ? plain.length : newline + 1;
    const table = tableAt(plain.slice(at, Math.min(next, at + LONGEST_HEADER)).trim());
    const skipped = table?.named ? 1 : 0;
    const rows = table ? rowsOf(plain.slice(table.named ? next : at), table, most - records.length) : [];
    for (const row of rows)
      records.push({ ...row, line: row.line + line - 1 + skipped, end: row.end + line - 1 + skipped });
    // Behind the last row, at least one line further.
    let behind = next;
    for (let n = 1; n < skipped + (rows.at(-1)?.end ?? 0); n += 1) {
      const end = plain.indexOf('\n', behind);
      behind = end < 0 ? plain.length : end + 1;
    }
    at = candidates(behind);
  }
  return records;
}

/** Gives the start of the next line from an offset on that could begin a table. Each place is looked for once. */
function candidatesIn(text: string): (from: number) => number | null {
  const nexts = [NAMES, DATED].map((pattern) => {
    const own = new RegExp(pattern);
    let found = -1;
    return (from: number): number => {
      if (found < from) {
        own.lastIndex = from;
        found = own.exec(text)?.index ?? Number.POSITIVE_INFINITY;
      }
      return found;
    };
  });
  return (from) => {
    const found = Math.min(...nexts.map((next) => next(from)));
    return found === Number.POSITIVE_INFINITY ? null : Math.max(from, text.lastIndexOf('\n', found - 1) + 1);
  };
}

/** What a line announces: names of columns, or a first row of Windows Server 2003. */
function tableAt(line: string): Table | null {
  if (line.search(NAMES) >= 0) {
    for (const separator of SEPARATORS) {
      if (!line.includes(separator)) continue;
      const names = firstRow(line, separator);
      const columns = names.map(columnOf);
      const known = columns.filter((column) => column !== 'other').length;
      const least = names.length === 2 && line.startsWith('"') ? 2 : 3;
      if (columns.includes('id') && known >= least) return { columns, separator, named: true };
    }
  }
  if (line.search(DATED) < 0) return null;
  for (const separator of SEPARATORS) {
    const fields = firstRow(line, separator);
    if (fields.length >= 8 && eventNumber(fields[5]) !== null) {
      return { columns: SERVER_2003, separator, named: false };
    }
  }
  return null;
}

function firstRow(line: string, separator: Separator): string[] {
  for (const { fields } of readRows(line, separator)) return fields;
  return [];
}

const columnOf = (name: string): Column => COLUMNS[name.replace(/[\s\ufeff]/g, '').toLowerCase()] ?? 'other';

/** Rows as long as they fit; lines that follow one at once go on with its description. */
function rowsOf(text: string, table: Table, most: number): EventRecord[] {
  const records: EventRecord[] = [];
  for (const row of readRows(text, table.separator)) {
    const last = records.at(-1);
    const record = recordOf(row.fields, table);
    if (record) {
      if (records.length === most) break;
      records.push({ ...record, line: row.line, end: row.end });
    } else if (!last?.message || row.line !== last.end + 1 || row.end - last.line > MOST_LINES) break;
    else {
      last.message += `\n${row.fields.join(table.separator)}`;
      last.end = row.end;
    }
  }
  return records;
}

function recordOf(fields: string[], { columns, separator, named }: Table): EventRecord | null {
  const all = (column: Column): string[] =>
    columns.flatMap((each, i) => (each === column && fields[i]?.trim() ? [fields[i]?.trim() as string] : []));
  const id = eventNumber(all('id')[0]);
  if (id === null || fields.length < columns.length - (named ? 0 : 1)) return null;
  return {
    ...EMPTY,
    line: 0,
    end: 0,
    id,
    source: all('source')[0] ?? null,
    // PowerShell prints the level as a number too.
    level: all('level').find((level) => !/^\d+$/.test(level)) ?? null,
    time: all('time').join(' ') || null,
    computer: all('computer')[0] ?? null,
    message: descriptionOf(fields, columns, separator),
  };
}

/** The last column, which Event Viewer leaves without a name; where it has no quotes its own commas part it. */
function descriptionOf(fields: string[], columns: Column[], separator: Separator): string | null {
  const at = columns.indexOf('message');
  const isLast = at < 0 || at === columns.length - 1;
  const message = isLast ? fields.slice(at < 0 ? columns.length : at).join(separator) : fields[at];
  return message?.trim() || null;
}
