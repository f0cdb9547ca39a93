/** What was said lately, for tests and for the screen of the lab. */
import type { Watcher } from './watcher.ts';

export type TranscriptLine = { session: string; kind: 'received' | 'sent' | 'note'; text: string };

/** The oldest lines make room for new ones. */
const MOST_LINES = 2000;
const LONGEST = 1000;

export class Transcript {
  #lines: TranscriptLine[] = [];

  get lines(): readonly TranscriptLine[] {
    return this.#lines;
  }

  readonly watch: Watcher = ({ session }, happening) => {
    const add = (kind: TranscriptLine['kind'], text: string): void =>
      void this.#lines.push({ session, kind, text: text.slice(0, LONGEST) });
    if (happening.kind === 'received') add('received', happening.text);
    else if (happening.kind === 'sent') for (const line of happening.lines) add('sent', line);
    else if (happening.kind === 'note') add('note', [happening.data, happening.context].filter(Boolean).join(': '));
    else add('note', happening.kind === 'connect' ? 'connected' : `disconnected: ${happening.by}`);
    if (this.#lines.length > 2 * MOST_LINES) this.#lines = this.#lines.slice(-MOST_LINES);
  };
}
