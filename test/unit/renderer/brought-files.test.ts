import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodePageFrame, encodeWritten, MOST_UNACKED } from '../../../electron/contract-files.ts';
import type { BinaryChannel } from '../../../electron/contract-terminal.ts';
import { chosenFiles, droppedFiles } from '../../../renderer/lib/dropped-files.ts';
import { destinationOf } from '../../../renderer/lib/paste-or-read.ts';
import { sendFiles } from '../../../renderer/lib/send-files.ts';

const named = (name: string, content: BlobPart) => ({ name, file: new File([content], name) });

describe('where a file goes that was brought', () => {
  it('a small text goes into the box', async () => {
    expect(await destinationOf([named('event.txt', 'Event ID: 7004')])).toEqual({ to: 'box', text: 'Event ID: 7004' });
  });

  it.each([
    ['two files', [named('a.txt', 'a'), named('b.txt', 'b')]],
    ['a log by its name', [named('ex050106.log', 'anything')]],
    ['a log by its first line', [named('copy.txt', '#Software: Microsoft Exchange Server\r\n#Version: 15.0\r\n')]],
    ['a log behind a byte order mark', [named('copy.txt', '\uFEFF#Fields: date time\r\n')]],
    ['a packed one, whatever its name says', [named('copy.txt', new Uint8Array(gzipSync('x')))]],
    ['an archive', [named('logs.txt', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]))]],
    ['a large text', [named('large.txt', 'x'.repeat(1024 * 1024 + 1))]],
  ])('%s is read as files', async (_, files) => {
    expect(await destinationOf(files)).toEqual({ to: 'core' });
  });

  it('a small binary file is refused by its name, with the remedy', async () => {
    const binary = new Uint8Array(Array.from({ length: 4096 }, (_, index) => (index * 7) % 256));
    const destination = await destinationOf([named('store.edb', binary)]);
    expect(destination).toMatchObject({ to: 'nowhere', problem: { message: expect.stringContaining('store.edb') } });
  });

  it('a file that cannot be read is left to the core, which names it', async () => {
    const file = { size: 3, arrayBuffer: () => Promise.reject(new Error('gone')) } as unknown as File;
    expect(await destinationOf([{ name: 'gone.txt', file }])).toEqual({ to: 'core' });
  });
});

/** An entry as a browser hands it out for something that was dropped. */
type Tree = { [name: string]: Tree | string | null };
function entryOf(name: string, tree: Tree | string | null): FileSystemEntry {
  if (tree === null || typeof tree === 'string') {
    const file = (done: (file: File) => void, failed: (error: unknown) => void) =>
      tree === null ? failed(new Error('no permission')) : done(new File([tree], name));
    return { name, isFile: true, isDirectory: false, file } as unknown as FileSystemEntry;
  }
  const createReader = () => {
    const left = Object.entries(tree).map(([inner, content]) => entryOf(inner, content));
    // By twos, as a browser gives them by the hundred.
    return { readEntries: (done: (some: FileSystemEntry[]) => void) => done(left.splice(0, 2)) };
  };
  return { name, isFile: false, isDirectory: true, createReader } as unknown as FileSystemEntry;
}

const dropOf = (entries: FileSystemEntry[], files: File[] = []): DataTransfer =>
  ({
    items: [
      ...entries.map((entry) => ({ kind: 'file', webkitGetAsEntry: () => entry, getAsFile: () => null })),
      ...files.map((file) => ({ kind: 'file', webkitGetAsEntry: () => null, getAsFile: () => file })),
      { kind: 'string' },
    ],
  }) as unknown as DataTransfer;

describe('what was dropped', () => {
  it('is every file of every folder, under the names of its folders', async () => {
    const folder = entryOf('logs', { 'a.log': 'a', 'b.log': 'b', more: { 'c.log': 'c' }, 'd.log': 'd' });
    const { files, skipped } = await droppedFiles(dropOf([folder], [new File(['e'], 'e.txt')]));
    expect(files.map(({ name }) => name)).toEqual([
      'logs/a.log',
      'logs/b.log',
      'logs/more/c.log',
      'logs/d.log',
      'e.txt',
    ]);
    expect(skipped).toEqual([]);
  });

  it('names what the browser may not read, and goes on', async () => {
    const { files, skipped } = await droppedFiles(dropOf([entryOf('logs', { 'a.log': null, 'b.log': 'b' })]));
    expect(files.map(({ name }) => name)).toEqual(['logs/b.log']);
    expect(skipped).toEqual([{ file: 'logs/a.log', why: 'the browser may not read it, or it is gone' }]);
  });

  it('is not followed into folders without end', async () => {
    let tree: Tree = { 'deep.log': 'x' };
    for (let depth = 0; depth < 20; depth += 1) tree = { down: tree };
    const { files, skipped } = await droppedFiles(dropOf([entryOf('top', tree)]));
    expect(files).toEqual([]);
    expect(skipped).toHaveLength(1);
    expect(skipped[0]?.why).toContain('folders deep');
  });

  it('keeps the folders of files that were chosen in a dialog', () => {
    const file = Object.assign(new File(['a'], 'a.log'), { webkitRelativePath: 'logs/a.log' });
    expect(chosenFiles([file]).files).toEqual([{ name: 'logs/a.log', file }]);
  });
});

/** The core's end of a channel: counts what came, and says that it is written when `written` is called. */
function coreEnd(acknowledges = true) {
  const frames: ReturnType<typeof decodePageFrame>[] = [];
  let listener: (bytes: Uint8Array) => void = () => {};
  let closed: () => void = () => {};
  const channel: BinaryChannel = {
    send(message) {
      const frame = decodePageFrame(message);
      frames.push(frame?.type === 'bytes' ? { ...frame, bytes: frame.bytes.slice() } : frame);
      if (acknowledges && frame?.type === 'bytes') queueMicrotask(() => listener(encodeWritten(frame.bytes.length)));
    },
    onMessage: (next) => {
      listener = next;
    },
    onClose: (next) => {
      closed = next;
    },
    bufferedAmount: () => 0,
    close: () => closed(),
  };
  const sent = () => frames.reduce((sum, frame) => sum + (frame?.type === 'bytes' ? frame.bytes.length : 0), 0);
  return { channel, frames, sent, close: () => closed(), written: (bytes: number) => listener(encodeWritten(bytes)) };
}

describe('files that are handed over', () => {
  const alive = new AbortController().signal;

  it('come whole and in their order, an empty one too', async () => {
    const core = coreEnd();
    await sendFiles(core.channel, [named('a', 'x'.repeat(700_000)), named('b', ''), named('c', 'end')], alive);
    expect(core.frames.map((frame) => frame?.type)).toEqual([
      'file',
      'bytes',
      'bytes',
      'file',
      'file',
      'bytes',
      'done',
    ]);
    expect(core.sent()).toBe(700_003);
  });

  it('wait for the core when it has not written yet', async () => {
    const core = coreEnd(false);
    const size = MOST_UNACKED * 2;
    const sending = sendFiles(core.channel, [named('a', 'x'.repeat(size))], alive);
    await expect.poll(core.sent).toBeGreaterThan(MOST_UNACKED);
    const before = core.sent();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(core.sent()).toBe(before);
    expect(before).toBeLessThan(size);
    const timer = setInterval(() => core.written(1024 * 1024), 1);
    await sending;
    clearInterval(timer);
    expect(core.sent()).toBe(size);
  });

  it('say of a file that is gone that it is lost, and go on with the next', async () => {
    const core = coreEnd();
    const gone = {
      size: 5,
      slice: () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }),
    } as unknown as File;
    await sendFiles(core.channel, [{ name: 'gone', file: gone }, named('b', 'b')], alive);
    expect(core.frames.map((frame) => frame?.type)).toEqual(['file', 'lost', 'file', 'bytes', 'done']);
  });

  it('end with the reason when they are stopped or the connection is gone', async () => {
    const abort = new AbortController();
    const stopped = sendFiles(coreEnd(false).channel, [named('a', 'x'.repeat(MOST_UNACKED * 2))], abort.signal);
    abort.abort(new Error('stopped'));
    await expect(stopped).rejects.toThrow('stopped');
    const core = coreEnd(false);
    const cut = sendFiles(core.channel, [named('a', 'x'.repeat(MOST_UNACKED * 2))], alive);
    core.close();
    await expect(cut).rejects.toThrow('The connection to Fieldguide ended');
  });
});
