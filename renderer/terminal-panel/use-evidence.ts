import { useEffect } from 'react';
import { useCase } from '../stores/case-store.ts';
import type { TerminalView } from '../terminal/terminal-view.ts';

const TRIES = 20;
const PAUSE_MS = 100;
const SETTLED_MS = 500;

/**
 * Marks in the terminal the very lines that the reading rests on, where the last command's output holds them all: a
 * pasted output is not in there, nor is one of another tab. The lines may still be on their way here, so it waits.
 */
export function useEvidence(view: TerminalView | null): void {
  const reading = useCase((state) => state.view?.step?.reading ?? null);
  useEffect(() => {
    if (!view) return;
    const here = reading !== null && reading.capture.source !== 'pasted';
    const lines = here ? reading.reading.evidence.map((line) => line.text) : [];
    if (lines.length === 0) {
      view.clearEvidence();
      // Drawn with elements, rows keep the colour of a mark that is gone until they are drawn again.
      view.terminal.refresh(0, view.terminal.rows - 1);
      return;
    }
    let tries = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const mark = () => view.markEvidence(lines) >= lines.length || view.clearEvidence();
    const attempt = () => {
      tries += 1;
      // The command before may have printed the very same lines: a second look finds those of the last one.
      if (mark()) timer = setTimeout(mark, SETTLED_MS);
      else if (tries < TRIES) timer = setTimeout(attempt, PAUSE_MS);
    };
    attempt();
    return () => clearTimeout(timer);
  }, [view, reading]);
}
