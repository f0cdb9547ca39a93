import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { suggestFromLogs } from '../../wizards/engine/logs/log-findings.ts';
import { type LogSummary, mergeSummaries, skippedWords, topOf } from '../../wizards/engine/logs/log-summary.ts';
import { parseRange } from '../../wizards/engine/parameters/ip-ranges.ts';
import type { IntakeProgress, SessionFilter } from '../contract-intake.ts';
import { Fault } from '../fault.ts';
import { LogRun } from '../intake/log-run.ts';
import { findLogSources } from '../intake/log-sources.ts';
import { refuseUnreadable } from '../intake/refuse-unreadable.ts';
import { filterOf, parseMoment, parseStages } from '../intake/session-filter.ts';
import { loadIntakeContent } from './content.ts';
import { printSession, printSummary } from './logs-screen.ts';
import type { Output } from './output.ts';

type LogsOptions = {
  sessions?: boolean;
  stage?: string;
  remote?: string;
  since?: string;
  until?: string;
  full?: boolean;
  merge?: boolean;
};

/** Counts the sessions in logs, or lists them. What could not be read is in the answer; it is no failure. */
export async function logs(out: Output, paths: string[], options: LogsOptions): Promise<number> {
  const filter = filterFrom(options);
  if (options.merge) return merge(out, paths, options);
  const folder = paths.includes('-') ? await mkdtemp(join(tmpdir(), 'fieldguide-stdin-')) : null;
  try {
    const named = folder ? await withStdin(paths, folder) : paths;
    const found = await findLogSources(named);
    if (folder) for (const source of found.sources) if (source.path.startsWith(folder)) source.name = 'stdin';
    const run = new LogRun(found);
    try {
      return await answer(out, run, paths, filter, options);
    } finally {
      await run.close();
    }
  } finally {
    if (folder) await rm(folder, { recursive: true, force: true });
  }
}

function filterFrom({ stage, remote, since, until }: LogsOptions): SessionFilter {
  const filter = {
    stages: stage === undefined ? undefined : parseStages(stage),
    remote: remote === undefined ? undefined : checkRemote(remote.trim()),
    since: since === undefined ? undefined : parseMoment(since),
    until: until === undefined ? undefined : parseMoment(until),
  };
  if (filter.since !== undefined && filter.until !== undefined && filter.since >= filter.until)
    throw new Fault('bad-range', '--since is not before --until, so no session can fit.', 'Exchange the two times.');
  return filter;
}

/** What can be no address, range or host would find nothing, and nobody would know why. */
function checkRemote(remote: string): string {
  const isNumbers = /^[\d.]+(?:\/\d*)?$/.test(remote) && remote.split('.').length === 4;
  if (/[\p{L}\p{N}]/u.test(remote) && !(isNumbers && parseRange(remote) === null)) return remote;
  const message = `"${remote}" is no address, range or host.`;
  throw new Fault('bad-remote', message, 'Such as 192.0.2.10, 192.0.2.0/24 or a part of a name.');
}

/** Logs of another kind are named, with what would help instead. */
async function nameNeighbours(run: LogRun): Promise<void> {
  if (run.notLogs.length === 0) return;
  const [{ unfold }, { remarkOnNeighbours }, { textOf }] = await Promise.all([
    import('../../wizards/engine/intake/unfold.ts'),
    import('../../wizards/engine/intake/neighbours.ts'),
    import('../intake/file-text.ts'),
  ]);
  for (const source of run.notLogs.slice(0, MOST_NAMED)) {
    const read = await textOf(source);
    const remark = 'text' in read ? remarkOnNeighbours(unfold(read.text.slice(0, 40_000))) : null;
    if (remark) run.whyNot.set(source.name, remark.replace(/^This is/, 'it is').replace(/\.$/, ''));
  }
}

async function answer(
  out: Output,
  run: LogRun,
  paths: string[],
  filter: SessionFilter,
  options: LogsOptions,
): Promise<number> {
  const line = progressLine();
  // The wizards are read while the workers are at the logs.
  const [, library] = await Promise.all([run.read({ onProgress: line.show }), loadIntakeContent(out)]);
  line.clear();
  await nameNeighbours(run);
  const accepts = filterOf(filter, run.texts);
  const summary = run.summary(accepts);
  refuseUnreadable(paths, summary);
  noteSkipped(out, summary);
  if (options.sessions) {
    const { readSessions } = await import('../intake/session-stream.ts');
    for await (const { lines: _, ...session } of readSessions(run, accepts)) {
      if (out.json) out.line(JSON.stringify(session));
      else printSession(out, session);
      await out.ready();
    }
    return 0;
  }
  summary.suggestions = suggestFromLogs(library, summary, run.rowFindings);
  return write(out, summary, options);
}

async function merge(out: Output, paths: string[], options: LogsOptions): Promise<number> {
  const without = (['sessions', 'stage', 'remote', 'since', 'until'] as const).find(
    (name) => options[name] !== undefined,
  );
  if (without)
    throw new Fault(
      'merge-only',
      `--${without} cannot be used with --merge.`,
      'A summary has no sessions any more: choose them where it is made.',
    );
  const { parseSummary } = await import('../intake/summary-file.ts');
  const summaries: LogSummary[] = [];
  const twice = paths.map((path) => resolve(path)).find((path, index, all) => all.indexOf(path) !== index);
  if (twice) throw new Fault('twice', `${twice} is named twice.`, 'Each summary counts once.');
  for (const path of paths) summaries.push(parseSummary(path, await readFile(path, 'utf8')));
  const library = await loadIntakeContent(out);
  const joined = mergeSummaries(summaries);
  joined.suggestions = suggestFromLogs(library, joined);
  return write(out, joined, options);
}

function write(out: Output, summary: LogSummary, { full }: LogsOptions): number {
  if (!out.json) printSummary(out, summary, full === true);
  else if (full) out.document(summary);
  else out.document(topOf(summary));
  return 0;
}

/** Standard input as a file, since its sessions may be looked at twice. */
async function withStdin(paths: string[], folder: string): Promise<string[]> {
  const copy = join(folder, 'stdin');
  await pipeline(process.stdin, createWriteStream(copy));
  return paths.map((path) => (path === '-' ? copy : path));
}

const MOST_NAMED = 10;

function noteSkipped(out: Output, { skipped, bad, bad_lines }: LogSummary): void {
  for (const { file, why } of skipped.slice(0, MOST_NAMED)) out.note(skippedWords({ file, why }));
  if (skipped.length > MOST_NAMED) out.note(`${skipped.length - MOST_NAMED} more files are left out.`);
  for (const { file, line, why, count } of bad.slice(0, MOST_NAMED))
    out.note(`${file}:${line} cannot be read: ${why}${count > 1 ? ` (${count} such lines)` : ''}.`);
  if (bad.length > MOST_NAMED) out.note(`${bad_lines} lines cannot be read in all.`);
}

/** One line on stderr that is written over while the logs are read; nothing where nobody watches. */
function progressLine(): { show(progress: IntakeProgress): void; clear(): void } {
  const stream = process.stderr;
  if (!stream.isTTY) return { show: () => {}, clear: () => {} };
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
  return {
    show: ({ bytesRead, bytes, filesRead, files, sessions }) => {
      const share = `${megabytes(bytesRead)} of ${megabytes(bytes)} MB`;
      stream.write(`\r\u001b[K${share}, ${filesRead} of ${files} files, ${sessions} sessions`.slice(0, 100));
    },
    clear: () => void stream.write('\r\u001b[K'),
  };
}
