/** A ticket-sized summary: what is told first is kept longest, and what was left out is said. */
import { wasDone, wasMade } from '../../wizards/engine/checklist/actions.ts';
import type { Checklist, FixItem } from '../../wizards/engine/checklist/model.ts';
import { FIX_WORDS, PRACTICE_WORDS, REDACTED_WORDS } from '../../wizards/engine/checklist/words.ts';
import { oneLine, visible } from './visible.ts';

export const summary = { extension: 'summary.txt', mediaType: 'text/plain;charset=utf-8', write: writeSummary };

/** What a field of a ticket takes. */
export const MOST_CHARACTERS = 4000;
const LONGEST_LINE = 400;
const MOST_LINES = 12;

/** `keep`: the higher, the longer it stays. */
type Part = { label: string; lines: string[]; keep: number };

export function writeSummary(checklist: Checklist): string {
  const { case: about, chain } = checklist;
  const head = [
    ...(about.practice === null ? [] : [PRACTICE_WORDS]),
    ...(checklist.redacted ? [REDACTED_WORDS] : []),
    `${about.ticket ? `${about.ticket}: ` : ''}${about.title || 'Untitled case'}`,
    `Case ${about.id}, ${about.state}; ${about.people.join(', ') || 'nobody named'}; ${about.openedAt.utc} to ${about.changedAt.utc}`,
  ].map(short);
  const foot = `Record: ${chain.events} events, chain head ${chain.head}`;
  return fitted(head, partsOf(checklist), foot);
}

function partsOf(checklist: Checklist): Part[] {
  const fixes = checklist.path.verdicts.flatMap((verdict) => verdict.fixes);
  const done = fixes.filter((fix) => wasDone(fix) || wasMade(fix) || fix.status === 'rolled-back');
  return [
    { label: 'Symptom', keep: 6, lines: symptomOf(checklist) },
    { label: 'Cause', keep: 7, lines: causeOf(checklist) },
    { label: 'How it was shown', keep: 3, lines: shownBy(checklist) },
    { label: 'Change', keep: 5, lines: done.length > 0 ? done.flatMap(changeOf) : ['Nothing was changed.'] },
    { label: 'Proof', keep: 4, lines: done.flatMap(proofOf) },
    { label: 'Way back', keep: 5, lines: done.flatMap(rollbackOf) },
    { label: 'Next', keep: 2, lines: checklist.openActions.map(({ text }) => text) },
  ].filter(({ lines }) => lines.length > 0);
}

function symptomOf({ evidence, case: { title } }: Checklist): string[] {
  if (evidence.length === 0) return [title || 'Nothing was brought.'];
  return evidence.slice(0, 3).map(({ kind, id, source, title: what, fields }) => {
    const reply = fields.find(({ name }) => name === 'reply')?.value;
    return `${kind === 'event' ? `Event ${id} of ${source}` : source || kind}: ${what}${reply ? `; reply ${reply}` : ''}`;
  });
}

function causeOf({ verdict, path }: Checklist): string[] {
  if (verdict) return [`${verdict.title} (${verdict.id}, ${verdict.certainty})`, ...verdict.cause.split(/\n\s*\n/)];
  const last = path.steps.at(-1);
  return [`Not known yet.${last ? ` The walk stands at step ${last.n}: ${last.title}` : ''}`];
}

/** Of the steps that decided: question, answer, and a line that proves it. */
const shownBy = ({ path }: Checklist): string[] =>
  path.steps
    .filter(({ outcome, kind }) => outcome !== null && (kind === 'check' || kind === 'question'))
    .map(({ title, outcome, captures }) => {
      const proof = captures.flatMap(({ evidence }) => evidence)[0];
      return `${title} ${outcome?.label ?? ''}${proof ? ` [${proof.text.trim()}]` : ''}`;
    });

function changeOf(fix: FixItem): string[] {
  const sent = fix.change?.sent.map(({ text }) => text) ?? [];
  const byHand = fix.change?.byHand.map(({ text }) => `by hand: ${text}`) ?? [];
  const who = fix.by && fix.at ? `, ${fix.by}, ${fix.at.utc}` : '';
  return [`${fix.title} (${FIX_WORDS[fix.status]}${who})`, ...sent, ...byHand];
}

const proofOf = ({ title, proof, status }: FixItem): string[] => {
  const last = proof.captures.at(-1);
  const seen = last?.evidence[0]?.text.trim();
  const when = last ? `; repeated ${last.startedAt.utc}${seen ? ` [${seen}]` : ''}` : '; no output is recorded';
  return [`${title}: ${FIX_WORDS[status]}; expected: ${proof.expect.replace(/[.\s]+$/, '')}${when}`];
};

const rollbackOf = ({ rollback }: FixItem): string[] => [
  rollback.words,
  ...rollback.texts.flatMap(({ text }) => (text === null ? [] : [text])),
];

const short = (text: string): string => {
  const line = oneLine(text);
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE - 2).toWellFormed()} …` : line;
};

/** Leaves out line by line what matters least until it fits. */
function fitted(head: readonly string[], parts: readonly Part[], foot: string): string {
  const kept = parts.map(({ label, lines, keep }) => ({ label, keep, lines: lines.slice(0, MOST_LINES).map(short) }));
  let left = parts.reduce((sum, { lines }) => sum + Math.max(0, lines.length - MOST_LINES), 0);
  const text = (): string =>
    visible(
      [
        ...head,
        ...kept.flatMap(({ label, lines }) => ['', `${label.toUpperCase()}`, ...lines.map((line) => `- ${line}`)]),
        '',
        ...(left > 0 ? [`${left} lines were left out here; they stand in the whole checklist.`] : []),
        foot,
      ].join('\n'),
    );
  while (text().length >= MOST_CHARACTERS) {
    // The first line of a part stays as long as any part has more than one.
    const longer = kept.filter(({ lines }) => lines.length > 1);
    const candidates = longer.length > 0 ? longer : kept.filter(({ lines }) => lines.length > 0);
    const [least] = candidates.sort((a, b) => a.keep - b.keep);
    if (!least) break;
    least.lines.pop();
    left += 1;
    if (least.lines.length === 0) kept.splice(kept.indexOf(least), 1);
  }
  return `${text().slice(0, MOST_CHARACTERS - 1)}\n`;
}
