/** A summary that was written by `logs --full --json`, read back. */
import { z } from 'zod';
import type { LogSummary } from '../../wizards/engine/logs/log-summary.ts';
import { STAGES } from '../../wizards/engine/logs/stages.ts';
import { Fault } from '../fault.ts';

const count = z.number().int().nonnegative();
const stage = z.enum([...STAGES, 'none']);
const stageCounts = z.partialRecord(stage, count);
const text = z.string().max(4000);
const peer = { sessions: count, failed: count };
const summary = z.object({
  files: count,
  bytes: count,
  lines: count,
  headers: count,
  records: count,
  bad_lines: count,
  local_time_files: count,
  sessions: count,
  delivered: count,
  since: text.nullable(),
  until: text.nullable(),
  by_stage: stageCounts,
  by_remote: z.array(z.object({ remote: text, ...peer })),
  by_reply: z.array(
    z.object({
      reply: text,
      stage,
      count,
      // Not in summaries of the first version.
      overwritten: count.default(0),
      remote: text.nullable(),
      connector: text.nullable(),
      first: text,
      last: text,
      at: z.object({ file: text, line: count }),
    }),
  ),
  by_connector: z.array(z.object({ connector: text, ...peer })),
  by_hour: z.array(z.object({ hour: text, ...peer, by_stage: stageCounts })),
  totals: z.object({ remotes: count, replies: count, connectors: count, hours: count }),
  tracking: z
    .object({ files: count, rows: count, left_out: count, messages: count, by_outcome: z.record(text, count) })
    .nullable(),
  connectivity: z
    .object({
      files: count,
      rows: count,
      left_out: count,
      sessions: count,
      by_stage: z.object({ dns: count, connect: count, none: count }),
      not_grouped: count,
    })
    .nullable(),
  bad: z.array(z.object({ file: text, line: count, why: text, count })),
  skipped: z.array(z.object({ file: text, why: text })),
  full: z.boolean(),
});

const HINT = 'Make it with: fieldguide logs --full --json FOLDER';

/** Throws a Fault that names the file, what is wrong, and the command that makes a good one. */
export function parseSummary(file: string, json: string): LogSummary {
  let value: unknown;
  try {
    // Windows PowerShell writes a mark in front.
    value = JSON.parse(json.replace(/^\ufeff/, ''));
  } catch {
    throw new Fault('bad-summary', `${file} is no JSON document.`, HINT);
  }
  const parsed = summary.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const place = issue?.path.join('.') || 'the document';
    throw new Fault('bad-summary', `${file} is no summary of logs: ${place}: ${issue?.message}.`, HINT);
  }
  if (!parsed.data.full)
    throw new Fault(
      'not-full',
      `${file} was made without --full: rows are left out, so it cannot be joined exactly.`,
      HINT,
    );
  return { ...parsed.data, suggestions: [] } as LogSummary;
}
