/** A strict reader of the HTML that we write: anything that is not exactly of that shape is a fault. */
const TAG = /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"<>]*")*)>/y;
const VOID = new Set(['meta']);

export type Token = { tag: string; attributes: string; closing: boolean };

/** The tags in order; throws at the first `<` that opens none, and where they do not nest. */
export function tokensOf(html: string): Token[] {
  const tokens: Token[] = [];
  const open: string[] = [];
  const start = '<!DOCTYPE html>\n';
  if (!html.startsWith(start)) throw new Error('The document type is missing.');
  for (let at = html.indexOf('<', start.length); at !== -1; at = html.indexOf('<', TAG.lastIndex)) {
    TAG.lastIndex = at;
    const found = TAG.exec(html);
    if (!found) throw new Error(`A stray sign: ${html.slice(at, at + 40)}`);
    const [, slash, tag = '', attributes = ''] = found;
    tokens.push({ tag, attributes, closing: slash === '/' });
    if (VOID.has(tag)) continue;
    if (slash === '/' && open.pop() !== tag) throw new Error(`</${tag}> closes another element.`);
    if (slash === '') open.push(tag);
  }
  if (open.length > 0) throw new Error(`Never closed: ${open.join(', ')}`);
  return tokens;
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** The text that a browser shows, styles left out. */
export function textOf(html: string): string {
  return html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^<>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => NAMED[name] ?? '');
}
