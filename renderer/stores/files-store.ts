import { create } from 'zustand';
import type { IntakePhase, IntakeView } from '../../electron/contract-intake.ts';
import type { BinaryChannel } from '../../electron/contract-terminal.ts';
import type { SkippedFile } from '../../wizards/engine/logs/log-summary.ts';
import { follow } from '../connection/follow.ts';
import { client, connection } from '../connection/session.ts';
import type { Dropped } from '../lib/dropped-files.ts';
import { type Problem, problemOf } from '../lib/problem.ts';
import { type NamedFile, sendFiles } from '../lib/send-files.ts';
import { countWords } from '../lib/session-words.ts';
import { share } from '../lib/share.ts';
import { announce } from './app-store.ts';

/** A reload of the page finds the files again that the core still has. */
const KEPT = 'fieldguide-files';

interface FilesStore {
  /** Files are about to be handed over, or a path to be opened. */
  beginning: boolean;
  view: IntakeView | null;
  /** What the page itself could not take. */
  skipped: SkippedFile[];
  problem: Problem | null;
  /** The address names files that the core has no longer. */
  gone: boolean;
}

const EMPTY: FilesStore = { beginning: false, view: null, skipped: [], problem: null, gone: false };

export const useFiles = create<FilesStore>(() => EMPTY);
const set = useFiles.setState;

let watching: { id: string; abort: AbortController } | null = null;
let sending: AbortController | null = null;

export const isUnderWay = (phase: IntakePhase | undefined): boolean => phase === 'receiving' || phase === 'reading';

/** Hands files over to the core and follows what it finds in them. */
export async function bringFiles({ files, skipped }: Dropped): Promise<void> {
  if (files.length === 0) {
    const [first] = skipped;
    const message = first ? `${first.file} was left out: ${first.why}.` : 'There is no file in what was dropped.';
    set({ problem: { message, hint: 'Drop files, or a folder with files in it.' } });
    return;
  }
  await begin(skipped, async () => {
    const offered = files.map(({ name, file }) => ({ name: name.slice(-1000), size: file.size }));
    const { id } = await client().intake.receive({ files: offered });
    watchFiles(id);
    void send(id, files);
  });
}

/** Opens a file or folder of the computer that Fieldguide runs on. False when it was refused. */
export function openPath(path: string): Promise<boolean> {
  // The file manager of Windows copies a path with quotes around it.
  const bare = path.trim().replace(/^"(.*)"$/, '$1');
  return begin([], async () => {
    const { id } = await client().intake.open({ paths: [bare] });
    watchFiles(id);
  });
}

async function begin(skipped: SkippedFile[], work: () => Promise<void>): Promise<boolean> {
  const before = useFiles.getState().view?.id;
  set({ beginning: true, problem: null });
  try {
    await work();
    if (before !== undefined)
      void client()
        .intake.close({ intake: before })
        .catch(() => {});
    set({ beginning: false, skipped });
    announce('Reading the files.');
    return true;
  } catch (error) {
    set({ beginning: false, problem: problemOf(error) });
    return false;
  }
}

async function send(id: string, files: readonly NamedFile[]): Promise<void> {
  const abort = new AbortController();
  sending?.abort();
  sending = abort;
  let channel: BinaryChannel | null = null;
  try {
    channel = await connection().channel('files', id);
    await sendFiles(channel, files, abort.signal);
  } catch (error) {
    channel?.close();
    // The core says itself why it no longer takes them, if it does.
    if (!abort.signal.aborted && useFiles.getState().view?.phase === 'receiving') set({ problem: problemOf(error) });
  }
}

/** Follows these files and no others, until all is known of them. */
export function watchFiles(id: string): void {
  if (watching?.id === id) return;
  watching?.abort.abort();
  const abort = new AbortController();
  watching = { id, abort };
  sessionStorage.setItem(KEPT, id);
  set({ view: null, skipped: [], problem: null, gone: false });
  void follow(
    connection(),
    (signal) => client().intake.watch({ intake: id }, { signal }),
    abort.signal,
    (view) => {
      receiveFiles(view);
      if (!isUnderWay(view.phase)) abort.abort();
    },
    () => {
      forget();
      set({ ...EMPTY, gone: true });
    },
  );
}

/** Takes in what is known by now, and says aloud what a person would look up for. */
export function receiveFiles(next: IntakeView): void {
  const before = useFiles.getState().view;
  const view = share(before, next);
  if (view === before) return;
  set({ view });
  const first = view.suggestions[0];
  if (!isUnderWay(view.phase)) announce(endWords(view));
  else if (first && before && before.suggestions.length === 0)
    announce(`Still reading. Suggested so far: ${first.title}`);
}

function endWords(view: IntakeView): string {
  const { phase, summary, suggestions, texts, fault } = view;
  if (phase === 'failed') return `The files could not be read: ${fault}`;
  const how = phase === 'stopped' ? 'Stopped.' : 'All files were read.';
  const what = summary && summary.sessions > 0 ? countWords(summary) : texts.length > 0 ? '' : 'Nothing was recognised';
  const first = suggestions[0];
  return [how, what && `${what}.`, first && `Suggested: ${first.title}`].filter(Boolean).join(' ');
}

/** Ends the reading; what was found until then stays. */
export async function stopReading(): Promise<void> {
  const id = useFiles.getState().view?.id;
  sending?.abort();
  if (id === undefined) return;
  try {
    await client().intake.stop({ intake: id });
  } catch (error) {
    set({ problem: problemOf(error) });
  }
}

/** Puts the files away, here and in the core. */
export function closeFiles(): void {
  const id = watching?.id;
  sending?.abort();
  watching?.abort.abort();
  forget();
  set(EMPTY);
  if (id !== undefined)
    void client()
      .intake.close({ intake: id })
      .catch(() => {});
}

/** After a reload: the files of this tab, if the core still has them. */
export function resumeFiles(): void {
  const id = sessionStorage.getItem(KEPT);
  if (id !== null && watching === null) watchFiles(id);
}

function forget(): void {
  watching = null;
  sessionStorage.removeItem(KEPT);
}
