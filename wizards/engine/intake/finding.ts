/** What the intake finds and what it suggests. */
export type Finding = {
  kind: 'event' | 'reply' | 'ndr' | 'session' | 'queue' | 'headers' | 'tracking' | 'symptom';
  id: string;
  source: string;
  title: string;
  /** Line of the pasted text, counted from 1, in which it begins. */
  line: number;
  fields: Record<string, string>;
  local: string | null;
  remote: string | null;
};
export type Suggestion = {
  wizard: string;
  title: string;
  step: string;
  score: number;
  why: string;
  parameters: Record<string, string>;
  /** Names among the parameters whose value belongs to the other machine: shown, never set in a case unasked. */
  apart: string[];
  /** Index of the finding that it rests on. */
  finding: number;
};
export type TriageResult = { findings: Finding[]; suggestions: Suggestion[]; note: string | null };

/** The values that a case begins with. */
export function filledIn({ parameters, apart }: Pick<Suggestion, 'parameters' | 'apart'>): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !apart.includes(name)));
}
