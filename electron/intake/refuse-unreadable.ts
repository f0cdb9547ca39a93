import type { LogSummary } from '../../wizards/engine/logs/log-summary.ts';
import { Fault } from '../fault.ts';

/** Throws a Fault when nothing that was named could be read at all. What was read in part is no failure. */
export function refuseUnreadable(paths: readonly string[], summary: LogSummary | null): void {
  if (!summary || summary.files > 0) return;
  const [first] = summary.skipped;
  if (!first)
    throw new Fault(
      'no-files',
      `There is no file in ${paths.join(', ')}.`,
      'Name a file, or a folder that holds some.',
    );
  const others = summary.skipped.length - 1;
  const more = others === 0 ? '' : ` So it is with ${others} more.`;
  throw new Fault(
    'unreadable',
    `${first.file} is left out: ${first.why}.${more}`,
    'Name logs, or files with an event, a report or headers.',
  );
}
