import { useEffect, useState } from 'react';
import { type Dropped, droppedFiles } from '../lib/dropped-files.ts';
import { destinationOf } from '../lib/paste-or-read.ts';
import { bringFiles } from '../stores/files-store.ts';
import { changeText, refuseText } from '../stores/intake-store.ts';

/** Takes files and folders dropped or pasted anywhere on the page. True while something is held over it. */
export function useFileDrop(): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const carries = (data: DataTransfer | null) => data?.types.includes('Files') ?? false;
    const onOver = (event: DragEvent) => {
      if (!carries(event.dataTransfer)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!event.dataTransfer || !carries(event.dataTransfer)) return;
      event.preventDefault();
      setOver(false);
      void droppedFiles(event.dataTransfer).then(takeFiles);
    };
    const onPaste = (event: ClipboardEvent) => {
      const data = event.clipboardData;
      // A text that comes with a picture of itself is meant as text.
      if (!data || !carries(data) || data.types.includes('text/plain')) return;
      event.preventDefault();
      void droppedFiles(data).then(takeFiles);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    window.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
      window.removeEventListener('paste', onPaste);
    };
  }, []);
  return over;
}

/** Puts one small text into the box, and hands all else over to be read. */
export async function takeFiles(dropped: Dropped): Promise<void> {
  const { files, skipped } = dropped;
  const destination = skipped.length > 0 ? ({ to: 'core' } as const) : await destinationOf(files);
  if (destination.to === 'core') await bringFiles(dropped);
  else if (destination.to === 'nowhere') refuseText(destination.problem);
  else changeText(destination.text, { now: true, files: files.map(({ name }) => name) });
}
