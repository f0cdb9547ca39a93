/** One YAML file: its data, and where each part of it stands. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type Range, visit } from 'yaml';
import type { Code, Diagnostic } from './diagnostics.ts';
import { diagnostic } from './diagnostics.ts';

export type Path = readonly (string | number)[];
export type Place = { line: number; column: number };
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
export type SourceResult = { file: SourceFile | null; diagnostics: Diagnostic[] };

export const LARGEST_FILE = 512 * 1024;
export const DEEPEST = 40;
/** The parser takes seconds to give up on these; no file that a person writes has them. */
const BRACKET_TOWER = new RegExp(`(?:[[{][ \\t\\r\\n]*){${DEEPEST + 1}}`);
const MOST_SYNTAX_ERRORS = 20;

/** Parses a file. Without a `file` nothing of it can be used; the diagnostics say why. */
export function readSource(path: string, text: string): SourceResult {
  const lines = new LineCounter();
  const fault = (code: Code, at: Place, message: string, hint?: string): SourceResult => ({
    file: null,
    diagnostics: [diagnostic(code, path, at, message, hint)],
  });
  const top = { line: 1, column: 1 };
  if (text.length > LARGEST_FILE || utf8Length(text) > LARGEST_FILE) {
    return fault('FG104', top, `The file is larger than ${LARGEST_FILE / 1024} KB.`);
  }
  const tower = BRACKET_TOWER.exec(text);
  if (tower) return fault('FG105', placeIn(text, tower.index), `More than ${DEEPEST} brackets are opened in a row.`);
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: false });
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const diagnostics: Diagnostic[] = [];
  for (const error of document.errors.slice(0, MOST_SYNTAX_ERRORS)) {
    const code = error.code === 'DUPLICATE_KEY' ? 'FG102' : error.code === 'RESOURCE_EXHAUSTION' ? 'FG105' : 'FG101';
    diagnostics.push(diagnostic(code, path, placeOf(error.pos[0]), oneLine(error.message)));
  }
  for (const warning of document.warnings.filter((one) => one.code === 'TAG_RESOLVE_FAILED')) {
    diagnostics.push(diagnostic('FG107', path, placeOf(warning.pos[0]), oneLine(warning.message)));
  }
  if (diagnostics.length === 0) diagnostics.push(...refusedNodes(document.contents, path, placeOf));
  if (diagnostics.length > 0) return { file: null, diagnostics };
  const root = document.contents;
  return { file: sourceFile(path, text, document.toJS({ maxAliasCount: 0 }), root, placeOf), diagnostics };
}

function refusedNodes(root: Node | null, path: string, placeOf: (offset: number) => Place): Diagnostic[] {
  const found: Diagnostic[] = [];
  let deep: Node | null = null;
  visit(root, {
    Node(_, node, parents) {
      const at = placeOf(node.range?.[0] ?? 0);
      if (isAlias(node)) found.push(diagnostic('FG103', path, at, `The alias *${node.source} is not allowed.`));
      else if (node.anchor) found.push(diagnostic('FG103', path, at, `The anchor &${node.anchor} is not allowed.`));
      else if (node.tag && !node.tag.startsWith('tag:yaml.org,2002:')) {
        found.push(diagnostic('FG107', path, at, `The tag ${node.tag} is not allowed.`));
      }
      const depth = parents.filter((parent) => isMap(parent) || isSeq(parent)).length;
      if (!deep && depth >= DEEPEST) {
        deep = node;
        found.push(diagnostic('FG105', path, at, `This is nested more than ${DEEPEST} levels deep.`));
        return visit.BREAK;
      }
      return undefined;
    },
  });
  return found;
}

function sourceFile(
  path: string,
  text: string,
  data: unknown,
  root: Node | null,
  placeOf: (offset: number) => Place,
): SourceFile {
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

function placeIn(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const utf8Length = (text: string): number => new TextEncoder().encode(text).length;
