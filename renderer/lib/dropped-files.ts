/** What was dropped on the window: files, and all that is in folders. */
import type { NamedFile } from './send-files.ts';

const MOST = 20_000;
const DEEPEST = 12;

/** Must be called within the drop event: its items are gone afterwards. */
export async function droppedFiles(data: DataTransfer): Promise<NamedFile[]> {
  const entries = [...data.items].flatMap((item) => item.webkitGetAsEntry?.() ?? []);
  if (entries.length === 0) return [...data.files].map((file) => ({ name: file.name, file }));
  const found: NamedFile[] = [];
  for (const entry of entries) await collect(entry, '', 0, found);
  return found;
}

async function collect(entry: FileSystemEntry, folder: string, depth: number, found: NamedFile[]): Promise<void> {
  if (found.length >= MOST || depth > DEEPEST) return;
  const name = `${folder}${entry.name}`;
  if (entry.isFile) {
    const file = await new Promise<File | null>((resolve) => {
      (entry as FileSystemFileEntry).file(resolve, () => resolve(null));
    });
    if (file) found.push({ name, file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A folder gives its entries by the hundred, and nothing once it has given all.
    const some = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (some.length === 0) return;
    for (const one of some) await collect(one, `${name}/`, depth + 1, found);
  }
}
