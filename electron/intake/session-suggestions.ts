/** Which wizards fit sessions that a person chose. */
import type { Finding, Suggestion } from '../../wizards/engine/intake/finding.ts';
import { suggest } from '../../wizards/engine/intake/suggest.ts';
import type { Library } from '../../wizards/engine/library.ts';
import { sessionFinding } from '../../wizards/engine/logs/session-finding.ts';
import type { SessionTable } from './session-table.ts';

/** Best first, each with the place of the session that it rests on. Throws a Fault for a row that is not there. */
export async function suggestForSessions(
  library: Library,
  sessions: SessionTable,
  rows: readonly number[],
): Promise<Suggestion[]> {
  const findings: Finding[] = [];
  for (const row of rows) {
    const session = await sessions.open(row);
    findings.push(sessionFinding(session, session.file, session.line));
  }
  return suggest(library, findings).map((suggestion) => {
    const rests = findings[suggestion.finding];
    return { ...suggestion, why: `${suggestion.why} (${rests?.source}, line ${rests?.line}.)` };
  });
}
