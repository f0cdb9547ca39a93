/** The text of an HTML mail, line by line as a person sees it. One pass, linear, and nothing of it is ever executed. */
import { plain } from '../../wizards/engine/intake/unfold.ts';

/** Tags behind which a new line begins, and those whose content nobody sees. */
const BREAKS = new Set([
  'br',
  'p',
  'div',
  'tr',
  'table',
  'ul',
  'ol',
  'li',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'pre',
  'blockquote',
  'hr',
  'center',
  'section',
]);
const CELLS = new Set(['td', 'th']);
const UNSEEN = new Set(['script', 'style', 'head', 'title', 'svg']);

/** Whatever the markup is: what does not close is text or is left out. */
export function htmlText(html: string): string {
  const out: string[] = [];
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    out.push(html.slice(at, open < 0 ? undefined : open).replace(/\s+/g, ' '));
    if (open < 0) break;
    if (html.startsWith('<!--', open)) {
      const end = html.indexOf('-->', open + 4);
      at = end < 0 ? html.length : end + 3;
      continue;
    }
    const [, slash, name] = /^<(\/?)([A-Za-z][A-Za-z0-9]{0,15})/.exec(html.slice(open, open + 20)) ?? [];
    const close = html.indexOf('>', open + 1);
    if (name === undefined || close < 0) {
      if (close >= 0 && /^<[!?/]/.test(html.slice(open, open + 2))) at = close + 1;
      else {
        out.push('&lt;');
        at = open + 1;
      }
      // Nothing closes any more: the rest is text.
      if (close < 0) {
        out.push(html.slice(at).replace(/\s+/g, ' '));
        break;
      }
      continue;
    }
    const tag = name.toLowerCase();
    if (BREAKS.has(tag)) out.push('\n');
    else if (CELLS.has(tag) && slash === '') out.push(' ');
    at = close + 1;
    if (UNSEEN.has(tag) && slash === '') at = behind(html, tag, at);
  }
  const lines = out.join('').split('\n').map(plain);
  return lines
    .filter((line, i) => line !== '' || lines[i - 1] !== '')
    .join('\n')
    .trim();
}

function behind(html: string, tag: string, from: number): number {
  const closing = new RegExp(`</${tag}\\b[^>]{0,100}>?`, 'gi');
  closing.lastIndex = from;
  const match = closing.exec(html);
  return match ? match.index + match[0].length : html.length;
}
