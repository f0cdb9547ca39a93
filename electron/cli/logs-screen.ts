/** How the summary of logs and their sessions look on a terminal. */
import type { LogSummary } from '../../wizards/engine/logs/log-summary.ts';
import type { SessionDetail } from '../../wizards/engine/logs/session-detail.ts';
import { STAGES } from '../../wizards/engine/logs/stages.ts';
import type { Output } from './output.ts';
import { plainLine } from './plain.ts';
import { printTable } from './table.ts';

const SHOWN = 10;
const number = (value: number): string => value.toLocaleString('en-US');

export function printSummary(out: Output, summary: LogSummary, full: boolean): void {
  const { files, bytes, lines, bad_lines, sessions, delivered, since, until } = summary;
  const failed = sessions - (summary.by_stage.none ?? 0);
  out.line(out.style('bold', `${number(sessions)} sessions, ${number(failed)} of them failed at some stage`));
  out.line(
    `${number(files)} files, ${(bytes / 1e6).toFixed(1)} MB, ${number(lines)} lines, ${number(bad_lines)} unreadable; ${number(delivered)} messages accepted`,
  );
  if (since && until) out.line(`${since} to ${until} (${clockWords(summary)})`);
  const most = full ? Number.POSITIVE_INFINITY : SHOWN;
  const rows = [...STAGES, 'none' as const].flatMap((stage) => {
    const count = summary.by_stage[stage];
    return count === undefined ? [] : [[stage, number(count), percent(count, sessions)]];
  });
  section(out, 'By stage', ['stage', 'sessions', 'share'], rows, rows.length);
  const replies = summary.by_reply.slice(0, most).map(({ reply, stage, count, remote, at }) => {
    return [number(count), stage, reply || '(no reply)', remote ?? 'several', `${at.file}:${at.line}`];
  });
  section(out, 'By reply', ['sessions', 'stage', 'reply', 'remote', 'first'], replies, summary.totals.replies);
  const remotes = summary.by_remote.slice(0, most).map(({ remote, sessions: all, failed: bad }) => {
    return [remote || '(none)', number(all), number(bad)];
  });
  section(out, 'By remote', ['remote', 'sessions', 'failed'], remotes, summary.totals.remotes);
  if (summary.suggestions.length === 0) return;
  out.line();
  out.line(out.style('bold', 'Fitting wizards'));
  for (const { wizard, title, why } of summary.suggestions)
    out.line(`  fieldguide run ${wizard}  ${plainLine(title)}: ${plainLine(why)}`);
}

/** On whose clock the times are. */
function clockWords({ files, local_time_files: local }: LogSummary): string {
  if (local === 0) return 'UTC';
  return local === files ? 'local time of the server' : `UTC; of ${local} files local time of the server`;
}

function section(out: Output, title: string, headline: string[], rows: string[][], total: number): void {
  if (rows.length === 0) return;
  out.line();
  out.line(out.style('bold', title));
  printTable(out, headline, rows);
  if (total > rows.length) out.line(out.style('dim', `${number(total - rows.length)} more with --full`));
}

const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;

export function printSession(out: Output, session: SessionDetail & { file: string; line: number }): void {
  const { start, stage, remote, reply, delivered, file, line } = session;
  const words = [
    plainLine(`${start}  ${remote}`),
    out.style(stage === 'none' ? 'green' : 'red', stage),
    plainLine(reply ?? ''),
    delivered > 0 ? `delivered ${delivered}` : '',
    plainLine(`${file}:${line}`),
  ];
  out.line(words.filter((word) => word !== '').join('  '));
}
