/** HTML made of elements, never of strings: whatever is handed in as text comes out as text. */
import { oneLine } from './visible.ts';

const MARK = Symbol('html');
export type Html = { [MARK]: string };
export type Child = Html | string | Child[];

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

type Tag =
  | 'article'
  | 'body'
  | 'bdi'
  | 'code'
  | 'dd'
  | 'div'
  | 'dl'
  | 'dt'
  | 'footer'
  | 'h1'
  | 'h2'
  | 'h3'
  | 'h4'
  | 'h5'
  | 'h6'
  | 'head'
  | 'header'
  | 'li'
  | 'main'
  | 'mark'
  | 'p'
  | 'pre'
  | 'section'
  | 'span'
  | 'title'
  | 'ul';

export function element(tag: Tag, attributes: Record<string, string>, ...children: Child[]): Html {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(oneLine(value))}"`);
  return { [MARK]: `<${tag}${written.join('')}>${contentOf(children)}</${tag}>` };
}

/** Markup of our own that holds nothing from outside. */
export function fixed(html: string): Html {
  return { [MARK]: html };
}

export const htmlText = (html: Html): string => html[MARK];

function contentOf(children: Child): string {
  if (typeof children === 'string') return escaped(children);
  if (Array.isArray(children)) return children.map(contentOf).join('');
  return children[MARK];
}
