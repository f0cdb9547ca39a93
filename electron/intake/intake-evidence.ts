/** What of the files that were brought goes into a case: the chosen sessions and findings, with where they stand. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Finding } from '../../wizards/engine/intake/finding.ts';
import { sessionFinding } from '../../wizards/engine/logs/session-finding.ts';
import type { Intake } from './intake.ts';
import type { FoundSession } from './session-stream.ts';

export type BroughtText = {
  text: string;
  /** Each with the line of the text at which it begins. */
  findings: Finding[];
};

/**
 * One text for each file, its name, size and hash above the lines. Each finding has them too, as the fields `log_file
 * log_bytes log_sha256` (of a file in an archive the last two are the archive's), and `log_line`.
 */
export async function evidenceOf(
  intake: Intake,
  { sessions, files }: { sessions: readonly number[]; files: readonly string[] },
): Promise<BroughtText[]> {
  const brought: BroughtText[] = [];
  const byFile = new Map<string, FoundSession[]>();
  for (const row of sessions) {
    const session = await intake.sessions.open(row);
    byFile.set(session.file, [...(byFile.get(session.file) ?? []), session]);
  }
  for (const [file, list] of byFile) brought.push(await sessionsText(intake, file, list));
  for (const file of files) {
    const found = intake.findingsOf(file);
    if (found) brought.push(await findingsText(intake, file, found.text, found.findings));
  }
  return brought;
}

const CLOCKS = {
  utc: 'Times in the log are in UTC.',
  offset: 'Times in the log have their offset from UTC beside them.',
  local: 'Times in the log are local time of the server that wrote it.',
};

async function sessionsText(intake: Intake, file: string, sessions: readonly FoundSession[]): Promise<BroughtText> {
  const about = await aboutFile(intake, file);
  const lines = [...about.lines, CLOCKS[sessions[0]?.clock ?? 'utc']];
  const findings: Finding[] = [];
  for (const session of sessions) {
    lines.push('');
    const line = lines.length + 1;
    lines.push(`Session ${session.session}, from line ${session.line}:`);
    for (const each of session.lines) {
      const elsewhere = each.file === file ? '' : `${each.file}, `;
      lines.push(`${elsewhere}line ${each.line}: ${each.text}`);
    }
    const finding = sessionFinding(session, session.file, line);
    findings.push({ ...finding, fields: { ...finding.fields, ...about.fields, log_line: String(session.line) } });
  }
  return { text: lines.join('\n'), findings };
}

async function findingsText(
  intake: Intake,
  file: string,
  text: string,
  findings: readonly Finding[],
): Promise<BroughtText> {
  const about = await aboutFile(intake, file);
  const above = [...about.lines, ''];
  return {
    text: [...above, text].join('\n'),
    findings: findings.map((finding) => ({
      ...finding,
      line: finding.line + above.length,
      fields: { log_line: String(finding.line), ...finding.fields, ...about.fields },
    })),
  };
}

type AboutFile = { lines: string[]; fields: Record<string, string> };

async function aboutFile(intake: Intake, name: string): Promise<AboutFile> {
  const source = intake.sourceOf(name);
  if (!source) return { lines: [`File: ${name}`], fields: { log_file: name } };
  const { size } = await stat(source.path);
  const hash = createHash('sha256');
  for await (const piece of createReadStream(source.path)) hash.update(piece as Buffer);
  const what = typeof source.packed === 'object' ? 'Archive' : 'File';
  const sha256 = hash.digest('hex');
  return {
    lines: [`File: ${name}`, `${what}: ${size} bytes, SHA-256 ${sha256}`],
    fields: { log_file: name, log_bytes: String(size), log_sha256: sha256 },
  };
}
