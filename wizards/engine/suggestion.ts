/**
 * What the outputs brought to a visit say together. One rule for the marked outcome, the reading above it, the
 * journal, the exports and the command line: of each command only the capture that was brought last counts.
 */
import { type CaseState, type Reading, type RecordedCapture, readingAt, type Visit } from './model.ts';

export type CaptureRead = { capture: RecordedCapture; reading: Reading };
export type Findings = {
  /** The outcome that the counting readings suggest; null where none does, or where they disagree. */
  suggestion: string | null;
  /** The reading to show: the one that carries the suggestion, else the one that came last. */
  shown: CaptureRead | null;
  /** The readings that suggest different outcomes, one for each command; else empty. */
  disagreeing: CaptureRead[];
};

export function findingsAt(state: CaseState, visit: Visit): Findings {
  const counting = countingReadings(state, visit);
  const suggesting = counting.filter(({ reading }) => reading.suggested !== null);
  const agreed = new Set(suggesting.map(({ reading }) => reading.suggested)).size === 1;
  return {
    suggestion: agreed ? (suggesting[0]?.reading.suggested ?? null) : null,
    shown: suggesting.at(-1) ?? counting.at(-1) ?? null,
    disagreeing: agreed ? [] : suggesting,
  };
}

/** The capture that counts in place of `id` at this visit, because it was brought later; null where `id` counts. */
export function replacementOf(state: CaseState, visit: Visit, id: string): string | null {
  const last = lastOfCommand(state, visit).get(keyOf(state, id));
  return last === undefined || last === id ? null : last;
}

function countingReadings(state: CaseState, visit: Visit): CaptureRead[] {
  const last = new Set(lastOfCommand(state, visit).values());
  return visit.captures.flatMap((id) => {
    const capture = last.has(id) ? state.captures[id] : undefined;
    const reading = capture && readingAt(state, visit, id);
    return reading ? [{ capture, reading }] : [];
  });
}

function lastOfCommand(state: CaseState, visit: Visit): Map<string, string> {
  return new Map(visit.captures.map((id) => [keyOf(state, id), id]));
}

/** A command that was typed by hand is none of the catalogue's, so each stands for itself. */
const keyOf = (state: CaseState, id: string): string => state.captures[id]?.command ?? id;
