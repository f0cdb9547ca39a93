/**
 * PowerShell syntax without PowerShell: the tree-sitter grammar, run as WebAssembly (the file ships in the package, so
 * nothing is compiled or downloaded). Columns stay those of the given text, because every repair below keeps lengths.
 *
 * What the grammar knows less well than PowerShell, and how it is met here:
 * - typographic quotes and dashes are quotes and dashes to PowerShell (about_Quoting_Rules); they are replaced first;
 * - a bare word next to a comma (`fl Name,*Auth*`) and `-type=mx` are arguments to PowerShell and errors to the grammar.
 * It knows no command names and no parameters: a text without errors can still be refused when it runs.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Language, type Node, Parser, type Tree } from 'web-tree-sitter';
import type { SyntaxCheck, SyntaxErrorPlace } from '../../wizards/engine/lint.ts';

let loading: Promise<Parser> | undefined;

async function loadParser(): Promise<Parser> {
  // Else V8 compiles the grammar's largest functions once more in the background, and a program that is done in a second
  // waits nine for them at its end.
  for (const flag of ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag);
  await Parser.init({ locateFile: () => fileBeside('web-tree-sitter', 'web-tree-sitter.wasm') });
  const language = await Language.load(fileBeside('tree-sitter-powershell', 'tree-sitter-powershell.wasm'));
  return new Parser().setLanguage(language);
}

/** Beside the built program, else in the package that it comes from. */
function fileBeside(name: string, file: string): string {
  const built = join(import.meta.dirname, file);
  return existsSync(built) ? built : createRequire(import.meta.url).resolve(`${name}/${file}`);
}

/** The tree of the text with typographic quotes and dashes made plain, otherwise as the grammar sees it. */
export async function parsePowerShell(text: string): Promise<Tree> {
  loading ??= loadParser();
  return treeOf(await loading, plainPunctuation(text));
}

/**
 * Loads the grammar, once. The check says where a text is not PowerShell; nothing for one that is. An empty text has
 * no errors.
 */
export async function loadPowerShellSyntax(): Promise<SyntaxCheck> {
  loading ??= loadParser();
  const parser = await loading;
  return (text) => {
    if (text.trim() === '') return [];
    const tree = treeOf(parser, argumentsForGrammar(plainPunctuation(text)));
    const places: SyntaxErrorPlace[] = errorNodes(tree.rootNode).map(({ startPosition: { row, column } }) => ({
      line: row + 1,
      column: column + 1,
    }));
    tree.delete();
    return places;
  };
}

function treeOf(parser: Parser, text: string): Tree {
  const tree = parser.parse(text);
  if (!tree) throw new Error('The PowerShell grammar gave no tree.');
  return tree;
}

function errorNodes(node: Node): Node[] {
  if (node.isError || node.isMissing) return [node];
  return node.hasError ? node.children.flatMap((child) => (child ? errorNodes(child) : [])) : [];
}

function plainPunctuation(text: string): string {
  return text
    .replace(/[\u2018-\u201b]/g, "'")
    .replace(/[\u201c-\u201e]/g, '"')
    .replace(/[\u2013-\u2015]/g, '-');
}

/** Quoted strings pass unchanged; between them, commas beside a bare word become blanks and `-name=` becomes `-name-`. */
function argumentsForGrammar(text: string): string {
  const quoted = /'(?:[^']|'')*'|"(?:[^"`]|`[\s\S]|"")*"/g;
  // Strings are held out by a mark of the same length, so that the patterns below see what stands around them.
  const mark = (length: number) => '\u0001'.repeat(length);
  const strings: string[] = [];
  const outside = text.replace(quoted, (string) => {
    strings.push(string);
    return mark(string.length);
  });
  const bare = '[A-Za-z*?][\\w*?.-]*';
  const item = '[\\w*?.\\u0001$(@-]';
  const repaired = outside
    .replace(new RegExp(`(?<=(?<![$\\w])${bare}\\s*),(?=\\s*${item})`, 'g'), ' ')
    .replace(new RegExp(`(?<=[\\w*?.\\u0001)\\]-]\\s*),(?=\\s*${bare})`, 'g'), ' ')
    .replace(/(?<=(?:^|\s)-[A-Za-z][\w-]*)=(?=\S)/gm, '-');
  let taken = 0;
  let restored = '';
  for (let at = 0; at < repaired.length; ) {
    const next = repaired[at] === '\u0001' ? strings[taken++] : repaired[at];
    if (!next) break;
    restored += next;
    at += next.length;
  }
  return restored;
}
