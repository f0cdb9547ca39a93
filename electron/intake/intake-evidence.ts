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

/** One text for each file, its name, size and hash above the lines. */
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

async function sessionsText(intake: Intake, file: string, sessions: readonly FoundSession[]): Promise<BroughtText> {
  const lines = [...(await aboutFile(intake, file)), 'Times in the log are in UTC.'];
  const findings: Finding[] = [];
  for (const session of sessions) {
    lines.push('');
    const line = lines.length + 1;
    lines.push(`Session ${session.session}, from line ${session.line}:`);
    for (const each of session.lines) {
      const elsewhere = each.file === file ? '' : `${each.file}, `;
      lines.push(`${elsewhere}line ${each.line}: ${each.text}`);
    }
    findings.push(sessionFinding(session, session.file, line));
  }
  return { text: lines.join('\n'), findings };
}

async function findingsText(
  intake: Intake,
  file: string,
  text: string,
  findings: readonly Finding[],
): Promise<BroughtText> {
  const above = [...(await aboutFile(intake, file)), ''];
  return {
    text: [...above, text].join('\n'),
    findings: findings.map((finding) => ({ ...finding, line: finding.line + above.length })),
  };
}

async function aboutFile(intake: Intake, name: string): Promise<string[]> {
  const source = intake.sourceOf(name);
  if (!source) return [`File: ${name}`];
  const { size } = await stat(source.path);
  const hash = createHash('sha256');
  for await (const piece of createReadStream(source.path)) hash.update(piece as Buffer);
  const what = typeof source.packed === 'object' ? 'Archive' : 'File';
  return [`File: ${name}`, `${what}: ${size} bytes, SHA-256 ${hash.digest('hex')}`];
}
