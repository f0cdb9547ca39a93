/**
 * Plain text for the fields of a ticket system: 80 columns, labels in a column of their own, everything from
 * outside indented, so that only this program begins a line at its start. Commands stay on one line however long:
 * one that was broken would run in halves when it is pasted.
 */
import type { Checklist } from '../../wizards/engine/checklist/model.ts';
import type { Block, Fact } from './document/blocks.ts';
import { documentOf } from './document/document.ts';
import { caption, digits, numbered, shortened, withGaps } from './output-lines.ts';
import { COLUMNS, cut, widthOf, wrap } from './text-layout.ts';
import { oneLine, visible } from './visible.ts';

const LABEL = 22;
const INDENT = '    ';
const TAB = '    ';

export const text = { extension: 'txt', mediaType: 'text/plain;charset=utf-8', write: writeText };

export function writeText(checklist: Checklist): string {
  const { title, facts, blocks } = documentOf(checklist);
  const head: Fact = { label: 'Short description', value: [title] };
  const parts = [factsOf([head, ...facts]), ...blocks.flatMap((block) => blockOf(block, 1))];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Each block is a list of lines; a blank line goes between two blocks. */
function blockOf(block: Block, level: number): string[][] {
  switch (block.kind) {
    case 'section':
      return [heading(block.title, level), ...block.blocks.flatMap((inner) => blockOf(inner, level + 1))];
    case 'paragraph':
      if (block.tone) return [wrap(oneLine(block.text), '  !! ', '     ')];
      return [wrap(oneLine(block.text), '  ')];
    case 'facts':
      return block.facts.length > 0 ? [factsOf(block.facts, '  ')] : [];
    case 'list':
      return [
        block.items.flatMap((item) =>
          wrap(oneLine(item), block.tasks ? '  [ ] ' : '  - ', block.tasks ? '      ' : '    '),
        ),
      ];
    case 'code':
      return [
        visible(block.text)
          .split('\n')
          .map((line) => `${INDENT}${line}`),
      ];
    case 'output': {
      const shown = shortened(block.excerpt);
      const width = digits(shown);
      const rest = `${INDENT}  ${' '.repeat(width)} | `;
      const lines = withGaps(shown).flatMap((line) => cut(numbered(line, width).replaceAll('\t', TAB), INDENT, rest));
      return [[...wrap(caption(block.title, block.excerpt, shown), '  '), ...lines]];
    }
    case 'note':
      return [
        [
          ...wrap(`Note by ${oneLine(block.by)}:`, '  '),
          ...visible(block.text)
            .split('\n')
            .flatMap((line) => wrap(line.replaceAll('\t', TAB), INDENT)),
        ],
      ];
  }
}

/** Sections in capitals with a line below; the stars of what is inside count its depth. */
function heading(title: string, level: number): string[] {
  const line = oneLine(title);
  if (level > 1) {
    const lead = `${level > 2 ? '  ' : ''}${'*'.repeat(level - 1)} `;
    return wrap(line, lead, ' '.repeat(lead.length));
  }
  return [line.toUpperCase(), '='.repeat(Math.min(COLUMNS, widthOf(line)))];
}

function factsOf(facts: readonly Fact[], indent = ''): string[] {
  return facts.flatMap(({ label, value }) => {
    const words = value.map((span) => (typeof span === 'string' ? span : span.code)).join('');
    const lead = `${indent}${oneLine(label)}:`;
    const rest = ' '.repeat(LABEL + indent.length);
    // A label too long for its column gets a line of its own.
    if (widthOf(lead) >= rest.length) return [...wrap(lead.trim(), indent), ...wrap(oneLine(words), rest)];
    return wrap(oneLine(words), `${lead}${' '.repeat(rest.length - widthOf(lead))}`, rest);
  });
}
