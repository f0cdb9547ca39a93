/** The rows of all sessions: the first in memory, those beyond in a file of their own, so that any number is cheap. */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COLUMNS, type RowBlock, WIDES } from '../../wizards/engine/logs/session-rows.ts';

const MOST_IN_MEMORY = 200_000;
type Kept = { count: number; block: RowBlock } | { count: number; at: number };

export class SessionIndex {
  count = 0;
  readonly #blocks: Kept[] = [];
  #inMemory = 0;
  #file: { fd: number; folder: string; size: number } | null = null;
  readonly #most: number;

  constructor(most = MOST_IN_MEMORY) {
    this.#most = most;
  }

  add(block: RowBlock): void {
    if (block.count === 0) return;
    this.count += block.count;
    if (this.#inMemory + block.count <= this.#most) {
      this.#inMemory += block.count;
      this.#blocks.push({ count: block.count, block });
      return;
    }
    this.#file ??= this.#create();
    const at = this.#file.size;
    for (const part of [block.whole, block.wide])
      this.#file.size += writeSync(
        this.#file.fd,
        new Uint8Array(part.buffer, part.byteOffset, part.byteLength),
        0,
        part.byteLength,
        this.#file.size,
      );
    this.#blocks.push({ count: block.count, at });
  }

  /** Block by block, as they came. A block from the file is valid until the next is asked for. */
  *blocks(): Generator<RowBlock> {
    for (const kept of this.#blocks) yield 'block' in kept ? kept.block : this.#read(kept);
  }

  close(): void {
    this.#blocks.length = 0;
    if (!this.#file) return;
    closeSync(this.#file.fd);
    rmSync(this.#file.folder, { recursive: true, force: true });
    this.#file = null;
  }

  #create() {
    const folder = mkdtempSync(join(tmpdir(), 'fieldguide-logs-'));
    return { fd: openSync(join(folder, 'rows'), 'w+'), folder, size: 0 };
  }

  #read({ count, at }: { count: number; at: number }): RowBlock {
    const { fd } = this.#file as { fd: number };
    const whole = new Int32Array(count * COLUMNS);
    const wide = new Float64Array(count * WIDES);
    readSync(fd, new Uint8Array(whole.buffer), 0, whole.byteLength, at);
    readSync(fd, new Uint8Array(wide.buffer), 0, wide.byteLength, at + whole.byteLength);
    return { count, whole, wide };
  }
}
