/**
 * One opened case: the state, the journal behind it and who watches. Every change goes input → decide → journal
 * (on disk) → evolve → watchers, one after the other.
 */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Library, type LibraryFile, pinnedLibrary, withCopies } from '../../wizards/engine/library.ts';
import { type CaseState, currentVisit, EMPTY_CASE, evolve, type RecordedEvent } from '../../wizards/engine/model.ts';
import { withoutSecrets } from '../../wizards/engine/redact/secrets.ts';
import { viewOf, type WalkView } from '../../wizards/engine/view.ts';
import { decide, type Input } from '../../wizards/engine/walk.ts';
import { parseCopy } from '../content/library-loader.ts';
import { Fault } from '../fault.ts';
import { type Blob, blobPath, readBlobText, writeBlob } from './blobs.ts';
import { lockOrFault, makeCaseFolder } from './case-access.ts';
import { type JournalContent, readJournal } from './journal.ts';
import { JournalWriter } from './journal-writer.ts';
import type { Lock } from './lock.ts';

export type Clock = () => Date;
export type SessionOptions = { library: Library; host: string; operator: string; clock: Clock };
export type Recorded = { head: string; recordedAt: string; recordedBy: string; tornBytes: number };
type Listener = () => void;

export class CaseSession {
  readonly folder: string;
  readonly id: string;
  readonly #options: SessionOptions;
  readonly #listeners = new Set<Listener>();
  readonly #texts = new Map<string, string>();
  #state: CaseState;
  #library: Library;
  #writer: JournalWriter | null;
  #lock: Lock | null;
  #recorded: Recorded;
  #view: { seq: number; view: WalkView } | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #onClose: Listener = () => {};

  private constructor(
    folder: string,
    options: SessionOptions,
    library: Library,
    state: CaseState,
    recorded: Recorded,
    writing: { writer: JournalWriter; lock: Lock } | null,
  ) {
    this.folder = folder;
    this.id = state.id || basename(folder);
    this.#options = options;
    this.#library = library;
    this.#state = state;
    this.#recorded = recorded;
    this.#writer = writing?.writer ?? null;
    this.#lock = writing?.lock ?? null;
  }

  /** Makes the folder of a new case and takes its lock; the first input has to be `open`. */
  static async create(folder: string, options: SessionOptions): Promise<CaseSession> {
    await makeCaseFolder(folder);
    const lock = await lockOrFault(folder, options.clock().toISOString());
    try {
      const writer = await JournalWriter.create(folder);
      const recorded = { head: writer.head, recordedAt: '', recordedBy: '', tornBytes: 0 };
      return new CaseSession(folder, options, options.library, EMPTY_CASE, recorded, { writer, lock });
    } catch (error) {
      await lock.release().catch(() => {});
      throw error;
    }
  }

  /** Opens for writing. A journal with a fault is refused: it can be shown and verified, not continued. */
  static async open(folder: string, options: SessionOptions): Promise<CaseSession> {
    const lock = await lockOrFault(folder, options.clock().toISOString());
    try {
      const content = await readJournal(folder);
      if (content.fault) {
        throw new Fault(
          'broken-journal',
          `This case cannot be continued: ${content.fault.message}`,
          'See `fieldguide verify`.',
        );
      }
      const library = await libraryOf(folder, content.state, options.library);
      const writer = await JournalWriter.open(folder, content);
      return new CaseSession(folder, options, library, content.state, recordedOf(content), { writer, lock });
    } catch (error) {
      await lock.release().catch(() => {});
      throw error;
    }
  }

  /** Opens for reading only: no lock, nothing written, the state up to the first fault. */
  static async read(folder: string, options: SessionOptions): Promise<CaseSession> {
    const content = await readJournal(folder);
    const library = await libraryOf(folder, content.state, options.library);
    return new CaseSession(folder, options, library, content.state, recordedOf(content), null);
  }

  get state(): CaseState {
    return this.#state;
  }

  get recorded(): Recorded {
    return this.#recorded;
  }

  /** The library as this case sees it. */
  get library(): Library {
    return pinnedLibrary(this.#library, this.#state.files);
  }

  get view(): WalkView {
    if (this.#view?.seq !== this.#state.seq) {
      this.#view = { seq: this.#state.seq, view: viewOf(this.#library, this.#state, (hash) => this.textOf(hash)) };
    }
    return this.#view.view;
  }

  /** The product's content as it is now; the walk goes on with the versions that the case has. */
  async renew(product: Library): Promise<void> {
    this.#library = await libraryOf(this.folder, this.#state, product);
    this.#view = null;
    this.changed();
  }

  /** Stored text by hash, kept in memory while it is small. */
  textOf(hash: string): string | undefined {
    const known = this.#texts.get(hash);
    if (known !== undefined) return known;
    const text = readBlobText(this.folder, hash);
    if (text !== undefined && text.length < 1_000_000 && this.#texts.size < 200) this.#texts.set(hash, text);
    return text;
  }

  storeText(text: string): Promise<Blob> {
    return writeBlob(this.folder, 'captures', text);
  }

  storeBytes(bytes: Uint8Array): Promise<Blob> {
    return writeBlob(this.folder, 'captures', bytes);
  }

  /** Carries one input out. Resolves when its event is on the disk; throws a Fault when it is refused. */
  input(input: Input, operator?: string): Promise<void> {
    const done = this.#queue.then(() => this.#apply(input, operator));
    this.#queue = done.catch(() => {});
    return done;
  }

  async #apply(input: Input, operator?: string): Promise<void> {
    if (!this.#writer) throw new Fault('read-only', 'This case is opened for reading only.');
    const decision = decide(this.#library, this.#state, withoutSecretWords(input));
    if ('refusal' in decision) throw new Fault(decision.refusal.code, decision.refusal.message, decision.refusal.hint);
    for (const event of decision.events) {
      if ('files' in event) await this.#keepCopies(event.files);
      const actor = operator || this.#state.operator || this.#options.operator;
      const at = this.#options.clock().toISOString();
      const recorded: RecordedEvent = await this.#writer.append(event, { at, actor, host: this.#options.host });
      this.#state = evolve(this.#state, recorded);
      this.#recorded = { ...this.#recorded, head: this.#writer.head, recordedAt: at, recordedBy: actor };
    }
    this.changed();
  }

  /** Copies come before the event that names them, so that no event ever names a missing one. */
  async #keepCopies(hashes: string[]): Promise<void> {
    for (const hash of hashes) {
      if (this.#state.files.includes(hash)) continue;
      const file = this.#library.files.get(hash);
      if (file) await writeBlob(this.folder, 'wizards', file.source);
    }
  }

  /** Tells the watchers; also called when something beside the journal changed, such as a running command. */
  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get watched(): boolean {
    return this.#listeners.size > 0;
  }

  onClose(listener: Listener): void {
    this.#onClose = listener;
  }

  /** Never throws: what was recorded is on the disk, and a lock that stays is taken over once this process is gone. */
  async close(): Promise<void> {
    // Before anything is awaited: who asks for the case from now on opens it anew.
    this.#onClose();
    await this.#queue;
    const lock = this.#lock;
    const writer = this.#writer;
    this.#lock = null;
    this.#writer = null;
    await writer?.close().catch(() => {});
    await lock?.release().catch(() => {});
  }

  /** Closes a case that could not be begun, and takes its empty journal away, so that it can be tried again. */
  async abandon(): Promise<void> {
    await this.#writer?.removeUnbegun().catch(() => {});
    await this.close();
  }

  get visit() {
    return currentVisit(this.#state);
  }
}

/** What a person writes may hold a password too. */
function withoutSecretWords(input: Input): Input {
  if (input.type === 'note') return { ...input, text: withoutSecrets(input.text) };
  if (input.type === 'choose' && input.note !== undefined) return { ...input, note: withoutSecrets(input.note) };
  return input;
}

function recordedOf(content: JournalContent): Recorded {
  const last = content.events.at(-1);
  return {
    head: content.head,
    recordedAt: last?.at ?? '',
    recordedBy: last?.actor ?? '',
    tornBytes: content.torn.length,
  };
}

/** The product's library and, for versions it no longer has, the copies in the case. */
export async function libraryOf(folder: string, state: CaseState, product: Library): Promise<Library> {
  const old = state.files.filter((hash) => !product.files.has(hash));
  const copies: LibraryFile[] = [];
  for (const hash of old) {
    const text = await readFile(blobPath(folder, 'wizards', hash), 'utf8').catch(() => null);
    const copy = text === null ? null : await parseCopy(join('wizards', hash), text);
    if (copy) copies.push(copy);
  }
  return withCopies(product, copies);
}
