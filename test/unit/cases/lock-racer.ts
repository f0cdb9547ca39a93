/** A process that takes the lock of one folder after the other, as fast as it can, and says which it got. */
import { takeLock } from '../../../electron/cases/lock.ts';

// Listening keeps the process, and so its locks, alive until the test ends it.
process.on('message', async (folders: string[]) => {
  const won: string[] = [];
  for (const folder of folders) if ('release' in (await takeLock(folder, ''))) won.push(folder);
  process.send?.(won);
});
process.send?.('ready');
