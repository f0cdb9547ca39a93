/** GitHub flavoured Markdown that reads well raw and rendered. No tables: values may hold what ends a cell. */
import type { Checklist } from '../../wizards/engine/checklist/model.ts';
import type { Shell } from '../../wizards/engine/schema.ts';
import type { Block, Fact } from './document/blocks.ts';
import { documentOf } from './document/document.ts';
import { codeSpan, fence, headingText, inline, prose } from './markdown-text.ts';
import { caption, digits, numbered, shortened, withGaps } from './output-lines.ts';

const LANGUAGES: Record<Shell, string> = {
  powershell: 'powershell',
  pwsh: 'powershell',
  ems: 'powershell',
  cmd: 'bat',
  bash: 'bash',
  zsh: 'bash',
  device: 'text',
  console: 'text',
};

export const markdown = { extension: 'md', mediaType: 'text/markdown;charset=utf-8', write: writeMarkdown };

export function writeMarkdown(checklist: Checklist): string {
  const { title, facts, blocks } = documentOf(checklist);
  const parts = [`# ${headingText(title)}`, factsOf(facts), ...blocks.flatMap((block) => blockOf(block, 2))];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function blockOf(block: Block, level: number): string[] {
  switch (block.kind) {
    case 'section':
      return [
        `${'#'.repeat(Math.min(level, 6))} ${headingText(block.title)}`,
        ...block.blocks.flatMap((inner) => blockOf(inner, level + 1)),
      ];
    case 'paragraph':
      if (block.tone === 'warning') return [`> **${inline(block.text)}**`];
      return [block.tone === 'mark' ? `> ${prose(block.text)}` : prose(block.text)];
    case 'facts':
      return [factsOf(block.facts)];
    case 'list':
      return [block.items.map((item) => `- ${block.tasks ? '[ ] ' : ''}${prose(item)}`).join('\n')];
    case 'code':
      return [fence(block.text, block.shell ? LANGUAGES[block.shell] : 'text')];
    case 'output': {
      const shown = shortened(block.excerpt);
      const head = `${prose(caption(block.title, block.excerpt, shown))}:`;
      const lines = withGaps(shown).map((line) => numbered(line, digits(shown)));
      return lines.length > 0 ? [head, fence(lines.join('\n'), 'text')] : [head.replace(/:$/, '.')];
    }
    case 'note':
      return [
        `Note by ${inline(block.by)}:`,
        block.text.includes('\n') ? fence(block.text, 'text') : `> ${prose(block.text)}`,
      ];
  }
}

function factsOf(facts: readonly Fact[]): string {
  return facts
    .map(({ label, value }) => {
      const text = value.map((span) => (typeof span === 'string' ? spaced(span) : codeSpan(span.code)));
      return `- **${inline(label)}:** ${text.join('')}`;
    })
    .join('\n');
}

/** A sentence between two values keeps one blank at each end where it had one. */
function spaced(text: string): string {
  const inner = inline(text);
  if (inner === '') return text === '' ? '' : ' ';
  return `${/^\s/.test(text) ? ' ' : ''}${inner}${/\s$/.test(text) ? ' ' : ''}`;
}
