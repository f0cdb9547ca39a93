/** What a page hands over, piece by piece, and what becomes of it when the page or the person thinks otherwise. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { decodeWritten, encodeDone, encodeFile, encodeLost, encodePiece } from '../../../electron/contract-files.ts';
import type { BinaryChannel } from '../../../electron/contract-terminal.ts';
import { type OfferedFile, ReceivedFiles } from '../../../electron/intake/received-files.ts';

class Page implements BinaryChannel {
  written = 0;
  closed = false;
  #take: (bytes: Uint8Array) => void = () => {};
  #gone: () => void = () => {};

  send(bytes: Uint8Array): boolean {
    this.written += decodeWritten(bytes) ?? 0;
    return true;
  }
  onMessage(take: (bytes: Uint8Array) => void): void {
    this.#take = take;
  }
  onClose(gone: () => void): void {
    this.#gone = gone;
  }
  close(): void {
    this.closed = true;
  }
  says(...frames: Uint8Array[]): void {
    for (const frame of frames) this.#take(frame);
  }
  goes(): void {
    this.#gone();
  }
}

const all: ReceivedFiles[] = [];
afterEach(async () => {
  for (const files of all.splice(0)) await files.dispose();
});

function handOver(...offered: OfferedFile[]): { files: ReceivedFiles; page: Page } {
  const files = new ReceivedFiles(offered);
  all.push(files);
  const page = new Page();
  files.attach(page);
  return { files, page };
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('files of a page', () => {
  test('come whole, under the names that they have there', async () => {
    const { files, page } = handOver({ name: 'logs/A.LOG', size: 6 }, { name: "it's B.LOG", size: 2 });
    page.says(
      encodeFile(0),
      encodePiece(bytes('one')),
      encodePiece(bytes('two')),
      encodeFile(1),
      encodePiece(bytes('x\n')),
    );
    page.says(encodeDone());
    await files.complete;
    const { sources, skipped } = await files.sources();
    expect(sources.map(({ name, path }) => [name, readFileSync(path, 'utf8')])).toEqual([
      ['logs/A.LOG', 'onetwo'],
      ["it's B.LOG", 'x\n'],
    ]);
    expect(skipped).toEqual([]);
    expect([files.received, page.written]).toEqual([8, 8]);
  });

  test('that the browser could not read are named', async () => {
    const { files, page } = handOver({ name: 'A.LOG', size: 1 }, { name: 'B.LOG', size: 1 });
    page.says(encodeFile(0), encodePiece(bytes('a')), encodeLost(1), encodeDone());
    await files.complete;
    expect((await files.sources()).skipped).toEqual([
      { file: 'B.LOG', why: 'the browser may not read it, or it is gone' },
    ]);
  });

  test('that are put away while pieces are on their way leave nothing behind, and end nothing else', async () => {
    for (let run = 0; run < 20; run += 1) {
      const { files, page } = handOver({ name: 'A.LOG', size: 9_000_000 });
      page.says(encodeFile(0), encodePiece(new Uint8Array(1_000_000)));
      for (let i = 0; i < run % 4; i += 1) await new Promise(setImmediate);
      const piece = encodePiece(new Uint8Array(1_000_000));
      page.says(piece, piece, piece);
      const folder = dirname((await files.sources().catch(() => null))?.sources[0]?.path ?? '/none/none');
      const disposed = files.dispose();
      page.says(piece, encodeDone());
      await disposed;
      await expect(files.complete).rejects.toThrow('no longer wanted');
      expect(page.closed).toBe(true);
      expect(existsSync(folder)).toBe(false);
    }
  });

  test.each<[string, Uint8Array[], string]>([
    ['a frame that is none', [bytes('?')], 'what is no frame'],
    ['bytes of no file', [encodePiece(bytes('a'))], 'bytes of no file'],
    ['a file that was not announced', [encodeFile(7)], 'had not announced'],
    ['a file twice', [encodeFile(0), encodeFile(0)], 'a file twice'],
    [
      'far more than was announced',
      [encodeFile(0), ...Array.from({ length: 70 }, () => encodePiece(new Uint8Array(1_000_000)))],
      'more than it had announced',
    ],
  ])('%s ends the taking over', async (_, frames, why) => {
    const { files, page } = handOver({ name: 'A.LOG', size: 1 });
    page.says(...frames);
    await expect(files.complete).rejects.toThrow(why);
    expect(page.closed).toBe(true);
  });

  test('a page that goes away before the end is an end as well', async () => {
    const { files, page } = handOver({ name: 'A.LOG', size: 3 });
    page.says(encodeFile(0), encodePiece(bytes('a')));
    page.goes();
    await expect(files.complete).rejects.toThrow('went away');
  });
});
