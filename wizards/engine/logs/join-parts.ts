/** Joins the parts of sessions that run over the ends of files, or whose records are not in order. */
import type { SessionPart } from './open-sessions.ts';
import { FLAG, SessionFold } from './session-fold.ts';
import { COLUMN, COLUMNS, type SessionRows, WIDE, WIDES } from './session-rows.ts';

/** The parts of each session, by the log's own id. */
export function partsBySession(parts: readonly SessionPart[]): SessionPart[][] {
  const bySession = new Map<string, SessionPart[]>();
  for (const part of parts) {
    const key = `${part.high} ${part.low}`;
    const list = bySession.get(key);
    if (list) list.push(part);
    else bySession.set(key, [part]);
  }
  return [...bySession.values()];
}

/** Whether the beginning of the session is among its parts. */
export const hasBeginning = (parts: readonly SessionPart[]): boolean =>
  parts.some(({ tokens }) => {
    for (let i = 0; i < tokens.length; i += 3) if (tokens[i] === 0) return true;
    return false;
  });

/** Adds the row of a session of several parts. Records are taken in the order of their numbers, then of their times. */
export function joinParts(parts: readonly SessionPart[], rows: SessionRows, fold = new SessionFold()): void {
  const records: { number: number; time: number; token: number; word: number; part: SessionPart }[] = [];
  for (const part of parts) {
    const { tokens, times } = part;
    for (let i = 0; i < times.length; i += 1) {
      const [number, token, word] = [tokens[i * 3], tokens[i * 3 + 1], tokens[i * 3 + 2]] as [number, number, number];
      records.push({ number, time: times[i] as number, token, word, part });
    }
  }
  records.sort((a, b) => a.number - b.number || a.time - b.time || a.part.file - b.part.file);
  fold.reset();
  let gap = false;
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (const [i, { number, time, token, word }] of records.entries()) {
    fold.push(token, word);
    if (number !== i) gap = true;
    if (time < start) start = time;
    if (time > end) end = time;
  }
  fold.finish();
  const first = (records[0] as (typeof records)[number]).part;
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
