import { useEffect, useState } from 'react';
import { decodeText } from '../../wizards/engine/decode.ts';
import { bytes } from '../lib/format.ts';
import { changeText, refuseText } from '../stores/intake-store.ts';

const LARGEST = 12 * 1024 * 1024;

/** Takes text files dropped anywhere on the page. True while something is held over it. */
export function useFileDrop(): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const carries = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onOver = (event: DragEvent) => {
      if (!carries(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!carries(event)) return;
      event.preventDefault();
      setOver(false);
      void takeFiles([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  return over;
}

async function takeFiles(files: File[]): Promise<void> {
  const texts: string[] = [];
  for (const file of files) {
    if (file.size > LARGEST) {
      refuseText({
        message: `${file.name} has ${bytes(file.size)}; at most ${bytes(LARGEST)} can be read here.`,
        hint: 'Cut out the part around the fault.',
      });
      return;
    }
    let read: ReturnType<typeof decodeText>;
    try {
      read = decodeText(new Uint8Array(await file.arrayBuffer()));
    } catch {
      refuseText({ message: `${file.name} cannot be read.`, hint: 'Drop a text file, not a folder.' });
      return;
    }
    if ('refusal' in read) {
      const { message, hint } = read.refusal;
      refuseText({ message: `${file.name}: ${message}`, hint: hint ?? null });
      return;
    }
    texts.push(read.text);
  }
  if (texts.length > 0) changeText(texts.join('\n\n'), { now: true, files: files.map((file) => file.name) });
}
