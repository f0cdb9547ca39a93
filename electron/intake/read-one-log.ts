/** Reads one log after the other with one reader, and says of each what was in it. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { ByteWords } from '../../wizards/engine/logs/byte-words.ts';
import { LogReader } from '../../wizards/engine/logs/log-reader.ts';
import type { RowFolds } from '../../wizards/engine/logs/row-log.ts';
import { decoderFor } from './log-decoder.ts';
import type { FileResult, NewWords } from './log-protocol.ts';
import type { LogSource } from './log-sources.ts';
import { whyUnreadable } from './why-unreadable.ts';

const PIECE = 512 * 1024;

export class LogFileReader {
  readonly #reader = new LogReader();
  /** Where the rows of message tracking and connectivity logs go; null while those are to be put aside. */
  get folds(): RowFolds | null {
    return this.#reader.folds;
  }

  set folds(folds: RowFolds | null) {
    this.#reader.folds = folds;
  }

  readonly #buffer = new Uint8Array(PIECE);
  readonly #told = { remotes: 0, connectors: 0, replies: 0 };

  /** Never throws for what is wrong with the file: that is in `fault`. `onBytes` is called for each piece. */
  async read(file: number, source: LogSource, onBytes: (bytes: number, lines: number) => void): Promise<FileResult> {
    const reader = this.#reader;
    let fault: string | null = null;
    reader.beginFile(file);
    const take = (bytes: Uint8Array): boolean => {
      reader.push(bytes);
      onBytes(reader.counts.bytes, reader.counts.lines);
      return !reader.hopeless && !reader.wantsRows;
    };
    try {
      if (source.packed !== 'plain' || !this.#readPlain(source.path, take)) {
        const { openLogBytes } = await import('./log-bytes.ts');
        for await (const bytes of openLogBytes(source)) if (!take(bytes)) break;
      }
    } catch (error) {
      fault = whyUnreadable(error);
    }
    const { wantsRows } = reader;
    // What was looked at of it is read once more.
    if (wantsRows && fault === null) reader.beginFile(file);
    const counts = reader.endFile();
    return {
      type: 'file',
      file,
      format: counts.format,
      times: counts.times,
      bytes: counts.bytes,
      lines: counts.lines,
      headers: counts.headers,
      records: counts.records,
      badLines: counts.bad.count,
      bad: counts.bad.list(),
      fault,
      wantsRows: wantsRows && fault === null,
      noLog: !wantsRows && fault === null && counts.format === null && counts.lines > 0,
      rows: reader.sessions.rows.take(),
      parts: reader.sessions.parts.take(),
      words: this.#newWords(),
    };
  }

  /** The fast way, without streams. False when the bytes need decoding: then nothing was taken yet. */
  #readPlain(path: string, take: (bytes: Uint8Array) => boolean): boolean {
    const file = openSync(path, 'r');
    try {
      for (let first = true; ; first = false) {
        const length = readSync(file, this.#buffer, 0, PIECE, null);
        if (length === 0) return true;
        const bytes = this.#buffer.subarray(0, length);
        if (first && decoderFor(bytes)) return false;
        if (!take(bytes)) return true;
      }
    } finally {
      closeSync(file);
    }
  }

  #newWords(): NewWords {
    const { remotes, connectors, replies } = this.#reader.words;
    return {
      remotes: this.#since('remotes', remotes),
      connectors: this.#since('connectors', connectors),
      replies: this.#since('replies', replies),
    };
  }

  #since(kind: keyof NewWords, words: ByteWords): string[] {
    const texts: string[] = [];
    for (let id = this.#told[kind]; id < words.size; id += 1) texts.push(words.text(id));
    this.#told[kind] = words.size;
    return texts;
  }
}
