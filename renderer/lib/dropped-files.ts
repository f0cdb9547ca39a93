/** What was dropped on the window: files, and all that is in folders. */
import { MOST_FILES } from '../../electron/contract-files.ts';
import type { SkippedFile } from '../../wizards/engine/logs/log-summary.ts';
import type { NamedFile } from './send-files.ts';

const DEEPEST = 12;

/** Nothing is left out without its name and the reason. */
export interface Dropped {
  files: NamedFile[];
  skipped: SkippedFile[];
}

/** Must be called within the drop or paste event: its items are gone afterwards. */
export async function droppedFiles(data: DataTransfer): Promise<Dropped> {
  // Entries know folders; a file that a program made has none.
  const items = [...data.items].filter(({ kind }) => kind === 'file');
  const found = items.map((item) => ({ entry: item.webkitGetAsEntry?.() ?? null, file: item.getAsFile() }));
  const dropped: Dropped = { files: [], skipped: [] };
  for (const { entry, file } of found) {
    if (entry) await collect(entry, '', 0, dropped);
    else if (file) add(dropped, file.name, file);
  }
  return dropped;
}

/** What was chosen in a dialog; files of a folder keep its name before theirs. */
export function chosenFiles(list: Iterable<File>): Dropped {
  const chosen: Dropped = { files: [], skipped: [] };
  for (const file of list) add(chosen, file.webkitRelativePath || file.name, file);
  return chosen;
}

function add({ files, skipped }: Dropped, name: string, file: File): void {
  if (files.length < MOST_FILES) files.push({ name, file });
  else if (skipped.at(-1)?.file !== '…')
    skipped.push({ file: '…', why: `only the first ${MOST_FILES} files are read at once` });
}

async function collect(entry: FileSystemEntry, folder: string, depth: number, dropped: Dropped): Promise<void> {
  const name = `${folder}${entry.name}`;
  if (depth > DEEPEST) {
    dropped.skipped.push({ file: name, why: `it lies more than ${DEEPEST} folders deep` });
    return;
  }
  // No further folder is asked for what is in it once there is enough.
  if (dropped.files.length >= MOST_FILES && dropped.skipped.at(-1)?.file === '…') return;
  try {
    if (entry.isFile) {
      const file = await new Promise<File>((resolve, reject) => {
        (entry as FileSystemFileEntry).file(resolve, reject);
      });
      add(dropped, name, file);
      return;
    }
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    for (;;) {
      // A folder gives its entries by the hundred, and nothing once it has given all.
      const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
      if (some.length === 0) return;
      for (const one of some) await collect(one, `${name}/`, depth + 1, dropped);
    }
  } catch {
    dropped.skipped.push({ file: name, why: 'the browser may not read it, or it is gone' });
  }
}
