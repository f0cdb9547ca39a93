/** Files that a page hands over piece by piece: written to a folder of their own, then read like any others. */
import { mkdtempSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SkippedFile } from '../../wizards/engine/logs/log-summary.ts';
import { decodePageFrame, encodeWritten } from '../contract-files.ts';
import type { BinaryChannel } from '../contract-terminal.ts';
import { findLogSources, type LogSources } from './log-sources.ts';

export type OfferedFile = { name: string; size: number };
/** A page may hand over so much more than it announced, for a log that grows meanwhile. */
const GROWTH = 64 * 1024 * 1024;

export class ReceivedFiles {
  readonly #files: readonly OfferedFile[];
  readonly #folder = mkdtempSync(join(tmpdir(), 'fieldguide-intake-'));
  readonly #paths = new Map<string, string>();
  readonly #skipped: SkippedFile[] = [];
  #current: FileHandle | null = null;
  #disposed = false;
  #turn = Promise.resolve();
  #left: number;
  #settle: { resolve: () => void; reject: (error: Error) => void } | null = null;
  /** Resolves once everything is on the disk; rejects when the page goes away before, or the disk is full. */
  readonly complete: Promise<void>;
  received = 0;
  onReceived: () => void = () => {};

  constructor(files: readonly OfferedFile[]) {
    this.#files = files;
    this.#left = files.reduce((sum, { size }) => sum + size, GROWTH);
    this.complete = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // Whoever waits hears of it; without anybody waiting it is no crash.
    this.complete.catch(() => {});
  }

  /** Takes the channel of the page. A second one is refused. */
  attach(channel: BinaryChannel): void {
    channel.onMessage((message) => {
      // The bytes are written one piece after the other; the page goes on once it hears that they are.
      const frame = decodePageFrame(message);
      if (!frame) return this.#fail(new Error('The page sent what is no frame.'), channel);
      this.#turn = this.#turn.then(async () => {
        try {
          if (this.#disposed) throw new Error('The files are no longer wanted.');
          if (frame.type === 'bytes') {
            await this.#write(frame.bytes);
            channel.send(encodeWritten(frame.bytes.length));
          } else if (frame.type === 'file') await this.#begin(frame.file);
          else if (frame.type === 'lost') this.#lose(frame.file);
          else {
            await this.#end();
            this.#settle?.resolve();
          }
        } catch (error) {
          this.#fail(error instanceof Error ? error : new Error(String(error)), channel);
        }
      });
    });
    channel.onClose(() => {
      void this.#turn.then(() => this.#settle?.reject(new Error('The page went away before all files had come.')));
    });
  }

  /** What came, under the names that it had on the other side. */
  async sources(): Promise<LogSources> {
    const found = await findLogSources([...this.#paths.keys()]);
    const named = (path: string): string => {
      const [file = '', ...inner] = path.split('!');
      return [this.#paths.get(file) ?? file, ...inner].join('!');
    };
    return {
      sources: found.sources.map((source) => ({ ...source, name: named(source.name) })),
      skipped: [...this.#skipped, ...found.skipped.map(({ file, why }) => ({ file: named(file), why }))],
    };
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    // A piece that is being written is written to its end.
    await this.#turn;
    await this.#end();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #begin(number: number): Promise<void> {
    await this.#end();
    const file = this.#files[number];
    if (!file) throw new Error('The page sent a file that it had not announced.');
    // The name that it has there may mean something else here.
    const path = join(this.#folder, String(number).padStart(6, '0'));
    if (this.#paths.has(path)) throw new Error('The page sent a file twice.');
    this.#paths.set(path, file.name);
    this.#current = await open(path, 'wx');
  }

  async #write(bytes: Uint8Array): Promise<void> {
    const file = this.#current;
    if (!file) throw new Error('The page sent bytes of no file.');
    this.#left -= bytes.length;
    if (this.#left < 0) throw new Error('The page sent more than it had announced.');
    await file.appendFile(bytes);
    this.received += bytes.length;
    this.onReceived();
  }

  async #end(): Promise<void> {
    const file = this.#current;
    this.#current = null;
    await file?.close();
  }

  #lose(number: number): void {
    const name = this.#files[number]?.name;
    if (name !== undefined) this.#skipped.push({ file: name, why: 'the browser may not read it, or it is gone' });
  }

  #fail(error: Error, channel: BinaryChannel): void {
    this.#settle?.reject(error);
    channel.close();
  }
}
