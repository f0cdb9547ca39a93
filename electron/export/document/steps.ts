import type { NoteItem, StepItem } from '../../../wizards/engine/checklist/model.ts';
import { CERTAINTY_MARKS, FOLLOWED_WORDS, MACHINE_WORDS } from '../../../wizards/engine/checklist/words.ts';
import type { Certainty } from '../../../wizards/engine/schema.ts';
import { type Block, facts, paragraph, type Span, section } from './blocks.ts';
import { captureBlock } from './captures.ts';

const VIA_WORDS: Record<NonNullable<StepItem['via']>, string> = {
  start: '',
  call: 'called from the step before',
  return: 'back from a called wizard',
  handover: 'handed over from the step before',
};

export function stepBlock(step: StepItem): Block {
  return section(
    `${step.n}. ${step.title}`,
    step.kind === 'verdict' || step.kind === 'fix' ? ending(step) : asked(step),
  );
}

/** A verdict or a fix keeps its place in the order; its detail stands under "Verdict". */
function ending(step: StepItem): Block[] {
  const what = step.kind === 'verdict' ? 'Verdict' : 'Fix';
  const reached = step.kind === 'verdict' ? step.enteredAt : step.at;
  return [
    {
      kind: 'facts',
      facts: facts(
        [what, step.kind === 'fix' ? (step.outcome?.label ?? 'not decided yet') : 'reached'],
        ['When', [step.by, reached?.local].filter(Boolean).join(', ')],
        ['Detail', 'under “Verdict”'],
      ),
    },
  ];
}

function asked(step: StepItem): Block[] {
  const via = step.via ? VIA_WORDS[step.via] : '';
  const console: Span[] = step.console.flatMap((path, index) => [index > 0 ? ' or ' : '', { code: path }]);
  return [
    {
      kind: 'facts',
      facts: facts(
        ['Answer', answerOf(step)],
        ['By', step.by && step.at && `${step.by}, ${step.at.local}`],
        ['Suggested', step.suggested && step.followed !== 'suggested' && `“${step.suggested.label}”`],
        ['Where', step.machine && MACHINE_WORDS[step.machine]],
        ['Why', step.why],
        ['In the console', console],
        ['Wizard', `${step.wizardTitle}${via && ` (${via})`}`],
        ['Sources', step.sources.join('; ')],
      ),
    },
    ...certaintyBlock(step.certainty),
    ...notesOf(step),
    ...step.captures.map(captureBlock),
  ];
}

function answerOf({ outcome, followed, captures }: StepItem): string {
  if (!outcome) return 'not answered';
  // Where nothing was read, there is no need to say that no reading suggested anything.
  const told = followed !== 'no-suggestion' || captures.length > 0;
  return followed && told ? `${outcome.label} (${FOLLOWED_WORDS[followed]})` : outcome.label;
}

export function certaintyBlock(certainty: Certainty): Block[] {
  const mark = CERTAINTY_MARKS[certainty];
  return mark ? [paragraph(`This content is ${mark}.`, 'mark')] : [];
}

type Noted = { note: string | null; notes: NoteItem[]; by: string | null; at: NoteItem['at'] | null };

/** The note that came with the answer, and those written before. */
export function notesOf({ note, notes, by, at }: Noted): Block[] {
  const all: Block[] = notes.map((entry) => ({ kind: 'note', text: entry.text, by: `${entry.by}, ${entry.at.local}` }));
  if (note) all.push({ kind: 'note', text: note, by: [by, at?.local].filter(Boolean).join(', ') });
  return all;
}
