/** Suggestions of everything that was brought, each with what it rests on. */
import type { Finding } from '../../wizards/engine/intake/finding.ts';
import { findingsOfLogs } from '../../wizards/engine/logs/log-findings.ts';
import type { LogSummary } from '../../wizards/engine/logs/log-summary.ts';
import type { GroundedSuggestion } from '../contract-intake.ts';

/** A suggestion from logs rests on a group of sessions, by its index, or on what the rows of other logs tell. */
export function fromLogs(summary: LogSummary | null, rowFindings: readonly Finding[]): GroundedSuggestion[] {
  if (!summary) return [];
  const groups = findingsOfLogs(summary).length;
  return summary.suggestions.flatMap((suggestion): GroundedSuggestion[] => {
    const row = rowFindings[suggestion.finding - groups];
    if (row) return [{ ...suggestion, ground: { kind: 'file', file: row.source } }];
    const group = summary.by_reply[suggestion.finding];
    if (!group) return [];
    const { stage, reply, count, remote } = group;
    return [{ ...suggestion, ground: { kind: 'sessions', stage, reply, sessions: count, remote } }];
  });
}

/** Of each wizard the best alone, best first. */
export function best(suggestions: readonly GroundedSuggestion[]): GroundedSuggestion[] {
  const byWizard = new Map<string, GroundedSuggestion>();
  for (const one of suggestions) if ((byWizard.get(one.wizard)?.score ?? 0) < one.score) byWizard.set(one.wizard, one);
  return [...byWizard.values()].sort((a, b) => b.score - a.score);
}
