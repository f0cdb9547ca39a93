/** Reads XML piece by piece: just what event logs write. No entities of its own, no nesting, no errors. */

export type XmlPiece =
  | { kind: 'open'; name: string; attributes: Record<string, string>; empty: boolean }
  | { kind: 'close'; name: string }
  | { kind: 'text'; text: string };

const LONGEST_TAG = 4000;
const ATTRIBUTE = /([\w.:-]{1,100})\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Pieces in order. Names come without their prefix; comments, instructions and what is no tag are left out. */
export function* xmlPieces(xml: string): Generator<XmlPiece> {
  let at = 0;
  // Looked for once, however many signs stand before it that open nothing.
  let nextEnd = -1;
  while (at < xml.length) {
    const open = xml.indexOf('<', at);
    if (open !== at) {
      const text = xml.slice(at, open < 0 ? xml.length : open);
      yield { kind: 'text', text: unescaped(text) };
    }
    if (open < 0) return;
    const skipped = skip(xml, open, '<!--', '-->') ?? skip(xml, open, '<?', '?>');
    if (skipped !== null) {
      at = skipped;
      continue;
    }
    const raw = skip(xml, open, '<![CDATA[', ']]>');
    if (raw !== null) {
      yield { kind: 'text', text: xml.slice(open + 9, xml.startsWith(']]>', raw - 3) ? raw - 3 : raw) };
      at = raw;
      continue;
    }
    if (nextEnd < open) {
      const found = xml.indexOf('>', open);
      nextEnd = found < 0 ? Number.POSITIVE_INFINITY : found;
    }
    const tag = nextEnd - open > LONGEST_TAG ? null : tagOf(xml.slice(open + 1, nextEnd));
    // The address in `RCPT TO:<user@contoso.com>` is text where a page has undone the escapes.
    yield tag ?? { kind: 'text', text: '<' };
    at = tag ? nextEnd + 1 : open + 1;
  }
}

/** Offset behind a stretch that begins here, to the end of the text when it does not end; null when none begins. */
function skip(xml: string, at: number, begin: string, end: string): number | null {
  if (!xml.startsWith(begin, at)) return null;
  const found = xml.indexOf(end, at + begin.length);
  return found < 0 ? xml.length : found + end.length;
}

function tagOf(inside: string): XmlPiece | null {
  const name = /^(\/?)\s*(?:[\w.-]{1,100}:)?([A-Za-z_][\w.-]{0,100})(?=[\s/]|$)/.exec(inside);
  if (!name) return null;
  if (name[1] === '/') return { kind: 'close', name: name[2] as string };
  const attributes: Record<string, string> = {};
  for (const [, key, double, single] of inside.slice(name[0].length).matchAll(ATTRIBUTE)) {
    attributes[(key as string).replace(/^.*:/, '')] = unescaped(double ?? single ?? '');
  }
  return { kind: 'open', name: name[2] as string, attributes, empty: inside.endsWith('/') };
}

/** The five names of XML and numbers, each undone once. Any other stays as it is. */
export function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi, (whole, name, decimal, hex) => {
    if (name) return NAMED[(name as string).toLowerCase()] as string;
    const code = decimal ? Number(decimal) : Number.parseInt(hex as string, 16);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}
