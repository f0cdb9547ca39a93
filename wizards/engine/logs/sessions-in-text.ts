/** The sessions in a piece of log that was pasted: the reader of log files, over a text. */
import { LogReader, type SeenRecord } from './log-reader.ts';
import { describeSession, type SessionDetail } from './session-detail.ts';
import type { SessionEnds, SessionRecord } from './session-record.ts';
import { kindOf, REPLY } from './tokens.ts';

export type TextSession = SessionDetail & { line: number; lastLine: number };

/** In the order of their first lines; `most` at the most, and how many there are in all. */
export function sessionsInText(text: string, most: number): { sessions: TextSession[]; total: number } {
  const reader = new LogReader();
  const seen = new Map<string, SeenRecord[]>();
  let total = 0;
  reader.observer = {
    wants: () => true,
    take: (record) => {
      const key = `${record.high} ${record.low}`;
      const list = seen.get(key);
      if (list) list.push(record);
      else {
        total += 1;
        if (seen.size < most) seen.set(key, [record]);
      }
    },
  };
  reader.beginFile(0);
  reader.push(new TextEncoder().encode(text));
  reader.endFile();
  return { sessions: [...seen.values()].map(sessionFrom), total };
}

function sessionFrom(seen: SeenRecord[]): TextSession {
  const { ends, records } = recordsOf(seen);
  const lines = seen.map(({ line }) => line);
  return {
    ...describeSession(ends, records),
    line: lines.reduce((least, line) => Math.min(least, line)),
    lastLine: lines.reduce((largest, line) => Math.max(largest, line)),
  };
}

/** With so many of one number a record is compared: a broken log may have any number of them. */
const MOST_ALIKE = 8;

const isSame = (a: SeenRecord, b: SeenRecord): boolean =>
  a.described.records.length === b.described.records.length &&
  a.described.records.every(({ time, event, text, context }, i) => {
    const other = b.described.records[i];
    return time === other?.time && event === other.event && text === other.text && context === other.context;
  });

/** The records of one session in their order, in words, and what they have in common. */
export function recordsOf(seen: readonly SeenRecord[]): { ends: SessionEnds; records: SessionRecord[] } {
  const records: SessionRecord[] = [];
  const ends: SessionEnds = { session: '', connector: '', local: '', remote: '', direction: null, clock: 'utc' };
  let before: SeenRecord[] = [];
  for (const record of [...seen].sort((a, b) => a.number - b.number)) {
    if (before[0]?.number !== record.number) before = [];
    // What was written twice happened once.
    if (before.some((other) => isSame(other, record))) continue;
    if (before.length < MOST_ALIKE) before.push(record);
    const { described, tokens, line, number } = record;
    for (const key of ['session', 'connector', 'local', 'remote'] as const) ends[key] ||= described.ends[key];
    ends.direction ??= described.ends.direction;
    ends.clock = described.ends.clock;
    // A line of command and reply together: what is a reply belongs to the second of its records.
    const reply = tokens.findIndex((token) => kindOf(token) === REPLY);
    const answered = reply < 0 ? tokens.length : reply;
    for (const [i, each] of described.records.entries()) {
      const own =
        described.records.length === 1 ? tokens : i === 0 ? tokens.slice(0, answered) : tokens.slice(answered);
      records.push({ ...each, tokens: own, line, number });
    }
  }
  return { ends, records };
}
