import type { Finding } from '../../wizards/engine/intake/finding.ts';

/** What the rows of a log tell of each message or connection, as text: the log itself may be very long. */
export function stationsText(rows: readonly Finding[]): { text: string; findings: Finding[] } {
  const lines: string[] = [];
  const findings = rows.map((finding) => {
    const line = lines.length + 1;
    lines.push(`${finding.title}, from line ${finding.line}:`);
    for (const { at, server, source, event, reply, line: place } of finding.way ?? [])
      lines.push(`line ${place}: ${[at, server, source, event, reply].filter((part) => part).join('  ')}`);
    const { error, reply } = finding.fields;
    if (!finding.way) lines.push(error ?? reply ?? '');
    return { ...finding, line, fields: { ...finding.fields, log_line: String(finding.line) } };
  });
  return { text: lines.join('\n'), findings };
}
