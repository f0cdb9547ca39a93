/** A capture with what the rules found in it and the lines that prove it. */
import { type Capture, readingAt, type Visit } from '../model.ts';
import { stepAt } from '../route.ts';
import { replacementOf } from '../suggestion.ts';
import { FIX_LABELS } from '../walk.ts';
import { excerptOf } from './excerpt.ts';
import type { CaptureItem } from './model.ts';
import type { Source } from './source.ts';

export function captureItems(source: Source, visit: Visit): CaptureItem[] {
  return visit.captures.flatMap((id) => {
    const capture = source.state.captures[id];
    return capture ? [captureItem(source, visit, capture)] : [];
  });
}

function captureItem(source: Source, visit: Visit, capture: Capture): CaptureItem {
  const reading = readingAt(source.state, visit, capture.id);
  const command = capture.command === null ? undefined : source.library.commands.get(capture.command)?.command;
  const evidence = reading?.evidence ?? [];
  const output = excerptOf(
    source.texts,
    capture.output,
    evidence.map(({ line }) => line),
  );
  // Without the stored bytes the journal still holds the lines that counted.
  if (output.missing) output.lines = evidence.map(({ line, text }) => ({ n: line, text, evidence: true }));
  return {
    id: capture.id,
    command: capture.command,
    title: command?.title ?? null,
    effect: command?.effect ?? null,
    shell: capture.shell,
    shellVersion: capture.shellVersion,
    text: capture.text,
    source: capture.source,
    host: capture.host,
    user: capture.user,
    directory: capture.directory,
    startedAt: source.clock.moment(capture.startedAt),
    ms: capture.ms,
    result: capture.result,
    exit: capture.exit,
    ended: capture.ended,
    truncated: capture.truncated,
    reusedFrom: capture.visit === visit.n ? null : capture.visit,
    replacedBy: replacementOf(source.state, visit, capture.id),
    reading: reading && {
      suggested: reading.suggested,
      label: reading.suggested === null ? null : labelOf(source, visit, reading.suggested),
      note: reading.note ?? null,
      certainty: reading.certainty,
    },
    evidence: evidence.map(({ line, text }) => ({ line, text })),
    output,
  };
}

/** The label of an outcome at the step of a visit; the id itself where the kept wizard does not know it. */
export function labelOf(source: Source, visit: Visit, outcome: string): string {
  const step = stepAt(source.library, visit.target);
  if (visit.target.kind === 'fix') return FIX_LABELS[outcome as keyof typeof FIX_LABELS] ?? outcome;
  if (step?.kind !== 'question' && step?.kind !== 'check') return outcome;
  return step.outcomes.find((entry) => entry.id === outcome)?.label ?? outcome;
}
