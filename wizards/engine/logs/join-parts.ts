/** Joins the parts of sessions that run over the ends of files, or whose records are not in order. */
import type { SessionPart } from './part-index.ts';
import { FLAG, SessionFold } from './session-fold.ts';
import { COLUMN, COLUMNS, type SessionRows, WIDE, WIDES } from './session-rows.ts';

/** Whether the beginning of the session is among its parts. */
export const hasBeginning = (parts: readonly SessionPart[]): boolean =>
  parts.some(({ tokens }) => {
    for (let i = 0; i < tokens.length; i += 3) if (tokens[i] === 0) return true;
    return false;
  });

/** Adds the row of a session of several parts. Records are taken in the order of their numbers, then of their times. */
export function joinParts(parts: readonly SessionPart[], rows: SessionRows, fold = new SessionFold()): void {
  fold.reset();
  let gap = false;
  let next = 0;
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  let first = parts[0] as SessionPart;
  const take = ({ tokens, times }: SessionPart, i: number): void => {
    fold.push(tokens[i * 3 + 1] as number, tokens[i * 3 + 2] as number);
    if (tokens[i * 3] !== next) gap = true;
    next += 1;
    const time = times[i] as number;
    if (time < start) start = time;
    if (time > end) end = time;
  };
  if (parts.length === 1 && isInOrder(first)) for (let i = 0; i < first.times.length; i += 1) take(first, i);
  else {
    const records = inOrder(parts);
    first = (records[0] as PlacedRecord).part;
    for (const [at, { part, i }] of records.entries()) {
      // What was written twice happened once.
      if (isRepeated(records, at)) gap = true;
      else take(part, i);
    }
  }
  fold.finish();
  const whole = !gap && (fold.flags & FLAG.ended) !== 0;
  const row = rows.add();
  const to = row * COLUMNS;
  rows.whole[to + COLUMN.file] = first.file;
  rows.whole[to + COLUMN.high] = first.high;
  rows.whole[to + COLUMN.low] = first.low;
  rows.whole[to + COLUMN.remote] = parts.find(({ remote }) => remote >= 0)?.remote ?? -1;
  rows.whole[to + COLUMN.connector] = parts.find(({ connector }) => connector >= 0)?.connector ?? -1;
  rows.whole[to + COLUMN.reply] = fold.reply;
  rows.whole[to + COLUMN.state] = fold.stage | ((fold.flags | (whole ? FLAG.whole : 0)) << 8);
  rows.whole[to + COLUMN.delivered] = fold.delivered;
  rows.whole[to + COLUMN.records] = first.times.length;
  rows.whole[to + COLUMN.line] = first.line;
  rows.wide[row * WIDES + WIDE.start] = start;
  rows.wide[row * WIDES + WIDE.end] = end;
  rows.wide[row * WIDES + WIDE.offset] = first.offset;
}

function isInOrder({ tokens, times }: SessionPart): boolean {
  for (let i = 1; i < times.length; i += 1)
    if ((tokens[i * 3] as number) <= (tokens[i * 3 - 3] as number)) return false;
  return true;
}

/** So far back a record is compared: a broken log may have any number of one number. */
const MOST_ALIKE = 8;

type PlacedRecord = { part: SessionPart; i: number; number: number; time: number };

function inOrder(parts: readonly SessionPart[]): PlacedRecord[] {
  const records: PlacedRecord[] = [];
  for (const part of parts) {
    const { tokens, times } = part;
    for (let i = 0; i < times.length; i += 1)
      records.push({ part, i, number: tokens[i * 3] as number, time: times[i] as number });
  }
  return records.sort((a, b) => a.number - b.number || a.time - b.time || a.part.file - b.part.file);
}

/** Whether the very same record stands before it, among those of its number and time. */
function isRepeated(records: readonly PlacedRecord[], at: number): boolean {
  const { part, i, number, time } = records[at] as PlacedRecord;
  for (let before = at - 1; before >= Math.max(0, at - MOST_ALIKE); before -= 1) {
    const other = records[before] as PlacedRecord;
    if (other.number !== number || other.time !== time) return false;
    const [token, word] = [other.i * 3 + 1, other.i * 3 + 2];
    if (other.part.tokens[token] === part.tokens[i * 3 + 1] && other.part.tokens[word] === part.tokens[i * 3 + 2])
      return true;
  }
  return false;
}
