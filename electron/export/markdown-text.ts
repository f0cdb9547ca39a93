/** Text for GitHub flavoured Markdown: every piece stays text, in the place where it was put. */
import { oneLine, visible } from './visible.ts';

/**
 * A piece of a sentence. Only characters that could mean something where they stand are escaped, so that the
 * source reads well too: `remote_host` and `(see 3)` stay as they are. Addresses are kept from becoming links.
 */
export function inline(text: string): string {
  return oneLine(text)
    .replace(/[\\`*[\]|~$]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/&(?=[#A-Za-z])/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\bwww\./gi, (found) => `${found.slice(0, 3)}\\.`);
}

/** The same at the start of a line, where a sign or a number would make a list, a heading or a quotation. */
export function prose(text: string): string {
  return inline(text)
    .replace(/^[#>+=-]/, '\\$&')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2');
}

/** A heading's text; signs at its end would be taken for its closing. */
export function headingText(text: string): string {
  return inline(text).replace(/#+$/, (found) => found.replaceAll('#', '\\#'));
}

/** A value as it is, in a code span. */
export function codeSpan(value: string): string {
  const text = oneLine(value);
  if (text === '') return '(empty)';
  const ticks = '`'.repeat(longestRun(text, '`') + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${ticks}${pad}${text}${pad}${ticks}`;
}

/** Lines as they are, in a fence longer than any run inside. `language` is a word of ours. */
export function fence(text: string, language: string): string {
  const body = visible(text);
  const ticks = '`'.repeat(Math.max(3, longestRun(body, '`') + 1));
  return `${ticks}${language}\n${body}\n${ticks}`;
}

function longestRun(text: string, character: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(new RegExp(`${character}+`, 'g'))) longest = Math.max(longest, run.length);
  return longest;
}
