/** Lines of MSGTRK*.LOG, with their header or without it. */
import { TRACKING_FIELDS, type TrackingFold, type TrackingRow } from '../logs/tracking.ts';
import { EVENTS, SOURCES } from '../logs/tracking-events.ts';
import { readRows } from './delimited.ts';

const START = /^(?:#Fields: *date-time,client-ip,|\d{4}-\d\d-\d\dT[\d:.]{8,16}Z,)/m;
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]{8,16}Z$/;
/** Exchange 2007 and 2010 write no network-message-id, the twelfth field of later versions. */
const OLD_FIELDS = TRACKING_FIELDS.filter((name) => name !== 'network-message-id');
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Columns up to the recipients, without which a row says nothing. */
const LEAST_FIELDS = 12;

/** Puts all rows of tracking into the fold; other lines are passed over. `taken`: lines that belong to others. */
export function pushLogLines(text: string, fold: TrackingFold, taken: (line: number) => boolean): void {
  const first = START.exec(text);
  if (!first) return;
  const above = text.slice(0, first.index).split(/\r\n|\r|\n/).length - 1;
  let names: string[] | null = null;
  for (const { line, end, fields } of readRows(text.slice(first.index))) {
    const head = fields[0] as string;
    if (head.startsWith('#')) {
      // Another log may follow; its header says what its rows are.
      if (head.startsWith('#Fields:')) names = namesOf([head.slice(8), ...fields.slice(1)]);
      continue;
    }
    if (fields.length < LEAST_FIELDS || !TIME.test(head) || taken(above + line)) continue;
    const used = names ?? (GUID.test(fields[11] ?? '') || !fields[11]?.includes('@') ? TRACKING_FIELDS : OLD_FIELDS);
    const row = rowOf(used, fields);
    // Without a header the place of event and source has to show that this is tracking.
    if (!EVENTS.has(row['event-id'] ?? '') || (names === null && !SOURCES.has(row.source ?? ''))) continue;
    fold.push(row, above + line, above + end);
  }
}

function namesOf(fields: readonly string[]): string[] {
  return fields.map((name) => name.trim().toLowerCase());
}

/** The columns that are used; of the subject nothing is taken. */
const WANTED = new Set(TRACKING_FIELDS.slice(0, 22).filter((name) => name !== 'message-subject'));

function rowOf(names: readonly string[], fields: readonly string[]): TrackingRow {
  const row: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const value = fields[index];
    if (value && WANTED.has(name)) row[name] = value;
  }
  return row;
}
