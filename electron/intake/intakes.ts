/** All that was brought and is still looked at. */
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Library } from '../../wizards/engine/library.ts';
import type { BinaryChannel } from '../contract-terminal.ts';
import { Fault, systemCode } from '../fault.ts';
import { Intake } from './intake.ts';
import { findLogSources } from './log-sources.ts';
import { type OfferedFile, ReceivedFiles } from './received-files.ts';
import { whyUnreadable } from './why-unreadable.ts';

/** Throws a Fault that says why a path that somebody wrote leads nowhere. */
async function reachable(path: string): Promise<void> {
  try {
    await stat(path);
  } catch (error) {
    const why = systemCode(error) === 'ENOENT' ? 'there is no such file or folder' : whyUnreadable(error);
    const hint = 'Write the whole path as it is on the computer that Fieldguide runs on.';
    throw new Fault('unreadable', `${path} cannot be read: ${why}.`, hint);
  }
}

/** Each holds files and rows: the oldest goes when there are more. */
const MOST = 4;

export class Intakes {
  readonly #intakes = new Map<string, Intake>();

  /** Files and folders of this machine. Throws when one that is named cannot be read. */
  async open(library: Library, paths: readonly string[]): Promise<Intake> {
    for (const path of paths) await reachable(path);
    const intake = this.#add(library);
    const [first = ''] = paths;
    void intake.read(findLogSources(paths), paths.length === 1 ? basename(first) || first : `${paths.length} files`);
    return intake;
  }

  /** Files that a page is about to hand over on a channel. */
  receive(library: Library, files: readonly OfferedFile[]): Intake {
    const intake = this.#add(library);
    void intake.receive(new ReceivedFiles(files), files);
    return intake;
  }

  /** Throws a Fault when it is gone. */
  get(id: string): Intake {
    const intake = this.#intakes.get(id);
    if (intake) return intake;
    throw new Fault('no-such-intake', 'These files are no longer at hand.', 'Drop them once more.');
  }

  attach(id: string, channel: BinaryChannel): void {
    const { received } = this.get(id);
    if (!received) throw new Fault('no-such-intake', 'Nobody waits for these files.');
    received.attach(channel);
  }

  async close(id: string): Promise<void> {
    const intake = this.#intakes.get(id);
    this.#intakes.delete(id);
    await intake?.close();
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#intakes.keys()].map((id) => this.close(id)));
  }

  #add(library: Library): Intake {
    const [oldest] = this.#intakes.keys();
    if (this.#intakes.size >= MOST && oldest !== undefined) void this.close(oldest);
    const intake = new Intake({ id: randomUUID(), library });
    this.#intakes.set(intake.id, intake);
    return intake;
  }
}
