/**
 * What an export consists of before it has a format. An exporter knows these few blocks and how to write each so
 * that no text can leave its place; what the checklist says is decided once, in this folder.
 */
import type { Excerpt } from '../../../wizards/engine/checklist/model.ts';
import type { Shell } from '../../../wizards/engine/schema.ts';

/** `code`: a value that stands for itself (a host, an id, a path), not a piece of a sentence. */
export type Span = string | { code: string };
export type Fact = { label: string; value: Span[] };
export type Block =
  | { kind: 'section'; title: string; blocks: Block[]; quiet?: boolean }
  /** One paragraph. `warning` and `mark` (doubtful content) must catch the eye. */
  | { kind: 'paragraph'; text: string; tone?: 'warning' | 'mark' }
  | { kind: 'facts'; facts: Fact[] }
  | { kind: 'list'; items: string[]; tasks?: boolean }
  /** To be copied: never wrapped, never numbered. `shell` null for what is no command. */
  | { kind: 'code'; text: string; shell: Shell | null }
  | { kind: 'output'; title: string; excerpt: Excerpt }
  /** What a person wrote, line for line. */
  | { kind: 'note'; text: string; by: string };
export type Document = { title: string; facts: Fact[]; blocks: Block[] };

export const section = (title: string, blocks: Block[], quiet = false): Block => ({
  kind: 'section',
  title,
  blocks,
  ...(quiet ? { quiet } : {}),
});
export const paragraph = (text: string, tone?: 'warning' | 'mark'): Block => ({
  kind: 'paragraph',
  text,
  ...(tone ? { tone } : {}),
});
/** The facts that have a value. */
export const facts = (...all: [label: string, value: string | Span[] | null | false | undefined][]): Fact[] =>
  all.flatMap(([label, value]) => {
    if (!value || value.length === 0) return [];
    return [{ label, value: typeof value === 'string' ? [value] : value }];
  });
/** Prose of several paragraphs. */
export const paragraphs = (text: string | null): Block[] =>
  (text ?? '')
    .split(/\n\s*\n/)
    .filter((part) => part.trim() !== '')
    .map((part) => paragraph(part));
