import { resolve } from 'node:path';
import type { LibraryFile } from '../../wizards/engine/library.ts';

/** A given file takes the place of the product's file of the same name in its folder, or of the same wizard or lab. */
export function withoutReplaced(product: LibraryFile[], given: { path: string; text: string }[]): LibraryFile[] {
  const ids = new Set(given.map(({ text }) => idOf(text)).filter((id) => id !== null));
  const paths = given.map(({ path }) => resolve(path).replaceAll('\\', '/'));
  return product.filter((file) => {
    const id = file.kind === 'wizard' || file.kind === 'lab' ? `${file.kind} ${file.content.id}` : null;
    return !paths.some((path) => path.endsWith(`/${file.path}`)) && !(id !== null && ids.has(id));
  });
}

/** What a file says it is at its top, for wizards and labs, which carry an id of their own. */
function idOf(text: string): string | null {
  const id = /^id:[ \t]*["']?([a-z0-9-]+)/m.exec(text)?.[1];
  return id === undefined ? null : `${/^steps:/m.test(text) ? 'wizard' : 'lab'} ${id}`;
}
