/** One YAML file: its data, and where each part of it stands. */
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  parseDocument,
  type Range,
  visit,
  type YAMLError,
} from 'yaml';
import type { Code, Diagnostic } from './diagnostics.ts';
import { diagnostic } from './diagnostics.ts';
import type { Path, Place } from './place.ts';

export type SourceFile = {
  path: string;
  text: string;
  data: unknown;
  /** Where the value at a path begins; of a part that is missing the place of what should hold it. */
  valueAt(path: Path): Place;
  /** Where the key at a path stands; of a list item where the item begins. */
  keyAt(path: Path): Place;
  /** The character `position` (counted from 1) within the text at a path, or its beginning where escapes shift it. */
  within(path: Path, position: number): Place;
};
type PlaceOf = (offset: number) => Place;
export type SourceResult = { file: SourceFile | null; diagnostics: Diagnostic[] };

export const LARGEST_FILE = 512 * 1024;
export const DEEPEST = 40;
const MOST_REPORTED = 100;
const TOO_DEEP = `This is nested more than ${DEEPEST} levels deep.`;
/** The parser's own words where they speak of its tokens. */
const MESSAGES: Partial<Record<YAMLError['code'], string>> = {
  UNEXPECTED_TOKEN: 'This cannot stand here.',
  MISSING_CHAR: 'A quote, a bracket or a comma is missing here, or a blank behind a colon.',
  BAD_INDENT: 'The line is not indented like its neighbours.',
  TAB_AS_INDENT: 'A tab cannot indent a line.',
  MULTILINE_IMPLICIT_KEY: 'A key runs over several lines: a colon is missing, or a text with a colon has no quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'A second key in one line: a text with a colon has no quotes.',
  MULTIPLE_DOCS: 'A second document begins here; a file holds one.',
};

/** Parses a file. Without a `file` nothing of it can be used; the diagnostics say why. */
export function readSource(path: string, text: string): SourceResult {
  const fault = (code: Code, at: Place, message: string, hint?: string): SourceResult => ({
    file: null,
    diagnostics: [diagnostic(code, path, at, message, hint)],
  });
  const top = { line: 1, column: 1 };
  if (text.length > LARGEST_FILE || utf8Length(text) > LARGEST_FILE) {
    return fault('FG104', top, `The file is larger than ${LARGEST_FILE / 1024} KB.`);
  }
  const deep = tooDeepAt(text);
  if (deep !== null) return fault('FG105', placesIn(text)(deep), TOO_DEEP);
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false });
  const placeOf = placesIn(text);
  const diagnostics = firstOf(document.errors).map((error) => {
    const code = error.code === 'RESOURCE_EXHAUSTION' ? 'FG105' : 'FG101';
    const at = openQuote(error, document.contents) ?? error.pos[0];
    const message = code === 'FG105' ? TOO_DEEP : (MESSAGES[error.code] ?? oneLine(error.message));
    return diagnostic(code, path, placeOf(at), message);
  });
  for (const warning of document.warnings.filter((one) => one.code === 'TAG_RESOLVE_FAILED')) {
    diagnostics.push(diagnostic('FG107', path, placeOf(warning.pos[0]), oneLine(warning.message)));
  }
  if (diagnostics.length === 0) diagnostics.push(...refusedNodes(document.contents, path, text, placeOf));
  if (diagnostics.length > 0) return { file: null, diagnostics };
  const root = document.contents;
  return { file: sourceFile(path, text, document.toJS({ maxAliasCount: 0 }), root, placeOf), diagnostics };
}

/** A file that was parsed and checked before: parsed again only when somebody asks where in it something stands. */
export function checkedSource(path: string, text: string): SourceFile {
  let parsed: SourceFile | null = null;
  const file = (): SourceFile => {
    parsed ??= readSource(path, text).file ?? sourceFile(path, text, null, null, placesIn(text));
    return parsed;
  };
  return {
    path,
    text,
    get data() {
      return file().data;
    },
    valueAt: (at) => file().valueAt(at),
    keyAt: (at) => file().keyAt(at),
    within: (at, position) => file().within(at, position),
  };
}

/** What the lexer puts in for document, scalar and error; no part of the text. */
const LEXER_MARKS = new Set(['\u0002', '\u0018', '\u001f']);

/**
 * Where brackets or dashes are nested too deep, found before the parser sees them: it takes seconds for towers
 * of them. Only text that could hold one is looked at closely.
 */
function tooDeepAt(text: string): number | null {
  if (!mayBeDeep(text)) return null;
  let offset = 0;
  let depth = 0;
  let dashes = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') depth += 1;
    if (token === ']' || token === '}') depth -= 1;
    if (token === '-' || token === '?') dashes += 1;
    else if (token.trim() !== '' || token.includes('\n')) dashes = 0;
    if (depth > DEEPEST || dashes > DEEPEST) return offset;
    if (!LEXER_MARKS.has(token)) offset += token.length;
  }
  return null;
}

/** Whether more brackets are opened than closed somewhere, or a line begins with many dashes. One pass. */
function mayBeDeep(text: string): boolean {
  let open = 0;
  let openInLine = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 10) openInLine = 0;
    const step = code === 91 || code === 123 ? 1 : code === 93 || code === 125 ? -1 : 0;
    open += step;
    openInLine += step;
    if (openInLine > DEEPEST || open > DEEPEST) return true;
  }
  return /(?:[-?][ \t]+){41}/.test(text);
}

/** After the first fault of syntax the parser has lost its way; what it says then is of no use. */
function firstOf(errors: readonly YAMLError[]): YAMLError[] {
  const first = errors.reduce<YAMLError | null>((best, one) => (best && best.pos[0] <= one.pos[0] ? best : one), null);
  return first ? [first] : [];
}

/** The parser notices an open quote at the end of the file; a person wants to know where it began. */
function openQuote({ message, pos }: YAMLError, root: Node | null): number | null {
  if (!/^Missing closing ['"]quote/.test(message)) return null;
  let start: number | null = null;
  visit(root, {
    Scalar(_, { type, range }) {
      if (type?.startsWith('QUOTE') && range && range[1] >= pos[0]) start = range[0];
    },
  });
  return start;
}

/** Places by offset. Counted here: after a fault of syntax the parser's own counter misses lines. */
function placesIn(text: string): PlaceOf {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: Math.min(offset, text.length) - (starts[low] as number) + 1 };
  };
}

/** What YAML can say and content may not: keys twice, anchors, aliases, tags, and blocks without end. */
function refusedNodes(root: Node | null, path: string, text: string, placeOf: PlaceOf): Diagnostic[] {
  const found: Diagnostic[] = [];
  const report = (code: Code, offset: number, message: string) => {
    if (found.length < MOST_REPORTED) found.push(diagnostic(code, path, placeOf(offset), message));
  };
  /** False once it has gone too deep: nothing below is looked at, nothing beside it either. */
  const look = (node: unknown, depth: number): boolean => {
    if (!isNode(node)) return true;
    const start = startOf(node);
    if (isAlias(node)) report('FG103', start, `The alias *${node.source} is not allowed.`);
    else if (node.anchor) {
      const anchor = text.lastIndexOf(`&${node.anchor}`, start);
      report('FG103', anchor < 0 ? start : anchor, `The anchor &${node.anchor} is not allowed.`);
    } else if (node.tag && !node.tag.startsWith('tag:yaml.org,2002:')) {
      report('FG107', start, `The tag ${node.tag} is not allowed.`);
    }
    if (depth >= DEEPEST) {
      report('FG105', start, TOO_DEEP);
      return false;
    }
    if (isMap(node)) {
      const keys = new Set<string>();
      return node.items.every(({ key, value }) => {
        const name = isScalar(key) ? String(key.value) : null;
        if (name !== null && keys.has(name))
          report('FG102', startOf(key as Node), `The key "${name}" stands here twice.`);
        if (name !== null) keys.add(name);
        return look(key, depth + 1) && look(value, depth + 1);
      });
    }
    return isSeq(node) ? node.items.every((item) => look(item, depth + 1)) : true;
  };
  look(root, 0);
  return found;
}

function sourceFile(path: string, text: string, data: unknown, root: Node | null, placeOf: PlaceOf): SourceFile {
  const valueAt = (at: Path): Place => placeOf(startOf(nodeAt(root, at).node));
  return {
    path,
    text,
    data,
    valueAt,
    keyAt(at) {
      const { key, node } = nodeAt(root, at);
      return placeOf(startOf(key ?? node));
    },
    within(at, position) {
      const { node } = nodeAt(root, at);
      const range: Range | null | undefined = isScalar(node) ? node.range : null;
      const value = isScalar(node) && typeof node.value === 'string' ? node.value : null;
      if (!range || value === null) return valueAt(at);
      const raw = text.slice(range[0], range[1]);
      if (raw === value) return placeOf(range[0] + position - 1);
      return raw.slice(1, -1) === value ? placeOf(range[0] + position) : placeOf(range[0]);
    },
  };
}

const startOf = (node: Node | null): number => node?.range?.[0] ?? 0;

/** The node at a path and its key, or as deep as the path leads. */
function nodeAt(root: Node | null, path: Path): { key: Node | null; node: Node | null } {
  let node = root;
  let key: Node | null = null;
  for (const part of path) {
    if (isMap<Node, Node | null>(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part));
      if (!pair) return { key, node };
      key = pair.key;
      node = pair.value ?? pair.key;
    } else if (isSeq<Node>(node) && typeof part === 'number') {
      const item = node.items[part];
      if (!item) return { key, node };
      key = null;
      node = item;
    } else return { key, node };
  }
  return { key, node };
}

const oneLine = (message: string): string => {
  const first = (message.split('\n')[0] as string).replace(/ at line \d+, column \d+:?$/, '').replace(/[.:]$/, '');
  return `${first}.`;
};

const utf8Length = (text: string): number => new TextEncoder().encode(text).length;
