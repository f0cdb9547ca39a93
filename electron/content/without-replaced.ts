import { resolve } from 'node:path';
import type { FileKind, LibraryFile } from '../../wizards/engine/library.ts';

/**
 * A given file takes the place of the product's file of the same name in its folder, or of the same wizard, lab, or
 * server or profile of the lab.
 */
export function withoutReplaced(product: LibraryFile[], given: { path: string; text: string }[]): LibraryFile[] {
  const ids = new Set(given.map(({ text }) => idOf(text)).filter((id) => id !== null));
  const paths = given.map(({ path }) => resolve(path).replaceAll('\\', '/'));
  return product.filter((file) => {
    const id = 'id' in file.content ? `${file.kind} ${file.content.id}` : null;
    return !paths.some((path) => path.endsWith(`/${file.path}`)) && !(id !== null && ids.has(id));
  });
}

/** What a file says it is at its top, for those that carry an id of their own. */
function idOf(text: string): string | null {
  const id = /^id:[ \t]*["']?([a-z0-9-]+)/m.exec(text)?.[1];
  const kind = KINDS.find(([key]) => key.test(text))?.[1] ?? 'lab';
  return id === undefined ? null : `${kind} ${id}`;
}

/** A key at the top that only this kind has. */
const KINDS: [RegExp, FileKind][] = [
  [/^steps:/m, 'wizard'],
  [/^texts:/m, 'lab-server'],
  [/^servers:/m, 'lab-profile'],
];
