/** One file that opens without network and script, reads on screen and prints. */
import type { Checklist } from '../../wizards/engine/checklist/model.ts';
import type { Block, Fact, Span } from './document/blocks.ts';
import { documentOf } from './document/document.ts';
import { type Child, element, fixed, type Html, htmlText } from './element.ts';
import { STYLE } from './html-style.ts';
import { caption, withGaps } from './output-lines.ts';
import { oneLine, visible } from './visible.ts';

type HtmlBlock<K extends Block['kind']> = Extract<Block, { kind: K }>;
const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'] as const;

export const html = { extension: 'html', mediaType: 'text/html;charset=utf-8', write: writeHtml };

export function writeHtml(checklist: Checklist): string {
  const { title, facts, blocks } = documentOf(checklist);
  const head = element(
    'head',
    {},
    fixed('<meta charset="utf-8">'),
    fixed('<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">'),
    fixed('<meta name="viewport" content="width=device-width, initial-scale=1">'),
    fixed('<meta name="referrer" content="no-referrer">'),
    element('title', {}, oneLine(title)),
    fixed(`<style>${STYLE}</style>`),
  );
  const header = element('header', {}, element('h1', {}, isolated(title)), factsOf(facts));
  const main = element(
    'main',
    {},
    header,
    blocks.map((block) => blockOf(block, 2)),
  );
  return `<!DOCTYPE html>\n<html lang="en">${htmlText(head)}${htmlText(element('body', {}, main))}</html>\n`;
}

function blockOf(block: Block, level: number): Child {
  switch (block.kind) {
    case 'section':
      return sectionOf(block, level);
    case 'paragraph':
      return element('p', block.tone ? { class: block.tone } : {}, oneLine(block.text));
    case 'facts':
      return factsOf(block.facts);
    case 'list':
      return element(
        'ul',
        block.tasks ? { class: 'tasks' } : {},
        block.items.map((item) => element('li', {}, isolated(item))),
      );
    case 'code':
      return element('pre', { class: block.shell ? 'command' : 'value' }, element('code', {}, visible(block.text)));
    case 'output':
      return outputOf(block);
    case 'note':
      return element(
        'div',
        { class: 'note' },
        element('p', { class: 'caption' }, 'Note by ', isolated(block.by)),
        element('pre', {}, visible(block.text)),
      );
  }
}

function sectionOf({ title, blocks, quiet }: HtmlBlock<'section'>, level: number): Html {
  const heading = element(HEADINGS[Math.min(level, 6) - 1] ?? 'h6', {}, isolated(title));
  return element(
    'section',
    quiet ? { class: 'quiet' } : {},
    heading,
    blocks.map((block) => blockOf(block, level + 1)),
  );
}

/** Text of the other writing direction turns nothing around it. */
const isolated = (text: string): Html => element('bdi', {}, oneLine(text));

function factsOf(facts: readonly Fact[]): Child {
  if (facts.length === 0) return [];
  return element(
    'dl',
    {},
    facts.map(({ label, value }) =>
      element('div', {}, element('dt', {}, oneLine(label)), element('dd', {}, value.map(spanOf))),
    ),
  );
}

function spanOf(span: Span): Html {
  return typeof span === 'string' ? spaced(span) : element('code', {}, oneLine(span.code));
}

/** A sentence between two values keeps the blanks at its ends. */
function spaced(text: string): Html {
  return element('span', {}, visible(text).replace(/[\n\t]+/g, ' '));
}

function outputOf({ title, excerpt }: HtmlBlock<'output'>): Child {
  const { lines } = excerpt;
  const head = element('p', { class: 'caption' }, caption(title, excerpt, lines));
  if (lines.length === 0) return head;
  const written = withGaps(lines).map(({ n, evidence, text }) =>
    element(evidence ? 'mark' : 'span', {}, element('span', {}, n === null ? ' ' : String(n)), text),
  );
  return [head, element('pre', { class: 'output' }, written)];
}
