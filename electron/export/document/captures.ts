import type { CaptureItem } from '../../../wizards/engine/checklist/model.ts';
import {
  CERTAINTY_MARKS,
  durationWords,
  resultWords,
  SOURCE_WORDS,
  whoWhere,
} from '../../../wizards/engine/checklist/words.ts';
import { type Block, facts, type Span, section } from './blocks.ts';

/** A command as it was sent, when and where, what the rules read in its output, and the output. */
export function captureBlock(capture: CaptureItem): Block {
  const { reading, output } = capture;
  const name = capture.command ? `${capture.command}: ${capture.title ?? 'command'}` : 'Command typed by hand';
  const sent = [
    SOURCE_WORDS[capture.source],
    capture.startedAt.local,
    capture.ms === null ? null : durationWords(capture.ms),
    resultWords(capture),
  ];
  const shell = [capture.shell, capture.shellVersion].filter((part) => part !== null).join(' ');
  const where: Span[] = [`${whoWhere(capture)}; shell ${shell}`];
  if (capture.directory) where.push('; in ', { code: capture.directory });
  return section(`${name} (capture ${capture.id})`, [
    { kind: 'code', text: capture.text, shell: capture.shell },
    {
      kind: 'facts',
      facts: facts(
        ['Sent', sent.filter((part) => part !== null).join('; ')],
        ['Where', where],
        ['Used again', capture.reusedFrom !== null && `made at step ${capture.reusedFrom}`],
        ['Reading', reading && capture.effect !== 'change' && readingWords(reading)],
        ['Replaced', capture.replacedBy !== null && `by the newer output in capture ${capture.replacedBy}`],
        ['Cut off', capture.truncated && 'the output was longer than what is kept'],
      ),
    },
    { kind: 'output', title: 'Output', excerpt: output },
  ]);
}

function readingWords(reading: NonNullable<CaptureItem['reading']>): string {
  const { label, note, certainty } = reading;
  const parts = [label === null ? 'suggests no answer' : `suggests “${label}”`, note, CERTAINTY_MARKS[certainty]];
  return parts.filter((part) => part).join('; ');
}
