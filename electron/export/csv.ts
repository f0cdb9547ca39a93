/** One row a step, for spreadsheets (RFC 4180). */
import type { Checklist, PathItem, StepItem } from '../../wizards/engine/checklist/model.ts';
import { FIX_WORDS, FOLLOWED_WORDS, MACHINE_WORDS } from '../../wizards/engine/checklist/words.ts';
import { visible } from './visible.ts';

export const csv = { extension: 'csv', mediaType: 'text/csv;charset=utf-8', write: writeCsv };

/** Without it Excel takes the file for text in the code page of Windows. */
const BYTE_ORDER_MARK = '\ufeff';

type Row = { checklist: Checklist; step: StepItem; path: PathItem; superseded: boolean };
const COLUMNS: [name: string, value: (row: Row) => string][] = [
  ['case', ({ checklist }) => checklist.case.id],
  ['ticket', ({ checklist }) => checklist.case.ticket],
  ['step', ({ step }) => String(step.n)],
  ['superseded', ({ superseded }) => (superseded ? 'yes' : 'no')],
  ['wizard', ({ step }) => step.wizard],
  ['kind', ({ step }) => step.kind],
  ['title', ({ step }) => step.title],
  ['where', ({ step }) => (step.machine ? MACHINE_WORDS[step.machine] : '')],
  ['answer', answerOf],
  ['suggested', ({ step }) => step.suggested?.label ?? ''],
  ['reading', ({ step }) => (step.followed ? FOLLOWED_WORDS[step.followed] : '')],
  ['by', ({ step }) => step.by ?? ''],
  ['at (UTC)', ({ step }) => step.at?.utc ?? ''],
  [
    'note',
    ({ step }) => [step.note ?? '', ...step.notes.map(({ text, by }) => `${by}: ${text}`)].filter(Boolean).join('\n'),
  ],
  [
    'commands',
    (row) =>
      capturesOf(row)
        .map(({ text }) => text)
        .join('\n'),
  ],
  ['host', (row) => [...new Set(capturesOf(row).map(({ host }) => host ?? ''))].filter(Boolean).join(', ')],
  [
    'evidence',
    (row) =>
      capturesOf(row)
        .flatMap(({ evidence }) => evidence.map(({ line, text }) => `${line}: ${text}`))
        .join('\n'),
  ],
  ['certainty', ({ step }) => step.certainty],
  ['sources', ({ step }) => step.sources.join('; ')],
];

export function writeCsv(checklist: Checklist): string {
  const rowsOf = (path: PathItem, superseded: boolean): string[] =>
    path.steps.map((step) => line(COLUMNS.map(([, value]) => value({ checklist, step, path, superseded }))));
  const rows = [rowsOf(checklist.path, false), ...checklist.superseded.map((branch) => rowsOf(branch, true))].flat();
  return `${BYTE_ORDER_MARK}${line(COLUMNS.map(([name]) => name))}${rows.join('')}`;
}

/** Captures of a fix stand with the fix. */
function capturesOf({ step, path }: Row) {
  const fix = path.verdicts.flatMap(({ fixes }) => fixes).find(({ n }) => n === step.n);
  return fix ? [...(fix.change?.sent ?? []), ...fix.proof.captures, ...fix.captures] : step.captures;
}

function answerOf({ step, path }: Row): string {
  if (step.outcome) return step.outcome.label;
  if (step.kind === 'verdict') return path.verdicts.find(({ n }) => n === step.n)?.id ?? '';
  const fix = path.verdicts.flatMap(({ fixes }) => fixes).find(({ n }) => n === step.n);
  return fix ? FIX_WORDS[fix.status] : '';
}

const line = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

/**
 * Always in quotes. A spreadsheet takes a cell that begins with one of these signs for a formula, in its wide form and
 * behind blanks too; an apostrophe keeps it text.
 */
function cell(value: string): string {
  const text = visible(value);
  const safe = /^[\s'"]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
