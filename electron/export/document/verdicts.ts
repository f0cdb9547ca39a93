import type { ByHandItem, CommandText, FixItem, VerdictItem } from '../../../wizards/engine/checklist/model.ts';
import { FIX_WORDS, FOLLOWED_WORDS, MACHINE_WORDS } from '../../../wizards/engine/checklist/words.ts';
import { type Block, facts, paragraph, paragraphs, type Span, section } from './blocks.ts';
import { captureBlock } from './captures.ts';
import { certaintyBlock, notesOf } from './steps.ts';

export function verdictBlock(verdict: VerdictItem): Block {
  const { advice } = verdict;
  return section(verdict.title, [
    {
      kind: 'facts',
      facts: facts(
        ['Verdict', [{ code: verdict.id }]],
        ['Certainty', verdict.certainty],
        ['Wizard', verdict.wizardTitle],
        ['Reached', verdict.n !== null && `step ${verdict.n}, ${verdict.at?.local ?? ''}`],
        ['Sources', verdict.sources.join('; ')],
      ),
    },
    ...certaintyBlock(verdict.certainty),
    ...paragraphs(verdict.cause),
    ...(advice.length > 0 ? [section('Advice', [{ kind: 'list', items: advice }])] : []),
    ...verdict.fixes.map(fixBlock),
  ]);
}

function fixBlock(fix: FixItem): Block {
  const console: Span[] = fix.console.flatMap((path, index) => [index > 0 ? ' or ' : '', { code: path }]);
  return section(`Fix: ${fix.title} (${FIX_WORDS[fix.status]})`, [
    {
      kind: 'facts',
      facts: facts(
        ['Outcome', outcomeOf(fix)],
        ['By', fix.by && fix.at && `${fix.by}, ${fix.at.local}`],
        ['Where', MACHINE_WORDS[fix.machine]],
        ['In the console', console],
        ['Changes', fix.change?.object],
        ['Affects', fix.affects],
        ['Risk', fix.risk],
        ['Privilege', fix.privilege],
        ['Interruption', fix.interruption],
        ['Takes effect', fix.effective],
        ['Wait', fix.wait],
        ['Sources', fix.sources.join('; ')],
      ),
    },
    ...certaintyBlock(fix.certainty),
    ...paragraphs(fix.text),
    ...notesOf(fix),
    ...changeBlocks(fix),
    ...(fix.status === 'not-tried' ? [] : afterChange(fix)),
  ]);
}

/** What only matters once a fix is at hand. */
function afterChange(fix: FixItem): Block[] {
  return [
    section('Way back', rollbackBlocks(fix)),
    section('Proof', [
      { kind: 'facts', facts: facts(['Check', fix.proof.title], ['Expected', fix.proof.expect]) },
      ...(fix.proof.captures.length > 0 ? [] : [paragraph('No output of this check was recorded after the change.')]),
      ...fix.proof.captures.map(captureBlock),
    ]),
    ...(fix.captures.length > 0 ? [section('Also recorded here', fix.captures.map(captureBlock))] : []),
    ...(fix.reminders.length > 0 ? [section('Afterwards', [{ kind: 'list', items: fix.reminders }])] : []),
  ];
}

function outcomeOf({ label, followed, status, proof }: FixItem): string {
  const words = label ?? FIX_WORDS[status];
  const told = followed !== 'no-suggestion' || proof.captures.length > 0;
  return followed && told ? `${words} (${FOLLOWED_WORDS[followed]})` : words;
}

function changeBlocks({ change, status }: FixItem): Block[] {
  if (!change) return [section('Change', [paragraph('To be done by hand; there is no command for it.')])];
  if (change.sent.length + change.byHand.length > 0) {
    return [
      ...(change.byHand.length > 0 ? [section('Change, done by hand', change.byHand.flatMap(byHandBlocks))] : []),
      ...(change.sent.length > 0 ? [section('Change, as sent', change.sent.map(captureBlock))] : []),
    ];
  }
  const done = status === 'verified' || status === 'not-verified' || status === 'rolled-back';
  const remark = done ? 'No command was recorded; this is what would have been sent.' : 'Not sent.';
  return [section('Change, as planned', [paragraph(remark), ...commandsBlocks(change.planned)])];
}

const byHandBlocks = ({ text, at, by }: ByHandItem): Block[] => [
  { kind: 'facts', facts: facts(['By', `${by}, ${at.local}`]) },
  { kind: 'code', text, shell: 'console' },
];

function rollbackBlocks({ rollback }: FixItem): Block[] {
  return [...paragraphs(rollback.words), ...paragraphs(rollback.note), ...commandsBlocks(rollback.texts)];
}

/** What is missing is said once, though each shell lacks it. */
function commandsBlocks(texts: readonly CommandText[]): Block[] {
  const said = new Set<string>();
  return texts.flatMap(commandBlocks).filter((block) => {
    if (block.kind !== 'paragraph') return true;
    const first = !said.has(block.text);
    said.add(block.text);
    return first;
  });
}

function commandBlocks({ shell, text, missingLabels }: CommandText): Block[] {
  const lacking =
    missingLabels.length > 0
      ? [paragraph(`Not known, to be filled in by hand: ${missingLabels.join(', ')}.`, 'mark')]
      : [];
  return text === null ? lacking : [...lacking, { kind: 'code', text, shell }];
}
