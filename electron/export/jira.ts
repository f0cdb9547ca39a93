/** Jira's wiki markup. No tables: values may hold what ends a cell. */
import type { Checklist } from '../../wizards/engine/checklist/model.ts';
import type { Block, Fact } from './document/blocks.ts';
import { documentOf } from './document/document.ts';
import { codeSpan, inline, block as plainBlock, prose } from './jira-text.ts';
import { caption, digits, numbered, shortened, withGaps } from './output-lines.ts';

export const jira = { extension: 'jira.txt', mediaType: 'text/plain;charset=utf-8', write: writeJira };

export function writeJira(checklist: Checklist): string {
  const { title, facts, blocks } = documentOf(checklist);
  const parts = [`h1. ${prose(title)}`, factsOf(facts), ...blocks.flatMap((one) => blockOf(one, 2))];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function blockOf(block: Block, level: number): string[] {
  switch (block.kind) {
    case 'section':
      return [
        `h${Math.min(level, 6)}. ${prose(block.title)}`,
        ...block.blocks.flatMap((inner) => blockOf(inner, level + 1)),
      ];
    case 'paragraph':
      if (block.tone === 'warning') return [`bq. *${inline(block.text)}*`];
      return [block.tone === 'mark' ? `bq. ${prose(block.text)}` : prose(block.text)];
    case 'facts':
      return [factsOf(block.facts)];
    case 'list':
      return [block.items.map((item) => `* ${prose(item)}`).join('\n')];
    case 'code':
      return [plainBlock(block.text)];
    case 'output': {
      const shown = shortened(block.excerpt);
      const head = `${prose(caption(block.title, block.excerpt, shown))}:`;
      const lines = withGaps(shown).map((line) => numbered(line, digits(shown)));
      return lines.length > 0 ? [head, plainBlock(lines.join('\n'))] : [head.replace(/:$/, '.')];
    }
    case 'note':
      return [
        `Note by ${inline(block.by)}:`,
        block.text.includes('\n') ? plainBlock(block.text) : `bq. ${prose(block.text)}`,
      ];
  }
}

const factsOf = (facts: readonly Fact[]): string =>
  facts
    .map(({ label, value }) => {
      const text = value.map((span) => (typeof span === 'string' ? spaced(span) : codeSpan(span.code)));
      return `* *${inline(label)}:* ${text.join('')}`;
    })
    .join('\n');

/** A sentence between two values keeps one blank at each end where it had one. */
function spaced(text: string): string {
  const inner = inline(text);
  if (inner === '') return text === '' ? '' : ' ';
  return `${/^\s/.test(text) ? ' ' : ''}${inner}${/\s$/.test(text) ? ' ' : ''}`;
}
