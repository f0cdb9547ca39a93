/** The content of a running program: read when it is first asked for, and again when one of the person's files changes. */
import { type FSWatcher, watch } from 'node:fs';
import { makeFolder } from '../make-folder.ts';
import { type LoadedLibrary, loadLibrary } from './library-loader.ts';

/** Editors write a file in several strokes; what follows within this time is one change. */
const SETTLED_MS = 120;
type Listener = () => void;

export class LiveContent {
  readonly #compiled: string;
  readonly #pack: string;
  readonly #listeners = new Set<Listener>();
  #loaded: Promise<LoadedLibrary> | null = null;
  #watcher: FSWatcher | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `compiled` and `pack` as in `loadLibrary`. */
  constructor(compiled: string, pack: string) {
    this.#compiled = compiled;
    this.#pack = pack;
  }

  get(): Promise<LoadedLibrary> {
    this.#loaded ??= loadLibrary(this.#compiled, this.#pack);
    return this.#loaded;
  }

  /** Calls the listener after each change. The folder is watched, and made, for as long as somebody listens. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    this.#watch();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.close();
    };
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#watcher?.close();
    this.#watcher = null;
  }

  #watch(): void {
    if (this.#watcher) return;
    try {
      makeFolder(this.#pack);
      this.#watcher = watch(this.#pack, { recursive: true, persistent: false }, () => this.#settle());
      // A folder that was removed, or a system without watchers: the content stays as it was read.
      this.#watcher.on('error', () => this.close());
    } catch {
      this.#watcher = null;
    }
  }

  #settle(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#reload(), SETTLED_MS);
  }

  async #reload(): Promise<void> {
    const before = await this.get();
    const next = await loadLibrary(this.#compiled, this.#pack, before.own).catch(() => before);
    if (sameContent(before, next)) return;
    this.#loaded = Promise.resolve(next);
    for (const listener of this.#listeners) listener();
  }
}

const sameContent = (a: LoadedLibrary, b: LoadedLibrary): boolean =>
  a.library.current.join() === b.library.current.join() &&
  JSON.stringify(a.diagnostics) === JSON.stringify(b.diagnostics);
