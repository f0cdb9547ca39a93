/** What a set of logs says, as one document: counts, groups, and what could not be read. Two of them can be joined. */
import type { Suggestion } from '../intake/finding.ts';
import type { ConnectivityCounts } from './connectivity.ts';
import type { LogGroups } from './log-groups.ts';
import { NONE, type SessionStage, STAGES, stageName } from './stages.ts';
import type { TrackingCounts } from './tracking.ts';

export type LogPlace = { file: string; line: number };
export type BadLines = { file: string; line: number; why: string; count: number };
export type SkippedFile = { file: string; why: string };

/** One that was read in part says so itself. */
export const skippedWords = ({ file, why }: SkippedFile): string =>
  why.startsWith('read ') ? `${file} was ${why}.` : `${file} is left out: ${why}.`;

export type ReplyCount = {
  /** Empty where no reply came. */
  reply: string;
  stage: SessionStage;
  count: number;
  /** Sessions among them in which a device wrote over verbs or banner. */
  overwritten: number;
  /** The one remote of all of them, or null when there are several. */
  remote: string | null;
  connector: string | null;
  /** Times of the first and the last session (UTC), and where the first stands. */
  first: string;
  last: string;
  at: LogPlace;
};
export type HourCount = { hour: string; sessions: number; failed: number; by_stage: StageCounts };
export type StageCounts = Partial<Record<SessionStage, number>>;
/** Of message tracking, where such logs were among the files. */
export type TrackingTotals = TrackingCounts & { files: number };
export type ConnectivityTotals = ConnectivityCounts & { files: number };
export type LogSummary = {
  files: number;
  bytes: number;
  lines: number;
  headers: number;
  records: number;
  bad_lines: number;
  sessions: number;
  delivered: number;
  /** Of the files those whose times are local and name no offset: they are taken as they stand. */
  local_time_files: number;
  /** Times of the first and the last record (UTC). */
  since: string | null;
  until: string | null;
  by_stage: StageCounts;
  by_remote: { remote: string; sessions: number; failed: number }[];
  by_reply: ReplyCount[];
  by_connector: { connector: string; sessions: number; failed: number }[];
  by_hour: HourCount[];
  /** How many rows the lists have where none is left out. */
  totals: { remotes: number; replies: number; connectors: number; hours: number };
  tracking: TrackingTotals | null;
  connectivity: ConnectivityTotals | null;
  bad: BadLines[];
  skipped: SkippedFile[];
  /** Whether the lists leave out no row, so that summaries can be joined. */
  full: boolean;
  suggestions: Suggestion[];
};
/** Words by number, as the rows name them. */
export type WordLists = { remotes: readonly string[]; connectors: readonly string[]; replies: readonly string[] };
export type FileTotals = Pick<
  LogSummary,
  'files' | 'bytes' | 'lines' | 'headers' | 'records' | 'bad_lines' | 'local_time_files'
> &
  Pick<LogSummary, 'bad' | 'skipped' | 'tracking' | 'connectivity'>;

/** As many rows of a list as are shown unless all are asked for. */
export const TOP = 100;

export function summaryOf(
  totals: FileTotals,
  groups: LogGroups,
  words: WordLists,
  fileName: (file: number) => string,
): LogSummary {
  const time = (ms: number): string | null => (Number.isFinite(ms) ? new Date(ms).toISOString() : null);
  const peers = <K extends string>(
    list: readonly { sessions: number; failed: number }[],
    texts: readonly string[],
    key: K,
  ) =>
    list
      .map((counts, index) => ({ [key]: index === 0 ? '' : (texts[index - 1] ?? ''), ...counts }))
      .filter(({ sessions }) => sessions > 0) as ({ [key in K]: string } & { sessions: number; failed: number })[];
  return sorted({
    ...totals,
    sessions: groups.sessions,
    delivered: groups.delivered,
    since: time(groups.first),
    until: time(groups.last),
    by_stage: stageCounts(groups.stages),
    by_remote: peers(groups.remotes, words.remotes, 'remote'),
    by_reply: [...groups.replies.values()].map(
      ({ reply, stage, count, overwritten, remote, connector, first, last, file, line }) => ({
        reply: words.replies[reply] ?? '',
        stage: stageName(stage),
        count,
        overwritten,
        remote: words.remotes[remote] ?? null,
        connector: words.connectors[connector] ?? null,
        first: new Date(first).toISOString(),
        last: new Date(last).toISOString(),
        at: { file: fileName(file), line },
      }),
    ),
    by_connector: peers(groups.connectors, words.connectors, 'connector'),
    by_hour: [...groups.hours].map(([hour, stages]) => {
      const sessions = stages.reduce((sum, count) => sum + count, 0);
      return {
        hour: new Date(hour * 3_600_000).toISOString(),
        sessions,
        failed: sessions - (stages[NONE] as number),
        by_stage: stageCounts(stages),
      };
    }),
    totals: { remotes: 0, replies: 0, connectors: 0, hours: 0 },
    full: true,
    suggestions: [],
  });
}

function stageCounts(stages: readonly number[]): StageCounts {
  const counts: StageCounts = {};
  for (const [index, count] of stages.entries()) if (count > 0) counts[stageName(index)] = count;
  return counts;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Lists descending, hours in their order; and how long they are. */
function sorted(summary: LogSummary): LogSummary {
  summary.by_remote.sort((a, b) => b.sessions - a.sessions || b.failed - a.failed || byText(a.remote, b.remote));
  summary.by_connector.sort((a, b) => b.sessions - a.sessions || byText(a.connector, b.connector));
  summary.by_reply.sort((a, b) => b.count - a.count || stageOrder(a) - stageOrder(b) || byText(a.reply, b.reply));
  summary.by_hour.sort((a, b) => byText(a.hour, b.hour));
  summary.bad.sort((a, b) => byText(a.file, b.file) || a.line - b.line);
  summary.skipped.sort((a, b) => byText(a.file, b.file));
  summary.totals = {
    remotes: summary.by_remote.length,
    replies: summary.by_reply.length,
    connectors: summary.by_connector.length,
    hours: summary.by_hour.length,
  };
  return summary;
}

const stageOrder = ({ stage }: ReplyCount): number => STAGES.indexOf(stage as (typeof STAGES)[number]);

/** The same with the longest lists cut to their top. Hours are never cut. */
export function topOf(summary: LogSummary): LogSummary {
  const cut = <T>(list: T[]): T[] => list.slice(0, TOP);
  const { by_remote, by_reply, by_connector, bad } = summary;
  if (Math.max(by_remote.length, by_reply.length, by_connector.length, bad.length) <= TOP)
    return { ...summary, full: false };
  return {
    ...summary,
    by_remote: cut(by_remote),
    by_reply: cut(by_reply),
    by_connector: cut(by_connector),
    bad: cut(bad),
    full: false,
  };
}

type SummedKey =
  | 'files'
  | 'bytes'
  | 'lines'
  | 'headers'
  | 'records'
  | 'bad_lines'
  | 'local_time_files'
  | 'sessions'
  | 'delivered';

/** Joins summaries that leave out no row: the result is that of reading all their logs together. */
export function mergeSummaries(summaries: readonly LogSummary[]): LogSummary {
  const sum = (key: SummedKey) => summaries.reduce((total, one) => total + one[key], 0);
  const times = (key: 'since' | 'until') => summaries.flatMap((one) => one[key] ?? []).sort();
  return sorted({
    files: sum('files'),
    bytes: sum('bytes'),
    lines: sum('lines'),
    headers: sum('headers'),
    records: sum('records'),
    bad_lines: sum('bad_lines'),
    local_time_files: sum('local_time_files'),
    sessions: sum('sessions'),
    delivered: sum('delivered'),
    since: times('since')[0] ?? null,
    until: times('until').at(-1) ?? null,
    by_stage: addStages(summaries.map((one) => one.by_stage)),
    by_remote: addPeers(
      summaries.flatMap((one) => one.by_remote),
      ({ remote }) => remote,
    ),
    by_connector: addPeers(
      summaries.flatMap((one) => one.by_connector),
      ({ connector }) => connector,
    ),
    by_reply: addReplies(summaries.flatMap((one) => one.by_reply)),
    by_hour: addHours(summaries.flatMap((one) => one.by_hour)),
    totals: { remotes: 0, replies: 0, connectors: 0, hours: 0 },
    tracking: summaries.map((one) => one.tracking).reduce(addCounts, null),
    connectivity: summaries.map((one) => one.connectivity).reduce(addCounts, null),
    bad: summaries.flatMap((one) => one.bad),
    skipped: summaries.flatMap((one) => one.skipped),
    full: true,
    suggestions: [],
  });
}

/** Adds up all numbers, one level deep. */
function addCounts<T extends object>(a: T | null, b: T | null): T | null {
  if (!a || !b) return a ?? b;
  const sum = { ...a } as Record<string, unknown>;
  for (const [key, value] of Object.entries(b)) {
    const known = sum[key];
    if (typeof value === 'number') sum[key] = (typeof known === 'number' ? known : 0) + value;
    else sum[key] = addCounts(known as object, value as object);
  }
  return sum as T;
}

function addStages(all: readonly StageCounts[]): StageCounts {
  const total: StageCounts = {};
  for (const counts of all) {
    for (const [stage, count] of Object.entries(counts) as [SessionStage, number][])
      total[stage] = (total[stage] ?? 0) + count;
  }
  return total;
}

function addPeers<T extends { sessions: number; failed: number }>(rows: readonly T[], keyOf: (row: T) => string): T[] {
  const byKey = new Map<string, T>();
  for (const row of rows) {
    const known = byKey.get(keyOf(row));
    if (!known) byKey.set(keyOf(row), { ...row });
    else {
      known.sessions += row.sessions;
      known.failed += row.failed;
    }
  }
  return [...byKey.values()];
}

function addReplies(rows: readonly ReplyCount[]): ReplyCount[] {
  const byKey = new Map<string, ReplyCount>();
  for (const row of rows) {
    const key = `${row.stage} ${row.reply}`;
    const known = byKey.get(key);
    if (!known) {
      byKey.set(key, { ...row });
      continue;
    }
    known.count += row.count;
    known.overwritten += row.overwritten;
    if (row.last > known.last) known.last = row.last;
    if (row.first < known.first) {
      known.first = row.first;
      known.at = row.at;
    }
    if (known.remote !== row.remote) known.remote = null;
    if (known.connector !== row.connector) known.connector = null;
  }
  return [...byKey.values()];
}

function addHours(rows: readonly HourCount[]): HourCount[] {
  const byHour = new Map<string, HourCount>();
  for (const row of rows) {
    const known = byHour.get(row.hour);
    byHour.set(row.hour, {
      hour: row.hour,
      sessions: (known?.sessions ?? 0) + row.sessions,
      failed: (known?.failed ?? 0) + row.failed,
      by_stage: addStages([known?.by_stage ?? {}, row.by_stage]),
    });
  }
  return [...byHour.values()];
}
