/** Reads sessions in full: their lines are fetched from the logs again, file by file. */

import type { RowFilter } from '../../wizards/engine/logs/log-groups.ts';
import { LogReader, type SeenRecord } from '../../wizards/engine/logs/log-reader.ts';
import { describeSession, type SessionDetail } from '../../wizards/engine/logs/session-detail.ts';
import { FLAG } from '../../wizards/engine/logs/session-fold.ts';
import { COLUMN, COLUMNS } from '../../wizards/engine/logs/session-rows.ts';
import { recordsOf } from '../../wizards/engine/logs/sessions-in-text.ts';
import { openLogBytes } from './log-bytes.ts';
import type { LogRun } from './log-run.ts';

export type SessionLine = { file: string; line: number; text: string };
export type FoundSession = SessionDetail & {
  /** Where its first record stands. */
  file: string;
  line: number;
  /** Whether no record of it is missing. */
  whole: boolean;
  lines: SessionLine[];
};
type Wanted = {
  /** Records that are still to come. */
  left: number;
  whole: boolean;
  /** As the row has them, for logs that do not name them in each line. */
  fallback: { remote: string; connector: string };
  seen: { file: number; record: SeenRecord }[];
};

/** The sessions that the filter accepts, each as soon as its last record was read. */
export async function* readSessions(run: LogRun, accepts: RowFilter | null): AsyncGenerator<FoundSession> {
  const byFile = wantedByFile(run, accepts);
  for (const file of [...byFile.keys()].sort((a, b) => a - b)) {
    const wanted = byFile.get(file) as Map<string, Wanted>;
    const done: Wanted[] = [];
    const reader = new LogReader();
    reader.beginFile(file);
    reader.observer = {
      wants: (high, low) => wanted.has(`${high} ${low}`),
      take: (record) => {
        const one = wanted.get(`${record.high} ${record.low}`) as Wanted;
        one.seen.push({ file, record });
        one.left -= record.tokens.length;
        if (one.left === 0) done.push(one);
      },
    };
    const source = run.sources[file];
    if (!source) continue;
    for await (const bytes of openLogBytes(source)) {
      reader.push(bytes);
      for (const one of done.splice(0)) yield sessionOf(run, one);
    }
    reader.endFile();
    for (const one of done.splice(0)) yield sessionOf(run, one);
  }
  // A log that was changed or moved away since it was counted: what is left of its sessions.
  const all = new Set([...byFile.values()].flatMap((wanted) => [...wanted.values()]));
  for (const one of all) if (one.left > 0 && one.seen.length > 0) yield sessionOf(run, { ...one, whole: false });
}

function wantedByFile(run: LogRun, accepts: RowFilter | null): Map<number, Map<string, Wanted>> {
  const byFile = new Map<number, Map<string, Wanted>>();
  const want = (file: number, key: string, wanted: Wanted): void => {
    let list = byFile.get(file);
    if (!list) {
      list = new Map();
      byFile.set(file, list);
    }
    list.set(key, wanted);
  };
  for (const { count, whole, wide } of run.index.blocks()) {
    for (let row = 0; row < count; row += 1) {
      if (accepts && !accepts(whole, wide, row)) continue;
      const at = row * COLUMNS;
      const key = `${whole[at + COLUMN.high]} ${whole[at + COLUMN.low]}`;
      const flags = (whole[at + COLUMN.state] as number) >> 8;
      const places = run.parts.placesOf(whole[at + COLUMN.high] as number, whole[at + COLUMN.low] as number);
      const left = places
        ? places.reduce((sum, place) => sum + place.records, 0)
        : (whole[at + COLUMN.records] as number);
      const fallback = {
        remote: run.texts.remotes[whole[at + COLUMN.remote] as number] ?? '',
        connector: run.texts.connectors[whole[at + COLUMN.connector] as number] ?? '',
      };
      const wanted: Wanted = { left, whole: (flags & FLAG.whole) !== 0, fallback, seen: [] };
      for (const file of places ? new Set(places.map((place) => place.file)) : [whole[at + COLUMN.file] as number])
        want(file, key, wanted);
    }
  }
  return byFile;
}

function sessionOf(run: LogRun, { seen, whole, fallback }: Wanted): FoundSession {
  seen.sort((a, b) => a.record.number - b.record.number);
  const { ends, records } = recordsOf(seen.map(({ record }) => record));
  ends.remote ||= fallback.remote;
  ends.connector ||= fallback.connector;
  const name = (file: number): string => run.sources[file]?.name ?? '';
  const first = seen[0] as (typeof seen)[number];
  return {
    ...describeSession(ends, records),
    file: name(first.file),
    line: first.record.line,
    whole,
    lines: seen.map(({ file, record }) => ({ file: name(file), line: record.line, text: record.text })),
  };
}
