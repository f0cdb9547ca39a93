/** A probe as lines of text: for the terminal, for copying, for a case. Reading rules look at these lines. */
import type { ProbeResult, ProbeStep } from './probe-result.ts';

const ARROWS: Record<ProbeStep['direction'], string> = { sent: '->', received: '<-', note: '==' };

/** Lines are numbered as the evidence of the findings numbers them. */
export function probeText(result: ProbeResult): string[] {
  const { target, run_from, at, stages, stage, software, tls, findings, notes } = result;
  const where = run_from.address === null ? run_from.host : `${run_from.host} (${run_from.address})`;
  const lines = [`Probe of ${target}`, `Run from: ${where} at ${at}`];
  if (software !== null) lines.push(`Software: ${software}`);
  let number = 0;
  for (const { name, status, ms, steps, why } of stages) {
    lines.push('', `${name}: ${status}, ${ms} ms${why ? ` - ${why}` : ''}`);
    for (const step of steps) {
      number += 1;
      lines.push(`${String(number).padStart(4)} ${ARROWS[step.direction]} ${step.text}`);
    }
  }
  lines.push('', `Stage: ${stage}`);
  if (tls) lines.push(`TLS: ${tls.protocol} ${tls.cipher}`, ...certificateLines(tls));
  for (const { code, message, evidence } of findings) {
    lines.push(`Finding: ${code}  ${message}`);
    for (const { line, text } of evidence) lines.push(`  line ${line}: ${text}`);
  }
  if (findings.length === 0) lines.push('Finding: none');
  for (const note of notes) lines.push(`Note: ${note}`);
  return lines;
}

function certificateLines({ chain, matches, trusted, distrust }: NonNullable<ProbeResult['tls']>): string[] {
  const [first] = chain;
  if (!first) return [];
  return [
    `Certificate: ${first.subject}; names ${first.names.join(', ') || 'none'}; ${matches ? 'the name fits' : 'the name does not fit'}`,
    `Certificate: valid from ${first.valid_from} to ${first.valid_to}; ${first.key}; ${trusted ? 'trusted here' : `not trusted here (${distrust})`}`,
    `Certificate: SHA-256 ${first.sha256}`,
  ];
}
